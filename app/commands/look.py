"""Keeps what was chosen in the window, such as its language, in ``settings.toml`` of the home.

The file is a person's: its comments, order and other keys stay as they are. What cannot be changed
without a doubt is left alone.
"""

import json
import logging
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from app.services.placing import placed

log = logging.getLogger("repair_bench.settings")

_TEXT: Final = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
"""A text of one line, as TOML writes it."""


def keep_look(home: Path, language: str, theme: str) -> None:
    """Write the two settings where they differ; a file that cannot be read or written stays."""
    keep_settings(home, {"language": language, "theme": theme})


def keep_settings(home: Path, wanted: Mapping[str, str]) -> None:
    """Write settings where they differ; a file that cannot be read or written stays as it is.

    Args:
        home: The bench's home.
        wanted: The new values.
    """
    path = (home / "settings.toml").resolve()
    try:
        before = path.read_bytes().decode("utf-8") if path.exists() else ""  # keeps line endings
        table = tomllib.loads(before)
        if wanted.items() <= table.items():
            return
        after = changed(before, wanted)
        if tomllib.loads(after) != {**table, **wanted}:
            log.warning("%s was left alone: its keys are not where they are expected", path)
            return
        with placed(path) as half:
            half.write_bytes(after.encode())  # as a text, line endings would be changed
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        log.exception("%s could not be kept in %s", ", ".join(wanted), path)


def changed(text: str, wanted: Mapping[str, str]) -> str:
    """A settings file with other texts for some of its keys; a key that is missing comes first.

    Args:
        text: The file.
        wanted: The new values.
    """
    for key, value in wanted.items():
        line = f"{key} = {json.dumps(value, ensure_ascii=False)}"  # TOML knows JSON's escapes
        head, rest = _at_first_table(text)
        found = re.compile(rf"^{key}[ \t]*=[ \t]*{_TEXT}", re.MULTILINE)
        there, count = found.subn(lambda _, line=line: line, head, count=1)
        head = there if count else f"{line}\n{head}"
        text = f"{head}{rest}"
    return text


def _at_first_table(text: str) -> tuple[str, str]:
    """What stands before the first table, and the rest."""
    found = re.search(r"^[ \t]*\[", text, re.MULTILINE)
    at = found.start() if found is not None else len(text)
    return text[:at], text[at:]
