"""What the lead's boards say: each cell's words and how urgent it is."""

from dataclasses import replace
from uuid import UUID

import pytest

from app.domain.products import Family
from app.services.office_sight import (
    Ask,
    Board,
    FailedSight,
    RegisterSight,
    SavedSearch,
)
from app.ui.office.painting import office_actions, office_rows
from app.ui.office.panel import Office
from app.ui.office.product_rows import history_table
from app.ui.office.register_rows import saved_of
from app.ui.table_rows import Cell
from app.ui.theme.colours import Level
from app.ui.wording import MISSING, Wording, number
from tests.ui.office_samples import (
    EQUIPMENT,
    MAC,
    OFFICE_STATES,
    PEOPLE,
    PHONE,
    PRODUCT,
    PROGRAMME,
    STRAY,
    changed,
)

OLD = "F2LXK0ABJC6K"


def test_a_saved_search_is_told_by_what_it_looks_for(english: Wording) -> None:
    saved = (
        SavedSearch("98"),
        SavedSearch("", Family.MAC),
        SavedSearch("x", Family.IPAD),
    )
    office = Office(Ask(Board.REGISTER, "x", Family.IPAD), saved=saved)
    rows = office_rows(office, english)
    assert [one.title for one in rows.saved] == ["98", "Mac", "x · iPad"]
    assert [one.chosen for one in rows.saved] == [False, False, True]
    assert rows.filters[-1].title == "Saved"
    assert [saved_of(one, saved) for one in ("SAVED_1", "SAVED_9", "SAVED_x", "1")] == [
        saved[1],
        None,
        None,
        None,
    ]


def rows_of(name: str, wording: Wording) -> list[list[Cell]]:
    office = OFFICE_STATES[name].office
    assert office is not None
    rows = office_rows(office, wording)
    if rows.paged is not None:
        return [list(cells) for _, cells in rows.paged.rows]
    assert rows.table is not None
    return [list(cells) for cells in rows.table.rows]


@pytest.mark.parametrize(("code", "word"), [("bug", "defect"), ("corrupt", "could not be read")])
def test_a_board_that_cannot_be_read_says_what_is_safe(
    english: Wording, code: str, word: str
) -> None:
    ask = Ask(Board.PROGRAMME)
    rows = office_rows(Office(ask, FailedSight(ask, code)), english)
    assert rows.prompt.level is Level.STOP
    assert word in rows.prompt.detail
    assert "Nothing is lost" in rows.prompt.detail
    assert (rows.table, rows.paged) == (None, None)


def test_a_product_that_nobody_can_prove_is_told(english: Wording) -> None:
    sight = RegisterSight(Ask(Board.REGISTER), 3, (MAC, PHONE, STRAY))
    rows = office_rows(Office(sight.ask, sight), english)
    assert rows.paged is not None
    held = [(cells[3].text, cells[3].level, cells[3].note) for _, cells in rows.paged.rows]
    assert held == [
        ("Leased", Level.CALM, "2027-12-18"),
        ("Owned", Level.CALM, ""),
        ("Unknown", Level.ATTENTION, ""),
    ]
    assert [cells[4].level for _, cells in rows.paged.rows] == [
        Level.CALM,
        Level.CALM,
        Level.ATTENTION,
    ]
    assert rows.paged.title == "3 products"
    many = office_rows(Office(sight.ask, replace(sight, is_cut=True)), english).paged
    assert many is not None
    assert many.title == "More than 3 products: type more letters"


def test_an_empty_board_says_what_to_do_next(english: Wording, swedish: Wording) -> None:
    for wording, word in ((english, "import assets"), (swedish, "import assets")):
        empty = OFFICE_STATES["office_register_empty"].office
        assert empty is not None
        paged = office_rows(empty, wording).paged
        assert paged is not None
        assert word in paged.empty
    for name, word in (("people", "people add"), ("equipment", "equipment add")):
        office = OFFICE_STATES[f"office_{name}_empty"].office
        assert office is not None
        table = office_rows(office, english).table
        assert table is not None
        assert word in table.empty


def test_a_person_is_told_until_when(english: Wording) -> None:
    office = Office(PEOPLE.ask, PEOPLE)
    table = office_rows(office, english).table
    assert table is not None
    lines = [[(cell.text, cell.level) for cell in row[3:]] for row in table.rows]
    assert lines == [
        [("2028-02-02", Level.OK), ("2026-12-04", Level.ATTENTION)],
        [("2025-05-15", Level.STOP), ("Certified", Level.OK)],
        [("2027-01-01", Level.ATTENTION), (MISSING, Level.CALM)],
    ]


def test_equipment_is_told_by_what_is_due(english: Wording) -> None:
    table = office_rows(Office(EQUIPMENT.ask, EQUIPMENT), english).table
    assert table is not None
    assert [[(cell.text, cell.level) for cell in row[3:]] for row in table.rows] == [
        [("2026-11-02", Level.STOP), (MISSING, Level.CALM)],
        [("Unknown", Level.STOP), (MISSING, Level.CALM)],
        [(MISSING, Level.CALM), ("Never tested", Level.STOP)],
        [(MISSING, Level.CALM), ("Failed", Level.STOP)],
        [(MISSING, Level.CALM), ("2026-11-23", Level.ATTENTION)],
        [("2026-12-20", Level.ATTENTION), ("2027-02-11", Level.CALM)],
        [("2026-12-20", Level.CALM), ("2026-11-13", Level.STOP)],
    ]


def test_the_programme_tells_first_what_stands_in_the_way(english: Wording) -> None:
    rows = office_rows(Office(PROGRAMME.ask, PROGRAMME), english)
    assert rows.prompt.level is Level.STOP
    assert rows.table is not None
    levels = [row[1].level for row in rows.table.rows]
    assert levels[0] is Level.STOP
    assert levels[-1] is Level.CALM
    (base,) = [row for row in rows.table.rows if row[0].note == "P5"]
    assert base[3].note == "987 of 1,000 products"
    assert len(rows.table.rows) == 15


def test_a_history_is_newest_first_with_who_and_what(english: Wording) -> None:
    rows = rows_of("office_product", english)
    assert [row[1].text for row in rows] == ["Repair 4K7QX0M2", "Repair å", "Register changed"]
    assert [row[1].note for row in rows] == ["Anna Lindström", "gone", "Karin Öberg-Västerlund"]
    assert rows[0][2].note == "Completed · 661-21993"
    assert (rows[2][2].text, rows[2][2].note) == ("Holder", "")


def test_a_change_that_lost_against_another_benchs_says_so(english: Wording) -> None:
    mine = changed({"holder": "Anna", "odd": 1})
    sight = replace(PRODUCT, changes=(mine, changed({"holder": "Bo"}, 2, "p-anna")))
    first, second = history_table(sight, english).rows[2:]
    assert first[2].text == "Holder, odd"
    assert first[2].note == (
        "Does not hold: Holder. Anna Lindström changed it at another bench, not knowing of this."
    )
    assert second[2].note == ""
    unknown = replace(sight, card=replace(sight.card, asset=None))
    assert history_table(unknown, english).rows[2][2].note == first[2].note


def test_a_new_identity_is_told_by_what_the_product_is_called_now(english: Wording) -> None:
    come = changed({"serial": MAC.serial, "imeis": ["490154203237518"], "former": [{"value": OLD}]})
    gone = replace(come, id=UUID(int=1), subject=f"assets:{OLD}", payload={"set": None, "was": {}})
    told = {"set": {"holder": "Bo"}, "was": {"holder": "A"}}
    before = replace(gone, id=UUID(int=2), payload=told, bench_id=UUID(int=9))
    odd = changed({"former": [{"value": OLD}], "imeis": "odd"}, 2)
    came = replace(come, id=UUID(int=3), payload={"set": {"serial": "X"}, "was": None})
    sight = replace(PRODUCT, changes=(gone, before, come, odd, came))
    rows = history_table(sight, english).rows[2:]
    assert [(row[1].text, row[2].text) for row in rows] == [
        ("Register changed", "Holder"),
        ("New identity", f"{MAC.serial}, 490154203237518"),
        ("Register changed", "Former numbers, IMEI"),
        ("Register changed", "Serial number"),
    ]
    assert rows[0][2].note.startswith("Does not hold: Holder.")


def test_the_board_that_is_shown_is_marked(english: Wording) -> None:
    for board, marked in ((Board.PROGRAMME, "PROGRAMME"), (Board.PRODUCT, "REGISTER")):
        actions = office_actions(Office(Ask(board)), english)
        assert [one.code for one in actions if one.primary] == [marked]
        assert len(actions) == 5


@pytest.mark.parametrize(
    ("office", "place", "code"),
    [
        (Office(Ask(Board.REGISTER)), 0, "IMPORT"),
        (Office(Ask(Board.EQUIPMENT)), 1, "RECALL"),
        (Office(Ask(Board.PEOPLE)), 2, "RECALL"),
        (Office(PROGRAMME.ask, PROGRAMME), 3, "READINESS"),
    ],
)
def test_in_a_boards_own_place_stands_what_is_begun_from_there(
    english: Wording, office: Office, place: int, code: str
) -> None:
    codes = [one.code for one in office_actions(office, english)]
    assert codes[place] == code
    assert len(codes) == 5


def test_large_numbers_are_grouped() -> None:
    assert [number(9_999), number(-10_000)] == ["9999", "-10\N{NARROW NO-BREAK SPACE}000"]
