"""Every table.

Each key, foreign key and index leads with ``organisation_id``, so that one organisation's rows can
be guarded, moved and distributed as a whole; nothing here leans on triggers, sequences or clocks
for order.

Instants are text as `account_service.clock.instant_text` writes it. The migrations make the same
tables (tests/account_service/test_migrations.py).
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
)

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ORGANISATION: Final = Table(
    "organisation",
    METADATA,
    Column("organisation_id", String(12), nullable=False),
    Column("name", String(200), nullable=False),
    Column("created_at", String(27), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("chain", String(64), nullable=False),
    PrimaryKeyConstraint("organisation_id"),
)
"""``revision`` and ``chain`` are the end of its log: the row that every write locks first."""

BENCH: Final = Table(
    "bench",
    METADATA,
    Column("organisation_id", String(12), nullable=False),
    Column("bench_id", String(36), nullable=False),
    Column("name", String(100), nullable=False),
    Column("enrolled_at", String(27), nullable=False),
    Column("revoked_at", String(27)),
    Column("last_seq", BigInteger, nullable=False),
    Column("last_hash", String(64), nullable=False),
    PrimaryKeyConstraint("organisation_id", "bench_id"),
    ForeignKeyConstraint(["organisation_id"], ["organisation.organisation_id"]),
)
"""A bench and the end of its journal as far as it was pushed."""

BENCH_TOKEN: Final = Table(
    "bench_token",
    METADATA,
    Column("organisation_id", String(12), nullable=False),
    Column("token_hash", String(64), nullable=False),
    Column("bench_id", String(36), nullable=False),
    Column("issued_at", String(27), nullable=False),
    Column("revoked_at", String(27)),
    PrimaryKeyConstraint("organisation_id", "token_hash"),
    ForeignKeyConstraint(
        ["organisation_id", "bench_id"], ["bench.organisation_id", "bench.bench_id"]
    ),
    Index(None, "organisation_id", "bench_id"),
)
"""SHA-256 of each token that was given out; revoked ones stay, so that a bench is told why."""

ENROLMENT_CODE: Final = Table(
    "enrolment_code",
    METADATA,
    Column("organisation_id", String(12), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("created_at", String(27), nullable=False),
    Column("expires_at", String(27), nullable=False),
    Column("used_at", String(27)),
    Column("used_by", String(36)),
    PrimaryKeyConstraint("organisation_id", "code_hash"),
    ForeignKeyConstraint(["organisation_id"], ["organisation.organisation_id"]),
)
"""SHA-256 of each enrolment code, when it ends, and the bench that used it."""

ENTRY: Final = Table(
    "entry",
    METADATA,
    Column("organisation_id", String(12), nullable=False),
    Column("bench_id", String(36), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("entry_id", String(36)),
    Column("outcome", String(8), nullable=False),
    Column("code", String(32)),
    Column("revision", BigInteger),
    Column("chain", String(64)),
    Column("hash", String(64), nullable=False),
    Column("canonical", LargeBinary, nullable=False),
    Column("received_at", String(27), nullable=False),
    PrimaryKeyConstraint("organisation_id", "bench_id", "seq"),
    ForeignKeyConstraint(
        ["organisation_id", "bench_id"], ["bench.organisation_id", "bench.bench_id"]
    ),
    UniqueConstraint("organisation_id", "revision"),
    UniqueConstraint("organisation_id", "entry_id"),
)
"""Every entry that was ever stored.

Rejected ones have neither a revision nor an ``entry_id``: their id may be no id at all, or another
    entry's; the canonical bytes hold what was sent.
"""

REGISTER_VERSION: Final = Table(
    "register_version",
    METADATA,
    Column("organisation_id", String(12), nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("register", String(32), nullable=False),
    Column("key", String(200), nullable=False),
    Column("value", LargeBinary),
    PrimaryKeyConstraint("organisation_id", "revision"),
    ForeignKeyConstraint(["organisation_id"], ["organisation.organisation_id"]),
)
"""Each state that a register's row ever had, as canonical JSON; null is a tombstone."""

REGISTER_ROW: Final = Table(
    "register_row",
    METADATA,
    Column("organisation_id", String(12), nullable=False),
    Column("register", String(32), nullable=False),
    Column("key", String(200), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("revision", BigInteger, nullable=False),
    PrimaryKeyConstraint("organisation_id", "register", "key"),
    ForeignKeyConstraint(["organisation_id"], ["organisation.organisation_id"]),
)
"""Where the present state of a register's row is, so that an unchanged row gets no new revision."""

SUBJECT_STATUS: Final = Table(
    "subject_status",
    METADATA,
    Column("organisation_id", String(12), nullable=False),
    Column("subject", String(240), nullable=False),
    Column("status", String(64), nullable=False),
    PrimaryKeyConstraint("organisation_id", "subject"),
    ForeignKeyConstraint(["organisation_id"], ["organisation.organisation_id"]),
)
"""Each repair's status by revision order: what a transition's ``from`` is compared with."""
