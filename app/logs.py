"""Where log lines go: JSON lines in the home, bounded, with nothing personal or secret in them.

Raw bytes of a wire are logged by their length and hash only; the journal keeps them. What a
library adds is cut at a fixed length.
"""

import faulthandler
import json
import logging
import logging.handlers
import re
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 1_000_000
KEPT_FILES: Final = 5
MAX_MESSAGE: Final = 2_000

_SECRETS: Final = re.compile(
    r"(?i)(bearer\s+|token[\"'=:\s]+|passphrase[\"'=:\s]+|x')[A-Za-z0-9_\-+/=.]{6,}"
)


def redacted(text: str) -> str:
    """A text without what looks like a token, a passphrase or a key."""
    return _SECRETS.sub(r"\1***", text)[:MAX_MESSAGE]


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, subject, message."""

    def format(self, record: logging.LogRecord) -> str:  # pyright: ignore[reportImplicitOverride] - the mark costs 50 ms of imports before the first paint
        """The line of a record."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "subject": record.name,
            "thread": record.threadName,
            "message": redacted(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = redacted(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


@contextmanager
def logging_to(folder: Path, level: int = logging.INFO) -> Generator[None]:
    """Log into a folder until the block ends; a folder that cannot be written means no log.

    A crash of the interpreter itself leaves its stacks in ``crash.txt`` there.
    """
    root = logging.getLogger()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = logging.handlers.RotatingFileHandler(
            folder / "bench.log",
            maxBytes=MAX_BYTES,
            backupCount=KEPT_FILES,
            encoding="utf-8",
            errors="backslashreplace",  # a path may hold bytes that are no text
        )
    except OSError:
        yield
        return
    try:
        crash = (folder / "crash.txt").open("a", encoding="utf-8")
    except OSError:
        handler.close()
        yield
        return
    handler.setFormatter(JsonLines())
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    faulthandler.enable(crash)
    try:
        yield
    finally:
        faulthandler.disable()
        crash.close()
        root.setLevel(before)
        root.removeHandler(handler)
        handler.close()
