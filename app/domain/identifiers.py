"""What a text identifies: a product, a component, a part, a radio, a trade item.

Each function takes the text as typed or scanned and reads it without regard to case or to spaces
around it; what it returns is in capitals. None of them raises.

python-stdnum costs some 40 ms to import, so the first number that needs it imports it, not the
program's start.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_SERIAL: Final = re.compile(r"[A-HJ-NP-Z0-9]{8,14}")
_SERIAL_WITH_I_OR_O: Final = re.compile(r"[A-Z0-9]{8,14}")
_COMPONENT: Final = re.compile(r"[A-Z0-9]{11,24}")
_IMEI: Final = re.compile(r"[0-9]{15}")
_MEID: Final = re.compile(r"[0-9A-F]{14}")
_EID: Final = re.compile(r"[0-9]{32}")
_ICCID: Final = re.compile(r"89[0-9]{17,18}")
_SERVICE_PART: Final = re.compile(r"([A-Z]{0,4})(661|922|923|076|034|011)-?([0-9]{4,5})")
_SALES_NUMBER: Final = re.compile(r"[FMNPXZ][A-Z0-9]{3,9}[A-Z]{1,2}/[A-Z]")
_BOARD_MARKING: Final = re.compile(r"(?:820|630)-[0-9A-Z-]{1,16}")
_UPC_E: Final = re.compile(r"[01][0-9]{7}")
_GTIN: Final = re.compile(r"[0-9]{8}|[0-9]{12,14}")

_CHECKED_COMPONENT_LENGTH: Final = 17
_BASE34: Final = {c: i for i, c in enumerate("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")}
_I_AND_O: Final = str.maketrans("IO", "10")


class PartKind(StrEnum):
    """Where a part number comes from."""

    SERVICE = "service"
    """A spare part: it can be ordered and fitted."""
    SALES = "sales"
    """A product as it is sold, such as ``MK183LL/A``."""


@dataclass(frozen=True, slots=True)
class PartNumber:
    """A part number in its one written form.

    Attributes:
        kind: Spare part or product.
        value: In capitals, a spare part with its dash: ``661-17578``, ``ZM661-5883``.
        stock_prefix: The letters before a spare part's number; they name a stock, not a part.
    """

    kind: PartKind
    value: str
    stock_prefix: str = ""


@dataclass(frozen=True, slots=True)
class DeviceSerial:
    """A product's serial number.

    Attributes:
        value: 8-14 capitals and digits, without I and O.
        corrected: True where I and O were taken for 1 and 0: show it before relying on it.
    """

    value: str
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class ComponentSerial:
    """A component's serial number, as on a new (KGB) or a removed (KBB) part.

    Attributes:
        value: 11-24 capitals and digits.
        check: Whether a 17-character serial's check holds; None for any other length.
    """

    value: str
    check: bool | None


def normalise(text: str) -> str:
    """Give a text in capitals and without the spaces around it.

    A text outside ASCII keeps its letters: some of them have capitals inside it, and would pass for
    what they are not.

    >>> normalise(" c02xk0abjgh5 ")
    'C02XK0ABJGH5'
    """
    text = text.strip(" ")
    return text.upper() if text.isascii() else text


def device_serial(text: str) -> DeviceSerial | None:
    """Read a product's serial number; I and O, which no such serial has, are taken for 1 and 0.

    >>> device_serial("c02xk0abjgh5")
    DeviceSerial(value='C02XK0ABJGH5', corrected=False)
    >>> device_serial("CO2XKOABJGHI")
    DeviceSerial(value='C02XK0ABJGH1', corrected=True)
    """
    value = normalise(text)
    if _SERIAL.fullmatch(value):
        return DeviceSerial(value)
    if _SERIAL_WITH_I_OR_O.fullmatch(value):
        return DeviceSerial(value.translate(_I_AND_O), corrected=True)
    return None


def component_serial(text: str) -> ComponentSerial | None:
    """Read a component's serial number; a check that fails is told, it refuses nothing.

    >>> component_serial("C4H7482010WH80MA5")
    ComponentSerial(value='C4H7482010WH80MA5', check=True)
    """
    value = normalise(text)
    if not _COMPONENT.fullmatch(value):
        return None
    return ComponentSerial(value, component_check(value))


def component_check(text: str) -> bool | None:
    """Tell whether a 17-character component serial's check holds; None for any other length.

    Base 34 (no I, no O), weights 1, 3, 1, 3 from the right, and 34 divides the sum. Nobody has
    published it; real serials bear it out, so a failure is a reason to look again and no more.
    """
    value = normalise(text)
    if len(value) != _CHECKED_COMPONENT_LENGTH:
        return None
    digits = [_BASE34.get(character, -1) for character in reversed(value)]
    if min(digits) < 0:
        return False
    return (sum(digits[::2]) + 3 * sum(digits[1::2])) % len(_BASE34) == 0


def part_number(text: str) -> PartNumber | None:
    """Read a part number that can be ordered; a spare part gets its dash.

    >>> part_number("66117578").value
    '661-17578'
    >>> part_number("820-02016") is None
    True
    """
    value = normalise(text)
    service = _SERVICE_PART.fullmatch(value)
    if service:
        stock, family, number = service.groups()
        return PartNumber(PartKind.SERVICE, f"{stock}{family}-{number}", stock)
    if _SALES_NUMBER.fullmatch(value):
        return PartNumber(PartKind.SALES, value)
    return None


def is_board_marking(text: str) -> bool:
    """Tell whether the text is a board's marking (820-, 630-), which nobody can order."""
    return _BOARD_MARKING.fullmatch(normalise(text)) is not None


def looks_like_imei(text: str) -> bool:
    """Tell whether the text has an IMEI's form, whatever its check digit."""
    return _IMEI.fullmatch(normalise(text)) is not None


def is_imei(text: str) -> bool:
    """Tell whether the text is an IMEI: 15 digits, Luhn.

    >>> is_imei("354178036859789"), is_imei("354178036859788")
    (True, False)
    """
    return looks_like_imei(text) and _luhn(normalise(text))


def is_meid(text: str) -> bool:
    """Tell whether the text is an MEID without its check digit: 14 hexadecimal digits."""
    return _MEID.fullmatch(normalise(text)) is not None


def looks_like_eid(text: str) -> bool:
    """Tell whether the text has an EID's form: 32 digits."""
    return _EID.fullmatch(normalise(text)) is not None


def is_eid(text: str) -> bool:
    """Tell whether the text is an EID: 32 digits, 1 modulo 97 (ISO/IEC 7064, MOD 97-10)."""
    return looks_like_eid(text) and int(normalise(text)) % 97 == 1


def is_iccid(text: str) -> bool:
    """Tell whether the text is a SIM card's number: 19 or 20 digits, 89 first, Luhn.

    It is private, and nothing here needs it.
    """
    value = normalise(text)
    return _ICCID.fullmatch(value) is not None and _luhn(value)


def looks_like_gtin(text: str) -> bool:
    """Tell whether the text has the form of a GTIN: 8, 12, 13 or 14 digits."""
    return _GTIN.fullmatch(normalise(text)) is not None


def is_gtin(text: str) -> bool:
    """Tell whether the text is a GTIN (EAN-8, UPC-A, EAN-13, ITF-14) with a check digit that holds.

    >>> is_gtin("9780201379624"), is_gtin("9780201379625")
    (True, False)
    """
    if not looks_like_gtin(text):
        return False

    from stdnum import ean

    value = normalise(text)
    return ean.calc_check_digit(value[:-1]) == value[-1]


def upc_a(text: str) -> str | None:
    """Give the UPC-A of a UPC-E of 8 digits whose check digit holds; None for any other text.

    The zeros that a UPC-E leaves out of the company's and the item's number come back by its
    seventh digit (GS1 General Specifications, section 5.2.2.4.2).

    >>> upc_a("04252614"), upc_a("04252615")
    ('042100005264', None)
    """
    value = normalise(text)
    if not _UPC_E.fullmatch(value):
        return None
    system, body, rule, check = value[0], value[1:6], value[6], value[7]
    if rule in "012":
        body = f"{body[:2]}{rule}0000{body[2:]}"
    elif rule == "3":
        body = f"{body[:3]}00000{body[3:]}"
    elif rule == "4":
        body = f"{body[:4]}00000{body[4:]}"
    else:
        body = f"{body}0000{rule}"
    whole = f"{system}{body}{check}"
    return whole if is_gtin(whole) else None


def gtin14(text: str) -> str:
    """Give a GTIN in the form to compare by: a UPC-A equals the EAN-13 that a scanner made of it.

    >>> gtin14("195949036002") == gtin14("0195949036002") == "00195949036002"
    True
    """
    return normalise(text).zfill(14)


def _luhn(digits: str) -> bool:
    from stdnum import luhn

    return luhn.checksum(digits) == 0
