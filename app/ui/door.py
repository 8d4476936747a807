"""What stands before the bench: a home that is made first, a passphrase that opens it. No Qt."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

SHORTEST_PASSPHRASE: Final = 8
"""Characters; the store asks for the same."""


class DoorStage(Enum):
    """What is waited for."""

    LOOKING = "looking"
    """Where the key can lie is being found out."""
    CHOOSING = "choosing"
    """A person says where the key is to lie."""
    MAKING = "making"
    LOCKED = "locked"
    """A person types the passphrase."""
    UNLOCKING = "unlocking"


class KeyAt(Enum):
    """Where a new home's key is to lie."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - a kind, not a password
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Door:
    """What the window shows before there is a bench to show.

    Attributes:
        stage: What is waited for.
        home: The folder that is made.
        keyring: Whether the computer has a keyring that encrypts.
        key: Where the key is to lie, None until somebody says it: it is never chosen silently.
        sample: Whether the sample organisation comes with it.
        wrong: Key of the sentence that says what went wrong; empty for nothing.
    """

    stage: DoorStage
    home: str = ""
    keyring: bool = False
    key: KeyAt | None = None
    sample: bool = False
    wrong: str = ""

    @property
    def is_first_run(self) -> bool:
        """Whether there is no home yet."""
        return self.stage in {DoorStage.LOOKING, DoorStage.CHOOSING, DoorStage.MAKING}

    @property
    def is_busy(self) -> bool:
        """Whether the program works and nothing can be chosen."""
        return self.stage in {DoorStage.LOOKING, DoorStage.MAKING, DoorStage.UNLOCKING}


@dataclass(frozen=True, slots=True)
class HomeWanted:
    """The home that a person asks for.

    Attributes:
        key: Where its key is to lie.
        passphrase: What the key is made from, empty for the other kinds.
        sample: Whether the sample organisation comes with it.
    """

    key: KeyAt
    passphrase: str = field(default="", repr=False)
    sample: bool = False


def wrong_with(door: Door, first: str, again: str) -> str:
    """What keeps the home from being made as it was asked for; empty for nothing.

    Args:
        door: What was chosen.
        first: The passphrase as it was typed.
        again: The same, typed once more.

    Returns:
        The sentence's key.
    """
    if door.key is None:
        return "first_run.wrong.no_key"
    if door.key is not KeyAt.PASSPHRASE:
        return ""
    if len(first) < SHORTEST_PASSPHRASE:
        return "first_run.wrong.short"
    return "" if first == again else "first_run.wrong.differs"
