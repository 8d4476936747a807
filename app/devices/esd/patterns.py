"""The one place that knows RE2: patterns that cost time in proportion to the line, and no more.

An organisation writes the patterns of its profiles, and a tester may send anything: with an engine
that backtracks, one unlucky pair of them stops the bench. RE2 cannot; what it lacks for that is
looking around and referring back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol, cast

import re2

_MEMORY: Final = 4 << 20
"""Bytes that one pattern may take; RE2 refuses a larger one."""


class _Match(Protocol):
    """The part of RE2's match that is used."""

    def group(self, group: str | int = 0, /) -> str | None: ...

    def end(self) -> int: ...


class _Regexp(Protocol):
    """The part of RE2's pattern that is used."""

    @property
    def groupindex(self) -> Mapping[str, int]: ...

    def fullmatch(self, text: str, /) -> _Match | None: ...

    def match(self, text: str, /) -> _Match | None: ...


class _Options(Protocol):
    """The part of RE2's options that is used."""

    log_errors: bool
    max_mem: int


class _Engine(Protocol):
    """The part of RE2 that is used; it ships no types."""

    error: type[Exception]
    Options: type[_Options]

    def compile(self, pattern: str, options: _Options, /) -> _Regexp: ...


_ENGINE: Final = cast("_Engine", re2)


class PatternError(Exception):
    """A pattern that is none."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a pattern found in a line that it fits whole.

    Attributes:
        text: The line.
        groups: What each named group holds, in the order of the pattern; None where it took no
            part.
    """

    text: str
    groups: Mapping[str, str | None]

    def get(self, *names: str) -> str | None:
        """What the first of these groups holds that holds anything, stripped; None for nothing."""
        held = ((self.groups.get(name) or "").strip() for name in names)
        return next((text for text in held if text), None)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of a profile.

    Attributes:
        text: As it was written.
        names: Its named groups, in their order.
    """

    text: str
    names: tuple[str, ...]
    _regexp: _Regexp = field(repr=False, compare=False)

    def fullmatch(self, text: str) -> Found | None:
        """What it finds, if it fits the whole text."""
        match = self._regexp.fullmatch(text)
        if match is None:
            return None
        return Found(text, {name: match.group(name) for name in self.names})

    def fits(self, text: str) -> bool:
        """Whether it fits the whole text."""
        return self._regexp.fullmatch(text) is not None

    def reach(self, text: str) -> int | None:
        """How many characters it fits at the start of a text; None for not even none."""
        match = self._regexp.match(text)
        return None if match is None else match.end()


def compile_pattern(text: str) -> Pattern:
    """Make a pattern of its text.

    Raises:
        PatternError: It is none, or too large.
    """
    options = _ENGINE.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        regexp = _ENGINE.compile(text, options)
    except _ENGINE.error as error:
        raise PatternError(_words(error)) from error
    index = regexp.groupindex
    if text.count("(?P<") + text.count("(?<") > len(index) and _twice(text, index):
        raise PatternError("a group's name is there twice")
    return Pattern(text, tuple(sorted(index, key=index.__getitem__)), regexp)


def _words(error: Exception) -> str:
    told: object = error.args[0] if error.args else ""
    return told.decode(errors="replace") if isinstance(told, bytes) else str(told)


def _twice(text: str, names: Mapping[str, int]) -> bool:
    return any(text.count(f"<{name}>") > 1 for name in names)
