"""What stands before the window's bench: making its home, and its passphrase, off the UI thread."""

import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from app.commands.homes import PASSPHRASE_VARIABLE
from app.services.ports import StoreFaultError

if TYPE_CHECKING:
    from app.settings import Settings
    from app.ui.bridge import Bridge
    from app.ui.door import Door, HomeWanted, KeyAt

ASK_RING_SECONDS: Final = 5.0
"""A keyring that answers later is there, and locked."""


class Unlocking:
    """Asks for the passphrase in the window; whoever calls it waits for the person.

    What was typed is kept only until the store is open: it may take several attempts, such as
    where another program holds the store, and nobody should be asked for each.

    Args:
        tell: Shows what is waited for.
        known: A passphrase that need not be asked for, such as the environment's.
    """

    def __init__(self, tell: Callable[["Door"], None], known: str = "") -> None:
        self._tell = tell
        self._given = known
        self._wrong = ""
        self._closed = False
        self._asked = False
        self._change = threading.Condition()

    def __call__(self) -> str:
        """The passphrase.

        Raises:
            StoreFaultError: ``passphrase_needed``: the window was closed instead.
        """
        with self._change:
            self._asked = True
            if not self._given and not self._closed:
                self._tell_locked()
            self._change.wait_for(lambda: self._given or self._closed)
            if self._closed:
                raise StoreFaultError("passphrase_needed")
            return self._given

    def _tell_locked(self) -> None:
        from app.ui.door import Door, DoorStage

        self._tell(Door(DoorStage.LOCKED, wrong=self._wrong))

    def give(self, passphrase: str) -> None:
        """A person typed it, or it was just made."""
        with self._change:
            self._given = passphrase
            self._change.notify_all()

    def refused(self, code: str) -> bool:
        """A fault was told: where it is the passphrase's, ask for it again.

        Returns:
            Whether it was: it is asked for again, and is no message of its own.
        """
        with self._change:
            if not self._asked or code not in {"wrong_key", "passphrase_needed"}:
                return False
            self._given, self._wrong = "", "unlock.wrong"
            return True

    def opened(self) -> None:
        """The store is open: forget what was typed."""
        with self._change:
            self._given, self._wrong = "", ""

    def close(self) -> None:
        """Nobody is there to ask any more."""
        with self._change:
            self._closed = True
            self._change.notify_all()


class HomeDoor:
    """The first run, and the passphrase.

    Args:
        settings: Of the home.
        bridge: To the window.
    """

    def __init__(self, settings: "Settings", bridge: "Bridge") -> None:
        self._settings = settings
        self._bridge = bridge
        self._keyring = False
        self._thread: threading.Thread | None = None
        self.passphrase = Unlocking(bridge.tell_door, os.environ.get(PASSPHRASE_VARIABLE, ""))

    def is_made(self) -> bool:
        """Whether there is a home."""
        return self._settings.database.exists()

    def look(self) -> None:
        """Find out whether there is a keyring, then let a person choose."""
        from app.ui.door import Door, DoorStage

        self._bridge.tell_door(Door(DoorStage.LOOKING, str(self._settings.home)))
        self._work(self._look)

    def make_home(self, wanted: "HomeWanted") -> None:
        """Make the home, then tell the window."""
        self._work(lambda: self._make(wanted))

    def unlock(self, passphrase: str) -> None:
        """A person typed the passphrase."""
        self.passphrase.give(passphrase)

    def close(self) -> None:
        """Let nobody wait for a person; what is being made is made to its end."""
        self.passphrase.close()
        if self._thread is not None:
            self._thread.join()

    def _work(self, work: Callable[[], None]) -> None:
        if self._thread is not None:
            self._thread.join()  # it has told its answer, so it is at its end
        self._thread = threading.Thread(target=work, name="door")
        self._thread.start()

    def _look(self) -> None:
        from app.data.keyrings import SystemRing

        try:
            SystemRing(ASK_RING_SECONDS).get("probe")
        except StoreFaultError as fault:
            self._keyring = fault.code != "no_keyring"
        else:
            self._keyring = True
        self._bridge.tell_door(self._choosing())

    def _choosing(
        self, key: "KeyAt | None" = None, *, sample: bool = False, wrong: str = ""
    ) -> "Door":
        from app.ui.door import Door, DoorStage

        home = str(self._settings.home)
        return Door(DoorStage.CHOOSING, home, self._keyring, key, sample, wrong)

    def _make(self, wanted: "HomeWanted") -> None:
        from app import bootstrap

        try:
            bootstrap.make_home(self._settings, wanted.key.value, lambda: wanted.passphrase)
            if wanted.sample:
                self._load_sample(wanted)
        except StoreFaultError as fault:
            gone = fault.code == "no_keyring"  # the command line's sentence names its options
            wrong = "first_run.wrong.no_keyring" if gone else f"fault.{fault.code}"
            self._bridge.tell_door(self._choosing(wanted.key, sample=wanted.sample, wrong=wrong))
            return
        self.passphrase.give(wanted.passphrase)
        self._bridge.tell_made()

    def _load_sample(self, wanted: "HomeWanted") -> None:
        from app import bootstrap
        from app.commands.init import sample_rows

        with bootstrap.open_store(self._settings, lambda: wanted.passphrase) as store:
            store.load_registers(sample_rows())
