"""The first tables.

Written out in full and never changed: a migration must not follow the models as they grow.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    _organisation()
    _benches()
    _entry()
    _registers()


def downgrade() -> None:
    for table in (
        "subject_status",
        "register_row",
        "register_version",
        "entry",
        "enrolment_code",
        "bench_token",
        "bench",
        "organisation",
    ):
        op.drop_table(table)


def _owner() -> sa.Column[str]:
    return sa.Column("organisation_id", sa.String(12), nullable=False)


def _to_organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id"], ["organisation.organisation_id"], name=f"fk_{table}_organisation_id"
    )


def _to_bench(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organisation_id", "bench_id"],
        ["bench.organisation_id", "bench.bench_id"],
        name=f"fk_{table}_organisation_id_bench_id",
    )


def _organisation() -> None:
    op.create_table(
        "organisation",
        _owner(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_organisation"),
    )


def _benches() -> None:
    op.create_table(
        "bench",
        _owner(),
        sa.Column("bench_id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("enrolled_at", sa.String(27), nullable=False),
        sa.Column("revoked_at", sa.String(27)),
        sa.Column("last_seq", sa.BigInteger, nullable=False),
        sa.Column("last_hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "bench_id", name="pk_bench"),
        _to_organisation("bench"),
    )
    op.create_table(
        "bench_token",
        _owner(),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("bench_id", sa.String(36), nullable=False),
        sa.Column("issued_at", sa.String(27), nullable=False),
        sa.Column("revoked_at", sa.String(27)),
        sa.PrimaryKeyConstraint("organisation_id", "token_hash", name="pk_bench_token"),
        _to_bench("bench_token"),
    )
    op.create_index(
        "ix_bench_token_organisation_id_bench_id", "bench_token", ["organisation_id", "bench_id"]
    )
    op.create_table(
        "enrolment_code",
        _owner(),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("expires_at", sa.String(27), nullable=False),
        sa.Column("used_at", sa.String(27)),
        sa.Column("used_by", sa.String(36)),
        sa.PrimaryKeyConstraint("organisation_id", "code_hash", name="pk_enrolment_code"),
        _to_organisation("enrolment_code"),
    )


def _entry() -> None:
    op.create_table(
        "entry",
        _owner(),
        sa.Column("bench_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("entry_id", sa.String(36)),
        sa.Column("outcome", sa.String(8), nullable=False),
        sa.Column("code", sa.String(32)),
        sa.Column("revision", sa.BigInteger),
        sa.Column("chain", sa.String(64)),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("canonical", sa.LargeBinary, nullable=False),
        sa.Column("received_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "bench_id", "seq", name="pk_entry"),
        _to_bench("entry"),
        sa.UniqueConstraint(
            "organisation_id", "revision", name="uq_entry_organisation_id_revision"
        ),
        sa.UniqueConstraint(
            "organisation_id", "entry_id", name="uq_entry_organisation_id_entry_id"
        ),
    )
    op.create_table(
        "subject_status",
        _owner(),
        sa.Column("subject", sa.String(240), nullable=False),
        sa.Column("status", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "subject", name="pk_subject_status"),
        _to_organisation("subject_status"),
    )


def _registers() -> None:
    op.create_table(
        "register_version",
        _owner(),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.Column("register", sa.String(32), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("value", sa.LargeBinary),
        sa.PrimaryKeyConstraint("organisation_id", "revision", name="pk_register_version"),
        _to_organisation("register_version"),
    )
    op.create_table(
        "register_row",
        _owner(),
        sa.Column("register", sa.String(32), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "register", "key", name="pk_register_row"),
        _to_organisation("register_row"),
    )
