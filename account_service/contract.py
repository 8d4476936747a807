"""The HTTP contract: every body that goes in or out, as the OpenAPI document shows it.

A body is decoded straight into these, strictly: an unknown key, a missing one or a wrong type is
malformed. What an entry *says* is judged apart (services/judging.py), because an entry that can be
read is stored even when it is wrong.
"""

from typing import Annotated, Any, Final, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

MAX_INTEGER: Final = 2**53 - 1
"""The largest whole number that every JSON reader keeps exactly."""
MAX_ENTRIES: Final = 1000
MAX_PUSH_BYTES: Final = 1024 * 1024
MAX_ENROL_BYTES: Final = 4 * 1024
MAX_PAGE: Final = 1000
DEFAULT_PAGE: Final = 500
MAX_PAGE_BYTES: Final = 1024 * 1024
GENESIS: Final = "0" * 64
"""The hash before a bench's first entry, and the chain at revision 0."""

Digest: TypeAlias = Annotated[
    str,
    Meta(
        pattern="^[0-9a-f]{64}$",
        min_length=64,
        max_length=64,
        description="SHA-256 as 64 lower-case hex digits",
    ),
]
Seq: TypeAlias = Annotated[
    int,
    Meta(ge=1, le=MAX_INTEGER, description="place in the bench's journal, from 1 without a gap"),
]
Revision: TypeAlias = Annotated[
    int, Meta(ge=0, le=MAX_INTEGER, description="place in the organisation's log")
]
Register = Literal[
    "assets", "people", "certifications", "catalogue", "lots", "equipment", "account"
]
Outcome = Literal["accepted", "known", "parked", "rejected"]
StoredOutcome = Literal["accepted", "parked", "rejected"]


class Strict(Struct, frozen=True, forbid_unknown_fields=True):
    """What every body of this contract has in common."""


class SealedEntry(Strict, frozen=True):
    """One line of a bench's journal, with its hash (docs/adr/0002)."""

    actor: str
    bench_id: str
    id: str
    kind: str
    payload: dict[str, Any]
    recorded_at: str
    schema: int
    seq: Seq
    subject: str
    hash: Digest


class EnrolRequest(Strict, frozen=True):
    """A bench introduces itself with a code that somebody gave it."""

    code: Annotated[str, Meta(max_length=200)]
    bench_id: Annotated[
        str,
        Meta(
            pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
            min_length=36,
            max_length=36,
            description="a UUID in lower case",
        ),
    ]
    name: Annotated[
        str, Meta(min_length=1, max_length=100, description="the bench's name for people")
    ]


class Organisation(Strict, frozen=True):
    """Whose service this is."""

    id: str
    name: str


class Enrolled(Strict, frozen=True):
    """The token is shown here once; every earlier token of the bench is revoked."""

    token: str
    organisation: Organisation
    bench_id: str


class PushRequest(Strict, frozen=True):
    """Entries of one bench in seq order without a gap."""

    entries: Annotated[list[SealedEntry], Meta(max_length=MAX_ENTRIES)]


class EntryOutcome(Strict, frozen=True):
    """What became of one entry. ``stored`` is set where the outcome is ``known``."""

    id: str
    seq: Seq
    outcome: Outcome
    revision: Revision | None
    code: str | None
    stored: StoredOutcome | None


class Pushed(Strict, frozen=True):
    """One outcome for each entry, in their order, and where the organisation's log ends now."""

    outcomes: list[EntryOutcome]
    revision: Revision
    chain: Digest
    durable_revision: Revision


class RegisterRow(Strict, frozen=True):
    """A row of a register as it is from this revision on; a null value is a tombstone."""

    register: Register
    key: str
    value: dict[str, Any] | None


class LogItem(Strict, frozen=True):
    """One revision of the organisation's log: it holds either an entry or a register's row."""

    revision: Revision
    chain: Digest
    entry: SealedEntry | UnsetType = UNSET
    row: RegisterRow | UnsetType = UNSET


class LogPage(Strict, frozen=True):
    """Items in order of revision, and the cursor to ask with next.

    ``revision`` and ``chain`` are those of the last item, without items those of the question.
    ``more`` tells that the log goes on after them.
    """

    items: list[LogItem]
    revision: Revision
    chain: Digest
    more: bool
    durable_revision: Revision


class Health(Strict, frozen=True):
    """The service answers."""

    status: Literal["ok"]
    version: str


class Problem(Struct, frozen=True, omit_defaults=True):
    """Every answer that is not a success: a stable code and what belongs to it."""

    code: str
    seq: Seq | None = None
    expected_seq: Seq | None = None
    retry_after: int | None = None
    detail: str | None = None
