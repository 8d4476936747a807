"""What can keep a bench from syncing: one error with a code; its words are ``sync.<code>``."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

AWAY: Final = frozenset(
    {
        "unreachable",
        "timed_out",
        "connection_lost",
        "service_failed",
        "too_many_attempts",
    }
)
"""Codes that pass by themselves: the bench is simply offline, and nobody has to do anything."""

CODES: Final = AWAY | frozenset(
    {
        "url_invalid",
        "tls_required",
        "tls_failed",
        "certificate_untrusted",
        "not_the_service",
        "service_nonsense",
        "request_refused",
        "entry_too_large",
        "entry_unreadable",
        "not_enrolled",
        "token_unknown",
        "token_revoked",
        "bench_mismatch",
        "code_unknown",
        "code_used",
        "code_expired",
        "other_organisation",
        "device_forked",
        "hash_mismatch",
        "gap",
        "restored",
        "store_fault",
        "stopped",
        "crashed",
    }
)
"""Every code; each has a text in every language."""


class SyncFaultError(Exception):
    """The round ended early. What was answered before it is stored; the rest waits.

    Attributes:
        code: One of `CODES`.
        fields: What the text needs, such as ``{"seq": 4}``; never a secret.
        retry_after: Seconds that the service asked to be left alone, None where it named none.
    """

    def __init__(
        self,
        code: str,
        fields: Mapping[str, str | int] | None = None,
        *,
        retry_after: float | None = None,
    ) -> None:
        self.code = code
        self.fields: Mapping[str, str | int] = MappingProxyType(dict(fields or {}))
        self.retry_after = retry_after
        super().__init__(
            " ".join([code, *(f"{name}={value}" for name, value in self.fields.items())])
        )

    @property
    def away(self) -> bool:
        """Whether the fault passes by itself."""
        return self.code in AWAY
