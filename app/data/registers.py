"""What the use cases ask of the registers: one statement a question."""

import json
from datetime import date
from typing import Any, Final

from app.data.compiled import registers as sql
from app.data.driver import Connection
from app.data.values import as_stored, day
from app.domain.esd import Tester
from app.domain.identifiers import normalise
from app.domain.parts import CataloguePart, PartLot
from app.domain.people import Certification, Person, Role
from app.domain.products import Asset, Coverage, Family, Ownership
from app.services.ports import Organisation

NOBODY: Final = Organisation(name="", site="", account="", time_zone="UTC")
"""The organisation of a bench that no account row has reached yet."""


def asset(connection: Connection, identifier: str) -> Asset | None:
    """The product with this serial, else with this IMEI, else with this asset tag."""
    row = sql.ASSET.first(connection, of=normalise(identifier))
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


def person(connection: Connection, person_id: str) -> Person | None:
    """A person by id."""
    return _person_of(sql.PERSON.first(connection, of=person_id))


def person_by_badge(connection: Connection, badge: str) -> Person | None:
    """A person by badge number; nobody has an empty one."""
    return _person_of(sql.BY_BADGE.first(connection, of=normalise(badge))) if badge else None


def people(connection: Connection) -> tuple[Person, ...]:
    """Everybody of the register, by badge."""
    return tuple(_person(row) for row in sql.EVERYBODY.all(connection))


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


def tester(connection: Connection, device: str) -> Tester | None:
    """The ESD tester that is connected as a device of this name."""
    row = sql.TESTER.first(connection, of=device) if device else None
    return None if row is None else _tester_of(row)


@as_stored
def _tester_of(row: tuple[Any, ...]) -> Tester:
    tester_id, name, serial, due = row
    return Tester(tester_id, name, serial, day(due))


def catalogue_part(connection: Connection, number: str) -> CataloguePart | None:
    """A part number of the catalogue."""
    row = sql.PART.first(connection, of=normalise(number))
    return None if row is None else _part_of(row)


@as_stored
def _part_of(row: tuple[Any, ...]) -> CataloguePart:
    value, name, opens_device = row
    return CataloguePart(value, name, bool(opens_device))


def lot(connection: Connection, component_serial: str) -> PartLot | None:
    """The purchase that a part's serial came with."""
    row = sql.LOT.first(connection, of=normalise(component_serial))
    return None if row is None else _lot_of(row)


@as_stored
def _lot_of(row: tuple[Any, ...]) -> PartLot:
    serial, part_number, order, delivery, received_on, source = row
    return PartLot(serial, part_number, order, delivery, day(received_on), source)


def organisation(connection: Connection) -> Organisation:
    """Whose bench this is, `NOBODY` until the account row has come."""
    row = sql.ACCOUNT.first(connection)
    return NOBODY if row is None else Organisation(*row)
