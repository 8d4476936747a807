"""What can go wrong, as types with a stable code.

Endpoints turn them into answers, the command line into exit codes.
"""

from collections.abc import Mapping


class ServiceError(Exception):
    """Base of every foreseen failure.

    Attributes:
        code: Stable, snake case; the bench finds its text by it.
        fields: What the text needs, such as ``{"expected_seq": 4}``; never a secret, never a
            person's data.
    """

    def __init__(self, code: str, fields: Mapping[str, str | int] | None = None) -> None:
        self.code = code
        self.fields: Mapping[str, str | int] = fields or {}
        super().__init__(
            " ".join([code, *(f"{name}={value}" for name, value in self.fields.items())])
        )


class MalformedError(ServiceError):
    """What arrived cannot be read: nothing of it was stored."""


class TooLargeError(ServiceError):
    """What arrived is beyond a bound: nothing of it was stored."""


class NotSignedInError(ServiceError):
    """The token is missing, unknown or revoked."""


class ForbiddenError(ServiceError):
    """The caller is known, or holds a code, but may not do this."""


class ConflictError(ServiceError):
    """What arrived contradicts what is stored: nothing of it was stored."""


class RestoredError(ServiceError):
    """The caller's cursor is not on this service's chain."""

    def __init__(self) -> None:
        super().__init__("restored")


class LimitedError(ServiceError):
    """Too many failed attempts.

    Attributes:
        retry_after: Seconds after which the next attempt is heard.
    """

    def __init__(self, retry_after: int) -> None:
        super().__init__("too_many_attempts", {"retry_after": retry_after})
        self.retry_after = retry_after


class TooSlowError(ServiceError):
    """The body did not arrive in time, or was cut off."""


class NotFoundError(ServiceError):
    """The operator named an organisation or a bench that is not there."""


class StoreError(ServiceError):
    """The database cannot do its work: ``busy``, ``disk_full``, ``read_only``, ``store_failed``."""
