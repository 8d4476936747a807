"""``serve`` and ``openapi``."""

import argparse
import json
import logging
import secrets
import tempfile
import time
from pathlib import Path
from typing import Final

from account_service.cli.common import DONE, UsageError, opened, say, say_json
from account_service.clock import system_clock
from account_service.endpoints.app import build_app
from account_service.endpoints.parts import Parts
from account_service.server import Listening, is_loopback, serve
from account_service.services.limits import FailureLimiter
from account_service.store.database import Database, open_database

DEFAULT_PORT: Final = 8470
_BODY_SECONDS: Final = 30.0
_FAILURES: Final = 10
_WINDOW_SECONDS: Final = 60.0
_ADDRESSES: Final = 10_000


def parts_over(database: Database) -> Parts:
    """The real parts of the application."""
    return Parts(
        database=database,
        clock=system_clock,
        random=secrets.token_bytes,
        limiter=FailureLimiter(
            allowed=_FAILURES,
            seconds=_WINDOW_SECONDS,
            addresses=_ADDRESSES,
            monotonic=time.monotonic,
        ),
        body_seconds=_BODY_SECONDS,
    )


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    certificate: Path | None = arguments.tls_cert
    key: Path | None = arguments.tls_key
    if (certificate is None) != (key is None):
        raise UsageError("--tls-cert and --tls-key go together")
    if certificate is None and not is_loopback(arguments.host):
        raise UsageError("other machines are served with TLS only: give --tls-cert and --tls-key")
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    with opened(arguments) as database:
        serve(
            build_app(parts_over(database)),
            Listening(arguments.host, arguments.port, certificate, key),
            lambda url: say_json({"event": "listening", "url": url}),
        )
    return DONE


def run_openapi(_arguments: argparse.Namespace) -> int:
    """Print the contract."""
    say(document())
    return DONE


def document() -> str:
    """The OpenAPI document as it is committed in ``docs/openapi.json``."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(str(Path(folder) / "none.db"))
        try:
            described = build_app(parts_over(database)).openapi()
        finally:
            database.close()
    return json.dumps(described, indent=2, ensure_ascii=False, sort_keys=True)
