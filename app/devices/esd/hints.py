"""Why a line does not fit a pattern: how far it fits, and what the pattern wanted there."""

from dataclasses import dataclass

from app.devices.esd.grammar import Grammar
from app.devices.esd.patterns import Pattern, PatternError, compile_pattern

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Hint:
    """How far a line fits the pattern that fits it best.

    Attributes:
        pattern: Which of the patterns it is, from 1.
        matched: The part of the line that it fits.
        column: Where it fits no more, from 1.
        found: What stands there; empty for the line's end.
        wanted: The part of the pattern that does not fit; empty where the line only goes on too
            long.
    """

    pattern: int
    matched: str
    column: int
    found: str
    wanted: str


def hint_of(grammar: Grammar, text: str) -> Hint:
    """Say where a line that fits no pattern goes astray."""
    hints = (_hint(number, each, text) for number, each in enumerate(grammar.patterns, 1))
    return max(hints, key=lambda hint: hint.column)


def _hint(number: int, pattern: Pattern, text: str) -> Hint:
    length, reach = _longest_beginning(pattern.text, text)
    return Hint(
        pattern=number,
        matched=text[:reach],
        column=reach + 1,
        found=text[reach : reach + _SHOWN],
        wanted=pattern.text[length : length + _SHOWN],
    )


def _longest_beginning(pattern: str, text: str) -> tuple[int, int]:
    """The longest beginning of a pattern that fits the line's beginning, and how far it gets."""
    for length in range(len(pattern), 0, -1):
        beginning = pattern[:length] + ")" * _open_groups(pattern[:length])
        try:
            reach = compile_pattern(beginning).reach(text)
        except PatternError:
            continue  # cut in the middle of something
        if reach is not None:
            return length, reach
    return 0, 0


def _open_groups(pattern: str) -> int:
    """How many groups are still open at the end of a pattern's beginning."""
    depth, in_class, escaped = 0, False, False
    for letter in pattern:
        if escaped:
            escaped = False
        elif letter == "\\":
            escaped = True
        elif in_class:
            in_class = letter != "]"
        elif letter == "[":
            in_class = True
        else:
            depth += {"(": 1, ")": -1}.get(letter, 0)
    return max(0, depth)
