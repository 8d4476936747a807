"""Rows of the registers, and every state that they had."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, update

from account_service.store.tables import REGISTER_ROW, REGISTER_VERSION

_ORGANISATION: Final[BindParameter[str]] = bindparam("organisation")
_DIGESTS: Final = select(REGISTER_ROW.c.key, REGISTER_ROW.c.digest).where(
    REGISTER_ROW.c.organisation_id == _ORGANISATION,
    REGISTER_ROW.c.register == bindparam("of"),
    REGISTER_ROW.c.key.in_(bindparam("keys", expanding=True)),
)
_INSERT_VERSION: Final = insert(REGISTER_VERSION)
_INSERT_ROW: Final = insert(REGISTER_ROW)
_UPDATE_ROW: Final = (
    update(REGISTER_ROW)
    .where(
        REGISTER_ROW.c.organisation_id == _ORGANISATION,
        REGISTER_ROW.c.register == bindparam("of"),
        REGISTER_ROW.c.key == bindparam("at_key"),
    )
    .values(digest=bindparam("new_digest"), revision=bindparam("new_revision"))
)


@dataclass(frozen=True, slots=True)
class RowVersion:
    """A new state of a register's row.

    Attributes:
        revision: Its place in the log.
        chain: The log's chain there.
        register: Which register.
        key: Which row.
        value: Canonical JSON, None for a tombstone.
        digest: What it adds to the chain.
    """

    revision: int
    chain: str
    register: str
    key: str
    value: bytes | None
    digest: str


def digests(
    connection: Connection, organisation_id: str, register: str, keys: Collection[str]
) -> dict[str, str]:
    """The digests of those of these rows that are, or once were, in a register."""
    rows = connection.execute(
        _DIGESTS, {"organisation": organisation_id, "of": register, "keys": list(keys)}
    )
    return dict(rows.all())


def add_versions(
    connection: Connection, organisation_id: str, versions: Sequence[RowVersion]
) -> None:
    """Store new states."""
    if versions:
        connection.execute(
            _INSERT_VERSION,
            [
                {
                    "organisation_id": organisation_id,
                    "revision": version.revision,
                    "chain": version.chain,
                    "register": version.register,
                    "key": version.key,
                    "value": version.value,
                }
                for version in versions
            ],
        )


def set_rows(
    connection: Connection,
    organisation_id: str,
    *,
    new: Mapping[tuple[str, str], RowVersion],
    changed: Mapping[tuple[str, str], RowVersion],
) -> None:
    """Point rows, by register and key, to their present states."""
    if new:
        connection.execute(
            _INSERT_ROW,
            [
                {
                    "organisation_id": organisation_id,
                    "register": row.register,
                    "key": row.key,
                    "digest": row.digest,
                    "revision": row.revision,
                }
                for row in new.values()
            ],
        )
    if changed:
        connection.execute(
            _UPDATE_ROW,
            [
                {
                    "organisation": organisation_id,
                    "of": row.register,
                    "at_key": row.key,
                    "new_digest": row.digest,
                    "new_revision": row.revision,
                }
                for row in changed.values()
            ],
        )
