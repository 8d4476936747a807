"""Every word that the program says, in Swedish and English, by key.

One catalogue serves the window, the reports and the command line, so that an error's key means the
same sentence everywhere (docs/adr/0004). A file per room and language,
``resources/i18n/<language>/<room>.toml``, with flat keys such as ``"scan.unknown"``. A plural is
two keys, ``.one`` and ``.other``: Swedish and English need no more.
"""

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from app.resources import resource

log = logging.getLogger("repair_bench.texts")


class Language(StrEnum):
    """The languages of the interface and of reports."""

    SWEDISH = "sv"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Texts:
    """The catalogue of one language."""

    language: Language
    words: Mapping[str, str]

    def say(self, key: str, **fields: object) -> str:
        """The text of a key with its fields filled in.

        A key that is missing comes back as itself, and a field that is missing leaves the text
        unfilled: a word in the wrong form must never stop a repair. The completeness test keeps
        both from happening.
        """
        text = self.words.get(key)
        if text is None:
            log.error("no text for %s in %s", key, self.language)
            return key
        try:
            return text.format(**fields)
        except (KeyError, IndexError, ValueError):
            log.exception("text %s does not fit its fields", key)
            return text

    def count(self, key: str, n: int, **fields: object) -> str:
        """The singular or plural text of a key, with ``n`` among its fields."""
        return self.say(f"{key}.{'one' if n == 1 else 'other'}", n=n, **fields)

    def has(self, key: str) -> bool:
        """Whether there is a text for a key."""
        return key in self.words


@cache
def texts(language: Language) -> Texts:
    """The catalogue of a language, read once."""
    words: dict[str, str] = {}
    for file in sorted(resource("i18n", language.value).glob("*.toml")):
        with file.open("rb") as stream:
            words.update(_flat(tomllib.load(stream)))
    return Texts(language, MappingProxyType(words))


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    words: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, str):
            words[prefix + key] = value
        elif isinstance(value, dict):
            words |= _flat(value, f"{prefix}{key}.")  # pyright: ignore[reportUnknownArgumentType]
    return words
