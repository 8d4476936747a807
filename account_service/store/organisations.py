"""Organisations: who they are, and the row that every write of theirs locks first."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, update

from account_service.contract import GENESIS
from account_service.store.tables import ORGANISATION

_ID: Final[BindParameter[str]] = bindparam("organisation")
_SELECT: Final = select(
    ORGANISATION.c.organisation_id,
    ORGANISATION.c.name,
    ORGANISATION.c.revision,
    ORGANISATION.c.chain,
)
_ONE: Final = _SELECT.where(ORGANISATION.c.organisation_id == _ID)
_LOCKED: Final = _ONE.with_for_update()
_ALL: Final = _SELECT.order_by(ORGANISATION.c.name, ORGANISATION.c.organisation_id)
_ADVANCE: Final = (
    update(ORGANISATION)
    .where(ORGANISATION.c.organisation_id == _ID)
    .values(revision=bindparam("new_revision"), chain=bindparam("new_chain"))
)


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation and the end of its log.

    Attributes:
        organisation_id: Twelve characters.
        name: For people.
        revision: The last revision that was given, 0 before the first.
        chain: The log's chain at that revision.
    """

    organisation_id: str
    name: str
    revision: int
    chain: str


def add(connection: Connection, organisation_id: str, name: str, at: str) -> OrganisationRow:
    """Add an organisation whose log is empty."""
    connection.execute(
        insert(ORGANISATION),
        {
            "organisation_id": organisation_id,
            "name": name,
            "created_at": at,
            "revision": 0,
            "chain": GENESIS,
        },
    )
    return OrganisationRow(organisation_id, name, 0, GENESIS)


def one(connection: Connection, organisation_id: str) -> OrganisationRow | None:
    """Read an organisation, without a lock."""
    row = connection.execute(_ONE, {"organisation": organisation_id}).one_or_none()
    return None if row is None else OrganisationRow(*row)


def locked(connection: Connection, organisation_id: str) -> OrganisationRow | None:
    """Lock an organisation's row until the transaction ends: the first statement of every write.

    Whoever holds it is alone in giving out revisions, so their order is the order of the commits.
    (On SQLite the transaction holds the whole file from its beginning; elsewhere the row lock does
    it.)
    """
    row = connection.execute(_LOCKED, {"organisation": organisation_id}).one_or_none()
    return None if row is None else OrganisationRow(*row)


def advance(connection: Connection, organisation_id: str, revision: int, chain: str) -> None:
    """Set the end of a locked organisation's log."""
    connection.execute(
        _ADVANCE, {"organisation": organisation_id, "new_revision": revision, "new_chain": chain}
    )


def everyone(connection: Connection) -> list[OrganisationRow]:
    """Every organisation of this database, by name: for the operator's command line only."""
    return [OrganisationRow(*row) for row in connection.execute(_ALL)]
