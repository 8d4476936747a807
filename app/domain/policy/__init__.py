"""The programme's rules as data: a versioned file per region, with a source for each row."""

from app.domain.policy.codes import CODES, KNOWN, POINTS, RANK, REGIONAL, STANDING
from app.domain.policy.fields import PolicyInvalidError
from app.domain.policy.reading import policy_of
from app.domain.policy.regional import regional
from app.domain.policy.rows import (
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
)

__all__ = [
    "CODES",
    "KNOWN",
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
    "policy_of",
    "regional",
]
