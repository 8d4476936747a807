"""The parts of a profile that scanners and testers share: the line's settings and the framing."""

from typing import Final

from app.devices.errors import AddressError
from app.devices.toml_table import Table
from app.devices.wire.address import LineSettings, parse_format
from app.devices.wire.framing import LINE_ENDS, SCANNER_MAXIMUM, TESTER_MAXIMUM, Framing
from app.domain.frames import DeviceRole

_MAXIMUM: Final = range(1, 65537)
_BAUD: Final = range(50, 4_000_001)
_LONGEST_END: Final = 16
_MOST_ENDS: Final = 8
_DEFAULT_ENDS: Final = tuple(end.decode() for end in LINE_ENDS)


def read_line_settings(table: Table) -> LineSettings:
    """The table ``[serial]``: ``baud``, ``format`` (``8N1``), ``flow``.

    Raises:
        ProfileError: It is not valid.
    """
    usual = LineSettings()
    line = LineSettings(
        baud=table.integer("baud", usual.baud, _BAUD),
        flow=table.choice("flow", ("none", "rtscts", "xonxoff"), "none"),
    )
    try:
        line = parse_format(table.text("format", "8N1"), line)
    except AddressError as error:
        raise table.fault("bad_value", "format", error.detail) from error
    table.finish()
    return line


def read_framing(table: Table, role: DeviceRole) -> Framing:
    """The table ``[framing]``: how messages are marked.

    Keys: ``terminators``, ``start``, ``filler``, ``length``, ``idle_s``, ``maximum``.

    Raises:
        ProfileError: It is not valid.
    """
    usual = SCANNER_MAXIMUM if role is DeviceRole.SCANNER else TESTER_MAXIMUM
    maximum = table.integer("maximum", usual, _MAXIMUM)
    start = table.raw("start")
    if len(start) > 1:
        raise table.fault("bad_value", "start", "more than one byte")
    length = table.integer("length", 0, range(1, maximum + 1)) or None
    idle = table.seconds("idle_s")
    default = () if length or idle else _DEFAULT_ENDS
    ends = tuple(
        table.as_bytes("terminators", each) for each in table.list_of_text("terminators", default)
    )
    if len(ends) > _MOST_ENDS or not all(1 <= len(end) <= _LONGEST_END for end in ends):
        raise table.fault("bad_value", "terminators", f"{_MOST_ENDS} of 1 to {_LONGEST_END} bytes")
    if not ends and length is None and idle is None:
        raise table.fault("missing", "terminators")
    if length is not None and (ends or start):
        raise table.fault("bad_value", "length", "together with start or terminators")
    if start and (not ends or start in ends):
        raise table.fault("bad_value", "start", "without a terminator of its own")
    filler = table.raw("filler", "\r\n")
    table.finish()
    return Framing(tuple(dict.fromkeys(ends)), start, filler, length, idle, maximum)
