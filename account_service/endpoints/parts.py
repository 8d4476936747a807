"""What the endpoints are made of: composed once at start, replaced by tests."""

from dataclasses import dataclass

from account_service.clock import Clock
from account_service.services.limits import FailureLimiter
from account_service.services.secrecy import RandomBytes
from account_service.store.database import Database


@dataclass(frozen=True, slots=True)
class Parts:
    """What every endpoint may use.

    Attributes:
        database: Open, its tables up to date.
        clock: The service's clock.
        random: Where tokens come from.
        limiter: Bounds failed enrolments.
        body_seconds: How long a body may take to arrive.
    """

    database: Database
    clock: Clock
    random: RandomBytes
    limiter: FailureLimiter
    body_seconds: float
