"""The allow list, value by value: what a text or number from a tool has to look like to be kept.

A key that may be kept is not enough: whatever stands there must have the form that Apple gives it,
or it is unknown. So a person's name, a telephone number or a place never passes in the wrong field,
and a file can put no text of its own into the journal.
"""

import re
from collections.abc import Mapping
from typing import Final, TypeVar

from app.domain import identifiers
from app.domain.diagnostics.run import Answer, Outcome

Worded = TypeVar("Worded", Outcome, Answer)

_MODEL: Final = re.compile(
    r"(?:iMac|Mac|iPhone|iPad|iPod)(?:Book|mini|Pro|Air|BookPro|BookAir)?[0-9]{1,3},[0-9]{1,3}"
)
_MODEL_NUMBER: Final = re.compile(r"[A-Z][A-Z0-9]{3,11}(?:/[A-Z])?")
_REGION: Final = re.compile(r"[A-Z]{1,3}/[A-Z]")
_MAC_SYSTEM: Final = re.compile(
    r"(?:macOS|Mac OS X|OS X) [0-9]{1,3}(?:\.[0-9]{1,3}){0,3}"
    r"(?: \([0-9]{1,3}[A-Z][0-9]{1,6}[a-z]?\))?"
)
_VERSION: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}")
_CHIP: Final = re.compile(
    r"Apple [AMS][0-9]{1,3}[A-Z]?(?: (?:Pro|Max|Ultra))?"
    r"|(?:[A-Z0-9][a-z0-9]{0,9}-Core )?Intel (?:Core|Xeon)(?: [A-Za-z0-9-]{1,8}){0,3}"
)
_DISK: Final = re.compile(r"APPLE (?:SSD|HDD) [A-Z0-9]{4,14}")
_COMPONENT: Final = re.compile(r"[A-HJ-NP-Z0-9]{11,24}")
_PERCENT: Final = re.compile(r"([0-9]{1,3})[ \u00a0\u202f]?%?")
_GIGABYTES: Final = re.compile(r"([0-9]{1,5})[ \u00a0\u202f]GB")
_WHOLE: Final = re.compile(r"[0-9]{1,15}")

_WORD: Final = re.compile(r"[a-z][a-z_]{0,39}")

MOST_CYCLES: Final = 100_000
MOST_BYTES: Final = 10**15
MOST_GIGABYTES: Final = 99_999
_FULL: Final = 100

_BATTERY: Final[Mapping[str, Outcome]] = {
    "good": Outcome.NO_ISSUE,
    "normal": Outcome.NO_ISSUE,
    "fair": Outcome.WEAR,
    "service recommended": Outcome.WEAR,
    "replace soon": Outcome.WEAR,
    "replace now": Outcome.FAULT,
    "service battery": Outcome.FAULT,
    "poor": Outcome.FAULT,
    "check battery": Outcome.FAULT,
}
_DISK_HEALTH: Final[Mapping[str, Outcome]] = {
    "verified": Outcome.NO_ISSUE,
    "failing": Outcome.FAULT,
}
_LOCK: Final[Mapping[str, Answer]] = {
    "activation_lock_enabled": Answer.YES,
    "activation_lock_disabled": Answer.NO,
}
_ACTIVATION: Final[Mapping[str, Answer]] = {
    "activated": Answer.YES,
    "unactivated": Answer.NO,
}


def _shaped(value: object, form: re.Pattern[str]) -> str | None:
    text = value.strip() if isinstance(value, str) else ""
    return text if form.fullmatch(text) else None


def serial(value: object) -> str | None:
    """A product's serial, in capitals. I and O are no doubt to settle here: a tool never errs."""
    found = identifiers.device_serial(value) if isinstance(value, str) else None
    return None if found is None or found.corrected else found.value


def imei(value: object) -> str | None:
    """An IMEI; the spaces that some tools group it by are dropped."""
    text = value.replace(" ", "") if isinstance(value, str) else ""
    return text if identifiers.is_imei(text) else None


def component_serial(value: object) -> str | None:
    """The serial of a battery or a board."""
    return _shaped(value, _COMPONENT)


def model(value: object) -> str | None:
    """Apple's identifier of a model."""
    return _shaped(value, _MODEL)


def model_number(value: object, region: object = None) -> str | None:
    """A sales number; iPhone and iPad tell its end, the region, apart from it."""
    number, end = _shaped(value, _MODEL_NUMBER), _shaped(region, _REGION)
    whole_number = _shaped(f"{number}{end}", _MODEL_NUMBER) if number and end else None
    return whole_number or number


def mac_system(value: object) -> str | None:
    """The operating system of a Mac, with its build."""
    return _shaped(value, _MAC_SYSTEM)


def version(value: object) -> str | None:
    """A version by numbers alone."""
    return _shaped(value, _VERSION)


def system(value: object) -> str | None:
    """The operating system in either form."""
    return mac_system(value) or version(value)


def chip(value: object) -> str | None:
    """A chip or a processor."""
    return _shaped(value, _CHIP)


def disk_model(value: object) -> str | None:
    """A drive that Apple built in."""
    return _shaped(value, _DISK)


def word(value: object) -> str | None:
    """A key of the catalogue of texts."""
    return _shaped(value, _WORD)


def gigabytes(value: object) -> int | None:
    """``16 GB`` as a number."""
    found = _GIGABYTES.fullmatch(value.strip()) if isinstance(value, str) else None
    return int(found[1]) if found else None


def percent(value: object) -> int | None:
    """A share from 0 to 100: a number, or a text with or without the sign and a space before it."""
    found = _PERCENT.fullmatch(value.strip()) if isinstance(value, str) else None
    return whole(int(found[1]) if found else value, _FULL)


def whole(value: object, most: int) -> int | None:
    """A whole number from 0 to a most, as a number or in digits."""
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()) and value.isascii():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value <= most else None


def battery_health(value: object) -> Outcome:
    """A battery's condition; words in another language are unknown."""
    return _worded(value, _BATTERY, Outcome.UNKNOWN)


def disk_health(value: object) -> Outcome:
    """A drive's SMART status."""
    return _worded(value, _DISK_HEALTH, Outcome.UNKNOWN)


def activation_lock(value: object) -> Answer:
    """Whether Activation Lock is on."""
    return _worded(value, _LOCK, Answer.UNKNOWN)


def activation(value: object) -> Answer:
    """Whether a phone is activated; the kinds of it that are none of Apple's are unknown."""
    return _worded(value, _ACTIVATION, Answer.UNKNOWN)


def yes_or_no(value: object) -> Answer:
    """A truth value, as such or in words."""
    if isinstance(value, bool):
        return Answer.YES if value else Answer.NO
    return _worded(value, {"true": Answer.YES, "false": Answer.NO}, Answer.UNKNOWN)


def _worded(value: object, words: Mapping[str, Worded], otherwise: Worded) -> Worded:
    text = value.strip().lower() if isinstance(value, str) else ""
    return words.get(text, otherwise)
