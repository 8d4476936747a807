"""Reads a register's row as it came, a JSON object, into what the domain knows.

A row is bounded first and then read; what cannot be read is told by code and field, never half
taken. Keys that are not known here belong to a newer service and are left out.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Final, TypeAlias, TypeVar, cast

from app.domain.account import AccountTerms, Standing
from app.domain.equipment import Equipment, EquipmentState
from app.domain.identifiers import normalise
from app.domain.parts import CataloguePart, PartLot
from app.domain.people import Certification, Exam, Person, Role
from app.domain.products import (
    Asset,
    Coverage,
    CoverageStatus,
    Family,
    FindMy,
    FormerIdentity,
    Ownership,
    Purchase,
)
from app.services.ports import Organisation

MAX_TEXT: Final = 1000
"""Characters of a text."""
MAX_ITEMS: Final = 100
"""Items of a list."""
MAX_NUMBER: Final = 2**63 - 1
"""The greatest number that SQLite holds."""
ACCOUNT_KEY: Final = "account"
"""The key of the account register's only row."""

Row: TypeAlias = "Asset | Person | CataloguePart | PartLot | Equipment | Organisation"
_E = TypeVar("_E", bound=Enum)


class MisfitError(ValueError):
    """A row that cannot be read.

    Attributes:
        code: ``unknown_register``, ``missing``, ``not_text``, ``not_a_day``, ``not_a_list``,
            ``not_a_table``, ``not_a_number``, ``not_yes_or_no``, ``unknown_value``, ``too_long`` or
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
        product_type=_optional_text(value, "product_type"),
        part_number=normalise(_optional_text(value, "part_number")),
        configuration=_optional_text(value, "configuration"),
        meid=normalise(_optional_text(value, "meid")),
        eid=normalise(_optional_text(value, "eid")),
        department=_optional_text(value, "department"),
        purchase=Purchase(
            order=_optional_text(value, "order"),
            bought_on=_day(value, "bought_on"),
            seller=_optional_text(value, "seller"),
            document=_optional_text(value, "document"),
            source=_optional_text(value, "source"),
        ),
        find_my=_or_unknown(FindMy, value, "find_my"),
        former=tuple(_former(one) for one in _tables(value, "former")),
    )


def _former(value: Mapping[str, object]) -> FormerIdentity:
    return FormerIdentity(
        value=normalise(_text(value, "value")),
        until=_day(value, "until"),
        repair=_optional_text(value, "repair"),
    )


def _coverage(value: Mapping[str, object]) -> Coverage:
    return Coverage(
        issuer=_text(value, "issuer"),
        kind=_optional_text(value, "kind"),
        starts=_day(value, "starts"),
        ends=_day(value, "ends"),
        source=_optional_text(value, "source"),
        checked_on=_day(value, "checked_on"),
        status=_or_unknown(CoverageStatus, value, "status"),
    )


def _person(key: str, value: Mapping[str, object]) -> Person:
    return Person(
        id=_same(_text(value, "id"), key, "id"),
        name=_text(value, "name"),
        badge=normalise(_optional_text(value, "badge")),
        role=_member(Role, _text(value, "role"), "role"),
        tech_id=_optional_text(value, "tech_id"),
        certifications=tuple(_certification(one) for one in _tables(value, "certifications")),
        exams=tuple(_exam(one) for one in _tables(value, "exams")),
    )


def _exam(value: Mapping[str, object]) -> Exam:
    taken_on = _day(value, "taken_on")
    if taken_on is None:
        raise MisfitError("missing", "taken_on")
    return Exam(
        name=_text(value, "name"),
        taken_on=taken_on,
        passed=_yes(value, "passed", default=False),
        voucher=_optional_text(value, "voucher"),
        cost=_number(value, "cost") or 0,
        currency=_optional_text(value, "currency"),
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
        proof=_optional_text(value, "proof"),
    )


def _catalogue_part(key: str, value: Mapping[str, object]) -> CataloguePart:
    return CataloguePart(
        number=_key(value, "number", key),
        name=_optional_text(value, "name"),
        opens_device=_yes(value, "opens_device", default=True),
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
    state = _optional_text(value, "state")
    return Equipment(
        id=_same(_text(value, "id"), key, "id"),
        kind=_text(value, "kind"),
        device=_optional_text(value, "device"),
        name=_optional_text(value, "name"),
        serial=_optional_text(value, "serial"),
        calibration_due=_day(value, "calibration_due"),
        place=_optional_text(value, "place"),
        # A state that is not known here is taken for the one that asks for most.
        state=EquipmentState(state) if state in set(EquipmentState) else EquipmentState.IN_USE,
        calibrated_on=_day(value, "calibrated_on"),
        certificate=_optional_text(value, "certificate"),
        test_every_days=_number(value, "test_every_days") or 0,
        note=_optional_text(value, "note"),
    )


def _account(key: str, value: Mapping[str, object]) -> Organisation:
    _same(ACCOUNT_KEY, key, "key")
    return Organisation(
        name=_text(value, "name"),
        site=_optional_text(value, "site"),
        account=_optional_text(value, "account"),
        time_zone=_text(value, "time_zone"),
        esd_profile=_optional_text(value, "esd_profile"),
        terms=AccountTerms(
            created_on=_day(value, "created_on"),
            region=_optional_text(value, "region"),
            standing=_or_unknown(Standing, value, "standing"),
            standing_on=_day(value, "standing_on"),
            credit_limit=_number(value, "credit_limit"),
            credit_used=_number(value, "credit_used"),
            currency=_optional_text(value, "currency"),
            has_carpet=_yes(value, "has_carpet", default=False),
        ),
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


def _or_unknown(kind: type[_E], value: Mapping[str, object], field: str) -> _E:
    """A value of an enumeration; what is not known here is its ``unknown``."""
    found = _optional_text(value, field)
    return kind(found) if found in {one.value for one in kind} else kind("unknown")


def _yes(value: Mapping[str, object], field: str, *, default: bool) -> bool:
    found = value.get(field, default)
    if not isinstance(found, bool):
        raise MisfitError("not_yes_or_no", field)
    return found


def _number(value: Mapping[str, object], field: str) -> int | None:
    """A whole number of at least 0, as SQLite can hold it; None where there is none."""
    found = value.get(field)
    if found is None:
        return None
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= MAX_NUMBER:
        raise MisfitError("not_a_number", field)
    return found


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
