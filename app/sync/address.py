"""Where an account service is: a URL, checked before a single byte goes there."""

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from app.sync.errors import SyncFaultError

MAX_URL: Final = 2000


@dataclass(frozen=True, slots=True)
class ServiceAddress:
    """A service's base URL.

    Attributes:
        url: Normalised, without a slash at the end.
        loopback: Whether it is on this machine; only there may it be plain HTTP.
    """

    url: str
    loopback: bool


def service_address(text: str) -> ServiceAddress:
    """Read the URL of a service as a person typed it.

    Raises:
        SyncFaultError: ``url_invalid`` (no http or https URL, or one that carries a password, a
            query or a fragment), ``tls_required`` (plain HTTP to another machine would show the
            token and the journal to the network).
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise SyncFaultError("url_invalid") from error
    if not _is_base(text, parts):
        raise SyncFaultError("url_invalid")
    loopback = _is_loopback(host)
    if parts.scheme == "http" and not loopback:
        raise SyncFaultError("tls_required")
    shown = f"[{host}]" if ":" in host else host
    colon_port = "" if port is None else f":{port}"
    path = parts.path.rstrip("/")
    return ServiceAddress(f"{parts.scheme}://{shown}{colon_port}{path}", loopback)


def _is_base(text: str, parts: SplitResult) -> bool:
    return (
        len(text) <= MAX_URL
        and text.strip().isprintable()
        and " " not in text.strip()
        and parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and parts.username is None
        and not parts.query
        and not parts.fragment
    )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
