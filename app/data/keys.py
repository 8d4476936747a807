"""Where a home's key lies, and how it comes from there.

``key.json`` in the home says it: in the system's keyring, in a file that only its owner may read,
or nowhere (made from a passphrase each time). It holds no secret; a check value tells a wrong key
before the database is touched. Nothing is chosen silently: whoever makes a home says the kind.
"""

import hashlib
import hmac
import json
import os
import secrets
import stat
import sys
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast
from uuid import UUID

from app.data.faults import fault_of_file
from app.data.keyrings import Ring, SystemRing
from app.services.ports import StoreFaultError

KEY_JSON: Final = "key.json"
KEY_FILE: Final = "bench.key"
KEY_BYTES: Final = 32
SHORTEST_PASSPHRASE: Final = 8
"""Characters."""
_COST: Final = MappingProxyType({"n": 2**17, "r": 8, "p": 1})
"""scrypt's cost: about 0.4 s and 128 MiB (RFC 7914; OWASP's floor)."""
_MOST: Final = MappingProxyType({"n": 2**20, "r": 8, "p": 4})
"""A changed ``key.json`` must not eat the machine."""
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


class KeyKind(StrEnum):
    """Where the key lies."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a kind, not a password
    FILE = "file"


class KeyPlace:
    """The key of one home.

    Args:
        home: The folder of the bench's data.
        ring: The keyring; the system's where nothing is said.
        entropy: Gives random bytes.
    """

    def __init__(
        self,
        home: Path,
        ring: Ring | None = None,
        entropy: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.home = home
        self.ring: Ring = SystemRing() if ring is None else ring
        self._entropy = entropy

    def is_made(self) -> bool:
        """Whether the home has a key."""
        return (self.home / KEY_JSON).exists()

    def kind(self) -> KeyKind:
        """Where the key lies.

        Raises:
            StoreFaultError: ``missing`` or ``key_unreadable``.
        """
        return KeyKind(cast("str", self._told()["kind"]))

    def secret_name(self, name: str) -> str:
        """Under which name the keyring keeps a secret of this home."""
        return f"{self._told()['home']}:{name}"

    def make(self, kind: KeyKind, passphrase: str | None = None) -> bytes:
        """Make a new key and put it in its place.

        Raises:
            StoreFaultError: ``exists``, ``no_keyring``, ``passphrase_needed``,
                ``passphrase_short``, or the disk failed.
        """
        if self.is_made():
            raise StoreFaultError("exists", str(self.home / KEY_JSON))
        told: dict[str, object] = {
            "version": 1,
            "kind": kind.value,
            "home": str(UUID(bytes=self._entropy(16), version=4)),
        }
        if kind is KeyKind.PASSPHRASE:
            told |= {"salt": self._entropy(16).hex(), **_COST}
            key = _derived(_checked(passphrase), told)
        else:
            key = self._entropy(KEY_BYTES)
        told["check"] = _check_of(key)
        if kind is KeyKind.KEYRING:
            self.ring.set(f"{told['home']}:key", key.hex())
        elif kind is KeyKind.FILE:
            _write_new(self.home / KEY_FILE, key.hex() + "\n")
        try:
            _write_new(self.home / KEY_JSON, json.dumps(told, indent=1) + "\n")
        except StoreFaultError:
            if kind is KeyKind.FILE:  # a key that nothing leads to would bar the next attempt
                (self.home / KEY_FILE).unlink(missing_ok=True)
            raise
        return key

    def adopt(self, text: str) -> None:
        """Take over the ``key.json`` of a backup; it says where the key lies, not the key.

        Raises:
            StoreFaultError: ``exists``, ``key_unreadable``, or the disk failed.
        """
        _told_by(text)
        _write_new(self.home / KEY_JSON, text)

    def load(self, passphrase: str | None = None) -> bytes:
        """The home's key.

        Raises:
            StoreFaultError: ``missing`` (the home has none), ``key_unreadable``, ``key_missing``
                (it is no longer where it was put), ``key_file_open_to_others``,
                ``passphrase_needed``, ``wrong_key``, or the keyring's codes.
        """
        told = self._told()
        kind = told["kind"]
        if kind == KeyKind.KEYRING:
            key = _from_hex(self.ring.get(f"{told['home']}:key"))
        elif kind == KeyKind.FILE:
            key = _from_hex(_read_owned(self.home / KEY_FILE))
        elif passphrase:
            key = _derived(passphrase, told)
        else:
            raise StoreFaultError("passphrase_needed")
        if not hmac.compare_digest(_check_of(key), str(told["check"])):
            raise StoreFaultError("wrong_key", "not the key that this home was made with")
        return key

    def _told(self) -> Mapping[str, object]:
        path = self.home / KEY_JSON
        try:
            return _told_by(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise StoreFaultError("missing", str(path)) from error
        except OSError as error:
            raise fault_of_file(error) from error
        except UnicodeDecodeError as error:
            raise StoreFaultError("key_unreadable", str(error)) from error


def _told_by(text: str) -> Mapping[str, object]:
    """What a ``key.json`` says."""
    try:
        told = cast("object", json.loads(text))
    except (ValueError, RecursionError) as error:
        raise StoreFaultError("key_unreadable", str(error)) from error
    if not isinstance(told, dict) or not _is_sound(cast("dict[str, object]", told)):
        raise StoreFaultError("key_unreadable", "key.json does not say what it should")
    return cast("dict[str, object]", told)


def _is_sound(told: Mapping[str, object]) -> bool:
    if not all(isinstance(told.get(name), str) for name in ("kind", "home", "check")):
        return False
    if told["kind"] != KeyKind.PASSPHRASE:
        return told["kind"] in set(KeyKind)
    costs = [told.get(name) for name in _MOST]
    return isinstance(told.get("salt"), str) and all(
        type(cost) is int and 1 <= cost <= most
        for cost, most in zip(costs, _MOST.values(), strict=True)
    )


def _check_of(key: bytes) -> str:
    """What tells a key without telling anything of it."""
    return hmac.new(key, b"repair-bench key check", hashlib.sha256).hexdigest()[:32]


def _checked(passphrase: str | None) -> str:
    if not passphrase:
        raise StoreFaultError("passphrase_needed")
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise StoreFaultError("passphrase_short", f"{SHORTEST_PASSPHRASE} characters at least")
    return passphrase


def _derived(passphrase: str, told: Mapping[str, object]) -> bytes:
    n, r, p = (cast("int", told[name]) for name in _MOST)
    try:
        return hashlib.scrypt(
            unicodedata.normalize("NFC", passphrase).encode(),
            salt=bytes.fromhex(str(told["salt"])),
            n=n,
            r=r,
            p=p,
            maxmem=256 * n * r,
            dklen=KEY_BYTES,
        )
    except ValueError as error:
        raise StoreFaultError("key_unreadable", str(error)) from error


def _from_hex(text: str | None) -> bytes:
    if text is None:
        raise StoreFaultError("key_missing")
    try:
        return bytes.fromhex(text.strip())
    except ValueError as error:
        raise StoreFaultError("key_unreadable", "the key is not written in hexadecimal") from error


def _write_new(path: Path, text: str) -> None:
    """Write a file that must not exist, for its owner's eyes only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise StoreFaultError("exists", str(path)) from error
    except OSError as error:
        raise fault_of_file(error) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)  # half a file would stand in the way of the next attempt
        raise fault_of_file(error) from error


def _read_owned(path: Path) -> str:
    """Read a file that nobody else may open; Windows keeps that by the folder it lies in."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            told = os.fstat(file.fileno())
            if sys.platform != "win32" and (told.st_mode & _OTHERS or told.st_uid != os.geteuid()):
                who = f"{path}: {stat.filemode(told.st_mode)}, user {told.st_uid}"
                raise StoreFaultError("key_file_open_to_others", who)
            return file.read(1024)
    except FileNotFoundError as error:
        raise StoreFaultError("key_missing", str(path)) from error
    except OSError as error:
        raise fault_of_file(error) from error
