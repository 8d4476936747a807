"""The parts of a profile that scanners and testers share: the line's settings and the framing."""

from dataclasses import replace
from typing import Final

from app.devices.errors import AddressError
from app.devices.toml_table import Table
from app.devices.wire.address import LineSettings, parse_format
from app.devices.wire.checksums import FORMS, KINDS, Checksum
from app.devices.wire.framing import LINE_ENDS, SCANNER_MAXIMUM, TESTER_MAXIMUM, Framing
from app.devices.wire.polling import Poll
from app.devices.wire.records import MOST_LINES, Record
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


def read_framing(table: Table, role: DeviceRole, encoding: str = "ascii") -> Framing:
    """The table ``[framing]``: how messages are marked.

    Keys: ``terminators``, ``start``, ``filler``, ``length``, ``idle_s``, ``maximum``, ``whole``,
    ``ack``, ``nak``, ``checksum``, ``record``.

    Args:
        table: The table.
        role: What the device is there for.
        encoding: How its bytes are text; in UTF-16 a terminator is two bytes for each character.

    Raises:
        ProfileError: It is not valid.
    """
    usual = SCANNER_MAXIMUM if role is DeviceRole.SCANNER else TESTER_MAXIMUM
    maximum = table.integer("maximum", usual, _MAXIMUM)
    start = table.raw("start")
    length = table.integer("length", 0, range(1, maximum + 1)) or None
    idle = table.seconds("idle_s")
    whole = table.flag("whole")
    width = 2 if encoding.startswith("utf-16") else 1
    framing = Framing(
        terminators=_ends(table, () if length or idle or whole else _DEFAULT_ENDS, encoding),
        start=start,
        filler=table.raw("filler", "\r\n"),
        length=length,
        idle=idle,
        maximum=maximum + maximum % width,
        whole=whole,
        width=width,
        checksum=_checksum(table),
        record=_record(table, encoding),
        ack=table.raw("ack"),
        nak=table.raw("nak"),
    )
    table.finish()
    _check_marks(table, framing)
    _check_proof(table, framing, role)
    return framing


def read_poll(table: Table, framing: Framing) -> tuple[Poll | None, Framing]:
    """The table ``[poll]``: how a device is asked, and which of its answers say nothing.

    Keys: ``command``, ``every_s``, ``path``, ``empty``, ``once``.

    Raises:
        ProfileError: It is not valid.
    """
    if not table.keys():
        return None, framing
    poll = Poll(
        command=table.raw("command"),
        every=table.seconds("every_s") or 1.0,
        path=table.text("path", ""),
    )
    if poll.path and not poll.path.startswith("/"):
        raise table.fault("bad_value", "path", "does not begin with /")
    empty = tuple(table.as_bytes("empty", each) for each in table.list_of_text("empty"))
    framing = replace(framing, empty=(b"", *empty), once=table.flag("once"))
    table.finish()
    return poll, framing


def _ends(table: Table, default: tuple[str, ...], encoding: str) -> tuple[bytes, ...]:
    texts = table.list_of_text("terminators", default)
    ends = tuple(_mark(table, "terminators", each, encoding) for each in texts)
    if len(ends) > _MOST_ENDS or not all(1 <= len(end) <= _LONGEST_END for end in ends):
        raise table.fault("bad_value", "terminators", f"{_MOST_ENDS} of 1 to {_LONGEST_END} bytes")
    return tuple(dict.fromkeys(ends))


def _mark(table: Table, key: str, text: str, encoding: str) -> bytes:
    raw = table.as_bytes(key, text)
    return text.encode(encoding) if encoding.startswith("utf-16") else raw


def _check_marks(table: Table, framing: Framing) -> None:
    ends, start, length = framing.terminators, framing.start, framing.length
    if len(start) > 1:
        raise table.fault("bad_value", "start", "more than one byte")
    if not ends and length is None and framing.idle is None and not framing.whole:
        raise table.fault("missing", "terminators")
    if framing.whole and (ends or start or length is not None or framing.record is not None):
        raise table.fault("bad_value", "whole", "together with other marks")
    if length is not None and (ends or start):
        raise table.fault("bad_value", "length", "together with start or terminators")
    if start and (not ends or start in ends):
        raise table.fault("bad_value", "start", "without a terminator of its own")


def _check_proof(table: Table, framing: Framing, role: DeviceRole) -> None:
    checksum = framing.checksum
    if (checksum is not None or framing.record is not None) and role is DeviceRole.SCANNER:
        key = "checksum" if checksum is not None else "record"
        raise table.fault("bad_value", key, "not for a scanner")
    if checksum is not None and checksum.behind and not framing.terminators:
        raise table.fault("bad_value", "checksum", "behind a terminator, and there is none")
    record = framing.record
    if record is not None and record.by_silence and framing.idle is None:
        raise table.fault("missing", "idle_s", "nothing else ends a record")


def _checksum(framing: Table) -> Checksum | None:
    if "checksum" not in framing:
        return None
    table = framing.table("checksum")
    checksum = Checksum(
        kind=table.choice("kind", tuple(KINDS)),
        form=table.choice("form", FORMS, "hex"),
        mark=table.raw("mark"),
        behind=table.flag("behind"),
        counts_end=table.flag("counts_end"),
    )
    if checksum.behind and checksum.mark:
        raise table.fault("bad_value", "mark", "together with behind")
    if checksum.counts_end and not checksum.behind:
        raise table.fault("bad_value", "counts_end", "only with behind")
    table.finish()
    return checksum


def _record(framing: Table, encoding: str) -> Record | None:
    if "record" not in framing:
        return None
    table = framing.table("record")
    begin, end = (
        tuple(_mark(table, key, each, encoding) for each in table.list_of_text(key))
        for key in ("begin", "end")
    )
    if not all((*begin, *end)):
        raise table.fault("bad_value", "begin" if not all(begin) else "end", "an empty mark")
    lines = table.integer("lines", 0, range(2, MOST_LINES + 1))
    table.finish()
    return Record(begin, end, lines)
