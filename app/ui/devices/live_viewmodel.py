"""What the devices screen shows: each device with its cure, the live bytes, the tests. No Qt."""

from dataclasses import dataclass
from typing import Final

from app.domain.barcodes import Reading
from app.domain.esd import Measurement
from app.domain.frames import DeviceStatus
from app.domain.line_fault import LineFault
from app.domain.resistor import OHMS, PERCENTS, Resistor
from app.domain.scan_tests import Grade, TestRow, control_text, judge_scan, judge_scanner
from app.services.device_sight import DeviceSight, Fate, Heard, LogLine
from app.services.device_words import cure_of, ohm_text
from app.services.views import BenchView
from app.ui.devices.panel import Panel, Shown
from app.ui.shell.rows import Action, Choice, Prompt
from app.ui.shell.viewmodel import STATUS_LEVELS
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.colours import Level
from app.ui.wording import Wording, shown

LINES: Final = 10
CARDS: Final = 3
_GRADES: Final = {
    Grade.GOOD: (Level.OK, "accepted"),
    Grade.NOTE: (Level.NOTE, "repeated"),
    Grade.BAD: (Level.STOP, "refused"),
    Grade.UNTESTED: (Level.CALM, ""),
}
_STATUS_ICONS: Final = {
    Level.CALM: "accepted",
    Level.ATTENTION: "warning",
    Level.STOP: "refused",
}
_PERCENT: Final = "PERCENT"
BACK: Final = "PANEL_BACK"


@dataclass(frozen=True, slots=True)
class DeviceCard:
    """One device.

    Attributes:
        title: What it is, and the bench's own name of it.
        level: How it stands.
        icon: The shape of that.
        word: The word for it.
        cure: What to do about it.
        counters: How much it has said.
        said: Its latest bytes.
        means: What they mean.
    """

    title: str
    level: Level
    icon: str
    word: str
    cure: str
    counters: str
    said: str
    means: str


@dataclass(frozen=True, slots=True)
class LiveRows:
    """The devices screen.

    Attributes:
        prompt: What is shown, and whether scans go to a test.
        cards: The devices.
        table: Live bytes, or what the test has found.
        values: The resistors that can be chosen, in a check.
        percents: The tolerances, likewise.
        help: A sentence below.
        command: A command to copy, beside it; empty for none.
        copy: The word of the button that copies it.
    """

    prompt: Prompt
    cards: tuple[DeviceCard, ...]
    table: TableRows
    values: tuple[Choice, ...] = ()
    percents: tuple[Choice, ...] = ()
    help: str = ""
    command: str = ""
    copy: str = ""


def live_rows(panel: Panel, view: BenchView, wording: Wording) -> LiveRows:
    """The rows of the screen."""
    checking = panel.shown is Shown.CHECK
    room = not checking and not _has_test(panel)
    cards = tuple(_card(each, wording) for each in panel.sight.devices[:CARDS]) if room else ()
    help_text, command = _help(panel, wording)
    return LiveRows(
        prompt=_prompt(panel, view, wording),
        cards=cards,
        table=_test_table(panel, wording) if _has_test(panel) else _live_table(panel, wording),
        values=_values(panel, view, wording) if checking else (),
        percents=_percents(panel, wording) if checking else (),
        help=help_text,
        command=command,
        copy=wording.say("devices.copy"),
    )


def live_actions(panel: Panel, wording: Wording) -> tuple[Action, ...]:
    """The large buttons."""
    test = "devices_test_end" if panel.is_testing else "devices_test"
    return (
        _action("DEVTEST", test, "barcode", "F10", wording, primary=panel.is_testing),
        _action("DEVCHECK", "devices_check", "gauge", "F11", wording),
        _action("DEVSETUP", "devices_setup", "wrench", "F12", wording),
        _action("DEVSHEET", "devices_sheet", "file-text", f"{wording.say('key.ctrl')}T", wording),
        _action(BACK, "devices_back", "home", "Esc", wording),
    )


def _action(
    code: str, key: str, icon: str, shortcut: str, wording: Wording, *, primary: bool = False
) -> Action:
    name = f"command.{key}"
    return Action(code, wording.say(name), wording.say(f"{name}.tip"), icon, shortcut, primary)


def _prompt(panel: Panel, view: BenchView, wording: Wording) -> Prompt:
    if panel.is_testing:
        detail = wording.count("devices.testing", panel.sight.test_seconds)
        return Prompt("barcode", wording.say("devices.prompt.test"), detail, Level.ATTENTION)
    if panel.shown is Shown.CHECK:
        if view.check is None:
            return Prompt(
                "gauge", wording.say("devices.prompt.check"), wording.say("devices.check.detail")
            )
        ohm = ohm_text(view.check.resistor.ohm, wording.texts.language)
        text = wording.say("devices.prompt.measure", ohm=ohm)
        return Prompt("gauge", text, wording.say("way_on.measure_resistor"), Level.ATTENTION)
    return Prompt("scanner", wording.say("devices.prompt"), wording.say("devices.detail"))


# ----------------------------------------------------------------------
# The devices
# ----------------------------------------------------------------------


def _card(device: DeviceSight, wording: Wording) -> DeviceCard:
    state = device.state
    heard = device.heard
    status = state.status if state is not None else DeviceStatus.READY
    level, is_well = STATUS_LEVELS[status], status is DeviceStatus.READY
    role = wording.say(f"device.{state.role.value}") if state is not None else ""
    title = f"{role} \N{MIDDLE DOT} {device.device}" if role else device.device
    counters = wording.say(
        "devices.counters", frames=device.frames, faults=device.faults, octets=device.octets
    )
    return DeviceCard(
        title=shown(title),
        level=Level.OK if is_well else level,
        icon=_STATUS_ICONS.get(level, "accepted"),
        word=wording.say(f"device.status.{status.value}"),
        cure="" if state is None or is_well else shown_long(cure_of(state, wording.texts)),
        counters=counters,
        said=shown(control_text(heard.line.raw)) if heard is not None else "",
        means=means_text(heard, wording) if heard is not None else wording.say("devices.silent"),
    )


def shown_long(text: str) -> str:
    """A sentence with a foreign value in it, made fit to be painted whole."""
    return " ".join(shown(word) for word in text.split(" "))


def means_text(heard: Heard, wording: Wording) -> str:
    """What a frame means, in words."""
    if not heard.line.fate.is_whole:
        return wording.say(f"devices.fate.{heard.line.fate.value}")
    if heard.scan is not None:
        return _scan_text(heard.scan, wording)
    if heard.reading is None:
        return wording.say("devices.no_profile")
    return _reading_text(heard.reading, wording)


def _scan_text(scan: Reading, wording: Wording) -> str:
    told = judge_scan(scan.raw, scan.aim)
    if told is not None:
        return wording.say(f"report.test_sheet.{told.test.value}")
    best = scan.best
    return f"{wording.word('scan_kind', best.kind.value)}: {shown(best.value)}"


def _reading_text(
    reading: "tuple[Measurement | LineFault, ...] | LineFault", wording: Wording
) -> str:
    if isinstance(reading, LineFault):
        return wording.say("devices.not_read", code=wording.word("misfit", reading.code))
    parts = [_measured(one, wording) for one in reading]
    return "; ".join(parts) if parts else wording.say("devices.no_measurement")


def _measured(one: Measurement | LineFault, wording: Wording) -> str:
    if isinstance(one, LineFault):
        return wording.say("devices.not_read", code=wording.word("misfit", one.code))
    value = wording.ohm(one.ohm)
    if one.over_range or one.under_range:
        value = wording.say("devices.over" if one.over_range else "devices.under")
    return f"{wording.word('channel', one.channel)} {value}"


# ----------------------------------------------------------------------
# Live bytes and the test
# ----------------------------------------------------------------------


def _live_table(panel: Panel, wording: Wording) -> TableRows:
    lines = sorted(
        (
            (line.monotonic, device.device, line)
            for device in panel.sight.devices
            for line in device.log
        ),
        key=lambda each: each[0],
        reverse=True,
    )[:LINES]
    return TableRows(
        title=wording.say("devices.live"),
        headers=tuple(wording.say(f"devices.column.{name}") for name in ("at", "what", "bytes")),
        rows=tuple(_live_row(device, line, wording) for _, device, line in lines),
        empty=wording.say(f"devices.live.{'none' if panel.sight.devices else 'unconnected'}"),
        widths=(1, 2, 6),
    )


def _live_row(device: str, line: LogLine, wording: Wording) -> tuple[Cell, ...]:
    at = f"{line.at.astimezone(wording.zone):%H:%M:%S}"
    what = wording.say(f"devices.fate.{line.fate.value}")
    level = Level.ATTENTION if _is_faulty(line) else Level.CALM
    text = f"{line.aim or ''}{control_text(line.raw)}"
    return (
        Cell(at),
        Cell(what, level, "warning" if level is Level.ATTENTION else "", shown(device)),
        Cell(shown(text), note=shown(line.raw.hex(" "))),
    )


def _is_faulty(line: LogLine) -> bool:
    return line.fate in {Fate.CUT_OFF, Fate.OVERSIZE, Fate.CHECKSUM}


def _has_test(panel: Panel) -> bool:
    return panel.shown is Shown.TEST


def judged(panel: Panel) -> tuple[TestRow, ...]:
    """What the scans of the sheet tell of the scanner."""
    found = (judge_scan(frame.raw, frame.aim) for frame in panel.sight.tested)
    scans = tuple(one for one in found if one is not None)
    used = {frame.device for frame in panel.sight.tested}
    heard = (each.heard for each in panel.sight.devices if each.device in used)
    ended = next((one.ended_by for one in heard if one is not None), None)
    return judge_scanner(scans, ended)


def _test_table(panel: Panel, wording: Wording) -> TableRows:
    return TableRows(
        title=wording.say("devices.test.title"),
        headers=tuple(wording.say(f"devices.column.{name}") for name in ("topic", "grade", "told")),
        rows=tuple(_test_row(row, wording) for row in judged(panel)),
        empty="",
        widths=(3, 2, 9),
    )


def _test_row(row: TestRow, wording: Wording) -> tuple[Cell, ...]:
    level, icon = _GRADES[row.grade]
    said = wording.say(f"scan_test.{row.topic}.{row.code}", value=control_text(row.value.encode()))
    first, _, rest = said.partition(". ")
    text = f"{first}." if rest else first
    return (
        Cell(wording.say(f"scan_test.topic.{row.topic}")),
        Cell(wording.say(f"devices.grade.{row.grade.value}"), level, icon),
        Cell(text, note=rest),
    )


# ----------------------------------------------------------------------
# The check, and what helps
# ----------------------------------------------------------------------


def _values(panel: Panel, view: BenchView, wording: Wording) -> tuple[Choice, ...]:
    now = view.check.resistor.ohm if view.check is not None else None
    return tuple(
        Choice(
            Resistor(ohm, panel.percent).code,
            ohm_text(ohm, wording.texts.language),
            "",
            chosen=ohm == now,
        )
        for ohm in OHMS.values()
    )


def _percents(panel: Panel, wording: Wording) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            f"{_PERCENT}{percent}",
            wording.say("devices.percent", percent=percent),
            "",
            chosen=percent == panel.percent,
        )
        for percent in PERCENTS
    )


def percent_of(code: str) -> int | None:
    """The tolerance that a choice stands for."""
    rest = code.removeprefix(_PERCENT)
    return int(rest) if rest != code and rest.isdecimal() else None


def _help(panel: Panel, wording: Wording) -> tuple[str, str]:
    states = [each.state.status for each in panel.sight.devices if each.state is not None]
    if DeviceStatus.DENIED in states and panel.udev:
        return wording.say("devices.help.udev"), panel.udev
    if panel.sheet.fault:
        return wording.say("devices.sheet.fault", reason=panel.sheet.fault), ""
    if panel.sheet.path:
        return wording.say("devices.sheet.made"), panel.sheet.path
    if panel.layout:
        layout = wording.word("keyboard_layout", panel.layout)
        return wording.say("devices.layout", layout=layout), ""
    return "", ""
