"""Words that a command does not understand are answered in the person's language, exit code 2."""

import pytest

from app.commands.parsing import said_again
from tests.unit.commands.lines import SWEDISH, Line

WRONG = [
    (("equipment",), "det här saknas: action", "still to be named: action"),
    (("equipment", "add", "x"), "--kind, --badge", "--kind, --badge"),
    (("equipment", "list", "x"), "förstås inte: x", "not understood: x"),
    (
        ("equipment", "test", "x", "--badge", "1"),
        "ett av de här måste anges: --ohm --passed --failed",
        "one of these has to be named: --ohm --passed --failed",
    ),
    (
        ("equipment", "test", "x", "--ohm", "5", "--failed", "--badge", "1"),
        "--failed: går inte tillsammans med --ohm",
        "--failed: not together with --ohm",
    ),
    (
        ("programme", "account", "--badge", "1", "--standing", "asleep"),
        "--standing: asleep finns inte. Det som finns: unknown, good, on_hold, closed",
        "--standing: there is no asleep. There is: unknown, good, on_hold, closed",
    ),
    (
        ("register", "search", "a", "--family", "toaster"),
        "--family: toaster finns inte. Det som finns: iphone, ipad, ipod, mac",
        "--family: there is no toaster. There is: iphone, ipad, ipod, mac",
    ),
    (
        ("register", "search", "a", "--limit", "ten"),
        "--limit: ten är inget heltal",
        "--limit: ten is no whole number",
    ),
    (("register", "search", "a", "--limit"), "--limit: här saknas ett värde", "a value is missing"),
    (("equipment", "list", "--all=5"), "--all: tar inget värde; 5", "--all: takes no value; 5"),
    *(
        (
            ("devices", "watch", "--seconds", value),
            f"--seconds: {value} är inget antal sekunder: mer än 0, högst 86400",
            f"--seconds: {value} is no number of seconds: one above 0, up to 86400",
        )
        for value in ("soon", "0", "86400.5", "nan")
    ),
    (("scan", "--hex", "5z"), "--hex: 5z är inga byte", "--hex: 5z are no bytes in hexadecimal"),
    (("register", "search", " "), "Ange vad som ska sökas", "Say what to search for"),
]


@pytest.mark.parametrize(("words", "swedish", "english"), WRONG)
def test_what_is_wrong_with_the_words_is_told_in_the_language(
    line: Line, words: tuple[str, ...], swedish: str, english: str
) -> None:
    said, told = line.run(*words, language=SWEDISH), line.run(*words)
    assert (said.code, told.code) == (2, 2)
    assert said.err.startswith(f"användning: repair-bench {words[0]}")
    assert told.err.startswith(f"usage: repair-bench {words[0]}")
    assert said.err.splitlines()[-1].startswith(f"repair-bench {words[0]}")
    assert swedish in said.err.splitlines()[-1]
    assert english in told.err.splitlines()[-1]
    assert said.out == told.out == ""


def test_the_help_has_its_headings_in_the_language(line: Line) -> None:
    said = line.run("register", "search", "--help", language=SWEDISH)
    first, *others = said.out.splitlines()
    assert said.code == 0
    assert first.startswith("användning: repair-bench register search [-h]")
    usage = others[: others.index("")]
    assert {line.index(line.strip()) for line in usage} == {first.index("[-h]")}
    assert {"ord:", "flaggor:"} < set(others)
    assert "visa den här hjälpen och sluta" in said.out


def test_a_short_form_of_an_option_is_not_understood(line: Line) -> None:
    assert "not understood: --fam mac" in line.run("register", "count", "--fam", "mac").err


@pytest.mark.parametrize("said", ["no form of ours", "", "argument"])
def test_what_has_no_known_form_stands_as_it_came(line: Line, said: str) -> None:
    del line
    assert said_again(said) == said
