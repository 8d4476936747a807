"""The composition root: real clock, real randomness, real limits, one application."""

import json
import logging
import secrets
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from account_service.clock import system_clock
from account_service.endpoints.app import build_app
from account_service.endpoints.parts import Parts
from account_service.listening import Listening
from account_service.server import serve
from account_service.services.limits import FailureLimiter
from account_service.store.database import Database, open_database

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


def serve_database(
    database: Database, listening: Listening, announce: Callable[[str], None]
) -> None:
    """Serve a database whose tables are up to date, until the process is told to stop.

    Raises:
        ListenError: As for `account_service.server.serve`.
    """
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    serve(build_app(parts_over(database)), listening, announce)


def document() -> str:
    """The OpenAPI document as it is committed in ``docs/openapi.json``."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(str(Path(folder) / "none.db"))
        try:
            described = build_app(parts_over(database)).openapi()
        finally:
            database.close()
    return json.dumps(described, indent=2, ensure_ascii=False, sort_keys=True)
