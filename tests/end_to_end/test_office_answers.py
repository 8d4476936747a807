"""What the office's commands answer where they cannot do what was asked: why, and what to do."""

from pathlib import Path

import pytest

from tests.end_to_end.programs import ENGLISH, SWEDISH, Home


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("recall", "tester", "esd-tester-1", "--from", "2026-11-30", "--to", "2026-11-01"),
            "ends before it begins",
        ),
        (
            ("recall", "technician", "1001", "--from", "2026-11-30", "--to", "2026-11-29"),
            "ends before it begins",
        ),
        (
            ("equipment", "test", "esd-tester-1", "--ohm", "1.05M", "--badge", "1001"),
            "In service: esd-tester-1, esd-tester-2",
        ),
        (
            ("equipment", "test", "esd-tester-1", "--ohm", "1", "--tester", "x", "--badge", "1001"),
            "x is no ESD tester",
        ),
    ],
)
def test_what_cannot_be_done_says_why_and_what_to_do(
    home: Home, words: tuple[str, ...], said: str
) -> None:
    assert said in home.refused(*words)


def test_a_recall_of_one_day_is_no_backward_period(home: Home) -> None:
    words = ("recall", "tester", "esd-tester-1", "--from", "2026-11-23", "--to", "2026-11-23")
    assert home.told(*words, "--json")["repairs"] == 0


def test_a_search_for_nothing_says_what_is_missing(home: Home) -> None:
    told = home.run("register", "search", "", language=SWEDISH)
    assert told.code == 2
    assert "minst ett tecken" in told.err


def test_a_piece_is_tested_with_a_value_as_the_display_shows_it(home: Home) -> None:
    home.told("equipment", "add", "mat-1", "--kind", "esd_mat", "--badge", "1004", "--json")
    words = ("--tester", "esd-tester-1", "--badge", "1001", "--confirmed-by", "1002", "--json")
    told = home.told("equipment", "test", "mat-1", "--ohm", "1,05M", *words)
    assert told["ohm"] == 1_050_000


@pytest.mark.parametrize("language", [ENGLISH, SWEDISH])
def test_a_wrong_passphrase_is_told_with_what_to_check(tmp_path: Path, language: str) -> None:
    name = "REPAIR_BENCH_PASSPHRASE"
    home = Home(tmp_path / "home", ((name, "a long passphrase"),))
    assert home.run("init", "--key", "passphrase").code == 0
    said = home.refused("people", "list", language=language, **{name: "another passphrase"})
    assert str(home.path) in said
    assert ("passphrase" if language == ENGLISH else "lösenfrasen") in said
