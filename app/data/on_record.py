"""Who and what the work on record names, whether or not a register holds it.

Read from end to end: a lead asks for it once, when a recall's board is opened.
"""

from app.data.compiled import on_record as sql
from app.data.driver import Connection
from app.domain.esd_readings import PERSON


def testers(connection: Connection) -> frozenset[str]:
    """The ids of the testers whose readings let somebody work."""
    return frozenset(row[0] for row in sql.TESTERS.each(connection))


def people(connection: Connection) -> frozenset[str]:
    """The ids of the people who worked on repairs."""
    actors = (row[0] for row in sql.WORKERS.each(connection))
    return frozenset(one.removeprefix(PERSON) for one in actors if one.startswith(PERSON))
