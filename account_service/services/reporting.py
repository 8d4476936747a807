"""What the operator may see of an organisation's log."""

from dataclasses import dataclass

from account_service.errors import NotFoundError
from account_service.store import entries, organisations
from account_service.store.database import Database
from account_service.store.entries import ReportedEntry
from account_service.store.organisations import OrganisationRow


@dataclass(frozen=True, slots=True)
class Report:
    """An organisation's entries in the order in which they came, and where its repairs stand.

    Attributes:
        organisation: Whose.
        entries: Every entry, rejected ones too.
        statuses: Each repair's status by revision order.
    """

    organisation: OrganisationRow
    entries: list[ReportedEntry]
    statuses: dict[str, str]


def report(database: Database, organisation_id: str) -> Report:
    """Read everything of an organisation, as of one moment.

    Raises:
        NotFoundError: ``organisation_unknown``.
        StoreError: The database could not answer.
    """
    with database.reading() as connection:
        organisation = organisations.one(connection, organisation_id)
        if organisation is None:
            raise NotFoundError("organisation_unknown")
        return Report(
            organisation,
            list(entries.report(connection, organisation.organisation_id)),
            entries.all_statuses(connection, organisation.organisation_id),
        )
