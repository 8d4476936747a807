"""The tables of the local store (docs/adr/0006).

Instants are whole microseconds since 1970 UTC, days are ISO texts, ids and hashes are bytes: each
value has one form only, so that a changed byte is a changed value. Tables are strict: SQLite itself
refuses a value of another type.
"""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

from app.data import table_kinds
from app.data.overlay_tables import asset_counts, asset_numbers, register_base
from app.data.table_kinds import table as _table
from app.data.table_kinds import text as _text

metadata: Final = table_kinds.metadata

schema_version: Final = sa.Table(
    "alembic_version",  # Alembic's own table and shape
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), primary_key=True),
)

# ----------------------------------------------------------------------
# The journal: what everything else can be made from
# ----------------------------------------------------------------------

benches: Final = _table(
    "benches",
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("bench_id", sa.LargeBinary, nullable=False, unique=True),
    # The newest entry, written with it: an end that was cut off is seen.
    sa.Column("head_seq", sa.Integer, nullable=False, server_default="0"),
    sa.Column("head_hash", sa.LargeBinary, nullable=False),
    # Of this bench's entries up to here, every one has the service's answer.
    sa.Column("answered_seq", sa.Integer, nullable=False, server_default="0"),
    # This home wrote it, before it was restored and went on under a new bench id.
    sa.Column("was_own", sa.Integer, nullable=False, server_default="0"),
)

own_bench: Final = _table(
    "own_bench",
    sa.Column("one", sa.Integer, primary_key=True),
    sa.CheckConstraint("one = 1"),
    sa.Column("bench", sa.Integer, sa.ForeignKey("benches.key"), nullable=False),
    sa.Column("created_at", sa.Integer, nullable=False),
)

_FRAME: Final = (
    sa.Column("frame_device", sa.Text),
    sa.Column("frame_role", sa.Text),
    sa.Column("frame_raw", sa.LargeBinary),
    sa.Column("frame_aim", sa.Text),
    sa.Column("frame_fault", sa.Text),
    sa.Column("frame_received_at", sa.Integer),
    sa.Column("frame_seq", sa.Integer),
)
entries: Final = _table(
    "entries",
    sa.Column("bench", sa.Integer, sa.ForeignKey("benches.key"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("id", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.Integer, nullable=False),
    sa.Column("schema", sa.Integer, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    # Another bench's entry whose predecessor the service rejected, and so never sent: the hash
    # cannot be checked without it, so what arrived is sealed here.
    sa.Column("arrival_digest", sa.LargeBinary),
    sa.Column("revision", sa.Integer),
    # The revision that a service had given before it was restored: the order until the new one.
    sa.Column("former_revision", sa.Integer),
    sa.Column("outcome", sa.Text),
    sa.Column("outcome_code", sa.Text),
    # Over the four above, which the entry's hash does not cover (app.data.answers).
    sa.Column("answer_seal", sa.LargeBinary),
    # The bytes that the entry tells the meaning of, where a device sent some (docs/adr/0006).
    *_FRAME,
    sa.Index("entries_subject", "subject", "revision"),
    sa.Index("entries_rejected", "bench", sqlite_where=sa.text("outcome = 'rejected'")),
    rowid=False,  # a page less to write for every scan
)

# ----------------------------------------------------------------------
# Read models: folds of the journal, which can be made again at any time
# ----------------------------------------------------------------------

repairs: Final = _table(
    "repairs",
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, nullable=False, index=True),
    sa.Column("serial", sa.Text, nullable=False),
    sa.Column("technician_id", sa.Text, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("is_open", sa.Integer, nullable=False),
    sa.Column("opened_at", sa.Integer, nullable=False),
    sa.Column("symptom", sa.Text, nullable=False),
    sa.Column("diagnosis", sa.Text, nullable=False),
    sa.Column("report_hash", sa.Text, nullable=False),
    sa.Column("signed_by", sa.Text),
    sa.Column("signed_hash", sa.Text),
    sa.Column("signed_at", sa.Integer),
    sa.Column("signed_entry", sa.Text),
    sa.Index("repairs_serial", "serial"),
    sa.Index("repairs_open", "opened_at", sqlite_where=sa.text("is_open = 1")),
    rowid=False,
)


def _child(name: str, *columns: SchemaItem) -> sa.Table:
    return _table(
        name,
        sa.Column("repair", sa.Text, sa.ForeignKey("repairs.id"), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        *columns,
        rowid=False,
    )


repair_steps: Final = _child(
    "repair_steps",
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("at", sa.Integer, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("entry_id", sa.Text, nullable=False),
    sa.Index("repair_steps_work", "actor", "at", sqlite_where=sa.text("step = 'in_repair'")),
)
repair_parts: Final = _child(
    "repair_parts",
    sa.Column("part_number", sa.Text, nullable=False),
    sa.Column("kgb", sa.Text, nullable=False, index=True),
    sa.Column("kbb", sa.Text, nullable=False),
    sa.Column("order", sa.Text, nullable=False),
    sa.Column("delivery", sa.Text, nullable=False),
    sa.Column("entry_id", sa.Text, nullable=False),
    sa.Column("at", sa.Integer),
    _text("actor"),
    sa.Index("repair_parts_work", "actor", "at"),
)
repair_notes: Final = _child("repair_notes", sa.Column("text", sa.Text, nullable=False))
repair_conflicts: Final = _child(
    "repair_conflicts",
    sa.Column("entry_id", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
)

esd_states: Final = _table(
    "esd_states",
    sa.Column("person_id", sa.Text, primary_key=True),
    sa.Column("reading_id", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("ohm", sa.Integer),
    sa.Column("over_range", sa.Integer, nullable=False),
    sa.Column("measured_at", sa.Integer, nullable=False),
    sa.Column("valid_until", sa.Integer, nullable=False),
    sa.Column("tester_id", sa.Text, nullable=False),
    rowid=False,
)

# A row for every reading, whoever's and of whatever channel: what a recall goes back over.
esd_readings: Final = _table(
    "esd_readings",
    sa.Column("person_id", sa.Text, primary_key=True),
    sa.Column("measured_at", sa.Integer, primary_key=True),
    sa.Column("entry_id", sa.Text, primary_key=True),
    sa.Column("tester_id", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("valid_until", sa.Integer, nullable=False),
    sa.Index("esd_readings_tester", "tester_id", "measured_at"),
    rowid=False,
)
# What somebody undid or a lead settled: it was done all the same, and a recall asks for it.
taken_back: Final = _table(
    "taken_back",
    sa.Column("entry_id", sa.Text, primary_key=True),
    sa.Column("cited", sa.Text, nullable=False),
    rowid=False,
)

equipment_tests: Final = _table(
    "equipment_tests",
    sa.Column("equipment_id", sa.Text, primary_key=True),
    sa.Column("item", sa.Text, primary_key=True),
    sa.Column("entry_id", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("ohm", sa.Integer),
    sa.Column("over_range", sa.Integer, nullable=False),
    sa.Column("tested_at", sa.Integer, nullable=False),
    sa.Column("tester_id", sa.Text, nullable=False),
    sa.Column("person_id", sa.Text, nullable=False),
    # How many tests are on record; the row tells the latest that says something.
    sa.Column("count", sa.Integer, nullable=False),
    rowid=False,
)

# ----------------------------------------------------------------------
# Registers: what comes down from the service, row by row
# ----------------------------------------------------------------------


def _register(name: str, *columns: SchemaItem) -> sa.Table:
    """A register's table: `revision` orders its rows, `is_deleted` marks a tombstone."""
    return _table(
        name,
        *columns,
        sa.Column("revision", sa.Integer),
        sa.Column("is_deleted", sa.Integer, nullable=False, server_default="0"),
        rowid=False,
    )


assets: Final = _register(
    "assets",
    sa.Column("serial", sa.Text, primary_key=True),
    _text("model"),
    sa.Column("family", sa.Text),
    sa.Column("ownership", sa.Text, nullable=False, server_default="unknown"),
    _text("maker"),
    _text("tag"),
    _text("holder"),
    _text("lessor"),
    sa.Column("leased_until", sa.Text),
    _text("proof"),
    _text("product_type"),
    _text("part_number"),
    _text("configuration"),
    _text("meid"),
    _text("eid"),
    _text("department"),
    _text("order"),
    sa.Column("bought_on", sa.Text),
    _text("seller"),
    _text("document"),
    _text("source"),
    sa.Column("find_my", sa.Text, nullable=False, server_default="unknown"),
    # When it was written, counted in bases of the register: see `register_base`.
    sa.Column("epoch", sa.Integer, nullable=False, server_default="1"),
)
asset_identifiers: Final = _table(
    "asset_identifiers",
    sa.Column("value", sa.Text, primary_key=True),
    # app.data.registers: serial before IMEI before tag
    sa.Column("rank", sa.Integer, primary_key=True),
    sa.Column("owner", sa.Text, sa.ForeignKey("assets.serial"), primary_key=True, index=True),
    sa.Column("place", sa.Integer, nullable=False),
    rowid=False,
)
coverages: Final = _table(
    "coverages",
    sa.Column("owner", sa.Text, sa.ForeignKey("assets.serial"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("issuer", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("starts", sa.Text),
    sa.Column("ends", sa.Text),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("checked_on", sa.Text),
    sa.Column("status", sa.Text, nullable=False, server_default="unknown"),
    rowid=False,
)
former_identities: Final = _table(
    "former_identities",
    sa.Column("owner", sa.Text, sa.ForeignKey("assets.serial"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("until", sa.Text),
    sa.Column("repair", sa.Text, nullable=False),
    rowid=False,
)
OVER_THE_BASE: Final = (asset_numbers, asset_counts, register_base)
"""What is kept beside the products (`app.data.overlay_tables`)."""
people: Final = _register(
    "people",
    sa.Column("id", sa.Text, primary_key=True),
    _text("name"),
    sa.Column("badge", sa.Text, nullable=False, server_default="", index=True),
    sa.Column("role", sa.Text, nullable=False, server_default="technician"),
    _text("tech_id"),
)
certifications: Final = _table(
    "certifications",
    sa.Column("owner", sa.Text, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("families", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Text, nullable=False),
    sa.Column("valid_until", sa.Text),
    _text("proof"),
    rowid=False,
)
exams: Final = _table(
    "exams",
    sa.Column("owner", sa.Text, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("taken_on", sa.Text, nullable=False),
    sa.Column("passed", sa.Integer, nullable=False),
    sa.Column("voucher", sa.Text, nullable=False),
    sa.Column("cost", sa.Integer, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    rowid=False,
)
catalogue: Final = _register(
    "catalogue",
    sa.Column("number", sa.Text, primary_key=True),
    _text("name"),
    sa.Column("opens_device", sa.Integer, nullable=False, server_default="1"),
)
lots: Final = _register(
    "lots",
    sa.Column("component_serial", sa.Text, primary_key=True),
    _text("part_number"),
    _text("order"),
    _text("delivery"),
    sa.Column("received_on", sa.Text),
    _text("source"),
)
equipment: Final = _register(
    "equipment",
    sa.Column("id", sa.Text, primary_key=True),
    _text("kind"),
    sa.Column("device", sa.Text, nullable=False, server_default="", index=True),
    _text("name"),
    _text("serial"),
    sa.Column("calibration_due", sa.Text),
    _text("place"),
    sa.Column("state", sa.Text, nullable=False, server_default="in_use"),
    sa.Column("calibrated_on", sa.Text),
    _text("certificate"),
    sa.Column("test_every_days", sa.Integer, nullable=False, server_default="0"),
    _text("note"),
)
account: Final = _register(
    "account",
    sa.Column("key", sa.Text, primary_key=True),
    _text("name"),
    _text("site"),
    _text("account"),
    _text("time_zone"),
    _text("esd_profile"),
    sa.Column("created_on", sa.Text),
    _text("region"),
    sa.Column("standing", sa.Text, nullable=False, server_default="unknown"),
    sa.Column("standing_on", sa.Text),
    sa.Column("credit_limit", sa.Integer),
    sa.Column("credit_used", sa.Integer),
    _text("currency"),
    sa.Column("has_carpet", sa.Integer, nullable=False, server_default="0"),
)

# ----------------------------------------------------------------------
# Sync and secrets
# ----------------------------------------------------------------------

sync_cursor: Final = _table(
    "sync_cursor",
    sa.Column("one", sa.Integer, primary_key=True),
    sa.CheckConstraint("one = 1"),
    sa.Column("service", sa.Text),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("chain", sa.Text, nullable=False),
)
misfits: Final = _table(
    "misfits",
    # What came down and could not be read is kept as it came, until a later revision of it fits.
    sa.Column("register", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer),
    sa.Column("raw", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    rowid=False,
)
secrets: Final = _table(
    "secrets",
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    rowid=False,
)
