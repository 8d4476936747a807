"""What the use cases ask of the registers: one statement a question."""

import json
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from app.data import tables
from app.data.statements import Statement
from app.data.values import as_stored, day
from app.domain.esd import Tester
from app.domain.identifiers import normalise
from app.domain.parts import CataloguePart, PartLot
from app.domain.people import Certification, Person, Role
from app.domain.products import Asset, Coverage, Family, Ownership
from app.services.ports import Organisation

ESD_TESTER: Final = "esd_tester"
"""The kind of equipment that `tester` answers with."""
SERIAL_RANK: Final = 0
IMEI_RANK: Final = 1
TAG_RANK: Final = 2
"""How an asset's identifiers rank: a text that is several assets' is the first one's."""
NOBODY: Final = Organisation(name="", site="", account="", time_zone="UTC")
"""The organisation of a bench that no account row has reached yet."""

_a: Final = tables.assets
_i: Final = tables.asset_identifiers
_v: Final = tables.coverages
_p: Final = tables.people
_c: Final = tables.certifications
_q: Final = tables.equipment
_n: Final = tables.catalogue
_l: Final = tables.lots
_o: Final = tables.account

_IMEIS: Final = (
    sa.select(sa.func.json_group_array(_i.c.value).aggregate_order_by(_i.c.place))
    .where(_i.c.owner == _a.c.serial, _i.c.rank == sa.literal_column(str(IMEI_RANK)))
    .correlate(_a)
    .scalar_subquery()
)
_COVERAGES: Final = (
    sa.select(
        sa.func.json_group_array(
            sa.func.json_array(
                _v.c.issuer, _v.c.kind, _v.c.starts, _v.c.ends, _v.c.source, _v.c.checked_on
            )
        ).aggregate_order_by(_v.c.place)
    )
    .where(_v.c.owner == _a.c.serial)
    .correlate(_a)
    .scalar_subquery()
)
_found: Final = _i.alias("found")
_ASSET: Final = Statement(
    sa.select(
        _a.c.serial,
        _a.c.model,
        _a.c.family,
        _a.c.ownership,
        _a.c.maker,
        _a.c.tag,
        _a.c.holder,
        _a.c.lessor,
        _a.c.leased_until,
        _a.c.proof,
        _IMEIS,
        _COVERAGES,
    )
    .join_from(_found, _a, _found.c.owner == _a.c.serial)
    .where(_found.c.value == sa.bindparam("of"), _a.c.is_deleted == 0)
    .order_by(_found.c.rank, _found.c.owner)
    .limit(1)
)
_CERTIFICATIONS: Final = (
    sa.select(
        sa.func.json_group_array(
            sa.func.json_array(
                _c.c.name, sa.func.json(_c.c.families), _c.c.valid_from, _c.c.valid_until
            )
        ).aggregate_order_by(_c.c.place)
    )
    .where(_c.c.owner == _p.c.id)
    .correlate(_p)
    .scalar_subquery()
)
_PEOPLE: Final = sa.select(
    _p.c.id, _p.c.name, _p.c.badge, _p.c.role, _p.c.tech_id, _CERTIFICATIONS
).where(_p.c.is_deleted == 0)
_PERSON: Final = Statement(_PEOPLE.where(_p.c.id == sa.bindparam("of")))
_EVERYBODY: Final = Statement(_PEOPLE.order_by(_p.c.badge, _p.c.id))
_BY_BADGE: Final = Statement(
    _PEOPLE.where(_p.c.badge == sa.bindparam("of")).order_by(_p.c.id).limit(1)
)
_TESTER: Final = Statement(
    sa.select(_q.c.id, _q.c.name, _q.c.serial, _q.c.calibration_due)
    .where(_q.c.device == sa.bindparam("of"), _q.c.kind == ESD_TESTER, _q.c.is_deleted == 0)
    .order_by(_q.c.id)
    .limit(1)
)
_PART: Final = Statement(
    sa.select(_n.c.number, _n.c.name, _n.c.opens_device).where(
        _n.c.number == sa.bindparam("of"), _n.c.is_deleted == 0
    )
)
_LOT: Final = Statement(
    sa.select(
        _l.c.component_serial,
        _l.c.part_number,
        _l.c.order,
        _l.c.delivery,
        _l.c.received_on,
        _l.c.source,
    ).where(_l.c.component_serial == sa.bindparam("of"), _l.c.is_deleted == 0)
)
_ACCOUNT: Final = Statement(
    sa.select(_o.c.name, _o.c.site, _o.c.account, _o.c.time_zone, _o.c.esd_profile).where(
        _o.c.is_deleted == 0
    )
)


def asset(connection: sa.Connection, identifier: str) -> Asset | None:
    """The product with this serial, else with this IMEI, else with this asset tag."""
    row = _ASSET.first(connection, of=normalise(identifier))
    return None if row is None else _asset_of(row)


@as_stored
def _asset_of(row: tuple[Any, ...]) -> Asset:
    serial, model, family, ownership, maker, tag, holder, lessor, leased_until, *rest = row
    proof, imeis, covered = rest
    return Asset(
        serial=serial,
        model=model,
        family=None if family is None else Family(family),
        ownership=Ownership(ownership),
        imeis=tuple(json.loads(imeis)),
        maker=maker,
        tag=tag,
        holder=holder,
        lessor=lessor,
        leased_until=day(leased_until),
        proof=proof,
        coverages=tuple(_coverage(*one) for one in json.loads(covered)),
    )


def _coverage(issuer: str, kind: str, *rest: str | None) -> Coverage:
    starts, ends, source, checked_on = rest
    return Coverage(issuer, kind, day(starts), day(ends), source or "", day(checked_on))


def person(connection: sa.Connection, person_id: str) -> Person | None:
    """A person by id."""
    return _person_of(_PERSON.first(connection, of=person_id))


def person_by_badge(connection: sa.Connection, badge: str) -> Person | None:
    """A person by badge number; nobody has an empty one."""
    return _person_of(_BY_BADGE.first(connection, of=normalise(badge))) if badge else None


def people(connection: sa.Connection) -> tuple[Person, ...]:
    """Everybody of the register, by badge."""
    return tuple(_person(row) for row in _EVERYBODY.all(connection))


def _person_of(row: tuple[Any, ...] | None) -> Person | None:
    return None if row is None else _person(row)


@as_stored
def _person(row: tuple[Any, ...]) -> Person:
    person_id, name, badge, role, tech_id, certificates = row
    return Person(
        id=person_id,
        name=name,
        badge=badge,
        role=Role(role),
        tech_id=tech_id,
        certifications=tuple(_certification(*one) for one in json.loads(certificates)),
    )


def _certification(name: str, families: list[str], valid_from: str, until: str) -> Certification:
    return Certification(
        name, tuple(map(Family, families)), date.fromisoformat(valid_from), day(until)
    )


def tester(connection: sa.Connection, device: str) -> Tester | None:
    """The ESD tester that is connected as a device of this name."""
    row = _TESTER.first(connection, of=device) if device else None
    return None if row is None else _tester_of(row)


@as_stored
def _tester_of(row: tuple[Any, ...]) -> Tester:
    tester_id, name, serial, due = row
    return Tester(tester_id, name, serial, day(due))


def catalogue_part(connection: sa.Connection, number: str) -> CataloguePart | None:
    """A part number of the catalogue."""
    row = _PART.first(connection, of=normalise(number))
    return None if row is None else _part_of(row)


@as_stored
def _part_of(row: tuple[Any, ...]) -> CataloguePart:
    value, name, opens_device = row
    return CataloguePart(value, name, bool(opens_device))


def lot(connection: sa.Connection, component_serial: str) -> PartLot | None:
    """The purchase that a part's serial came with."""
    row = _LOT.first(connection, of=normalise(component_serial))
    return None if row is None else _lot_of(row)


@as_stored
def _lot_of(row: tuple[Any, ...]) -> PartLot:
    serial, part_number, order, delivery, received_on, source = row
    return PartLot(serial, part_number, order, delivery, day(received_on), source)


def organisation(connection: sa.Connection) -> Organisation:
    """Whose bench this is, `NOBODY` until the account row has come."""
    row = _ACCOUNT.first(connection)
    return NOBODY if row is None else Organisation(*row)
