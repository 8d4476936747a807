"""Apple Diagnostics: reference codes such as ``PPT002``, and the link that carries a result.

Apple Diagnostics exports nothing, so codes are typed, scanned, or read from the link that it shows
at the end (facts on the programme, section 4). What a code means is data (`CodeBook`); one that the
book does not hold is kept as unknown, never refused and never good.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, cast
from urllib.parse import parse_qsl, urlsplit

from app.domain import identifiers
from app.domain.diagnostics import clean
from app.domain.diagnostics.run import CodeResult, Device, DiagnosticsRun, Outcome, Source

_REFERENCE: Final = re.compile(r"[A-Z]{3}[0-9]{3}")
_RANGE: Final = re.compile(r"([A-Z]{3})([0-9]{3})(?:-([0-9]{3}))?")
_BETWEEN: Final = re.compile(r"[\s,;|]+")
_LINK: Final = re.compile(r"https?://", re.IGNORECASE)
MAX_LINK: Final = 2048
MAX_CODES: Final = 64
_MAX_FIELDS: Final = 64
UNKNOWN_COMPONENT: Final = "unknown"


def reference_code(text: str) -> str | None:
    """The reference code that a text is, in capitals; None where it is none.

    Which families exist is not judged here: a new code must not be refused.
    """
    code = identifiers.normalise(text.strip())
    return code if _REFERENCE.fullmatch(code) else None


class CodeBookError(ValueError):
    """A code book that cannot be used.

    Attributes:
        field: Where it is wrong.
    """

    def __init__(self, field: str) -> None:
        super().__init__(f"{field}: not what a code book has there")
        self.field = field


@dataclass(frozen=True, slots=True)
class CodeBook:
    """What the reference codes mean.

    Attributes:
        edition: The day of the published list.
        single: What single codes mean, those that were never issued (unknown) included.
        faults: The families whose every other code is a fault.
        components: What a family is about, by its three letters.
    """

    edition: str
    single: Mapping[str, Outcome]
    faults: frozenset[str]
    components: Mapping[str, str]

    def result(self, code: str) -> CodeResult:
        """What a reference code means."""
        family = code[:3]
        usual = Outcome.FAULT if family in self.faults else Outcome.UNKNOWN
        component = self.components.get(family, UNKNOWN_COMPONENT)
        return CodeResult(code, self.single.get(code, usual), component)


def code_book(table: Mapping[str, object]) -> CodeBook:
    """Read a code book from its TOML table.

    Raises:
        CodeBookError: It lacks something, or a code is none.
    """
    edition = table.get("edition")
    if not isinstance(edition, str):
        raise CodeBookError("edition")
    single: dict[str, Outcome] = {}
    for name, codes in _table(table, "codes").items():
        if name not in set(Outcome):
            raise CodeBookError(f"codes.{name}")
        for code in _spread(codes, f"codes.{name}"):
            if code in single:
                raise CodeBookError(f"codes.{name}: {code}")
            single[code] = Outcome(name)
    components = {
        family: component
        for family, component in _table(table, "components").items()
        if isinstance(component, str)
    }
    faults = frozenset(_texts(table.get("faults"), "faults"))
    if not faults <= components.keys():
        raise CodeBookError("faults")
    return CodeBook(edition, MappingProxyType(single), faults, MappingProxyType(components))


def _table(table: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = table.get(name)
    if not isinstance(found, dict):
        raise CodeBookError(name)
    return cast("dict[str, object]", found)


def _texts(value: object, name: str) -> list[str]:
    items = cast("list[object]", value) if isinstance(value, list) else [None]
    texts = [one for one in items if isinstance(one, str)]
    if len(texts) < len(items):
        raise CodeBookError(name)
    return texts


def _spread(value: object, name: str) -> Iterator[str]:
    """Every code of a list such as ``["PPP001-008", "PPP017"]``."""
    for text in _texts(value, name):
        found = _RANGE.fullmatch(text)
        if found is None:
            raise CodeBookError(name)
        family, first, last = found.groups()
        for number in range(int(first), int(last or first) + 1):
            yield f"{family}{number:03}"


@dataclass(frozen=True, slots=True)
class ToldCodes:
    """Reference codes as they came in.

    Attributes:
        codes: In the order told, each once.
        unread: How many more were told that are none.
        serial: The product that they are of; None where the way they came does not say.
    """

    codes: tuple[str, ...]
    unread: int = 0
    serial: str | None = None

    def run(self, book: CodeBook) -> DiagnosticsRun:
        """The run that they tell of."""
        return DiagnosticsRun(
            Source.APPLE_DIAGNOSTICS,
            Device(serial=self.serial),
            codes=tuple(book.result(code) for code in self.codes),
            unread=self.unread,
        )


def told_codes(texts: Iterable[str], serial: str | None = None) -> ToldCodes:
    """Reference codes from texts that each may hold several, with commas or spaces between."""
    words = [word for text in texts for word in _BETWEEN.split(text) if word][: MAX_CODES + 1]
    codes = dict.fromkeys(code for word in words[:MAX_CODES] if (code := reference_code(word)))
    unread = sum(reference_code(word) is None for word in words[:MAX_CODES])
    return ToldCodes(tuple(codes), unread + (len(words) > MAX_CODES), serial)


def result_link(text: str) -> ToldCodes | None:
    """The codes and the serial of a result's link; None where the text is no such link.

    The link is only read and never opened, so whose it is does not matter: like typed codes it says
    what somebody at the bench claims, and like them it has to be about the repair's product.
    """
    text = text.strip()
    if len(text) > MAX_LINK or not _LINK.match(text):
        return None
    try:
        parts = urlsplit(text)
        fields = [
            pair
            for query in (parts.query, parts.fragment.rpartition("?")[2])
            for pair in parse_qsl(query, keep_blank_values=True, max_num_fields=_MAX_FIELDS)
        ]
    except ValueError:
        return None  # a port that is none, brackets that do not close, fields without end
    codes = [value for name, value in fields if name.lower() == "refcodes"]
    serials = {clean.serial(value) for name, value in fields if name.lower() == "serialno"}
    if not codes:
        return None
    return told_codes(codes, serials.pop() if len(serials) == 1 else None)
