"""``serve`` and ``openapi``; what answers HTTP is imported only here, because it is slow to."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Final

from account_service.cli.common import DONE, UsageError, opened, say, say_json
from account_service.listening import Listening, is_loopback

DEFAULT_PORT: Final = 8470


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    certificate: Path | None = arguments.tls_cert
    key: Path | None = arguments.tls_key
    if (certificate is None) != (key is None):
        raise UsageError("--tls-cert and --tls-key go together")
    if certificate is None and not is_loopback(arguments.host):
        raise UsageError("other machines are served with TLS only: give --tls-cert and --tls-key")
    from account_service.bootstrap import serve_database

    if arguments.until_input_ends:
        threading.Thread(target=_end_with_input, name="input", daemon=True).start()
    listening = Listening(arguments.host, arguments.port, certificate, key)
    with opened(arguments) as database:
        serve_database(
            database, listening, lambda url: say_json({"event": "listening", "url": url})
        )
    return DONE


def _end_with_input() -> None:
    """Stop as if told to when whoever started this is gone: its end of the pipe is closed."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def run_openapi(_arguments: argparse.Namespace) -> int:
    """Print the contract."""
    from account_service.bootstrap import document

    say(document())
    return DONE
