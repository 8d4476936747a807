"""What stands between the devices and the bench: nothing is swallowed but a test's scans."""

from dataclasses import replace
from datetime import UTC, date, datetime

from app.devices.decoding import decoder
from app.devices.profiles import load_profile
from app.devices.watching import MOST_TESTED, Watch
from app.domain.esd import Measurement
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus, Frame, FrameFault
from app.domain.labels import LabelKind, label_text
from app.services.device_sight import Direction, Fate

AT = datetime(2026, 3, 2, tzinfo=UTC)
SCAN = Frame("scanner-1", DeviceRole.SCANNER, b"C02XK0ABJGH5", AT, 1)
LINE = Frame("esd-1", DeviceRole.ESD_TESTER, b"WRIST;1.25E+06;PASS", AT, 1)


class Stopped:
    """A clock that stands; its seconds are moved by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def now(self) -> datetime:
        return AT

    def today(self) -> date:
        return AT.date()


class Watched:
    """A watch and what it handed on."""

    def __init__(self) -> None:
        self.clock = Stopped()
        self.frames: list[Frame] = []
        self.states: list[DeviceState] = []
        wrist = {"esd-1": decoder(load_profile("generic-wrist-line"))}
        self.watch = Watch(
            self.frames.append, self.states.append, self.clock, wrist, lambda: self.clock.seconds
        )

    def fates(self, device: str = "scanner-1") -> list[Fate]:
        return [line.fate for line in self.watch.logs()[device][1]]


def test_frames_and_states_are_handed_on_and_noted() -> None:
    seen = Watched()
    state = DeviceState("scanner-1", DeviceRole.SCANNER, DeviceStatus.READY, "/dev/x", AT)
    seen.watch.state(state)
    seen.watch.octets("scanner-1", b"C02XK0ABJGH5\r\n")
    seen.watch.frame(SCAN)
    seen.watch.octets("scanner-1", b"\x06", Direction.OUT)
    assert (seen.frames, seen.states) == ([SCAN], [state])
    assert seen.fates() == [Fate.CHUNK, Fate.GIVEN, Fate.SENT]
    (device,) = seen.watch.sight().devices
    assert (device.state, device.frames, device.octets) == (state, 1, 14)
    assert device.heard is not None
    assert device.heard.ended_by == b"\r\n"
    assert device.heard.scan is not None
    assert device.heard.scan.best.value == "C02XK0ABJGH5"


def test_a_scan_on_the_devices_screen_is_the_benchs() -> None:
    seen = Watched()
    seen.watch.sight()
    seen.watch.frame(SCAN)
    assert seen.frames == [SCAN]


def test_only_a_tests_scans_are_kept_from_the_bench_and_the_test_ends_by_itself() -> None:
    seen = Watched()
    seen.watch.begin_test(30)
    assert seen.watch.sight().test_seconds == 30
    seen.watch.frame(SCAN)
    assert seen.frames == []
    assert seen.watch.sight().tested == (SCAN,)
    seen.clock.seconds += 30
    seen.watch.frame(SCAN)
    assert seen.frames == [SCAN]
    assert seen.watch.sight().test_seconds == 0
    assert seen.fates() == [Fate.TESTED, Fate.GIVEN]


def test_a_test_can_be_ended_and_a_new_one_forgets_the_last() -> None:
    seen = Watched()
    seen.watch.begin_test(30)
    seen.watch.frame(SCAN)
    seen.watch.end_test()
    seen.watch.frame(SCAN)
    assert seen.frames == [SCAN]
    seen.watch.begin_test(30)
    assert seen.watch.sight().tested == ()


def test_our_own_labels_reach_the_bench_in_a_test_too() -> None:
    seen = Watched()
    seen.watch.begin_test(30)
    labels = [
        replace(SCAN, raw=label_text(kind, body).encode())
        for kind, body in ((LabelKind.COMMAND, "HOME"), (LabelKind.BADGE, "1001"))
    ]
    for label in labels:
        seen.watch.frame(label)
    seen.watch.frame(replace(labels[0], fault=FrameFault.CUT_OFF))
    assert seen.frames == labels
    assert seen.fates() == [Fate.GIVEN, Fate.GIVEN, Fate.CUT_OFF]


def test_a_reading_in_a_test_counts_for_nobody() -> None:
    seen = Watched()
    seen.watch.begin_test(30)
    seen.watch.frame(LINE)
    assert seen.frames == []


def test_a_test_holds_only_so_many_scans() -> None:
    seen = Watched()
    seen.watch.begin_test(30)
    for number in range(MOST_TESTED + 5):
        seen.watch.frame(replace(SCAN, seq=number))
    assert len(seen.watch.sight().tested) == MOST_TESTED


def test_a_testers_line_is_shown_as_its_profile_reads_it() -> None:
    seen = Watched()
    seen.watch.frame(LINE)
    (device,) = seen.watch.sight().devices
    assert device.heard is not None
    assert isinstance(device.heard.reading, tuple)
    (measured,) = device.heard.reading
    assert isinstance(measured, Measurement)
    assert measured.ohm == 1_250_000
    seen.watch.decode_with({})
    (device,) = seen.watch.sight().devices
    assert device.heard is not None
    assert device.heard.reading is None
    assert seen.watch.decoder("esd-1") is None


def test_a_broken_line_is_shown_without_a_meaning() -> None:
    seen = Watched()
    seen.watch.frame(replace(LINE, fault=FrameFault.CUT_OFF))
    (device,) = seen.watch.sight().devices
    assert device.heard is not None
    assert device.heard.reading is None


def test_the_suffix_of_reports_is_not_known() -> None:
    seen = Watched()
    seen.watch.octets("scanner-1", b"\x02\x03ABC" + bytes(58))
    seen.watch.frame(replace(SCAN, raw=b"ABC"))
    seen.watch.octets("scanner-2", b"")
    seen.watch.frame(replace(SCAN, device="scanner-2", raw=b""))
    first, second = seen.watch.sight().devices
    assert first.heard is not None
    assert second.heard is not None
    assert (first.heard.ended_by, second.heard.ended_by) == (None, None)


def test_states_are_forgotten_when_devices_are_set_up_anew() -> None:
    seen = Watched()
    seen.watch.state(DeviceState("esd-1", DeviceRole.ESD_TESTER, DeviceStatus.LOST, "x", AT))
    seen.watch.forget()
    assert seen.watch.sight().devices == ()
