"""Writes a cpio archive in the kernel's own form (newc): folders, files, nothing else.

No program and no root is needed for it: what the kernel unpacks belongs to its root.
"""

import io
import stat
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

_MAGIC: Final = b"070701"
_END: Final = "TRAILER!!!"


def pack(files: Mapping[str, tuple[int, bytes]]) -> bytes:
    """Pack files, each at a path without a leading slash, with its mode and content."""
    out = io.BytesIO()
    folders = sorted(
        {str(each) for path in files for each in PurePosixPath(path).parents if each.name}
    )
    for number, path in enumerate(folders, 1):
        _add(out, number, path, stat.S_IFDIR | 0o755, b"")
    for number, (path, (mode, content)) in enumerate(files.items(), len(folders) + 1):
        _add(out, number, path, stat.S_IFREG | mode, content)
    _add(out, 0, _END, 0, b"")
    return out.getvalue()


def _add(out: io.BytesIO, inode: int, path: str, mode: int, content: bytes) -> None:
    name = path.encode() + b"\0"
    fields = (inode, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(name), 0)
    out.write(_MAGIC + b"".join(b"%08x" % field for field in fields) + name)
    _fill(out)
    out.write(content)
    _fill(out)


def _fill(out: io.BytesIO) -> None:
    out.write(bytes(-out.tell() % 4))
