"""The programme's rules as data: a versioned file per region, with a source for each row."""

from app.domain.policy.codes import CODES, KNOWN, POINTS, RANK, REGIONAL, STANDING
from app.domain.policy.fields import PolicyInvalidError
from app.domain.policy.reading import policy_of
from app.domain.policy.regional import regional
from app.domain.policy.rows import (
    EVERYBODY,
    NOBODY,
    Answerable,
    Due,
    EsdTest,
    Every,
    Judged,
    Policy,
    PolicyRow,
    PolicySource,
    Severity,
    Start,
    asked_of,
)

__all__ = [
    "CODES",
    "EVERYBODY",
    "KNOWN",
    "NOBODY",
    "POINTS",
    "RANK",
    "REGIONAL",
    "STANDING",
    "Answerable",
    "Due",
    "EsdTest",
    "Every",
    "Judged",
    "Policy",
    "PolicyInvalidError",
    "PolicyRow",
    "PolicySource",
    "Severity",
    "Start",
    "asked_of",
    "policy_of",
    "regional",
]
