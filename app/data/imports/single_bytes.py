"""Which encoding with a byte a character a text is in, told by the letters that it makes."""

from typing import Final

_CANDIDATES: Final = ("cp1252", "mac_roman", "cp850")
_NORDIC: Final = frozenset("åäöÅÄÖéÉæøÆØüÜ")
_LETTERS: Final = frozenset("àáâãçèêëìíîïðñòóôõùúûýÿþßÀÁÂÃÇÈÊËÌÍÎÏÑÒÓÔÕÙÚÛÝ")
_SIGNS: Final = frozenset("’‘“”–—…€£§°®™©«»·´½¼²³µ\u00a0")  # noqa: RUF001 - typographic on purpose
_APOSTROPHE: Final = "’"  # noqa: RUF001
_PLAIN: Final = "".join(map(chr, range(32, 127)))
_ASCII: Final = _PLAIN.encode()
_BEST: Final = 3
"""Points for a letter of the north, and as many off for what hardly stands in a word."""
_SURE: Final = 1.0
"""Points for each character from which on a guess counts as sure, and by which it leads."""


def single_byte_encoding(sample: bytes) -> tuple[str, bool]:
    """Guess the encoding of words that are no UTF-8.

    Returns:
        The codec's name, and whether its letters speak clearly for it. Windows-1252 stands for
        Latin-1 too: they differ where Latin-1 has control characters.
    """
    scores = {name: _score(sample.decode(name, errors="replace")) for name in _CANDIDATES}
    best, second = sorted(_CANDIDATES, key=scores.__getitem__, reverse=True)[:2]
    if scores[best] < _SURE:
        return _by_statistics(sample) or best, False
    return best, scores[best] - scores[second] >= _SURE


def _score(text: str) -> float:
    """Points for each character outside ASCII."""
    threes = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    points = [_points(*three) for three in threes if not three[1].isascii()]
    return sum(points) / max(len(points), 1)


def _points(before: str, character: str, after: str) -> int:
    """What a character speaks for, between its neighbours."""
    is_within = before.isalpha() and after.isalpha()
    if character == _APOSTROPHE:
        return _BEST if is_within else 1
    if character in _SIGNS:
        return -_BEST if is_within else 1
    if not (before.isalpha() or after.isalpha()):
        return -_BEST
    worth = _BEST if character in _NORDIC else -_BEST
    if character in _LETTERS:
        worth = 1
    if not before.isascii():
        worth -= 2
    return worth - 4 if character.isupper() and before.islower() else worth


def _by_statistics(sample: bytes) -> str | None:
    """What charset-normalizer takes it for, None where that would read plain letters otherwise."""
    from charset_normalizer import from_bytes  # few files need it

    found = (match.encoding for match in from_bytes(sample[: 2**16]))
    return next((name for name in found if _ASCII.decode(name, "replace") == _PLAIN), None)
