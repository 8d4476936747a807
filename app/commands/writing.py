"""What a command writes where a person asked for it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from app.commands.console import CommandFailedError
from app.services.placing import placed


@contextmanager
def writing(path: Path) -> Generator[Path, None, None]:
    """Where to write what is to be a file, whole or not at all (`placed`).

    Raises:
        CommandFailedError: ``cli.not_written``; a file that was there is as it was.
    """
    try:
        with placed(path) as half:
            yield half
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandFailedError("cli.not_written", path=path, reason=reason) from error
