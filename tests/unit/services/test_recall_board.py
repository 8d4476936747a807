"""The recall's board: who sees it, what can be chosen, what is asked, the list, its file's name."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.domain.equipment import Equipment, EquipmentState
from app.domain.journal import Json
from app.domain.recall import ByLot, Doubt, Period
from app.services.calibrations import Calibration, calibrations_of
from app.services.office import look
from app.services.office_sight import Ask, Board, FileKind, FileSight, RecallChoicesSight, Shown
from app.services.recall_board import (
    ROWS,
    FoundList,
    asked_of,
    found_by,
    list_name,
    page_of,
    parts_of,
    period_of,
)
from app.services.recall_sight import GonePerson, RecallAsk, RecallChoices, Suspect
from app.services.recalling import RecallRefusedError
from app.services.register_values import equipment_value
from app.services.registering import change
from tests.unit.services.desk import ANNA, CLEO, KGB, MAC, TESTER, Desk, codes
from tests.unit.services.recall_lists import hit, listed, step

STOCKHOLM = ZoneInfo("Europe/Stockholm")
TODAY = date(2026, 11, 23)
BY_TESTER = RecallAsk(Suspect.TESTER, TESTER)


# ----------------------------------------------------------------------
# Who sees it, and what can be chosen
# ----------------------------------------------------------------------


def test_a_lead_is_shown_the_recall_and_nothing_changes(desk: Desk) -> None:
    desk.sign_in(CLEO)
    before = desk.session
    assert codes(desk.do("RECALL").feedback) == ("accepted", "office_recall", "")
    assert desk.session == before


def test_a_technician_is_told_whom_to_ask(desk: Desk) -> None:
    desk.sign_in(ANNA)
    told = desk.do("RECALL").feedback
    assert codes(told) == ("refused", "recall_lead_only", "ask_lead_to_recall")
    assert dict(told.fields)["person"]


def test_nobody_recalls_without_being_signed_in(desk: Desk) -> None:
    assert codes(desk.do("RECALL").feedback) == ("refused", "sign_in_first", "scan_badge")


def choices_of(desk: Desk) -> RecallChoices:
    rules = desk.rules
    with desk.store.reading() as reader:
        sight = look(reader, Ask(Board.RECALL), rules)
    assert isinstance(sight, RecallChoicesSight)
    return sight.choices


def test_what_can_be_chosen_stands_by_name_and_a_retired_tester_too(desk: Desk) -> None:
    gone = Equipment(
        "a-1",
        "esd_tester",
        "",
        "1 tester",
        "",
        None,
        state=EquipmentState.RETIRED,
        certificate="K-1",
    )
    with desk.store.writing() as tx:
        change(tx, "equipment", gone.id, equipment_value(gone), "person:cleo")
        mat = replace(gone, id="mat", kind="esd_mat")
        change(tx, "equipment", mat.id, equipment_value(mat), "person:cleo")
    found = choices_of(desk)
    assert [one.name for one in found.people] == ["Anna", "Bo", "Cleo", "Dan"]
    first, *others = found.testers
    assert (first.tester.id, [one.certificate for one in first.calibrations]) == ("a-1", ["K-1"])
    assert TESTER in {one.tester.id for one in others}
    assert "mat" not in {one.tester.id for one in found.testers}


def test_what_only_the_work_names_can_be_chosen_by_what_it_was_called_last(repaired: Desk) -> None:
    whole = choices_of(repaired)
    assert (whole.gone_testers, whole.gone_people) == ((), ())
    with repaired.store.writing() as tx:
        piece, anna = tx.piece(TESTER), tx.person("anna")
        assert piece is not None
        assert anna is not None
        due = replace(piece, certificate="K-1", name="Old", serial="W-1")
        change(tx, "equipment", TESTER, equipment_value(due), "person:cleo")
        change(tx, "equipment", TESTER, {**equipment_value(due), "name": "New"}, "person:cleo")
        change(tx, "equipment", TESTER, None, "person:cleo")
        change(tx, "people", "anna", None, "person:cleo")
    found = choices_of(repaired)
    (tester,) = found.gone_testers
    assert (tester.id, tester.name, tester.serial) == (TESTER, "New", "W-1")
    assert "K-1" in {one.certificate for one in tester.calibrations}
    assert found.gone_people == (GonePerson("anna", anna.name, anna.badge),)
    assert TESTER not in {one.tester.id for one in found.testers}
    for asked in (BY_TESTER, RecallAsk(Suspect.TECHNICIAN, "anna")):
        with repaired.store.recalling() as reader:
            (hit,) = found_by(reader, asked, TODAY).shown
        assert hit.repair.serial == MAC


def test_what_the_service_took_away_is_chosen_by_its_id(repaired: Desk) -> None:
    repaired.without("equipment", TESTER)
    repaired.without("people", "anna")
    found = choices_of(repaired)
    assert [(one.id, one.name) for one in found.gone_testers] == [(TESTER, "")]
    assert found.gone_people == (GonePerson("anna", "", ""),)


def test_a_piece_that_measured_is_a_tester_whatever_it_is_called_now(repaired: Desk) -> None:
    with repaired.store.writing() as tx:
        piece = tx.piece(TESTER)
        assert piece is not None
        mat = replace(piece, kind="esd_mat")
        change(tx, "equipment", TESTER, equipment_value(mat), "person:cleo")
    found = choices_of(repaired)
    assert TESTER in {one.tester.id for one in found.testers}
    assert found.gone_testers == ()


def test_each_calibration_stands_once_and_the_newest_first(desk: Desk) -> None:
    piece = Equipment("t", "esd_tester", "", "T", "", None)
    told = [
        replace(piece, certificate="K-2", calibrated_on=date(2025, 1, 8)),
        replace(piece, certificate="K-0"),
        replace(piece, certificate="K-3", calibrated_on=date(2026, 1, 8)),
    ]
    with desk.store.writing() as tx:
        for one in told:
            change(tx, "equipment", "t", equipment_value(one), "person:cleo")
    with desk.store.reading() as reader:
        found = calibrations_of(reader, "t")
    assert [one.certificate for one in found] == ["K-3", "K-2", "K-0"]
    assert found[0] == Calibration("K-3", date(2026, 1, 8), None)


# ----------------------------------------------------------------------
# What is asked
# ----------------------------------------------------------------------


def test_days_are_taken_for_a_tester_and_a_technician() -> None:
    typed = {"from": " 2026-11-01", "to": "2026-11-09 ", "find": "x"}
    for suspect in (Suspect.TESTER, Suspect.TECHNICIAN):
        asked = asked_of(RecallAsk(suspect, "x"), typed)
        assert (asked.start, asked.end) == (date(2026, 11, 1), date(2026, 11, 9))
    for suspect in (Suspect.CALIBRATION, Suspect.CERTIFICATE):
        chosen = RecallAsk(suspect, "x", "K")
        assert asked_of(chosen, typed) is chosen


def test_days_may_be_left_out_and_one_day_is_a_period() -> None:
    assert asked_of(BY_TESTER, {}) == BY_TESTER
    asked = asked_of(BY_TESTER, {"from": "2026-11-01", "to": "2026-11-01"})
    assert asked.start == asked.end == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("typed", "code", "named"),
    [
        ({"from": "2026-11-02", "to": "2026-11-01"}, "backwards", ""),
        ({"from": "1 november"}, "no_day", "1 november"),
        ({"to": "2026-11-31"}, "no_day", "2026-11-31"),
        ({"to": "9999-12-31"}, "no_day", "9999-12-31"),
    ],
)
def test_what_is_no_period_is_refused(typed: dict[str, str], code: str, named: str) -> None:
    with pytest.raises(RecallRefusedError) as refused:
        asked_of(BY_TESTER, typed)
    assert (refused.value.code, refused.value.named) == (code, named)


def test_parts_are_what_was_typed_in_capitals_where_they_are_apples() -> None:
    typed = {"part_number": " 661-17578", "serial": "f5d547790kpg5nyaw", "order": " po-1 "}
    asked = asked_of(RecallAsk(Suspect.LOT), typed)
    assert asked.lot == ByLot("po-1", "", "661-17578", "F5D547790KPG5NYAW")


def test_no_parts_are_no_question() -> None:
    with pytest.raises(RecallRefusedError) as refused:
        asked_of(RecallAsk(Suspect.LOT), {"order": "  "})
    assert refused.value.code == "lot_empty"


def test_a_day_belongs_to_a_period_whole_and_a_moment_is_the_sites() -> None:
    day = date(2026, 11, 1)
    assert period_of(day, day, STOCKHOLM) == Period(
        datetime(2026, 11, 1, tzinfo=STOCKHOLM), datetime(2026, 11, 2, tzinfo=STOCKHOLM)
    )
    moment = datetime(2026, 11, 1, 8, tzinfo=UTC)
    assert period_of(moment, None, STOCKHOLM) == Period(moment)
    local = period_of(None, datetime(2026, 11, 1, 8), STOCKHOLM)  # noqa: DTZ001 - as it is typed
    assert local == Period(None, moment.replace(hour=7))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(RecallRefusedError) as refused:
        period_of(date(2026, 11, 2), date(2026, 11, 1), STOCKHOLM)
    assert refused.value.code == "backwards"


def test_a_scanned_label_says_which_part_it_is(desk: Desk) -> None:
    desk.sign_in(CLEO)
    told = [parts_of(desk.scan(text).entries[0]) for text in (KGB, "1P661-17578", MAC)]
    assert told == [{"serial": KGB}, {"part_number": "661-17578"}, {}]


@pytest.mark.parametrize(
    "candidates",
    [None, "x", ["x"], [{"kind": "badge"}, {"kind": "part_number"}], [{}], [{"kind": 7}], []],
)
def test_an_entry_that_says_nothing_of_parts_has_none(desk: Desk, candidates: Json) -> None:
    desk.sign_in(CLEO)
    entry = desk.scan(KGB).entries[0]
    assert parts_of(replace(entry, payload={"candidates": candidates})) == {}


def test_a_label_that_says_both_says_each_once(desk: Desk) -> None:
    desk.sign_in(CLEO)
    told: list[Json] = [
        {"kind": "part_number", "value": "661-17578"},
        {"kind": "gtin", "value": "7"},
        {"kind": "component_serial", "value": KGB},
        {"kind": "component_serial", "value": "OTHER"},
    ]
    entry = replace(desk.scan(KGB).entries[0], payload={"candidates": told})
    assert parts_of(entry) == {"part_number": "661-17578", "serial": KGB}


# ----------------------------------------------------------------------
# The list
# ----------------------------------------------------------------------


@pytest.fixture
def repaired(desk: Desk) -> Desk:
    """A repair with a part in it."""
    desk.work(MAC)
    desk.fit()
    return desk


@pytest.mark.parametrize(
    "asked",
    [
        BY_TESTER,
        replace(BY_TESTER, start=date(2020, 1, 1)),
        RecallAsk(Suspect.CALIBRATION, TESTER, "K-1"),
        RecallAsk(Suspect.TECHNICIAN, "anna"),
        RecallAsk(Suspect.CERTIFICATE, "anna", "ACMT"),
        RecallAsk(Suspect.LOT, lot=ByLot(serial=KGB)),
    ],
    ids=lambda asked: f"{asked.suspect}-{asked.start}",
)
def test_each_question_finds_the_repair(repaired: Desk, asked: RecallAsk) -> None:
    with repaired.store.writing() as tx:
        piece = tx.piece(TESTER)
        assert piece is not None
        now = replace(piece, certificate="K-1", calibrated_on=date(2026, 1, 2))
        change(tx, "equipment", TESTER, equipment_value(now), "person:cleo")
    with repaired.store.recalling() as reader:
        found = found_by(reader, asked, TODAY)
    assert [one.repair.serial for one in found.shown] == [MAC]
    assert (found.asked, found.today) == (asked, TODAY)


def test_a_tester_that_nobody_knows_is_refused(desk: Desk) -> None:
    with desk.store.recalling() as reader, pytest.raises(RecallRefusedError) as refused:
        found_by(reader, RecallAsk(Suspect.TESTER, "gone"), TODAY)
    assert refused.value.code == "tester_unknown"


def many(certain: int, doubtful: int) -> FoundList:
    """A list as it was found, and as it is shown."""
    doubted = [hit(step(1, "in_repair", Doubt.ORDER), number=f"D{at}") for at in range(doubtful)]
    plain = [hit(number=f"C{at}") for at in range(certain)]
    return FoundList(BY_TESTER, listed([*doubted, *plain]), (*plain, *doubted), TODAY)


def numbers(found: FoundList, shown: Shown, first: int = 0) -> tuple[list[str], int, int, int]:
    page = page_of(found, Ask(Board.RECALL, recall=BY_TESTER, shown=shown, first=first))
    return ([one.repair.number for one in page.found.hits], page.total, page.certain, page.shown)


def test_what_is_certain_is_told_apart_from_what_may_be() -> None:
    found = many(2, 1)
    assert numbers(found, Shown.ALL) == (["C0", "C1", "D0"], 3, 2, 3)
    assert numbers(found, Shown.CERTAIN) == (["C0", "C1"], 3, 2, 2)
    assert numbers(found, Shown.DOUBTFUL) == (["D0"], 3, 2, 1)


def test_a_page_has_the_rows_that_are_wanted() -> None:
    found = many(ROWS, 1)
    assert len(numbers(found, Shown.ALL)[0]) == ROWS
    assert numbers(found, Shown.ALL, ROWS) == (["D0"], ROWS + 1, ROWS, ROWS + 1)


def test_certain_repairs_come_first_however_they_were_found(repaired: Desk) -> None:
    repaired.do("UNDO")  # the part is taken back, the taking into repair stays
    with repaired.store.recalling() as reader:
        by_lot = found_by(reader, RecallAsk(Suspect.LOT, lot=ByLot(serial=KGB)), TODAY)
        by_tester = found_by(reader, BY_TESTER, TODAY)
    assert [one.is_certain for one in by_lot.shown] == [False]
    assert [one.is_certain for one in by_tester.shown] == [True]


# ----------------------------------------------------------------------
# The file
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (BY_TESTER, "recall-tester-esd-1-2026-11-23.csv"),
        (
            replace(BY_TESTER, start=date(2026, 11, 1), end=date(2026, 11, 9)),
            "recall-tester-esd-1-from-2026-11-01-to-2026-11-09-2026-11-23.csv",
        ),
        (
            RecallAsk(Suspect.LOT, lot=ByLot("PO 1", "../x", "661-1", "")),
            "recall-lot-661-1-___x-PO_1-2026-11-23.csv",
        ),
        (
            RecallAsk(Suspect.CERTIFICATE, "ann", "xå" * 99),
            f"recall-certificate-ann-{'xå' * 25}x-2026-11-23.csv",
        ),
    ],
)
def test_a_file_is_named_by_what_was_asked(asked: RecallAsk, name: str) -> None:
    assert list_name(asked, FileKind.CSV, TODAY) == name


def test_a_file_is_coming_until_it_is_there_or_is_not() -> None:
    ask = Ask(Board.PROGRAMME)
    assert FileSight(ask, FileKind.PDF).is_coming
    assert not FileSight(ask, FileKind.PDF, Path("x")).is_coming
    assert not FileSight(ask, FileKind.PDF, fault="full").is_coming
