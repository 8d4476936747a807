"""The composition root: settings become a bench. The only module that knows every other.

Every room is imported where it is built: a command pays for what it uses, and the window paints
before the store is imported.
"""

import logging
import tomllib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from app.domain.policy import Policy, PolicyInvalidError, policy_of
from app.resources import resource
from app.services.ports import Reader
from app.services.session import Rules, rules_at
from app.settings import Settings

if TYPE_CHECKING:
    from app.data.store import LocalStore

log = logging.getLogger("repair_bench.bootstrap")

Passphrase = Callable[[], str]


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """This moment, UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place where the clock is read


class SystemIds:
    """UUIDv7 from the computer's clock and randomness."""

    def new(self) -> UUID:
        """A new identity."""
        from uuid_utils.compat import uuid7

        return uuid7()


def programme(name: str) -> Policy:
    """The policy file that applies.

    Raises:
        PolicyInvalidError: There is none of that name, or it cannot be used.
    """
    path = resource("programmes", f"{Path(name).name}.toml")
    try:
        return policy_of(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyInvalidError("programme", str(error)) from error


@dataclass(frozen=True, slots=True)
class Home:
    """This bench's home, open for the length of a command."""

    settings: Settings
    store: "LocalStore"
    policy: Policy
    clock: SystemClock
    ids: SystemIds

    def rules(self, reader: Reader) -> Rules:
        """The rules at this moment of this site."""
        return rules_at(self.policy, self.clock.now(), reader.organisation().time_zone, self.ids)
