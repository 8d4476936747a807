"""A file is written beside its place and then put there: nobody ever reads half of one."""

import os
import shutil
from collections.abc import Collection, Generator
from contextlib import contextmanager
from pathlib import Path


def free_place(path: Path, taken: Collection[Path] = ()) -> Path:
    """The path itself where nothing is, else the next that is free: ``list-2.csv``, ``list-3.csv``.

    Args:
        path: Where a file is wanted.
        taken: Paths that are about to be files.
    """
    place, number = path, 1
    while place in taken or os.path.lexists(place):
        number += 1
        place = path.with_stem(f"{path.stem}-{number}")
    return place


@contextmanager
def placed(path: Path) -> Generator[Path, None, None]:
    """Where to write what is to be a file; at the block's end it is put in place, durable.

    A file that is replaced hands its rights on, and a link stays one. What is no file and is there
    (a pipe, a device) is written itself.

    Args:
        path: The file that is wanted; its folder is made.

    Yields:
        The path to write to.

    Raises:
        OSError: It cannot be written. After this and any other error a file that was there is as it
            was, and no half one is left.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        yield path
        return
    half = path.with_name(f"{path.name}.part")
    try:
        yield half
        with half.open("r+b") as written:
            os.fsync(written.fileno())
        if path.exists():
            shutil.copymode(path, half)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
