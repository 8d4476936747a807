"""A piece's label, then the tester: whose test it is, what it says, and what it leaves alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain import esd
from app.domain.equipment_tests import PieceState, PieceVerdict
from app.domain.esd import Circumstances, EsdVerdict, Measurement, Source
from app.domain.journal import instant_of, instant_text
from app.domain.line_fault import LineFault
from app.domain.resistor import Resistor
from app.services.piece_testing import WAITS_FOR, Judged, Taken, record_measured, record_tried
from app.services.playing import command
from app.services.ports import RegisterRow
from app.services.saying import say_feedback, say_way_on
from app.services.session import Session
from app.services.views import Outcome
from app.texts import Language, texts
from tests.unit.services import desk as bench
from tests.unit.services.desk import (
    ANNA,
    BO,
    MAC,
    OLD_TESTER,
    PASSING,
    TESTER,
    Desk,
    codes,
    row,
)

MAT, POINT, TOOL = "mat-1", "point-1", "tool-1"
GOOD = Measurement("surface", 1_000_000)
HIGH = Measurement("surface", 2_000_000_000)
OVER = Measurement("surface", None, over_range=True)
LABEL = command("EQMAT1")


@pytest.fixture
def station(desk: Desk) -> Desk:
    """A bench with a mat, a ground point and a tool, at which Anna works."""
    desk.put(
        piece(MAT, "esd_mat", place="Bench 2"),
        piece(POINT, "ground_point"),
        piece(TOOL, "tool", name=""),
    )
    desk.sign_in()
    return desk


def piece(key: str, kind: str, **value: object) -> RegisterRow:
    return row("equipment", key, **{"id": key, "kind": kind, "name": f"The {key}"} | value)


def begun(desk: Desk) -> None:
    outcome = desk.scan(LABEL)
    assert codes(outcome.feedback) == ("asked", "equipment_test_begun", "measure_piece")


def stands(desk: Desk, name: str = MAT) -> PieceState | None:
    with desk.store.reading() as reader:
        tests = reader.piece_tests(name)
    return tests.items[0] if tests is not None else None


def is_spoken(outcome: Outcome) -> None:
    for language in Language:
        assert "{" not in say_feedback(texts(language), outcome.feedback)
        assert "way_on." not in say_way_on(texts(language), outcome.feedback)


@pytest.mark.parametrize(
    ("measured", "code", "verdict"),
    [
        (GOOD, ("accepted", "equipment_passed", "scan_product"), "pass"),
        (HIGH, ("refused", "equipment_failed_high", "equipment_failed"), "fail_high"),
        (OVER, ("refused", "equipment_failed_high", "equipment_failed"), "fail_high"),
        (
            Measurement("surface", 5, tester_verdict=EsdVerdict.FAIL_LOW),
            ("refused", "equipment_failed_low", "equipment_failed"),
            "fail_low",
        ),
        (
            Measurement("surface", 5, around=Circumstances(indicative=True)),
            ("refused", "esd_indicative", "esd_indicative"),
            "invalid",
        ),
    ],
    ids=["good", "high", "over", "the tester says so", "no ESD tester"],
)
def test_the_next_reading_is_the_piece_s_own_judged_and_recorded(
    station: Desk, measured: Measurement, code: tuple[str, str, str], verdict: str
) -> None:
    begun(station)
    outcome = station.measure(measured)
    assert codes(outcome.feedback) == code
    (entry,) = outcome.entries
    assert (entry.kind, entry.subject) == ("equipment.tested", "equipment:mat-1")
    told = entry.payload
    assert (told["item"], told["channel"], told["verdict"]) == ("mat", "surface", verdict)
    assert (told["ohm"], told["over_range"]) == (measured.ohm, measured.over_range)
    assert told["limit"] == {
        "low_ohm": None,
        "high_ohm": 1_000_000_000,
        "high_inclusive": False,
        "standard": "IEC 61340-5-1",
        "profile": "iec-61340-5-1",
    }
    assert (told["tester"], told["tester_serial"], told["calibration_due"]) == (
        *("esd-1", "PGT-1"),
        "2027-03-31",
    )
    assert (told["person"], told["person_name"], told["place"]) == ("anna", "Anna", "Bench 2")
    assert told["raw_hex"] == b"W 1.00 M PASS".hex()
    assert station.session.testing is None
    state = stands(station)
    assert state is not None
    assert (state.verdict, state.tester_id, state.person_id, state.count) == (
        PieceVerdict(verdict),
        *("esd-1", "anna", 1),
    )
    is_spoken(outcome)


def test_it_opens_no_gate_and_the_next_strap_test_does(station: Desk) -> None:
    begun(station)
    assert station.measure(GOOD).view.esd is not None
    assert station.session.person_id == "anna"
    outcome = station.measure()
    assert outcome.feedback.code == "esd_passed"
    assert stands(station, POINT) is None


@pytest.mark.parametrize("device", [OLD_TESTER, "esd-strange"])
def test_a_tester_out_of_calibration_or_unknown_tests_nothing(station: Desk, device: str) -> None:
    begun(station)
    outcome = station.measure(GOOD, device=device)
    assert codes(outcome.feedback) == ("refused", "equipment_not_valid", "esd_not_valid")
    is_spoken(outcome)


@pytest.mark.parametrize("state", ["away", "retired"])
def test_a_tester_that_is_away_or_retired_tests_nothing_and_nobody(
    station: Desk, state: str
) -> None:
    told = bench.tester(TESTER, "2027-03-31")
    station.put(row("equipment", TESTER, **(told.value or {}) | {"state": state}))
    begun(station)
    assert station.measure(GOOD).feedback.code == "equipment_not_valid"
    strap = station.measure()
    assert strap.feedback.code == "esd_not_valid"
    assert strap.entries[0].payload["tester"] is None
    station.put(row("equipment", TESTER, **(told.value or {}) | {"state": "spare"}))
    assert station.measure().feedback.code == "esd_passed"


def test_what_fails_is_told_of_several_readings(station: Desk) -> None:
    begun(station)
    outcome = station.measure(HIGH, GOOD)
    assert outcome.feedback.code == "equipment_failed_high"
    assert [entry.payload["verdict"] for entry in outcome.entries] == ["fail_high", "pass"]
    state = stands(station)
    assert state is not None
    assert state.count == 2


def test_a_strap_that_is_measured_meanwhile_is_the_person_s(station: Desk) -> None:
    begun(station)
    assert station.measure(PASSING).feedback.code == "esd_passed"
    assert station.session.testing is not None
    assert station.measure(GOOD).feedback.code == "equipment_passed"


def test_what_else_one_message_says_is_recorded_as_ever(station: Desk) -> None:
    begun(station)
    outcome = station.measure(PASSING, GOOD)
    assert [entry.kind for entry in outcome.entries] == ["esd.measured", "equipment.tested"]
    assert outcome.feedback.code == "equipment_passed"
    state = stands(station)
    assert state is not None
    assert state.verdict is PieceVerdict.PASS


def test_an_unreadable_line_leaves_the_piece_waiting(station: Desk) -> None:
    begun(station)
    outcome = station.measure(read=lambda _: (LineFault("no_match"),))
    assert outcome.feedback.code == "esd_unreadable"
    assert station.measure(GOOD).feedback.code == "equipment_passed"


def test_a_piece_waits_two_minutes_and_no_longer(station: Desk) -> None:
    begun(station)
    station.clock.moment += WAITS_FOR + timedelta(seconds=1)
    assert station.measure(GOOD).entries[0].kind == "esd.measured"


def test_a_piece_that_left_the_register_meanwhile_is_not_tested(station: Desk) -> None:
    begun(station)
    station.without("equipment", MAT)
    assert station.measure(GOOD).entries[0].kind == "esd.measured"


def test_the_last_label_says_what_is_measured(station: Desk) -> None:
    begun(station)
    station.scan(command(Resistor(1_000_000, 5).code))
    assert station.session.testing is None
    assert station.measure(Measurement("surface", 1_000_000)).feedback.code == "check_passed"
    station.scan(command(Resistor(1_000_000, 5).code))
    begun(station)
    assert station.measure(GOOD).feedback.code == "equipment_passed"


def test_the_tester_s_own_word_on_who_tested_goes_before_who_is_signed_in(station: Desk) -> None:
    begun(station)
    outcome = station.measure(Measurement("surface", 1_000_000, operator=BO))
    assert outcome.entries[0].payload["person"] == "bo"
    assert outcome.entries[0].actor == "person:anna"
    begun(station)
    stranger = station.measure(Measurement("surface", 1_000_000, operator="9999"))
    assert stranger.entries[0].payload["person"] is None


@pytest.mark.parametrize("typed", ["ESD 1,05M", command("ESD1050000")])
def test_a_typed_value_is_not_taken_for_a_piece_nor_for_a_strap(station: Desk, typed: str) -> None:
    begun(station)
    outcome = station.type_in(typed)
    assert codes(outcome.feedback) == ("refused", "equipment_typed", "equipment_typed")
    assert station.session.typed is None
    assert stands(station) is None
    is_spoken(outcome)


@pytest.mark.parametrize(
    ("label", "code", "way_on"),
    [
        ("EQNOSUCH", "equipment_unknown", "equipment_unknown"),
        ("EQ", "equipment_unknown", "equipment_unknown"),
        ("EQTWIN", "equipment_ambiguous", "equipment_ambiguous"),
        ("EQGONE", "equipment_not_in_service", ""),
        ("EQTOOL1", "equipment_not_measured", ""),
    ],
)
def test_a_label_that_names_nothing_to_be_measured_says_why(
    station: Desk, label: str, code: str, way_on: str
) -> None:
    station.put(
        piece("twin", "esd_mat"),
        piece("TWIN-", "esd_mat"),
        piece("gone", "esd_mat", state="retired", name=""),
    )
    outcome = station.scan(command(label))
    assert codes(outcome.feedback) == ("refused", code, way_on)
    assert station.session.testing is None
    is_spoken(outcome)


def test_nobody_signed_in_begins_no_test(desk: Desk) -> None:
    desk.put(piece(MAT, "esd_mat"))
    assert desk.scan(LABEL).feedback.code == "sign_in_first"


def test_a_test_that_waits_is_not_taken_over_by_the_next_person(station: Desk) -> None:
    begun(station)
    station.sign_in(BO)
    outcome = station.measure(GOOD)
    assert outcome.entries[0].kind == "esd.measured"
    assert outcome.entries[0].payload["person"] == "bo"


def test_the_way_on_is_the_work_s(station: Desk) -> None:
    station.measure()
    station.scans(MAC, command("OPEN"))
    begun(station)
    assert station.measure(GOOD).feedback.way_on == "opened"


def test_the_source_of_a_value_is_kept(station: Desk) -> None:
    begun(station)
    around = Circumstances(source=Source.MANUAL, confirmed_by=ANNA)
    outcome = station.measure(Measurement("surface", 1_000_000, around=around))
    assert outcome.feedback.code == "esd_witness_same"
    assert outcome.entries[0].payload["source"] == "manual"
    assert outcome.entries[0].payload["doubt"] == "esd_witness_same"
    assert [entry.payload["channel"] for entry in outcome.entries] == ["surface"]


# ----------------------------------------------------------------------
# Without scans: at the command line, on the equipment screen
# ----------------------------------------------------------------------


def measured(desk: Desk, ohm: int, tester: esd.Tester, confirmed_by: str = BO) -> Judged:
    around = Circumstances(source=Source.MANUAL, confirmed_by=confirmed_by)
    frame = desk.frame(b"surface", device=tester.id)
    taken = Taken(Measurement("surface", ohm, around=around), frame, tester=tester)
    rules = desk.rules
    with desk.store.writing() as tx:
        mat = tx.piece(MAT)
        assert mat is not None
        return record_measured(tx, desk.session, mat, taken, rules)


def test_a_tester_that_is_not_connected_is_named(station: Desk) -> None:
    meter = esd.Tester("meter-1", "M 3000", "77", date(2026, 11, 23))
    told = measured(station, 1_000_000, meter)
    assert told.feedback.code == "equipment_passed"
    assert (told.entry.payload["tester"], told.entry.payload["confirmed_by"]) == ("meter-1", "bo")
    unknown = measured(station, 1_000_000, replace(meter, calibration_due=None))
    assert unknown.feedback.code == "equipment_not_valid"
    alone = measured(station, 1_000_000, meter, confirmed_by="")
    assert alone.feedback.code == "esd_unconfirmed"


@pytest.mark.parametrize(
    ("passed", "code", "verdict"),
    [(True, "equipment_passed", "pass"), (False, "equipment_failed", "fail")],
)
def test_what_is_not_measured_is_tried_and_looked_at(
    station: Desk, passed: bool, code: str, verdict: str
) -> None:
    rules = station.rules
    with station.store.writing() as tx:
        tool = tx.piece(TOOL)
        assert tool is not None
        told = record_tried(tx, station.session, tool, "worn", rules, passed=passed)
        nobody = record_tried(tx, Session(), tool, "", rules, passed=passed)
    assert told.feedback.code == code
    assert dict(told.feedback.fields)["piece"] == TOOL
    payload = told.entry.payload
    assert (payload["item"], payload["verdict"], payload["note"]) == ("check", verdict, "worn")
    assert (nobody.entry.actor, nobody.entry.payload["person"]) == ("bench", None)
    state = stands(station, TOOL)
    assert state is not None
    assert (state.item, state.verdict, state.count) == ("check", PieceVerdict(verdict), 2)
    assert state.tested_at == station.clock.moment


def test_a_frame_from_a_clock_that_is_ahead_is_a_test_of_now(station: Desk) -> None:
    begun(station)
    now = station.clock.moment
    (entry,) = station.measure(GOOD, received=timedelta(hours=1)).entries
    told = entry.payload["tested_at"]
    assert isinstance(told, str)
    assert now < instant_of(told) <= entry.recorded_at
    assert entry.payload["received_at"] == instant_text(station.clock.moment + timedelta(hours=1))
