"""What the use cases ask of the registers: one statement a question."""

import json
from datetime import date
from typing import Any, Final

from app.data.compiled import registers as sql
from app.data.driver import Connection
from app.data.values import as_stored, day
from app.domain.account import AccountTerms, Standing
from app.domain.equipment import Equipment, EquipmentState
from app.domain.esd import Tester
from app.domain.identifiers import normalise
from app.domain.parts import CataloguePart, PartLot
from app.domain.people import Certification, Exam, Person, Role
from app.domain.products import Family
from app.services.ports import Organisation

NOBODY: Final = Organisation(name="", site="", account="", time_zone="UTC")
"""The organisation of a bench that no account row has reached yet."""


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
    person_id, name, badge, role, tech_id, certificates, sat = row
    return Person(
        id=person_id,
        name=name,
        badge=badge,
        role=Role(role),
        tech_id=tech_id,
        certifications=tuple(_certification(one) for one in json.loads(certificates)),
        exams=tuple(_exam(one) for one in json.loads(sat)),
    )


def _certification(row: list[Any]) -> Certification:
    name, families, valid_from, until, proof = row
    held = tuple(map(Family, families))
    return Certification(name, held, date.fromisoformat(valid_from), day(until), proof)


def _exam(row: list[Any]) -> Exam:
    name, taken_on, passed, *paid = row
    return Exam(name, date.fromisoformat(taken_on), bool(passed), *paid)


def tester(connection: Connection, device: str) -> Tester | None:
    """The ESD tester in service that is connected as a device of this name."""
    row = sql.TESTER.first(connection, of=device) if device else None
    return None if row is None else _tester_of(row)


@as_stored
def _tester_of(row: tuple[Any, ...]) -> Tester:
    tester_id, name, serial, due = row
    return Tester(tester_id, name, serial, day(due))


def equipment(connection: Connection) -> tuple[Equipment, ...]:
    """Everything of the equipment register, by kind."""
    return tuple(_equipment_of(row) for row in sql.ALL_EQUIPMENT.all(connection))


def piece(connection: Connection, equipment_id: str) -> Equipment | None:
    """A piece of equipment by its id."""
    row = sql.EQUIPMENT.first(connection, of=equipment_id)
    return None if row is None else _equipment_of(row)


@as_stored
def _equipment_of(row: tuple[Any, ...]) -> Equipment:
    equipment_id, kind, device, name, serial, due, place, state, *rest = row
    calibrated_on, certificate, test_every_days, note = rest
    return Equipment(
        id=equipment_id,
        kind=kind,
        device=device,
        name=name,
        serial=serial,
        calibration_due=day(due),
        place=place,
        state=EquipmentState(state),
        calibrated_on=day(calibrated_on),
        certificate=certificate,
        test_every_days=test_every_days,
        note=note,
    )


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
    return known_organisation(connection) or NOBODY


def known_organisation(connection: Connection) -> Organisation | None:
    """Whose bench this is, where the account row is there."""
    row = sql.ACCOUNT.first(connection)
    return None if row is None else _organisation_of(row)


@as_stored
def _organisation_of(row: tuple[Any, ...]) -> Organisation:
    name, site, account, time_zone, esd_profile, created_on, region, *rest = row
    standing, standing_on, credit_limit, credit_used, currency, has_carpet = rest
    return Organisation(
        name=name,
        site=site,
        account=account,
        time_zone=time_zone,
        esd_profile=esd_profile,
        terms=AccountTerms(
            created_on=day(created_on),
            region=region,
            standing=Standing(standing),
            standing_on=day(standing_on),
            credit_limit=credit_limit,
            credit_used=credit_used,
            currency=currency,
            has_carpet=bool(has_carpet),
        ),
    )
