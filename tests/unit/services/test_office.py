"""The lead's boards: what one reading of the store tells of each."""

from dataclasses import replace

import pytest

from app.domain.calibrations import CalibrationState
from app.domain.commands import COMMANDS, Verb
from app.domain.equipment import Equipment, EquipmentState
from app.domain.esd_plan import PlanState
from app.domain.products import Family
from app.domain.qualifications import Held, ProductLine
from app.domain.verdicts import Verdict
from app.services.office import look
from app.services.office_sight import (
    Ask,
    Board,
    EquipmentSight,
    PeopleSight,
    ProductSight,
    ProgrammeSight,
    RegisterSight,
    Sight,
)
from app.services.register_values import asset_value, equipment_value
from app.services.registering import change
from tests.unit.services.desk import MAC, OLD_TESTER, PHONE, TESTER, Desk


def seen(desk: Desk, ask: Ask) -> Sight:
    rules = desk.rules
    with desk.store.reading() as reader:
        return look(reader, ask, rules)


def add(desk: Desk, piece: Equipment) -> None:
    with desk.store.writing() as tx:
        change(tx, "equipment", piece.id, equipment_value(piece), "person:cleo")


def test_the_register_is_searched_by_text_and_family(desk: Desk) -> None:
    sight = seen(desk, Ask(Board.REGISTER))
    assert isinstance(sight, RegisterSight)
    assert sight.total == len(sight.rows) > 5
    assert [one.serial for one in sight.rows] == sorted(one.serial for one in sight.rows)
    found = seen(desk, Ask(Board.REGISTER, "ABJGH5"))
    assert isinstance(found, RegisterSight)
    assert [one.serial for one in found.rows] == [MAC]
    phones = seen(desk, Ask(Board.REGISTER, family=Family.IPHONE))
    assert isinstance(phones, RegisterSight)
    assert [one.serial for one in phones.rows] == [PHONE]
    beyond = seen(desk, Ask(Board.REGISTER, first=128))
    assert isinstance(beyond, RegisterSight)
    assert (beyond.rows, beyond.total, beyond.is_cut) == ((), sight.total, False)


def test_people_are_told_by_name_with_what_they_may_work_on(desk: Desk) -> None:
    sight = seen(desk, Ask(Board.PEOPLE))
    assert isinstance(sight, PeopleSight)
    assert [one.person.name for one in sight.people] == ["Anna", "Bo", "Cleo", "Dan"]
    anna, _, _, dan = sight.people
    assert [one.line for one in anna.lines] == list(ProductLine)
    assert dan.lines[0].held is Held.ENDED
    assert dan.lines[1].held is Held.NEVER


def test_equipment_that_is_due_first_stands_first_and_what_is_retired_nowhere(desk: Desk) -> None:
    mat = Equipment("mat-1", "esd_mat", "", "Mat", "", None)
    add(desk, mat)
    add(desk, replace(mat, id="mat-0", state=EquipmentState.RETIRED))
    add(desk, Equipment("away-1", "bench", "", "", "", None, state=EquipmentState.AWAY))
    add(desk, Equipment("bench-1", "bench", "", "Bench", "", None))
    sight = seen(desk, Ask(Board.EQUIPMENT))
    assert isinstance(sight, EquipmentSight)
    ids = [one.piece.id for one in sight.pieces]
    assert ids[0] != "bench-1"
    assert ids[-1] == "bench-1"
    assert "mat-0" not in ids
    assert "away-1" in ids
    plans = {one.piece.id: one.plan for one in sight.pieces}
    assert plans["bench-1"] is None
    planned = plans["mat-1"]
    assert planned is not None
    assert planned.state is PlanState.NEVER
    calibrations = {one.piece.device: one.calibration for one in sight.pieces}
    assert calibrations[TESTER] is CalibrationState.OK
    assert calibrations[OLD_TESTER] is CalibrationState.OVERDUE


def test_a_products_card_tells_its_repairs_and_what_was_changed_of_its_row(desk: Desk) -> None:
    desk.open(MAC)
    with desk.store.writing() as tx:
        asset = tx.asset(MAC)
        assert asset is not None
        change(tx, "assets", MAC, asset_value(replace(asset, holder="Cleo")), "person:cleo")
        change(tx, "assets", MAC, asset_value(replace(asset, holder="Dan")), "person:gone")
    sight = seen(desk, Ask(Board.PRODUCT, serial=MAC))
    assert isinstance(sight, ProductSight)
    assert sight.card.verdict is Verdict.ALLOWED
    assert [one.serial for one in sight.repairs] == [MAC]
    assert [entry.payload["set"] for entry in sight.changes] == [
        {"holder": "Cleo"},
        {"holder": "Dan"},
    ]
    assert dict(sight.names) == {"anna": "Anna", "cleo": "Cleo"}


def test_the_programmes_standing_is_judged_from_the_store(desk: Desk) -> None:
    sight = seen(desk, Ask(Board.PROGRAMME))
    assert isinstance(sight, ProgrammeSight)
    assert [point.rule for point in sight.standing.points] == [f"P{n}" for n in range(1, 16)]


@pytest.mark.parametrize(
    ("code", "board"),
    [
        (one.code, one.argument)
        for one in COMMANDS.values()
        if one.verb is Verb.BOARD and one.argument in set(Board) - {Board.RECALL}
    ],
)
def test_a_board_is_shown_to_whoever_is_signed_in_and_changes_nothing(
    desk: Desk, code: str, board: str
) -> None:
    refused = desk.do(code)
    assert refused.feedback.code == "sign_in_first"
    desk.sign_in()
    before = desk.session
    outcome = desk.do(code)
    assert outcome.feedback.code == f"office_{board}"
    assert desk.session == before
