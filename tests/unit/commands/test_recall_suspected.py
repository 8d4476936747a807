"""``recall tester``: one that was found out of order is recalled for that time, and it is said."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from tests.unit.commands.lines import SWEDISH, Line

MAC: Final = "C02XK0ABJGH5"
ANNA: Final = ("--badge", "1001")
MARIA: Final = ("--badge", "1004")
TESTER: Final = "esd-tester-1"


@pytest.fixture
def today() -> date:
    return datetime.now(UTC).date()  # noqa: TID251 - the command reads the computer's clock


def found_bad(bench: Line, since: date, until: date) -> None:
    days = ("--from", since.isoformat(), "--to", until.isoformat())
    bench.told("equipment", "found-bad", TESTER, *days, "--reason", "reads half", *MARIA)


@pytest.fixture
def worked(bench: Line) -> Line:
    """A repair was begun today, by a test on this tester."""
    bench.told("esd", "record", *ANNA, "--ohm", "1050000", "--confirmed-by", "1002")
    number: str = bench.told("repair", "open", MAC, *ANNA)["number"]
    for step in ("diagnosed", "in_repair"):
        bench.told("repair", "step", number, step, *ANNA)
    return bench


def test_work_of_those_days_is_certain_and_the_time_is_told(worked: Line, today: date) -> None:
    found_bad(worked, today - timedelta(days=1), today)
    told = worked.told("recall", "tester", TESTER)
    assert (told["repairs"], told["certain"]) == (1, 1)
    (suspected,) = told["suspected"]
    assert suspected["from"] < suspected["to"] == told["to"]
    assert (suspected["since"], told["from"]) == (told["from"], suspected["since"])
    english = worked.run("recall", "tester", TESTER).out.splitlines()
    assert english[1].startswith("The tester was found out of order from ")
    swedish = worked.run("recall", "tester", TESTER, language=SWEDISH).out.splitlines()
    assert swedish[1].startswith("Testaren befanns ur funktion från ")


def test_a_time_that_is_asked_for_is_not_narrowed(worked: Line, today: date) -> None:
    before = today - timedelta(days=30)
    found_bad(worked, before, before)
    assert worked.told("recall", "tester", TESTER)["repairs"] == 0
    told = worked.told("recall", "tester", TESTER, "--from", "1970-01-01")
    assert (told["repairs"], told["certain"], told["suspected"]) == (1, 1, [])
