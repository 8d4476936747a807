"""The organisations of this service, as the operator sees them."""

from datetime import datetime
from typing import Final

from account_service.clock import instant_text
from account_service.errors import MalformedError, NotFoundError
from account_service.services.secrecy import RandomBytes, new_organisation_id
from account_service.store import organisations
from account_service.store.database import Database
from account_service.store.organisations import OrganisationRow

MAX_NAME: Final = 200


def add(database: Database, name: str, *, now: datetime, random: RandomBytes) -> OrganisationRow:
    """Add an organisation with an empty log.

    Raises:
        MalformedError: ``name_invalid``: empty, longer than 200 characters, or not printable.
        StoreError: The database could not keep it.
    """
    name = name.strip()
    if not 0 < len(name) <= MAX_NAME or not name.isprintable():
        raise MalformedError("name_invalid")
    organisation_id = new_organisation_id(random)
    with database.writing() as connection:
        return organisations.add(connection, organisation_id, name, instant_text(now))


def everyone(database: Database) -> list[OrganisationRow]:
    """Every organisation, by name."""
    with database.reading() as connection:
        return organisations.everyone(connection)


def named(database: Database, wanted: str | None) -> OrganisationRow:
    """The organisation with this id or this name; without either, the only one.

    Raises:
        NotFoundError: ``organisation_unknown``, or ``organisation_ambiguous`` if several fit.
    """
    rows = everyone(database)
    fitting = [row for row in rows if wanted is None or row.organisation_id == wanted.lower()]
    fitting = fitting or [row for row in rows if row.name == wanted]
    if not fitting:
        raise NotFoundError("organisation_unknown")
    if len(fitting) > 1:
        raise NotFoundError("organisation_ambiguous")
    return fitting[0]
