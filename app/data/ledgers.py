"""Tables with a row for each entry of a kind: whatever order they come in, whatever is answered.

Unlike the folds (`app.data.folding`) they keep what a service rejected, too: it was done.
"""

from app.data.compiled import ledgers as sql
from app.data.driver import Connection
from app.data.entries import entry_of
from app.data.values import micros
from app.domain.esd_readings import reading_of
from app.domain.journal import Entry
from app.domain.taken_back import taken_back_by


def note(connection: Connection, entry: Entry) -> None:
    """Write the rows of an entry that is new in the journal."""
    reading = reading_of(entry)
    if reading is not None:
        sql.ADD_READING.run(
            connection,
            person_id=reading.person_id,
            measured_at=micros(reading.measured_at),
            entry_id=reading.entry_id,
            tester_id=reading.tester_id,
            channel=reading.channel,
            verdict=reading.verdict.value,
            valid_until=micros(reading.valid_until),
        )
    cited = taken_back_by(entry)
    if cited is not None:
        sql.ADD_TAKEN_BACK.run(connection, entry_id=str(entry.id), cited=cited)


def forget(connection: Connection, entry: Entry) -> None:
    """Take away the rows of an entry that is taken out of the journal."""
    reading = reading_of(entry)
    if reading is not None:
        sql.FORGET_READING.run(
            connection,
            of_person=reading.person_id,
            of_moment=micros(reading.measured_at),
            of=reading.entry_id,
        )
    if taken_back_by(entry) is not None:
        sql.FORGET_TAKEN_BACK.run(connection, of=str(entry.id))


def note_all(connection: Connection) -> None:
    """Write the rows of the whole journal; the tables are empty."""
    for row in sql.TOLD.each(connection):
        note(connection, entry_of(row))
