"""Reads a register's row as it came, a JSON object, into what the domain knows.

A row is bounded first and then read; what cannot be read is told by code and field, never half
taken. Keys that are not known here belong to a newer service and are left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar, cast

from app.domain.identifiers import normalise
from app.domain.parts import CataloguePart, PartLot
from app.domain.people import Certification, Person, Role
from app.domain.products import Asset, Coverage, Family, Ownership
from app.services.ports import Organisation

MAX_TEXT: Final = 1000
"""Characters of a text."""
MAX_ITEMS: Final = 100
"""Items of a list."""
ACCOUNT_KEY: Final = "account"
"""The key of the account register's only row."""

Row: TypeAlias = "Asset | Person | CataloguePart | PartLot | Equipment | Organisation"
_E = TypeVar("_E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Equipment:
    """A row of the equipment register.

    Attributes:
        id: Its equipment id.
        kind: What it is: ``esd_tester`` ...
        device: As which device it is connected to the bench, empty for none.
        name: Maker and model.
        serial: Its serial number.
        calibration_due: The last day on which its calibration holds, None when unknown.
    """

    id: str
    kind: str
    device: str
    name: str
    serial: str
    calibration_due: date | None


class MisfitError(ValueError):
    """A row that cannot be read.

    Attributes:
        code: ``unknown_register``, ``missing``, ``not_text``, ``not_a_day``, ``not_a_list``,
            ``not_a_table``, ``not_yes_or_no``, ``unknown_value``, ``too_long`` or
            ``key_differs``.
        field: Where in the row.
    """

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{code}: {field}")
        self.code = code
        self.field = field


def row_of(register: str, key: str, value: Mapping[str, object]) -> Row:
    """A row of a register.

    Raises:
        MisfitError: It cannot be read.
    """
    _plain(key, "key")
    reader = _READERS.get(register)
    if reader is None:
        raise MisfitError("unknown_register", "")
    return reader(key, value)


def _asset(key: str, value: Mapping[str, object]) -> Asset:
    family = _optional_text(value, "family")
    ownership = _optional_text(value, "ownership")
    return Asset(
        serial=_key(value, "serial", key),
        model=_optional_text(value, "model"),
        # A family or an ownership that is not known here is taken for the one that allows least.
        family=Family(family) if family in set(Family) else None,
        ownership=Ownership(ownership) if ownership in set(Ownership) else Ownership.UNKNOWN,
        imeis=tuple(normalise(_plain(one, "imeis")) for one in _list(value, "imeis")),
        maker=_optional_text(value, "maker"),
        tag=_optional_text(value, "tag"),
        holder=_optional_text(value, "holder"),
        lessor=_optional_text(value, "lessor"),
        leased_until=_day(value, "leased_until"),
        proof=_optional_text(value, "proof"),
        coverages=tuple(_coverage(one) for one in _tables(value, "coverages")),
    )


def _coverage(value: Mapping[str, object]) -> Coverage:
    return Coverage(
        issuer=_text(value, "issuer"),
        kind=_optional_text(value, "kind"),
        starts=_day(value, "starts"),
        ends=_day(value, "ends"),
        source=_optional_text(value, "source"),
        checked_on=_day(value, "checked_on"),
    )


def _person(key: str, value: Mapping[str, object]) -> Person:
    return Person(
        id=_same(_text(value, "id"), key, "id"),
        name=_text(value, "name"),
        badge=normalise(_optional_text(value, "badge")),
        role=_member(Role, _text(value, "role"), "role"),
        tech_id=_optional_text(value, "tech_id"),
        certifications=tuple(_certification(one) for one in _tables(value, "certifications")),
    )


def _certification(value: Mapping[str, object]) -> Certification:
    valid_from = _day(value, "valid_from")
    if valid_from is None:
        raise MisfitError("missing", "valid_from")
    families = (_plain(one, "families") for one in _list(value, "families"))
    return Certification(
        name=_text(value, "name"),
        families=tuple(_member(Family, family, "families") for family in families),
        valid_from=valid_from,
        valid_until=_day(value, "valid_until"),
    )


def _catalogue_part(key: str, value: Mapping[str, object]) -> CataloguePart:
    opens = value.get("opens_device", True)
    if not isinstance(opens, bool):
        raise MisfitError("not_yes_or_no", "opens_device")
    return CataloguePart(
        number=_key(value, "number", key),
        name=_optional_text(value, "name"),
        opens_device=opens,
    )


def _lot(key: str, value: Mapping[str, object]) -> PartLot:
    return PartLot(
        component_serial=_key(value, "component_serial", key),
        part_number=normalise(_text(value, "part_number")),
        order=_optional_text(value, "order"),
        delivery=_optional_text(value, "delivery"),
        received_on=_day(value, "received_on"),
        source=_optional_text(value, "source"),
    )


def _equipment(key: str, value: Mapping[str, object]) -> Equipment:
    return Equipment(
        id=_same(_text(value, "id"), key, "id"),
        kind=_text(value, "kind"),
        device=_optional_text(value, "device"),
        name=_optional_text(value, "name"),
        serial=_optional_text(value, "serial"),
        calibration_due=_day(value, "calibration_due"),
    )


def _account(key: str, value: Mapping[str, object]) -> Organisation:
    _same(ACCOUNT_KEY, key, "key")
    return Organisation(
        name=_text(value, "name"),
        site=_optional_text(value, "site"),
        account=_optional_text(value, "account"),
        time_zone=_text(value, "time_zone"),
        esd_profile=_optional_text(value, "esd_profile"),
    )


_READERS: Final[Mapping[str, Callable[[str, Mapping[str, object]], Row]]] = MappingProxyType(
    {
        "assets": _asset,
        "people": _person,
        "catalogue": _catalogue_part,
        "lots": _lot,
        "equipment": _equipment,
        "account": _account,
    }
)

# ----------------------------------------------------------------------
# Fields
# ----------------------------------------------------------------------


def _plain(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise MisfitError("not_text", field)
    if len(value) > MAX_TEXT:
        raise MisfitError("too_long", field)
    try:
        value.encode()
    except UnicodeEncodeError as error:  # half of a character: JSON can say it, UTF-8 cannot
        raise MisfitError("not_text", field) from error
    return value


def _optional_text(value: Mapping[str, object], field: str) -> str:
    found = value.get(field)
    return "" if found is None else _plain(found, field)


def _text(value: Mapping[str, object], field: str) -> str:
    found = _optional_text(value, field)
    if not found:
        raise MisfitError("missing", field)
    return found


def _same(found: str, key: str, field: str) -> str:
    if found != key:
        raise MisfitError("key_differs", field)
    return found


def _key(value: Mapping[str, object], field: str, key: str) -> str:
    return _same(normalise(_text(value, field)), normalise(key), field)


def _day(value: Mapping[str, object], field: str) -> date | None:
    found = _optional_text(value, field)
    if not found:
        return None
    try:
        return date.fromisoformat(found)
    except ValueError as error:
        raise MisfitError("not_a_day", field) from error


def _member(kind: type[_E], found: str, field: str) -> _E:
    try:
        return kind(found)
    except ValueError as error:
        raise MisfitError("unknown_value", field) from error


def _list(value: Mapping[str, object], field: str) -> list[object]:
    found = value.get(field)
    if found is None:
        return []
    if not isinstance(found, list):
        raise MisfitError("not_a_list", field)
    items = cast("list[object]", found)
    if len(items) > MAX_ITEMS:
        raise MisfitError("too_long", field)
    return items


def _tables(value: Mapping[str, object], field: str) -> list[Mapping[str, object]]:
    items = _list(value, field)
    if not all(isinstance(item, Mapping) for item in items):
        raise MisfitError("not_a_table", field)
    return cast("list[Mapping[str, object]]", items)
