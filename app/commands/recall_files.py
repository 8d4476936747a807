"""What is put into the file of a recall's list."""

from collections.abc import Callable
from pathlib import Path

from app import bootstrap
from app.services.office_sight import FileKind
from app.services.recall_table import write_table
from app.services.recalling import RecallList
from app.texts import Texts


def fill_list(
    kind: FileKind,
    half: Path,
    found: RecallList,
    language: Texts,
    go_on: Callable[[], None] = lambda: None,
) -> None:
    """Write the list to where a file is written before it is put in its place.

    Args:
        kind: As what.
        half: Where.
        found: The list.
        language: The language to say it in.
        go_on: Called for each row or page; what it raises ends the writing.

    Raises:
        OSError: It cannot be written.
    """
    if kind is FileKind.CSV:
        write_table(half, found, language, go_on)
    else:
        half.write_bytes(bootstrap.render_recall(found, language, go_on))
