"""What a recall says, in both languages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from app.domain.recall import (
    ByCalibration,
    ByCertificate,
    ByLot,
    ByTechnician,
    ByTester,
    Doubt,
    Period,
    Recall,
    Suspicion,
)
from app.services.recall_words import (
    doubts_in,
    moment,
    say_asked,
    say_doubts,
    say_found,
    say_period,
    say_suspicions,
    say_work,
)
from app.texts import Language, texts
from tests.unit.services.recall_lists import EIGHT, ZONE, hit, listed, part, step

EN, SV = texts(Language.ENGLISH), texts(Language.SWEDISH)


@pytest.mark.parametrize(
    ("asked", "name", "said"),
    [
        (ByTester("T1"), "Warmbier", "ESD tester Warmbier (T1)"),
        (ByTester("T1"), "", "ESD tester T1"),
        (ByCalibration("T1", "K-1"), "Warmbier", "ESD tester Warmbier (T1), calibration K-1"),
        (ByCertificate("anna", "ACMT"), "Anna Ek", "Certificate ACMT of Anna Ek (anna)"),
        (ByLot(delivery="DN-1"), "", "Parts: delivery DN-1"),
        (
            ByLot("PO-1", "DN-1", "661-1", "F5D"),
            "",
            "Parts: order PO-1, delivery DN-1, part number 661-1, serial number F5D",
        ),
        (ByTechnician("bo"), "", "Technician bo"),
    ],
)
def test_what_turned_out_bad_is_named(asked: Recall, name: str, said: str) -> None:
    found = listed([], asked, name=name)
    assert say_asked(EN, found) == said
    assert say_asked(SV, found) != say_asked(EN, found)


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (Period(), "the whole time"),
        (Period(EIGHT), "from 2026-11-23 08:00:00+01:00"),
        (Period(None, EIGHT), "until 2026-11-23 08:00:00+01:00"),
        (
            Period(EIGHT, EIGHT + timedelta(hours=1)),
            "from 2026-11-23 08:00:00+01:00 until 2026-11-23 09:00:00+01:00",
        ),
    ],
)
def test_the_time_is_told_in_the_sites_own(period: Period, said: str) -> None:
    assert say_period(EN, period, ZONE) == said


def test_why_a_tester_is_recalled_for_that_time_is_told_for_each_finding() -> None:
    bad = Period(EIGHT, EIGHT + timedelta(hours=1))
    both = (Suspicion(bad, EIGHT - timedelta(days=1)), Suspicion(Period(EIGHT)))
    found = replace(listed(), suspicions=both)
    assert say_suspicions(EN, listed()) == []
    at, certain = "2026-11-23 08:00:00+01:00", "what it measured then is certain."
    first, second = say_suspicions(EN, found)
    assert first == (
        f"The tester was found out of order from {at} until 2026-11-23 09:00:00+01:00: {certain}"
        " What it measured before, since it was calibrated last (2026-11-22 08:00:00+01:00), is in"
        " doubt. No other time is listed."
    )
    assert second == (
        f"The tester was found out of order from {at}: {certain} What it measured before is in"
        " doubt, for no calibration before is on record. No other time is listed."
    )
    assert say_suspicions(SV, found)[0].startswith(
        "Testaren befanns ur funktion från 2026-11-23 08:00:00+01:00 till"
    )


def test_how_many_are_touched_and_how_many_in_doubt() -> None:
    doubtful = hit(part(2, Doubt.CONFLICT))
    assert say_found(EN, listed()) == "No repair is touched."
    assert say_found(EN, listed([doubtful])) == "1 repair is touched: 0 certain, 1 in doubt."
    assert (
        say_found(SV, listed([hit(), doubtful]))
        == "2 reparationer är berörda: 1 utan tvekan, 1 kanske."
    )


def test_a_step_has_its_word_and_one_that_is_not_known_stands_as_it_is() -> None:
    assert say_work(EN, step()) == "In repair"
    assert say_work(EN, step(1, "tested_by_a_newer_bench")) == "tested_by_a_newer_bench"
    assert say_work(EN, part()) == "661-17578"


def test_doubts_are_told_once_in_the_order_of_their_meaning() -> None:
    touches = (step(1, "in_repair", Doubt.REJECTED, Doubt.ORDER), part(2, Doubt.ORDER))
    found = listed([hit(*touches)])
    assert list(doubts_in(found)) == [Doubt.ORDER, Doubt.REJECTED]
    for texts_ in (EN, SV):
        assert len({say_doubts(texts_, (doubt,)) for doubt in Doubt}) == len(Doubt)
    both = say_doubts(EN, (Doubt.CONFLICT, Doubt.ORDER))
    assert both == "; ".join(say_doubts(EN, (one,)) for one in (Doubt.CONFLICT, Doubt.ORDER))
    assert say_doubts(EN, ()) == ""


def test_a_moment_at_the_end_of_the_calendar_is_told_as_it_is() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    assert moment(last, timezone(timedelta(hours=1))) == "9999-12-31 23:59:59+00:00"
