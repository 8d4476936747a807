"""What a profile says about a HID scanner: the table ``[hid]``, all of it optional."""

import re
from dataclasses import dataclass
from typing import Final

from app.devices.scanner.layout import MOST_DATA_BYTES, ReportLayout
from app.devices.toml_table import Table

LARGEST_COMMAND: Final = 1024
_COMMAND: Final = re.compile(r"[a-z][a-z0-9_]{0,31}", re.ASCII)
_BYTE: Final = range(8 * MOST_DATA_BYTES)


@dataclass(frozen=True, slots=True)
class HidCommand:
    """A report that makes the scanner do something.

    Attributes:
        name: What it is called, such as ``beep``.
        report: The bytes, the report's id first (0 where the scanner numbers none).
        feature: Whether it is a feature report; else an output report.
    """

    name: str
    report: bytes
    feature: bool = False


@dataclass(frozen=True, slots=True)
class HidSettings:
    """What a profile adds to a scanner's own descriptor.

    Attributes:
        layout: Goes before what the descriptor says of the report with its id.
        commands: What may be sent to the scanner. Reports change its state, so that nothing is
            ever sent but what the profile writes out.
    """

    layout: ReportLayout | None = None
    commands: tuple[HidCommand, ...] = ()

    def command(self, name: str) -> HidCommand | None:
        """The command of a name."""
        return next((each for each in self.commands if each.name == name), None)


def read_hid(table: Table) -> HidSettings:
    """The table ``[hid]``.

    Keys: ``report`` (id), ``data`` and ``data_bytes``, ``count``, ``aim``, ``more`` and
    ``more_bit``: places are bytes from 0, the id's byte included. The tables ``[hid.output]`` and
    ``[hid.feature]`` name commands by their bytes in hexadecimal.

    Raises:
        ProfileError: It is not valid.
    """
    layout = _layout(table) if "data" in table else None
    commands = (*_commands(table, "output"), *_commands(table, "feature"))
    names = [each.name for each in commands]
    if len(set(names)) < len(names):
        raise table.fault("bad_value", "feature", "a name that is in output too")
    table.finish()
    return HidSettings(layout, commands)


def _layout(table: Table) -> ReportLayout:
    report = table.integer("report", 0, range(256))
    start = table.integer("data", None, _BYTE)
    size = table.integer("data_bytes", None, range(1, MOST_DATA_BYTES + 1))
    count = table.integer("count", -1, _BYTE)
    aim = table.integer("aim", -1, _BYTE)
    more = table.integer("more", -1, _BYTE)
    bit = table.integer("more_bit", 0, range(8))
    return ReportLayout(
        report_id=report,
        data=(start * 8, size * 8),
        count=None if count < 0 else (count * 8, 8),
        aim=() if aim < 0 else ((aim * 8, 24),),
        more=None if more < 0 else (more * 8 + bit, 1),
    )


def _commands(table: Table, key: str) -> tuple[HidCommand, ...]:
    inner = table.table(key)
    commands: list[HidCommand] = []
    for name, text in table.texts(key):
        if not _COMMAND.fullmatch(name):
            raise inner.fault("bad_value", name, "not a lower-case name")
        try:
            report = bytes.fromhex(text)
        except ValueError as error:
            raise inner.fault("bad_value", name, "not hexadecimal") from error
        if not 1 <= len(report) <= LARGEST_COMMAND:
            raise inner.fault("bad_value", name, f"not 1 to {LARGEST_COMMAND} bytes")
        commands.append(HidCommand(name, report, key == "feature"))
    return tuple(commands)
