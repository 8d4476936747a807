"""What the use cases ask of the registers: one statement a question."""

import json
from typing import Any, Final

import sqlalchemy as sa

from app.data import tables
from app.data.values import day
from app.domain.esd import Tester
from app.domain.identifiers import normalise
from app.domain.parts import CataloguePart, PartLot
from app.domain.people import Certification, Person, Role
from app.domain.products import Asset, Coverage, Family, Ownership
from app.services.ports import Organisation

ESD_TESTER: Final = "esd_tester"
"""The kind of equipment that `tester` answers with."""
IMEI_RANK: Final = 1
"""Where IMEIs stand among an asset's identifiers: after its serial, before its tag."""
NOBODY: Final = Organisation(name="", site="", account="", time_zone="UTC")
"""The organisation of a bench that no account row has reached yet."""

_a: Final = tables.assets
_i: Final = tables.asset_identifiers
_v: Final = tables.coverages
_p: Final = tables.people
_c: Final = tables.certifications
_q: Final = tables.equipment

_IMEIS: Final = (
    sa.select(sa.func.json_group_array(_i.c.value).aggregate_order_by(_i.c.place))
    .where(_i.c.serial == _a.c.serial, _i.c.rank == sa.literal_column(str(IMEI_RANK)))
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
    .where(_v.c.serial == _a.c.serial)
    .correlate(_a)
    .scalar_subquery()
)
_found: Final = _i.alias("found")
_ASSET: Final = (
    sa.select(*_a.c, _IMEIS.label("imeis"), _COVERAGES.label("coverages"))
    .join_from(_found, _a, _found.c.serial == _a.c.serial)
    .where(_found.c.value == sa.bindparam("of"), _a.c.is_deleted == 0)
    .order_by(_found.c.rank, _found.c.serial)
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
    .where(_c.c.person_id == _p.c.id)
    .correlate(_p)
    .scalar_subquery()
)
_PEOPLE: Final = sa.select(*_p.c, _CERTIFICATIONS.label("certifications")).where(
    _p.c.is_deleted == 0
)
_PERSON: Final = _PEOPLE.where(_p.c.id == sa.bindparam("of"))
_BY_BADGE: Final = _PEOPLE.where(_p.c.badge == sa.bindparam("of")).order_by(_p.c.id).limit(1)
_TESTER: Final = (
    sa.select(_q.c.id, _q.c.name, _q.c.serial, _q.c.calibration_due)
    .where(_q.c.device == sa.bindparam("of"), _q.c.kind == ESD_TESTER, _q.c.is_deleted == 0)
    .order_by(_q.c.id)
    .limit(1)
)
_PART: Final = sa.select(
    tables.catalogue.c.number, tables.catalogue.c.name, tables.catalogue.c.opens_device
).where(tables.catalogue.c.number == sa.bindparam("of"), tables.catalogue.c.is_deleted == 0)
_LOT: Final = sa.select(*tables.lots.c).where(
    tables.lots.c.component_serial == sa.bindparam("of"), tables.lots.c.is_deleted == 0
)
_ACCOUNT: Final = sa.select(*tables.account.c).where(
    tables.account.c.key == sa.literal_column("'account'"), tables.account.c.is_deleted == 0
)


def _first(connection: sa.Connection, statement: sa.Executable, of: str) -> Any:  # noqa: ANN401 - a row
    return connection.execute(statement, {"of": of}).first()


def asset(connection: sa.Connection, identifier: str) -> Asset | None:
    """The product with this serial, else with this IMEI, else with this asset tag."""
    row = _first(connection, _ASSET, normalise(identifier))
    if row is None:
        return None
    return Asset(
        serial=row.serial,
        model=row.model,
        family=None if row.family is None else Family(row.family),
        ownership=Ownership(row.ownership),
        imeis=tuple(json.loads(row.imeis)),
        maker=row.maker,
        tag=row.tag,
        holder=row.holder,
        lessor=row.lessor,
        leased_until=day(row.leased_until),
        proof=row.proof,
        coverages=tuple(_coverage(*one) for one in json.loads(row.coverages)),
    )


def _coverage(issuer: str, kind: str, *rest: str | None) -> Coverage:
    starts, ends, source, checked_on = rest
    return Coverage(issuer, kind, day(starts), day(ends), source or "", day(checked_on))


def person(connection: sa.Connection, person_id: str) -> Person | None:
    """A person by id."""
    return _person_of(_first(connection, _PERSON, person_id))


def person_by_badge(connection: sa.Connection, badge: str) -> Person | None:
    """A person by badge number."""
    return _person_of(_first(connection, _BY_BADGE, normalise(badge))) if badge else None


def _person_of(row: Any) -> Person | None:  # noqa: ANN401 - a row of _PEOPLE
    if row is None:
        return None
    return Person(
        id=row.id,
        name=row.name,
        badge=row.badge,
        role=Role(row.role),
        tech_id=row.tech_id,
        certifications=tuple(_certification(*one) for one in json.loads(row.certifications)),
    )


def _certification(name: str, families: list[str], *days: str) -> Certification:
    valid_from, valid_until = map(day, days)
    if valid_from is None:
        raise ValueError("a certification without a first day")
    return Certification(name, tuple(map(Family, families)), valid_from, valid_until)


def tester(connection: sa.Connection, device: str) -> Tester | None:
    """The ESD tester that is connected as a device of this name."""
    row = _first(connection, _TESTER, device) if device else None
    return row and Tester(row.id, row.name, row.serial, day(row.calibration_due))


def catalogue_part(connection: sa.Connection, number: str) -> CataloguePart | None:
    """A part number of the catalogue."""
    row = _first(connection, _PART, normalise(number))
    return row and CataloguePart(row.number, row.name, bool(row.opens_device))


def lot(connection: sa.Connection, component_serial: str) -> PartLot | None:
    """The purchase that a part's serial came with."""
    row = _first(connection, _LOT, normalise(component_serial))
    return row and PartLot(
        component_serial=row.component_serial,
        part_number=row.part_number,
        order=row.order,
        delivery=row.delivery,
        received_on=day(row.received_on),
        source=row.source,
    )


def organisation(connection: sa.Connection) -> Organisation:
    """Whose bench this is, `NOBODY` until the account row has come."""
    row = connection.execute(_ACCOUNT).first()
    if row is None:
        return NOBODY
    return Organisation(row.name, row.site, row.account, row.time_zone, row.esd_profile)
