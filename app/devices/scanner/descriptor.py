"""Reads a HID report descriptor: pure, bounded, and it answers something for any bytes at all.

A descriptor is a small program for a stack machine (USB HID 1.11, section 6.2.2). Only what it says
about the bits of reports is kept. No library does it here: of the kept ones `hid-parser` knows no
Push and Pop and raises ``TypeError`` and ``NotImplementedError`` for bytes that real units send,
and `hid-tools` brings libevdev and YAML along, under the GPL.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

LARGEST_DESCRIPTOR: Final = 4096
"""Bytes that are read of a descriptor; Linux and Windows take no longer one either."""
LARGEST_REPORT_BITS: Final = 8 * 16384
"""Where a field would begin or end beyond this, the descriptor is not believed any further."""
DEEPEST: Final = 32
"""Levels of Push, and of collections."""

_LONG_ITEM: Final = 0xFE
_LONG_HEAD: Final = 3
_SIZES: Final = (0, 1, 2, 4)
_ID_BITS: Final = 8
_EXTENDED: Final = 4
"""A usage of four bytes names its page itself."""
_APPLICATION: Final = 1


class ReportKind(StrEnum):
    """Which way a report goes."""

    INPUT = "input"
    OUTPUT = "output"
    FEATURE = "feature"


@dataclass(frozen=True, slots=True)
class Field:
    """A run of equal elements in a report.

    Attributes:
        kind: Which way the report goes.
        report_id: Its number; 0 where the device numbers none.
        application: The usage of the outermost application collection, page in the upper 16 bits;
            0 outside of any.
        usages: What the elements mean, one after the other; the last one counts for all that
            remain. Ranges, because two items can name four milliards.
        offset: The first bit, counted from the first byte that is read, the report's id included.
        size: Bits of an element.
        count: How many elements there are.
        constant: Whether it is only padding.
    """

    kind: ReportKind
    report_id: int
    application: int
    usages: tuple[range, ...]
    offset: int
    size: int
    count: int
    constant: bool

    @property
    def end(self) -> int:
        """The bit after the last one."""
        return self.offset + self.size * self.count

    def run(self, usage: int) -> tuple[int, int] | None:
        """The first run of elements with a usage: first bit and bits; None where there is none."""
        first = stop = at = 0
        for each in self.usages:
            index = at + each.index(usage) if usage in each else None
            if index is not None and not stop:
                first, stop = index, index + 1
            elif index is not None and index == stop:
                stop += 1
            elif stop:
                break
            at += len(each)
        stop = self.count if stop and stop == sum(map(len, self.usages)) else min(stop, self.count)
        return (
            (self.offset + first * self.size, (stop - first) * self.size) if stop > first else None
        )


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What a report descriptor says.

    Attributes:
        fields: All fields, in its order.
        numbered: Whether each report begins with a byte that is its id.
        whole: Whether it could be read to its end.
    """

    fields: tuple[Field, ...] = ()
    numbered: bool = False
    whole: bool = True

    def longest(self, kind: ReportKind) -> int:
        """Bytes of the longest report of a kind, its id included; 0 where there is none."""
        return max((each.end + 7 for each in self.fields if each.kind is kind), default=0) // 8


@dataclass(frozen=True, slots=True)
class _Globals:
    page: int = 0
    size: int = 0
    count: int = 0
    report_id: int = 0


_Named = tuple[range, bool]
"""Usages of a row, and whether they name their page themselves."""


@dataclass(slots=True)
class _Locals:
    usages: list[_Named] = field(default_factory=list[_Named])
    minimum: int | None = None
    maximum: int | None = None
    alternatives: int | None = None


class _DisbeliefError(Exception):
    """What follows cannot be right."""


class _Machine:
    """The state of a descriptor that is half read."""

    def __init__(self) -> None:
        self.fields: list[Field] = []
        self._globals = _Globals()
        self._locals = _Locals()
        self._stack: list[_Globals] = []
        self._applications: list[int] = []
        self._ends: dict[tuple[ReportKind, int], int] = {}

    def take(self, tag: int, data: bytes) -> None:
        """Execute one short item; those that say nothing about bits are passed over."""
        step = _STEPS.get(tag)
        if step is not None:
            step(self, data)

    def page(self, data: bytes) -> None:
        self._globals = replace(self._globals, page=_number(data) & 0xFFFF)

    def size(self, data: bytes) -> None:
        self._globals = replace(self._globals, size=_number(data))

    def count(self, data: bytes) -> None:
        self._globals = replace(self._globals, count=_number(data))

    def report_id(self, data: bytes) -> None:
        number = _number(data)
        if not 1 <= number <= 255:  # noqa: PLR2004 - one byte, and 0 is reserved
            raise _DisbeliefError
        self._globals = replace(self._globals, report_id=number)

    def push(self, data: bytes) -> None:
        del data
        if len(self._stack) >= DEEPEST:
            raise _DisbeliefError
        self._stack.append(self._globals)

    def pop(self, data: bytes) -> None:
        del data
        if not self._stack:
            raise _DisbeliefError
        self._globals = self._stack.pop()

    def usage(self, data: bytes) -> None:
        number = self._usage(data)
        self._name(range(number, number + 1), is_whole=len(data) == _EXTENDED)

    def minimum(self, data: bytes) -> None:
        self._locals.minimum = self._usage(data)
        self._range(is_whole=len(data) == _EXTENDED)

    def maximum(self, data: bytes) -> None:
        self._locals.maximum = self._usage(data)
        self._range(is_whole=len(data) == _EXTENDED)

    def delimiter(self, data: bytes) -> None:
        self._locals.alternatives = 0 if _number(data) else None

    def collection(self, data: bytes) -> None:
        if len(self._applications) >= DEEPEST:
            raise _DisbeliefError
        outer = self._applications[-1] if self._applications else 0
        named = self._named()
        own = named[0].start if named else 0
        is_outermost = not outer and _number(data) == _APPLICATION
        self._applications.append(own if is_outermost else outer)
        self._locals = _Locals()

    def end_collection(self, data: bytes) -> None:
        del data
        if self._applications:
            self._applications.pop()
        self._locals = _Locals()

    def input(self, data: bytes) -> None:
        self._field(ReportKind.INPUT, data)

    def output(self, data: bytes) -> None:
        self._field(ReportKind.OUTPUT, data)

    def feature(self, data: bytes) -> None:
        self._field(ReportKind.FEATURE, data)

    def _field(self, kind: ReportKind, data: bytes) -> None:
        now = self._globals
        start = self._ends.get((kind, now.report_id), _ID_BITS if now.report_id else 0)
        end = start + now.size * now.count
        if end > LARGEST_REPORT_BITS:
            raise _DisbeliefError
        self._ends[kind, now.report_id] = end
        if end > start:
            self.fields.append(
                Field(
                    kind=kind,
                    report_id=now.report_id,
                    application=self._applications[-1] if self._applications else 0,
                    usages=self._named(),
                    offset=start,
                    size=now.size,
                    count=now.count,
                    constant=bool(_number(data) & 1),
                )
            )
        self._locals = _Locals()

    def _usage(self, data: bytes) -> int:
        number = _number(data)
        return number if len(data) == _EXTENDED else self._globals.page << 16 | number

    def _range(self, *, is_whole: bool) -> None:
        low, high = self._locals.minimum, self._locals.maximum
        if low is None or high is None:
            return
        self._name(range(low, high + 1), is_whole=is_whole)
        self._locals.minimum = self._locals.maximum = None

    def _named(self) -> tuple[range, ...]:
        """What was noted. A page that was set last counts for the usages right before it too."""
        page = self._globals.page
        usages = self._locals.usages
        for index in reversed(range(len(usages))):
            named, is_whole = usages[index]
            if is_whole:
                continue
            if named.start >> 16 == page:
                break
            start = page << 16 | named.start & 0xFFFF
            usages[index] = range(start, start + len(named)), False
        return tuple(named for named, _ in usages)

    def _name(self, usages: range, *, is_whole: bool) -> None:
        """Note what the next elements mean; of alternatives only the first counts."""
        if not self._locals.alternatives:
            self._locals.usages.append((usages, is_whole))
        if self._locals.alternatives is not None:
            self._locals.alternatives += 1


_STEPS: Final[Mapping[int, Callable[[_Machine, bytes], None]]] = MappingProxyType(
    {
        0x80: _Machine.input,
        0x90: _Machine.output,
        0xB0: _Machine.feature,
        0xA0: _Machine.collection,
        0xC0: _Machine.end_collection,
        0x04: _Machine.page,
        0x74: _Machine.size,
        0x84: _Machine.report_id,
        0x94: _Machine.count,
        0xA4: _Machine.push,
        0xB4: _Machine.pop,
        0x08: _Machine.usage,
        0x18: _Machine.minimum,
        0x28: _Machine.maximum,
        0xA8: _Machine.delimiter,
    }
)
"""What each kind of item does; its low two bits tell how many bytes it has."""


def parse_descriptor(raw: bytes) -> Descriptor:
    """Read a report descriptor as far as it makes sense; it never raises.

    Args:
        raw: The bytes as the device gives them.
    """
    machine = _Machine()
    try:
        for tag, data in _items(raw[:LARGEST_DESCRIPTOR]):
            machine.take(tag, data)
        whole = len(raw) <= LARGEST_DESCRIPTOR
    except _DisbeliefError:
        whole = False
    fields = tuple(machine.fields)
    return Descriptor(fields, any(each.report_id for each in fields), whole)


def _items(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The short items: tag and data. Long ones mean nothing yet and are passed over."""
    at = 0
    while at < len(raw):
        prefix = raw[at]
        if prefix == _LONG_ITEM:
            at += _LONG_HEAD + (raw[at + 1] if at + 1 < len(raw) else 0)
        else:
            start, at = at + 1, at + 1 + _SIZES[prefix & 3]
            if at <= len(raw):
                yield prefix & 0xFC, raw[start:at]
    if at > len(raw):
        raise _DisbeliefError


def _number(data: bytes) -> int:
    return int.from_bytes(data, "little")
