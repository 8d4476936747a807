"""``programme count`` on the command line."""

from typing import Any

import pytest

from tests.unit.commands.lines import Line

LEAD, TECHNICIAN = "1004", "1001"


def rule(bench: Line, code: str) -> Any:  # noqa: ANN401 - JSON
    points = bench.told("programme", "status")["points"]
    return next(one for point in points for one in point["rules"] if one["code"] == code)


def test_in_australia_a_count_judges_the_rule_and_is_told_with_day_and_source(bench: Line) -> None:
    bench.told("programme", "account", "--region", "au", "--badge", LEAD)
    assert rule(bench, "applecare")["state"] == "unknown"
    words = ("programme", "count", "covered", "0", "--on", "2026-01-20", "--source", " ABM ")
    told = bench.told(*words, "--badge", LEAD)
    counted = {"of": "covered", "number": 0, "on": "2026-01-20", "source": "ABM"}
    assert (told["changed"], told["count"]) == (True, counted)
    assert rule(bench, "applecare")["state"] == "failed"
    assert "As of 2026-01-20, looked up in: ABM." in bench.run("programme", "status").out
    again = bench.told(*words, "--badge", LEAD)
    assert (again["changed"], again["entry"]) == (False, None)


def test_a_count_is_of_today_unless_its_day_is_named(bench: Line) -> None:
    today = bench.told("programme", "status")["today"]
    words = ("programme", "count", "returns_overdue", "3", "--source", "GSX", "--badge", LEAD)
    assert bench.told(*words)["count"]["on"] == today


def test_whoever_is_no_lead_tells_none_and_nobody_counts_tomorrow(bench: Line) -> None:
    words = ("programme", "count", "covered", "3", "--source", "ABM", "--badge")
    assert "is no lead" in bench.refused(*words, TECHNICIAN)
    ahead = bench.refused(*words, LEAD, "--on", "2999-01-01")
    assert ahead.startswith("Nothing can be counted as of a day that is still to come.")
    assert ahead.endswith("Name the day on which it was looked up with --on.\n")
    assert bench.work() == []


@pytest.mark.parametrize("number", ["-1", "1.5", "many", "1234567890", "٣"])
def test_what_is_no_count_is_a_wrong_usage(bench: Line, number: str) -> None:
    said = bench.run("programme", "count", "covered", number, "--source", "x", "--badge", LEAD)
    assert (said.code, said.out) == (2, "")
    assert bench.work() == []


@pytest.mark.parametrize("source", ["", "  "])
def test_a_count_without_a_source_is_a_wrong_usage(bench: Line, source: str) -> None:
    words = ("programme", "count", "covered", "3", "--badge", LEAD)
    assert bench.run(*words).code == 2
    assert bench.run(*words, "--source", source).code == 2
