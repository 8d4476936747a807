"""The worked example of the guide to line profiles holds, in both languages, word for word."""

import re
from pathlib import Path

import pytest

from app.commands.misses import say_miss
from app.devices.esd.check import check_profile
from app.devices.esd.grammar import parse_line
from app.devices.profile import parse_profile
from app.devices.profiles import list_profiles
from app.domain.frames import DeviceRole
from app.domain.line_fault import LineFault
from app.texts import Language, texts

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
FENCE = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(language: str, kind: str) -> list[str]:
    page = (GUIDE / language / "testers.md").read_text(encoding="utf-8")
    return [block for told, block in FENCE.findall(page) if told == kind]


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_profile_of_the_example_keeps_its_word_and_reads_every_line_shown(
    language: str,
) -> None:
    profile = parse_profile(blocks(language, "toml")[0].encode(), "bench-2")
    assert check_profile(profile) == ()
    assert profile.grammar is not None
    lines = blocks(language, "text")[0].splitlines()
    read = [parse_line(profile.grammar, line.encode()) for line in lines]
    assert not any(isinstance(one, LineFault) for one in read)
    assert [len(one) for one in read if isinstance(one, tuple)] == [0, 1, 1, 1]


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_misses_of_the_example_are_told_as_the_guide_shows_them(language: str) -> None:
    first, more = blocks(language, "toml")
    misses = check_profile(parse_profile((first + more).encode(), "bench-2"))
    words = texts(Language(language))
    told = [say_miss(words, miss) for miss in misses]
    assert told == blocks(language, "text")[1].splitlines()


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_example_holds_again_once_it_is_mended(language: str) -> None:
    first, more = blocks(language, "toml")
    mended = first.replace('GOOD = "pass"', 'GOOD = "pass"\nPASSED = "pass"').replace(
        "(?P<operator>[0-9]+)", "(?:(?P<operator>[0-9]+)|-+)"
    )
    assert check_profile(parse_profile((mended + more).encode(), "bench-2")) == ()


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_guide_lists_every_profile_of_a_tester_that_ships(language: str) -> None:
    page = (GUIDE / language / "testers.md").read_text(encoding="utf-8")
    testers = [row.name for row in list_profiles() if row.role is DeviceRole.ESD_TESTER]
    assert [name for name in testers if f"`{name}`" not in page] == []
