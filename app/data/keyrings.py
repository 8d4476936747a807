"""The operating system's keyring: only one that encrypts, and never longer than a moment.

A locked keyring blocks its caller until somebody types a password, so each call runs in a thread of
its own with a time limit; a call that is given up ends when the keyring answers, or with the
program.
"""

import threading
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

from app.services.ports import StoreFaultError

SERVICE: Final = "repair-bench"
"""Under which name the keyring shows what is ours."""
LIMIT_SECONDS: Final = 30.0
"""Long enough to type the keyring's password."""
_KEPT_ENCRYPTED: Final = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)
"""Backends that keep secrets encrypted; every other one (plain text files, null) is refused."""
_T = TypeVar("_T")


class Ring(Protocol):
    """A place for secrets by name."""

    def get(self, name: str) -> str | None:
        """The secret, None where there is none."""
        ...

    def set(self, name: str, value: str) -> None:
        """Keep a secret."""
        ...

    def delete(self, name: str) -> None:
        """Forget a secret; none is fine."""
        ...


class SystemRing:
    """The keyring of the operating system.

    Args:
        limit_seconds: How long a call may take.
        choose: Gives the backend; the one that `keyring` finds, where nothing is said.
    """

    def __init__(
        self,
        limit_seconds: float = LIMIT_SECONDS,
        choose: Callable[[], Any] | None = None,
    ) -> None:
        self._limit_seconds = limit_seconds
        self._choose = choose or _found

    def get(self, name: str) -> str | None:
        """The secret, None where there is none.

        Raises:
            StoreFaultError: ``no_keyring``, ``keyring_locked`` or ``keyring_timeout``.
        """
        found: object = self._call(lambda ring: ring.get_password(SERVICE, name))
        return found if isinstance(found, str) else None

    def set(self, name: str, value: str) -> None:
        """Keep a secret.

        Raises:
            StoreFaultError: As for `get`.
        """
        self._call(lambda ring: ring.set_password(SERVICE, name, value))

    def delete(self, name: str) -> None:
        """Forget a secret; none is fine.

        Raises:
            StoreFaultError: As for `get`.
        """

        def forget(ring: Any) -> None:  # noqa: ANN401 - keyring's own classes
            if ring.get_password(SERVICE, name) is not None:
                ring.delete_password(SERVICE, name)

        self._call(forget)

    def _call(self, work: Callable[[Any], _T]) -> _T:
        return _within(self._limit_seconds, lambda: work(_encrypting(self._choose())))


def _found() -> Any:  # noqa: ANN401 - keyring's own classes
    import keyring  # slow to import, and not every home needs it

    return keyring.get_keyring()


def _encrypting(ring: Any) -> Any:  # noqa: ANN401 - keyring's own classes
    """The first backend of what was found that keeps secrets encrypted."""
    for each in getattr(ring, "backends", [ring]):
        if type(each).__module__.startswith(_KEPT_ENCRYPTED):
            return each
    raise StoreFaultError("no_keyring", f"{type(ring).__module__}.{type(ring).__name__}")


def _within(seconds: float, work: Callable[[], _T]) -> _T:
    results: list[_T] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            results.append(work())
        except Exception as error:  # noqa: BLE001 - it is raised again below, in the caller's thread
            errors.append(error)

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise _fault_of(errors[0]) from errors[0]
    if not results:
        raise StoreFaultError("keyring_timeout", f"{seconds:g} s")
    return results[0]


def _fault_of(error: Exception) -> Exception:
    from keyring.errors import KeyringError, KeyringLocked

    if isinstance(error, KeyringLocked):
        return StoreFaultError("keyring_locked", str(error))
    if isinstance(error, (KeyringError, OSError, RuntimeError)):  # D-Bus raises the latter two
        return StoreFaultError("no_keyring", str(error))
    return error
