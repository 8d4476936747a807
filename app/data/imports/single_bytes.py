"""Which encoding with a byte a character a text is in, told by the letters that it makes."""

from typing import Final

_CANDIDATES: Final = ("cp1252", "mac_roman", "cp850")
_NORDIC: Final = frozenset("åäöÅÄÖéÉæøÆØüÜ")
_LETTERS: Final = frozenset("àáâãçèêëìíîïðñòóôõùúûýÿþßÀÁÂÃÇÈÊËÌÍÎÏÑÒÓÔÕÙÚÛÝ")
_SIGNS: Final = frozenset("’‘“”–—…€£§°®™©«»·´½¼²³µ\u00a0")  # noqa: RUF001 - typographic on purpose
_NORDIC_WEIGHT: Final = 3
_PLAIN: Final = "".join(map(chr, range(32, 127)))
_ASCII: Final = _PLAIN.encode()
_SURE: Final = 1.0
"""Points for each character from which on a guess counts as sure."""


def single_byte_encoding(sample: bytes) -> tuple[str, bool]:
    """Guess the encoding of words that are no UTF-8.

    Returns:
        The codec's name, and whether its letters speak clearly for it. Windows-1252 stands for
        Latin-1 too: they differ where Latin-1 has control characters.
    """
    scores = {name: _score(sample.decode(name, errors="replace")) for name in _CANDIDATES}
    best = max(_CANDIDATES, key=scores.__getitem__)
    if scores[best] >= _SURE:
        return best, True
    return _by_statistics(sample) or best, False


def _score(text: str) -> float:
    """Points for each character outside ASCII."""
    points = count = 0
    before = " "
    for character in text:
        if not character.isascii():
            count += 1
            points += _points(character, before)
        before = character
    return points / max(count, 1)


def _points(character: str, before: str) -> int:
    """What a character speaks for; two in a row, or a capital within a word, are odd."""
    if character in _SIGNS:
        return 0
    worth = -_NORDIC_WEIGHT
    if character in _NORDIC:
        worth = _NORDIC_WEIGHT
    elif character in _LETTERS:
        worth = 1
    is_odd = not before.isascii() or (character.isupper() and before.islower())
    return worth - 2 if is_odd else worth


def _by_statistics(sample: bytes) -> str | None:
    """What charset-normalizer takes it for, None where that would read plain letters otherwise."""
    from charset_normalizer import from_bytes  # few files need it

    found = (match.encoding for match in from_bytes(sample[: 2**16]))
    return next((name for name in found if _ASCII.decode(name, "replace") == _PLAIN), None)
