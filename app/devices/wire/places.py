"""Addresses of what is no port of this computer: ``tcp://``, ``http://`` and ``file:``."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from app.devices.errors import AddressError

_LONGEST: Final = 1024
_PORTS: Final = range(1, 65536)
_DRIVE: Final = re.compile(r"/[A-Za-z]:[\\/]")


@dataclass(frozen=True, slots=True)
class TcpPlace:
    """A program or an instrument that listens on the network.

    Attributes:
        host: A name or an address.
        port: Its port.
    """

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A file that another program appends to.

    Attributes:
        path: The file.
        from_start: Whether what stands in it already is read too, each time the bench starts.
    """

    path: Path
    from_start: bool = False


def parse_tcp(url: str) -> TcpPlace:
    """Read ``tcp://host:port``.

    Raises:
        AddressError: It is none.
    """
    try:
        parts = urlsplit(_bounded(url))
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressError("bad_address", url[:80]) from error
    plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    if not host or port is None or port not in _PORTS or not plain:
        raise AddressError("bad_address", url[:80])
    return TcpPlace(host, port)


def parse_http(url: str, path: str = "") -> str:
    """Read ``http://host/path`` or ``https://host/path``.

    Args:
        url: The address.
        path: What the profile asks for, with its query, where the address names only the host.

    Raises:
        AddressError: It is none.
    """
    try:
        parts = urlsplit(_bounded(url))
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise AddressError("bad_address", url[:80]) from error
    if not host or (port is not None and port not in _PORTS) or parts.fragment:
        raise AddressError("bad_address", url[:80])
    if path and parts.path in {"", "/"} and not parts.query:
        asked = urlsplit(path)
        parts = parts._replace(path=asked.path, query=asked.query)
    return urlunsplit(parts)


def parse_file(url: str) -> FilePlace:
    """Read ``file:/var/log/tester.csv``, ``file:///C:/Tester/export.csv`` or with ``?from=start``.

    Raises:
        AddressError: It is none.
    """
    target, _, query = _bounded(url).partition(":")[2].partition("?")
    path = unquote(target.removeprefix("//") if target.startswith("///") else target)
    if _DRIVE.match(path):
        path = path[1:]
    if not path.strip("/\\") or path.startswith("//") or "\0" in path:
        raise AddressError("bad_address", url[:80])
    start = False
    for key, value in parse_qsl(query, keep_blank_values=True):
        if key != "from" or value not in {"start", "end"}:
            raise AddressError("bad_setting", f"{key}={value}"[:80])
        start = value == "start"
    return FilePlace(Path(path), start)


def _bounded(url: str) -> str:
    if len(url) > _LONGEST or not url.isprintable():
        raise AddressError("bad_address", url[:80])
    return url
