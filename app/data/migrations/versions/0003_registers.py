"""The registers say more: proof of purchase, identities, exams, calibration, terms and credit.

The tables are made anew, so that a database that was brought up is the same as one that is new.
What hangs on a row is put aside before the row's own table is. What a recall goes back over is
gathered from the journal: each ESD reading, who fitted a part and when, what was taken back.

Revision: 0003
"""

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

revision: Final = "0003"
down_revision: Final = "0002"
branch_labels: Final = None
depends_on: Final = None

_metadata: Final = sa.MetaData()


def _table(name: str, *columns: SchemaItem) -> sa.Table:
    return sa.Table(name, _metadata, *columns, sqlite_strict=True, sqlite_with_rowid=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default="")


def _register(name: str, *columns: SchemaItem) -> sa.Table:
    return _table(
        name,
        *columns,
        sa.Column("revision", sa.Integer),
        sa.Column("is_deleted", sa.Integer, nullable=False, server_default="0"),
    )


_assets: Final = _register(
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
    sa.Column("epoch", sa.Integer, nullable=False, server_default="1"),
)
_identifiers: Final = _table(
    "asset_identifiers",
    sa.Column("value", sa.Text, primary_key=True),
    sa.Column("rank", sa.Integer, primary_key=True),
    sa.Column("owner", sa.Text, sa.ForeignKey("assets.serial"), primary_key=True, index=True),
    sa.Column("place", sa.Integer, nullable=False),
)
_coverages: Final = _table(
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
)
_former: Final = _table(
    "former_identities",
    sa.Column("owner", sa.Text, sa.ForeignKey("assets.serial"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("until", sa.Text),
    sa.Column("repair", sa.Text, nullable=False),
)
sa.Table("people", _metadata, sa.Column("id", sa.Text, primary_key=True))
_certifications: Final = _table(
    "certifications",
    sa.Column("owner", sa.Text, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("families", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Text, nullable=False),
    sa.Column("valid_until", sa.Text),
    _text("proof"),
)
_exams: Final = _table(
    "exams",
    sa.Column("owner", sa.Text, sa.ForeignKey("people.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("taken_on", sa.Text, nullable=False),
    sa.Column("passed", sa.Integer, nullable=False),
    sa.Column("voucher", sa.Text, nullable=False),
    sa.Column("cost", sa.Integer, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
)
_equipment: Final = _register(
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
_account: Final = _register(
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
_GROWN: Final = (
    (_assets, _identifiers, _coverages),
    (_certifications,),
    (_equipment,),
    (_account,),
)
"""Each register that grew, before what hangs on it."""
_equipment_tests: Final = _table(
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
    sa.Column("count", sa.Integer, nullable=False),
)
_numbers: Final = sa.Table(
    "asset_numbers",
    _metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("serial", sa.Text, nullable=False, unique=True),
    sqlite_strict=True,
)
_counts: Final = _table(
    "asset_counts",
    sa.Column("family", sa.Text, primary_key=True),
    sa.Column("maker", sa.Text, primary_key=True),
    sa.Column("ownership", sa.Text, primary_key=True),
    sa.Column("proven", sa.Integer, primary_key=True),
    sa.Column("leased_until", sa.Text, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("hidden", sa.Integer, nullable=False),
)
_base: Final = sa.Table(
    "register_base",
    _metadata,
    sa.Column("one", sa.Integer, primary_key=True, server_default="1"),
    sa.CheckConstraint("one = 1"),
    sa.Column("file", sa.Text, nullable=False, server_default=""),
    sa.Column("size", sa.Integer, nullable=False, server_default="0"),
    sa.Column("rows", sa.Integer, nullable=False, server_default="0"),
    sa.Column("made_at", sa.Integer, nullable=False, server_default="0"),
    sa.Column("upto", sa.Integer, nullable=False, server_default="0"),
    sa.Column("epoch", sa.Integer, nullable=False, server_default="1"),
    sqlite_strict=True,
)
sa.Table("repairs", _metadata, sa.Column("id", sa.Text, primary_key=True))
_parts: Final = _table(
    "repair_parts",
    sa.Column("repair", sa.Text, sa.ForeignKey("repairs.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
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
_readings: Final = _table(
    "esd_readings",
    sa.Column("person_id", sa.Text, primary_key=True),
    sa.Column("measured_at", sa.Integer, primary_key=True),
    sa.Column("entry_id", sa.Text, primary_key=True),
    sa.Column("tester_id", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("valid_until", sa.Integer, nullable=False),
    sa.Index("esd_readings_tester", "tester_id", "measured_at"),
)
_taken_back: Final = _table(
    "taken_back",
    sa.Column("entry_id", sa.Text, primary_key=True),
    sa.Column("cited", sa.Text, nullable=False),
)
_NEW: Final = (
    _former,
    _exams,
    _equipment_tests,
    _numbers,
    _counts,
    _base,
    _readings,
    _taken_back,
)
_VERDICTS: Final = frozenset({"pass", "fail_low", "fail_high", "invalid"})
_CITES: Final = {"repair.undone": "entry", "conflict.settled": "conflict"}
_entries: Final = sa.table(
    "entries", *map(sa.column, ("id", "kind", "subject", "actor", "recorded_at", "payload"))
)
_FILL: Final = (
    "INSERT INTO register_base DEFAULT VALUES",
    """
CREATE VIRTUAL TABLE asset_words USING fts5(
serial, model, holder, tag, department,
content='', contentless_delete=1, detail=none, tokenize='trigram')
""",
    "INSERT INTO asset_numbers (serial) SELECT serial FROM assets WHERE is_deleted = 0",
    """
INSERT INTO asset_words (rowid, serial, model, holder, tag, department)
SELECT number, assets.serial, model, holder, tag, department
FROM asset_numbers JOIN assets ON assets.serial = asset_numbers.serial
""",
    """
INSERT INTO asset_counts (family, maker, ownership, proven, leased_until, count, hidden)
SELECT coalesce(family, ''), iif(maker IN ('apple', ''), maker, 'other'), ownership, proof <> '',
coalesce(leased_until, ''), count(*), 0
FROM assets WHERE is_deleted = 0 GROUP BY 1, 2, 3, 4, 5
""",
)
"""What goes along with the products that are there."""


def upgrade() -> None:
    for register in _GROWN:
        _make_anew(register)
    for table in _NEW:
        table.create(op.get_bind())
    op.create_index(
        "repair_steps_work",
        "repair_steps",
        ["actor", "at"],
        sqlite_where=sa.text("step = 'in_repair'"),
    )
    _make_anew((_parts,))
    _gather()
    for statement in _FILL:
        op.execute(statement)


def _make_anew(tables: tuple[sa.Table, ...]) -> None:
    """Put the rows of a register, and of what hangs on it, into tables of the new shape."""
    kept: list[tuple[sa.Table, sa.TableClause]] = []
    for table in reversed(tables):
        found = sa.inspect(op.get_bind()).get_columns(table.name)
        names = [column["name"] for column in found]
        now, old = (
            sa.table(name, *map(sa.column, names)) for name in (table.name, f"{table.name}_0002")
        )
        op.execute(sa.CreateTableAs(sa.select(*now.c), old.name))
        op.drop_table(table.name)
        kept.append((table, old))
    for table, old in reversed(kept):
        table.create(op.get_bind())
        op.execute(sa.insert(table).from_select(old.c.keys(), sa.select(*old.c)))
        op.drop_table(old.name)


def _gather() -> None:
    """Take from the journal what the new tables and columns tell of it."""
    of_part = _entries.c.id == sa.func.unhex(_parts.c.entry_id, "-")
    fitted = (sa.select(_entries.c[name]).where(of_part) for name in ("recorded_at", "actor"))
    at, actor = (one.scalar_subquery() for one in fitted)
    op.execute(sa.update(_parts).values(at=at, actor=sa.func.coalesce(actor, "")))
    readings: list[dict[str, Any]] = []
    taken_back: list[dict[str, Any]] = []
    for entry_id, kind, subject, moment, payload in _told():
        cited = payload.get(_CITES.get(kind, ""))
        if kind == "esd.measured":
            readings.append(_reading(entry_id, subject, moment, payload))
        elif isinstance(cited, str):
            taken_back.append({"entry_id": entry_id, "cited": cited})
    for table, rows in ((_readings, readings), (_taken_back, taken_back)):
        if rows:
            op.get_bind().execute(sa.insert(table), rows)


def _told() -> "Iterator[tuple[str, str, str, int, dict[str, Any]]]":
    """Id, kind, subject, time and payload of the entries that have a row."""
    names = ("id", "kind", "subject", "recorded_at", "payload")
    asked = sa.select(*(_entries.c[name] for name in names))
    told = _entries.c.kind.in_(("esd.measured", *_CITES))
    rows = cast("Iterable[tuple[Any, ...]]", op.get_bind().execute(asked.where(told)))
    for raw_id, kind, subject, at, payload in rows:
        yield str(UUID(bytes=raw_id)), kind, subject, at, json.loads(payload)


def _reading(entry_id: str, subject: str, at: int, payload: dict[str, Any]) -> dict[str, str | int]:
    tester, channel, verdict, until = (
        told if isinstance(told := payload.get(name), str) else ""
        for name in ("tester", "channel", "verdict", "valid_until")
    )
    return {
        "person_id": subject.removeprefix("person:") if subject.startswith("person:") else "",
        "measured_at": at,
        "entry_id": entry_id,
        "tester_id": tester,
        "channel": channel,
        "verdict": verdict if verdict in _VERDICTS else "invalid",
        "valid_until": _micros(until, at) if verdict == "pass" else at,
    }


def _micros(text: str, otherwise: int) -> int:
    try:
        told = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        return otherwise
    return (told - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
