"""A typed reading that nobody confirms: taken back, dropped, run out, never passed by one alone."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.commands import COMMANDS
from app.domain.esd import WRIST, EsdVerdict, Measurement
from app.domain.resistor import Resistor
from app.domain.typed_readings import TypedValue
from app.services.playing import badge, command
from app.services.typing_in import WAITS_FOR
from app.services.views import Outcome, Screen
from tests.fixtures_store import CountedIds, SteppingClock, new_store
from tests.unit.services.desk import (
    ANNA,
    BO,
    MAC,
    PASSING,
    REGISTERS,
    Desk,
    codes,
)

TYPED = "ESD 1,05M"
LOW, HIGH, OVER = "ESD 12k", "ESD 90 M", "ESD OL"
FAILING = Measurement(WRIST, None, over_range=True)


def asked(desk: Desk, text: str = TYPED) -> Outcome:
    desk.sign_in()
    outcome = desk.type_in(text)
    assert codes(outcome.feedback) == ("asked", "esd_typed", "second_person")
    assert outcome.view.typed is not None
    return outcome


def gap(outcome: Outcome) -> str:
    assert outcome.view.esd is not None
    return outcome.view.esd.gap


# ----------------------------------------------------------------------
# Given up
# ----------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["HOME", "UNDO"])
def test_it_can_be_taken_back(desk: Desk, verb: str) -> None:
    asked(desk)
    outcome = desk.do(verb)
    assert codes(outcome.feedback) == ("accepted", "esd_typed_dropped", "test_wrist_strap")
    assert (outcome.view.typed, outcome.view.screen) == (None, Screen.ESD_GATE)
    signed_in = desk.scan(badge(BO))
    assert signed_in.feedback.code == "signed_in"
    assert gap(signed_in) == "esd_missing"


def test_taken_back_in_a_repair_it_changes_nothing_of_it(desk: Desk) -> None:
    desk.work()
    before = desk.repair
    desk.type_in(TYPED)
    outcome = desk.do("UNDO")
    assert codes(outcome.feedback) == ("accepted", "esd_typed_dropped", "in_repair")
    assert desk.repair == before


def test_a_lock_drops_it(desk: Desk) -> None:
    asked(desk)
    desk.do("LOCK")
    assert desk.scan(badge(BO)).feedback.code == "signed_in"
    back = desk.scan(badge(ANNA))
    assert (back.feedback.code, back.view.typed) == ("signed_in", None)


def test_after_its_time_a_badge_is_told_and_signs_nobody_in(desk: Desk) -> None:
    asked(desk)
    desk.clock.moment += WAITS_FOR
    late = desk.scan(badge(BO))
    assert codes(late.feedback) == ("refused", "esd_typed_expired", "type_reading")
    assert late.view.typed is None
    assert late.view.person is not None
    assert late.view.person.id == "anna"
    assert desk.scan(badge(BO)).feedback.code == "signed_in"


def test_after_its_time_another_scan_ends_it_without_a_word(desk: Desk) -> None:
    asked(desk)
    desk.clock.moment += WAITS_FOR
    shown = desk.scan(MAC)
    assert (shown.feedback.code, shown.view.typed) == ("product_allowed", None)
    assert desk.scan(badge(BO)).feedback.code == "signed_in"


@pytest.mark.parametrize("verb", ["HOME", "UNDO"])
def test_after_its_time_taking_it_back_takes_back_nothing_else(desk: Desk, verb: str) -> None:
    desk.work()
    before = desk.repair
    desk.type_in(TYPED)
    desk.clock.moment += WAITS_FOR
    assert desk.do(verb).feedback.code == "esd_typed_dropped"
    assert desk.repair == before


def test_after_its_time_another_command_ends_it_without_a_word(desk: Desk) -> None:
    desk.work()
    desk.type_in(TYPED)
    desk.clock.moment += WAITS_FOR
    assert desk.do("READY").feedback.code == "step_taken"
    assert desk.do("UNDO").feedback.code == "undone.repair.status_changed"


def test_a_person_who_left_the_register_has_no_reading(desk: Desk) -> None:
    asked(desk)
    desk.without("people", "anna")
    outcome = desk.scan(badge(BO))
    assert outcome.feedback.code == "signed_in"
    assert "esd.measured" not in desk.kinds()
    assert outcome.view.typed is None


@pytest.mark.parametrize("measured", [PASSING, FAILING])
def test_a_tester_that_speaks_meanwhile_is_the_newer_word(
    desk: Desk, measured: Measurement
) -> None:
    asked(desk)
    spoken = desk.measure(measured)
    assert spoken.view.typed is None
    assert desk.scan(badge(BO)).feedback.code == "signed_in"


def test_a_fail_that_is_typed_meanwhile_is_the_newer_word(desk: Desk) -> None:
    asked(desk)
    assert desk.type_in(OVER).view.typed is None


def test_another_person_s_reading_leaves_it_waiting(desk: Desk) -> None:
    asked(desk)
    named = desk.measure(Measurement(WRIST, 1_000_000, operator=BO))
    assert named.view.typed is not None


# ----------------------------------------------------------------------
# A check of the tester
# ----------------------------------------------------------------------


@pytest.mark.parametrize(("text", "code"), [(TYPED, "check_passed"), (OVER, "check_out_of_range")])
def test_while_a_resistor_is_checked_the_value_is_the_resistor_s(
    desk: Desk, text: str, code: str
) -> None:
    desk.sign_in()
    desk.do(Resistor(1_000_000, 5).code)
    outcome = desk.type_in(text)
    assert outcome.feedback.code == code
    assert [one.kind for one in outcome.entries] == ["scan.recorded", "tester.checked"]
    assert outcome.entries[1].payload["source"] == "manual"
    assert gap(outcome) == "esd_missing"


# ----------------------------------------------------------------------
# One person alone
# ----------------------------------------------------------------------

ALONE = st.lists(
    st.one_of(
        st.sampled_from([TYPED, "ESD 2 M", LOW, OVER, "ESD 1,05"]).map(lambda text: (True, text)),
        st.sampled_from(
            [
                badge(ANNA),
                badge("9999"),
                MAC,
                command(TypedValue(1_050_000).code),
                *map(command, sorted(COMMANDS)),
            ]
        ).map(lambda text: (False, text)),
        st.sampled_from([1, 60, 121, 3600]),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ALONE)
def test_one_person_alone_never_passes_a_typed_reading(
    acts: list[tuple[bool, str] | int],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clock = SteppingClock()
        store = new_store(Path(folder) / "bench.db", clock, CountedIds())
        try:
            desk = Desk(store, clock, CountedIds(lane=9))
            desk.put(*REGISTERS)
            desk.sign_in()
            for act in acts:
                if isinstance(act, int):
                    clock.moment += timedelta(seconds=act)
                elif act[0]:
                    desk.type_in(act[1])
                else:
                    desk.scan(act[1])
            passed = [one for one in desk.entries if one.payload.get("verdict") == "pass"]
            assert passed == []
            with store.reading() as reader:
                state = reader.esd_state("anna")
            assert state is None or state.verdict is not EsdVerdict.PASS
        finally:
            store.close()
