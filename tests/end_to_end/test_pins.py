"""A whole bench that demands PINs: its threads, its store, its log, and a restart."""

import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.bootstrap import SystemClock, pin_desk
from app.commands.holding import devices_held
from app.data.pin_hashes import Argon2Hasher
from app.domain.frames import DeviceState, Frame
from app.domain.labels import LabelKind, label_text
from app.services.reporting import ReportMade
from app.services.views import BenchView, Outcome
from app.settings import load_settings
from app.station import Station
from app.sync.worker import SyncStatus
from app.texts import Language
from tests.end_to_end.programs import Home

PIN, WRONG = "71940325", "71940326"
ANNA = label_text(LabelKind.BADGE, "1001")


@dataclass
class Heard:
    """Everything that the bench tells."""

    outcomes: list[Outcome] = field(default_factory=list[Outcome])
    changed: threading.Condition = field(default_factory=threading.Condition)

    def tell_opened(self, view: BenchView) -> None:
        del view

    def tell_outcome(self, outcome: Outcome, frame: Frame) -> None:
        del frame
        with self.changed:
            self.outcomes.append(outcome)
            self.changed.notify_all()

    def tell_device(self, state: DeviceState) -> None:
        del state

    def tell_sync(self, status: SyncStatus) -> None:
        del status

    def tell_report(self, made: ReportMade) -> None:
        del made

    def tell_fault(self, code: str, fields: Mapping[str, str]) -> None:
        raise AssertionError((code, fields))

    def after(self, act: Callable[[], None]) -> str:
        """Do something; the answer's code."""
        before = len(self.outcomes)
        act()
        with self.changed:
            self.changed.wait_for(lambda: len(self.outcomes) > before)
            return self.outcomes[-1].feedback.code


@contextmanager
def running(home: Home) -> Generator[tuple[Station, Heard]]:
    """The bench of a home, in this process."""
    settings, heard = load_settings(home.path), Heard()
    with devices_held(settings):
        station = Station(settings, heard, lambda: "", lambda: Language.ENGLISH)
        station.start()
        try:
            yield station, heard
        finally:
            station.close()


@pytest.fixture
def guarded(home: Home) -> Home:
    """A bench at which everybody needs a PIN, and Anna has one."""
    (home.path / "settings.toml").write_text('pin_required = "always"\npin_tries = 2\n')
    with home.store() as store:
        desk = pin_desk(load_settings(home.path), lambda: store, SystemClock())
        desk.keep("anna.lindqvist", Argon2Hasher(1, 8, 1).hash(PIN))
    return home


def written(home: Home) -> str:
    """All that lies in a home and can be read: the store, opened, and the logs."""
    logs = "".join(one.read_text(errors="replace") for one in (home.path / "logs").iterdir())
    with home.store() as store:
        bare = store.database.bare
        tables = bare.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = [row for (table,) in tables for row in bare.execute(f'SELECT * FROM "{table}"')]  # noqa: S608 - SQLite's own names
    return logs + repr(rows)


def test_badge_and_pin_sign_in_and_no_digit_is_kept(guarded: Home, tmp_path: Path) -> None:
    with running(guarded) as (station, heard):
        assert heard.after(lambda: station.typed(ANNA)) == "pin_asked"
        assert heard.after(lambda: station.pin(WRONG)) == "pin_wrong"
        assert heard.after(lambda: station.pin(PIN)) == "signed_in"
        assert heard.after(lambda: station.command("LOCK")) == "locked"
    with running(guarded) as (station, heard):
        assert heard.after(lambda: station.typed(ANNA)) == "pin_asked"
        assert heard.after(lambda: station.typed(PIN)) == "signed_in", "before it was hidden"
    kept = written(guarded)
    for pin in (PIN, WRONG):
        assert pin not in kept
        assert pin.encode().hex() not in kept
    exported = guarded.run("journal", "export", "--out", str(tmp_path / "journal.jsonl"))
    assert exported.code == 0, exported.err
    assert "argon2" not in (tmp_path / "journal.jsonl").read_text(encoding="utf-8")
    assert guarded.told("journal", "verify")["verified"] is True


def test_a_lock_holds_over_a_restart(guarded: Home) -> None:
    with running(guarded) as (station, heard):
        heard.after(lambda: station.typed(ANNA))
        heard.after(lambda: station.pin(WRONG))
        assert heard.after(lambda: station.pin(WRONG)) == "pin_locked"
    with running(guarded) as (station, heard):
        assert heard.after(lambda: station.typed(ANNA)) == "pin_locked"
        assert heard.after(lambda: station.pin(PIN)) == "pin_not_asked"


def test_without_the_setting_a_badge_is_enough(home: Home) -> None:
    with running(home) as (station, heard):
        assert heard.after(lambda: station.typed(ANNA)) == "signed_in"
