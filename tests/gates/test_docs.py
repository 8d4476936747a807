"""What README and guide say is true: commands, links, settings, the bench's own words."""

import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pytest

from account_service.__main__ import main as account_service
from app.__main__ import main as repair_bench
from app.commands import COMMANDS as WORDS
from app.devices.esd.check import check_profile
from app.devices.profile import parse_profile
from app.domain.commands import COMMANDS, Verb
from app.settings import Settings, load_settings
from app.texts import Language, texts

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
GUIDE: Final = DOCS / "guide"
PAGES: Final = sorted({ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")})
ANSWERS: Final = ("feedback.", "finding.")
PROGRAMS: Final[dict[str, Callable[[list[str]], int]]] = {
    "repair-bench": repair_bench,
    "account-service": account_service,
}

FENCE: Final = re.compile(r"^( *)```([a-z]*)\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
SPAN: Final = re.compile(r"`([^`\n]+)`")
WORD: Final = re.compile(r'"[^"]*"|\S+')
CALL: Final = re.compile(r"(?:^|\s)(repair-bench|account-service)((?: +\S+)*)$")
LINK: Final = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING: Final = re.compile(r"^(#+) +(.+)$", re.MULTILINE)


def said(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def without_fences(text: str) -> str:
    return FENCE.sub("", text)


def code(page: Path) -> Iterator[str]:
    """Every line of code of a page, without its comment."""
    text = said(page)
    for _, language, block in FENCE.findall(text):
        if language in {"", "sh"}:
            yield from (line.split("  #")[0].strip() for line in block.splitlines())
    yield from SPAN.findall(without_fences(text))


def calls_of(page: Path) -> set[tuple[str, tuple[str, ...]]]:
    """Every command that a page names: program and words."""
    found = (CALL.search(line) for line in code(page))
    calls = {(match[1], tuple(WORD.findall(match[2]))) for match in found if match}
    return {call for call in calls if call[1] and call[1][0] != "..."}


CALLS: Final = sorted({call for page in PAGES for call in calls_of(page)})


@pytest.mark.parametrize(("program", "words"), CALLS, ids=str)
def test_a_command_that_a_page_names_exists_with_its_options(
    program: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    first = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    leading = [word for word in words[:first] if word != "..."]
    with pytest.raises(SystemExit) as leaving:
        sys.exit(PROGRAMS[program]([*leading, "--help"]))
    told = capsys.readouterr()
    assert leaving.value.code == 0, told.err
    known = {"--help", *re.findall(r"--[a-z-]+", told.out)}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_pages_name_every_word_of_the_command_line() -> None:
    named = {words[0] for program, words in CALLS if program == "repair-bench"}
    assert set(WORDS) - named == {"window"}, "the window opens without a word"


def anchors(page: Path) -> set[str]:
    """What a link may name in a page, as GitHub makes it of the headings."""
    titles = (title for _, title in HEADING.findall(without_fences(said(page))))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_and_image_leads_somewhere(page: Path) -> None:
    broken: list[str] = []
    for link in LINK.findall(without_fences(said(page))):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_the_index_of_decisions_lists_each_with_its_title() -> None:
    index = said(DOCS / "adr" / "README.md")
    rows = dict(re.findall(r"^\| \[\d{4}\]\(([^)]+)\) \| (.+) \|$", index, re.MULTILINE))
    decisions = {
        page.name: re.sub(r"^# *\d+\. *", "", said(page).splitlines()[0])
        for page in (DOCS / "adr").glob("[0-9]*.md")
    }
    assert rows == decisions


def test_the_code_cites_only_decisions_that_there_are() -> None:
    cited = {
        number
        for folder in ("app", "account_service", "installer")
        for module in (ROOT / folder).rglob("*.py")
        for number in re.findall(r"docs/adr/(\d{4})", said(module))
    }
    assert cited <= {page.name[:4] for page in (DOCS / "adr").glob("[0-9]*.md")}


# ----------------------------------------------------------------------
# The guide, in both languages
# ----------------------------------------------------------------------


def test_both_languages_have_the_same_pages_headings_and_commands() -> None:
    def shape(language: str) -> dict[str, tuple[int, set[tuple[str, ...]]]]:
        return {
            page.name: (
                len(HEADING.findall(without_fences(said(page)))),
                {(program, *words[:2]) for program, words in calls_of(page)},
            )
            for page in (GUIDE / language).glob("*.md")
        }

    assert shape("en") == shape("sv")


def patterns(language: str) -> dict[str, str]:
    """The answers of the bench by key, with … for what they fill in."""
    words = texts(Language(language)).words
    return {
        key: re.sub(r"\{\w+\}", "…", text) for key, text in words.items() if key.startswith(ANSWERS)
    }


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_guide_tells_every_answer_in_the_bench_s_own_words(language: str) -> None:
    rows = re.findall(
        r"^\| (.+?) \| .+ \| .+ \|$", said(GUIDE / language / "answers.md"), re.MULTILINE
    )
    told, says = set(rows) - {"The bench says", "Bänken säger"}, set(patterns(language).values())
    assert {"not in the guide": says - told, "only in the guide": told - says} == {
        "not in the guide": set(),
        "only in the guide": set(),
    }


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_guide_names_every_command_as_the_sheet_prints_it_and_its_key(language: str) -> None:
    words = texts(Language(language))
    guide = said(GUIDE / language / "technician.md")
    for command in COMMANDS.values():
        if command.verb is Verb.SYMPTOM:
            continue
        name = words.say(f"command.{command.key}")
        assert f"**{name}**" in guide
        if command.shortcut:
            assert f"| {name} | {command.shortcut} |" in guide


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_guide_shows_every_setting_with_its_default(language: str, tmp_path: Path) -> None:
    blocks = [
        block
        for _, kind, block in FENCE.findall(said(GUIDE / language / "devices.md"))
        if kind == "toml"
    ]
    profile, settings = blocks
    (tmp_path / "settings.toml").write_text(settings, encoding="utf-8")
    assert load_settings(tmp_path) == Settings(tmp_path)
    names = {each.name for each in fields(Settings)} - {"home", "unknown"}
    assert tomllib.loads(settings).keys() == names
    assert check_profile(parse_profile(profile.encode(), "our-tester")) == ()
