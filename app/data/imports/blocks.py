"""A file's bytes in pieces that end where a line ends, none longer than a bound."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.data.imports import limits
from app.data.imports.errors import ImportFileError

BLOCK: Final = 2**20


def pieces(path: Path, skip: int = 0) -> Iterator[bytes]:
    """Read a file in pieces of whole lines; only its last piece may end within one.

    Args:
        path: The file.
        skip: Bytes to leave out at its beginning.

    Raises:
        ImportFileError: ``row_too_long``: `app.data.imports.limits.LINE` bytes without an end.
    """
    with path.open("rb") as file:
        file.seek(skip)
        rest = b""
        while block := file.read(BLOCK):
            cut = max(block.rfind(b"\n"), block.rfind(b"\r")) + 1
            if cut:
                yield rest + block[:cut]
                rest = block[cut:]
            else:
                rest += block
                if len(rest) > limits.LINE:
                    raise ImportFileError("row_too_long")
        if rest:
            yield rest
