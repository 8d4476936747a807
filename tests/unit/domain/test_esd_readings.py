"""A reading as its entry tells it, whatever a newer or a damaged bench has written."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from app.domain.esd import EsdVerdict
from app.domain.esd_readings import reading_of
from app.domain.folds import fold_esd
from app.domain.journal import Entry, Json, instant_text
from app.domain.taken_back import taken_back_by

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
UNTIL = AT + timedelta(hours=12)
TOLD: dict[str, Json] = {
    "channel": "wrist",
    "verdict": "pass",
    "tester": "T1",
    "valid_until": instant_text(UNTIL),
}


def entry(
    payload: dict[str, Json], kind: str = "esd.measured", subject: str = "person:anna"
) -> Entry:
    return Entry(UUID(int=5), UUID(int=1), 1, kind, subject, "bench", AT, 1, payload, "")


def test_a_pass_is_the_persons_until_it_ends() -> None:
    reading = reading_of(entry(TOLD))
    assert reading is not None
    assert (reading.entry_id, reading.person_id, reading.tester_id) == (
        str(UUID(int=5)),
        "anna",
        "T1",
    )
    assert (reading.channel, reading.verdict) == ("wrist", EsdVerdict.PASS)
    assert (reading.measured_at, reading.valid_until) == (AT, UNTIL)


def test_a_reading_of_the_bench_is_nobodys() -> None:
    reading = reading_of(entry(TOLD, subject="bench:b"))
    assert reading is not None
    assert reading.person_id == ""


@pytest.mark.parametrize("verdict", ["fail_low", "invalid"])
def test_what_did_not_pass_holds_for_no_time(verdict: str) -> None:
    reading = reading_of(entry({**TOLD, "verdict": verdict}))
    assert reading is not None
    assert (reading.verdict, reading.valid_until) == (EsdVerdict(verdict), AT)


@pytest.mark.parametrize("verdict", ["splendid", 7, None, ["pass"]])
def test_a_verdict_that_cannot_be_read_never_passes(verdict: Json) -> None:
    reading = reading_of(entry({**TOLD, "verdict": verdict}))
    assert reading is not None
    assert reading.verdict is EsdVerdict.INVALID


@pytest.mark.parametrize("until", ["tomorrow", None, 5])
def test_an_end_that_cannot_be_read_is_the_beginning(until: Json) -> None:
    reading = reading_of(entry({**TOLD, "valid_until": until}))
    assert reading is not None
    assert (reading.verdict, reading.valid_until) == (EsdVerdict.PASS, AT)


def test_a_tester_and_a_channel_that_are_no_texts_are_none() -> None:
    told = entry({**TOLD, "tester": 5, "channel": ["wrist"]})
    reading = reading_of(told)
    assert reading is not None
    assert (reading.tester_id, reading.channel) == ("", "")
    assert fold_esd(None, told) is None


def test_another_kind_of_entry_tells_no_reading() -> None:
    assert reading_of(entry(TOLD, kind="esd.ignored")) is None


@pytest.mark.parametrize(
    ("kind", "payload", "cited"),
    [
        ("repair.undone", {"entry": "e1"}, "e1"),
        ("conflict.settled", {"conflict": "e2"}, "e2"),
        ("repair.undone", {"conflict": "e2"}, None),
        ("repair.undone", {"entry": 5}, None),
        ("repair.noted", {"entry": "e1"}, None),
        ("repair.noted", {"": "e1"}, None),
    ],
)
def test_what_takes_an_entry_back_names_it(
    kind: str, payload: dict[str, Json], cited: str | None
) -> None:
    assert taken_back_by(entry(payload, kind, "repair:r1")) == cited
