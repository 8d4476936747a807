"""Every fault of the store has its sentence in both languages."""

import errno
import re
from pathlib import Path

import pytest

import app.data
from app.data.driver import MODULE
from app.data.faults import fault_of, fault_of_file
from app.texts import Language, texts

SOURCES = Path(str(app.data.__file__)).parent


def codes() -> set[str]:
    """Every code that a module of the store names."""
    told = r'StoreFaultError\(\s*"([a-z_]+)"'
    found = {code for path in SOURCES.rglob("*.py") for code in re.findall(told, path.read_text())}
    by_number = re.findall(r'\d+: "([a-z_]+)"', (SOURCES / "faults.py").read_text())
    return found | set(by_number)


@pytest.mark.parametrize("language", list(Language))
def test_every_fault_has_a_sentence_that_needs_no_fields(language: Language) -> None:
    words = texts(language)
    assert len(codes()) > 15
    for code in sorted(codes()):
        assert words.has(f"fault.{code}"), code
        assert "{" not in words.say(f"fault.{code}"), code


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.EIO, "io"),
    ],
)
def test_a_files_error_is_told_by_its_cause(number: int, code: str) -> None:
    assert fault_of_file(OSError(number, "x")).code == code


def test_a_text_that_is_no_utf8_is_damage_and_a_bug_is_a_bug() -> None:
    told = fault_of(MODULE.OperationalError("Could not decode to UTF-8 column 'a'"))
    assert told is not None
    assert told.code == "corrupt"
    assert fault_of(MODULE.ProgrammingError("Cannot operate on a closed database.")) is None
