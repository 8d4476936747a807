"""The devices in the window: nothing meant for the bench is swallowed, and all goes by keyboard."""

from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.frames import DeviceRole
from app.domain.journal import GENESIS, Draft, Entry, sealed
from app.services.device_sight import BenchSight, SheetSight, TrialSight
from app.services.views import BenchView, Outcome, Screen, Tone
from app.ui.devices.live_view import LiveView
from app.ui.devices.live_viewmodel import live_rows, percent_of
from app.ui.devices.panel import Panel, SetupStep, Shown, first_step
from app.ui.devices.setup_view import SetupView
from app.ui.screens.home.view import HomeView
from app.ui.wording import Wording
from tests.ui.conftest import Open, Opened
from tests.ui.device_samples import FOUND, LIVE, ROWS, SCANNER, TESTED, TESTER, UNFIT, UNSURE
from tests.ui.samples import ANNA, BENCH, MAC_CARD, NOW, feedback, outcome

HOME = BenchView(Screen.HOME, ANNA)
PLAIN = Qt.KeyboardModifier.NoModifier


@dataclass
class RememberingDevices:
    """Remembers what the window asked of the devices, and shows what a test puts in."""

    seen: BenchSight = field(default_factory=BenchSight)
    found: TrialSight | None = None
    roles: tuple[DeviceRole, ...] = ()
    asked: list[tuple[object, ...]] = field(default_factory=list[tuple[object, ...]])

    def sight(self) -> BenchSight:
        return self.seen

    def set_up(self) -> tuple[DeviceRole, ...]:
        return self.roles

    def test(self, seconds: float) -> None:
        self.asked.append(("test", seconds))
        self.seen = replace(self.seen, test_seconds=int(seconds))

    def retry(self) -> None:
        self.asked.append(("retry",))

    def make_sheet(self, language: str) -> None:
        self.asked.append(("sheet", language))

    def sheet(self) -> SheetSight:
        return SheetSight("/x.pdf") if ("sheet", "en") in self.asked else SheetSight()

    def begin_trial(self, role: DeviceRole, typed: str = "") -> None:
        self.asked.append(("trial", role, typed))
        self.found = TrialSight(ROWS, looking=False)

    def trial(self) -> TrialSight | None:
        return self.found

    def again(self) -> None:
        self.asked.append(("again",))
        self.found = TrialSight(ROWS, looking=False)

    def choose(self, role: DeviceRole, address: str, profile: str) -> None:
        self.asked.append(("choose", role, address, profile))
        self.roles = (*self.roles, role)

    def end_trial(self) -> None:
        self.asked.append(("end",))
        self.found = None

    def close(self) -> None:
        self.asked.append(("close",))


@dataclass
class ShownBench:
    """A window with devices behind it."""

    opened: Opened
    devices: RememberingDevices

    @property
    def panel(self) -> Panel | None:
        return self.opened.controller.state.panel

    def told(self, code: str, view: BenchView = HOME, tone: Tone = Tone.ACCEPTED) -> None:
        self.opened.bridge.tell_outcome(outcome(feedback(tone, code), view))

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.opened.window, key, modifier)

    def look(self) -> None:
        self.opened.controller.devices.look()

    def showing(self, kind: type[QWidget]) -> bool:
        found = self.opened.window.findChild(kind)
        return found is not None and found.isVisible()


@pytest.fixture
def shown(open_window: Open) -> ShownBench:
    devices = RememberingDevices(BenchSight((SCANNER, TESTER)))
    opened = open_window()
    opened.controller.devices.attach(devices)
    bench = ShownBench(opened, devices)
    opened.bridge.tell_opened(HOME)
    return bench


def entry(kind: str, device: str = "scanner-1") -> Entry:
    draft = Draft(kind, "bench:x", "bench", {"device": device})
    return sealed(draft, entry_id=BENCH, bench_id=BENCH, seq=1, at=NOW, previous=GENESIS)


# ----------------------------------------------------------------------
# The devices screen
# ----------------------------------------------------------------------


def test_a_key_asks_the_bench_as_its_barcode_does(shown: ShownBench) -> None:
    for key in (Qt.Key.Key_F9, Qt.Key.Key_F10, Qt.Key.Key_F11, Qt.Key.Key_F12):
        shown.key(key)
    shown.key(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    wanted = ["DEVICES", "DEVTEST", "DEVCHECK", "DEVSETUP", "DEVSHEET"]
    assert shown.opened.bench.commands == wanted


def test_the_devices_are_shown_over_the_work_and_esc_leads_back_without_touching_it(
    shown: ShownBench,
) -> None:
    shown.told("devices_shown")
    assert shown.panel is not None
    assert shown.panel.sight == shown.devices.seen
    assert shown.showing(LiveView)
    shown.key(Qt.Key.Key_Escape)
    assert shown.panel is None
    assert shown.showing(HomeView)
    assert shown.opened.bench.commands == []


def test_a_scan_that_moves_the_work_leads_back_to_it(shown: ShownBench) -> None:
    shown.told("devices_shown")
    shown.told("product_allowed", replace(HOME, product=MAC_CARD), Tone.ASKED)
    assert shown.panel is None


@pytest.mark.parametrize("code", ["home", "home_already"])
def test_a_scanned_home_leads_back(shown: ShownBench, code: str) -> None:
    shown.told("devices_shown")
    shown.told(code)
    assert shown.panel is None


def test_a_refused_scan_and_a_checked_tester_leave_the_devices_shown(shown: ShownBench) -> None:
    shown.told("devices_check")
    shown.told("scan.unknown", tone=Tone.REFUSED)
    shown.told("check_passed", replace(HOME, product=MAC_CARD))
    assert shown.panel is not None
    assert shown.panel.shown is Shown.CHECK


def test_a_test_begins_and_ends_by_the_same_command_and_with_the_screen(shown: ShownBench) -> None:
    shown.told("devices_test")
    assert shown.panel is not None
    assert shown.panel.is_testing
    shown.told("devices_test")
    assert not shown.panel.is_testing
    shown.told("devices_test")
    shown.key(Qt.Key.Key_Escape)
    assert shown.devices.seen.test_seconds == 0
    shown.told("devices_test")
    shown.told("devices_shown")
    assert shown.devices.seen.test_seconds == 0


def test_while_it_is_shown_it_is_looked_at_by_itself(shown: ShownBench, qtbot: QtBot) -> None:
    shown.told("devices_shown")
    shown.devices.seen = BenchSight((UNSURE,))
    qtbot.waitUntil(lambda: shown.panel is not None and shown.panel.sight.devices == (UNSURE,))


def test_a_resistor_is_chosen_by_pressing_and_goes_the_barcodes_way(shown: ShownBench) -> None:
    shown.told("devices_check")
    view = shown.opened.window.findChild(LiveView)
    assert view is not None
    view.percents[2].click()
    view.values[1].click()
    assert shown.opened.bench.commands == ["CHK1000000P10"]
    assert percent_of("PERCENT5") == 5
    assert percent_of("CHK1P1") is None


def test_the_sheet_is_made_and_its_place_can_be_copied(shown: ShownBench) -> None:
    shown.told("devices_sheet")
    shown.look()
    view = shown.opened.window.findChild(LiveView)
    assert view is not None
    view.copy.click()
    assert QApplication.clipboard().text() == "/x.pdf"
    shown.opened.controller.devices.takes("DEVSHEET")
    assert shown.devices.asked.count(("sheet", "en")) == 2


def test_a_window_without_devices_shows_none(open_window: Open) -> None:
    opened = open_window()
    opened.controller.devices.attach(None)
    opened.controller.devices.begin_where_nothing_is()
    opened.bridge.tell_opened(HOME)
    for code in ("devices_shown", "devices_test", "devices_sheet", "devices_setup"):
        opened.bridge.tell_outcome(outcome(feedback(Tone.ACCEPTED, code), HOME))
    assert opened.controller.state.panel is not None
    for code in ("SETUP_USE", "PANEL_BACK"):
        assert opened.controller.devices.takes(code)
    opened.controller.devices.leave()
    assert opened.controller.state.panel is None


# ----------------------------------------------------------------------
# Setting up
# ----------------------------------------------------------------------


def step(shown: ShownBench) -> SetupStep:
    assert shown.panel is not None
    assert shown.panel.setup is not None
    return shown.panel.setup.step


def test_a_new_bench_is_set_up_by_keys_until_both_are_on_record(shown: ShownBench) -> None:
    shown.opened.controller.devices.begin_where_nothing_is()
    assert shown.showing(SetupView)
    assert step(shown) is SetupStep.SCANNER
    shown.key(Qt.Key.Key_F2)
    assert step(shown) is SetupStep.SCANNER, "nothing was found yet"
    shown.devices.found = TrialSight(ROWS, FOUND, looking=False)
    shown.look()
    shown.key(Qt.Key.Key_F2)
    chosen = ("choose", DeviceRole.SCANNER, FOUND.address, "serial-crlf")
    assert chosen in shown.devices.asked
    assert step(shown) is SetupStep.TESTER
    shown.devices.found = TrialSight(ROWS, UNFIT, looking=False)
    shown.look()
    shown.key(Qt.Key.Key_F2)
    assert step(shown) is SetupStep.TESTER, "no profile reads it"
    shown.key(Qt.Key.Key_F3)
    assert ("again",) in shown.devices.asked
    shown.key(Qt.Key.Key_F4)
    assert step(shown) is SetupStep.RECORD
    assert shown.devices.asked[-1] == ("end",)
    for kind, device in (
        ("scan.recorded", "window"),
        ("scan.recorded", "scanner-1"),
        ("esd.measured", "esd-1"),
    ):
        told = Outcome(feedback(Tone.ACCEPTED, "signed_in"), HOME, (entry(kind, device),), NOW)
        shown.opened.bridge.tell_outcome(told)
    assert shown.panel is not None
    assert shown.panel.setup is not None
    assert (shown.panel.setup.scans, shown.panel.setup.readings) == (1, 1)
    assert shown.panel.setup.is_done
    shown.key(Qt.Key.Key_F4)
    shown.key(Qt.Key.Key_F2)
    assert shown.panel is None
    assert shown.opened.bench.commands == []


def test_a_scanner_that_types_needs_no_address_to_be_kept(shown: ShownBench) -> None:
    shown.told("devices_setup")
    shown.devices.found = TrialSight(ROWS, replace(FOUND, address="", fits=()))
    shown.look()
    shown.key(Qt.Key.Key_F2)
    assert step(shown) is SetupStep.TESTER
    assert not any(asked[0] == "choose" for asked in shown.devices.asked)


def test_it_goes_on_where_it_was_left(shown: ShownBench) -> None:
    shown.devices.roles = (DeviceRole.SCANNER,)
    shown.told("devices_setup")
    assert step(shown) is SetupStep.TESTER
    shown.key(Qt.Key.Key_Escape)
    assert shown.panel is None
    shown.devices.roles = (DeviceRole.SCANNER, DeviceRole.ESD_TESTER)
    shown.opened.controller.devices.begin_where_nothing_is()
    assert shown.panel is None
    shown.told("devices_setup")
    assert step(shown) is SetupStep.SCANNER, "it is wanted anew"
    shown.told("devices_shown")
    assert shown.showing(LiveView)
    assert first_step(()) is SetupStep.SCANNER


def test_an_address_can_be_typed_and_reached_by_tab(shown: ShownBench) -> None:
    shown.told("devices_setup")
    view = shown.opened.window.findChild(SetupView)
    assert view is not None
    assert view.address.focusPolicy() & Qt.FocusPolicy.TabFocus
    view.address.setFocus()
    QTest.keyClicks(view.address, "tcp://10.0.0.5:4001")
    QTest.keyClick(view.address, Qt.Key.Key_Return)
    asked = ("trial", DeviceRole.SCANNER, "tcp://10.0.0.5:4001")
    assert asked in shown.devices.asked
    shown.key(Qt.Key.Key_F4)
    shown.key(Qt.Key.Key_F4)
    view.addressed.emit("late")
    assert shown.devices.asked[-1] == ("end",)


# ----------------------------------------------------------------------
# Rows
# ----------------------------------------------------------------------


@pytest.mark.parametrize("words", ["english", "swedish"])
def test_a_state_is_shown_with_its_cure_and_a_cause_of_its_own(
    words: str, request: pytest.FixtureRequest
) -> None:
    wording: Wording = request.getfixturevalue(words)
    panel = replace(LIVE, sight=BenchSight((UNSURE, TESTER)))
    unsure, well = live_rows(panel, HOME, wording).cards
    assert "USB" in unsure.cure
    assert well.cure == ""
    assert "1" in well.means


def test_a_test_says_what_is_right_and_what_to_change(english: Wording) -> None:
    rows = live_rows(TESTED, HOME, english)
    grades = {row[0].text: row[1].text for row in rows.table.rows}
    assert grades["Separators"] == "Change it"
    assert grades["Swedish letters"] == "Right"
    assert grades["Long codes"] == "Not tested"
    assert "62" in rows.prompt.detail
