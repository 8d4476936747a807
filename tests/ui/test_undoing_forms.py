"""UNDO on the boards: whose, what, and what the bench keeps."""

from dataclasses import replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.journal import Entry, Json
from app.services.answering import accepted, refused
from app.services.form_sight import FailedForm, FormAsk, FormKind, SavedForm, UndoneForm, UndoOrder
from app.services.views import Feedback, Tone
from tests.ui.conftest import Open
from tests.ui.esd_samples import ANNA, LEAD
from tests.ui.form_samples import CERTIFICATE, HOME, NEW_PERSON, PERSON
from tests.ui.form_window import ShownForms, at_people
from tests.ui.samples import at, entries, outcome

FIRST, SECOND = UUID(int=1), UUID(int=2)


@pytest.fixture
def shown(open_window: Open) -> ShownForms:
    return at_people(open_window())


def scanned(command: str) -> tuple[Entry, ...]:
    best: Json = {"kind": "command", "value": command}
    return entries(("scan.recorded", {"candidates": [best]}, at(12, 0)))


def saved(shown: ShownForms, change: UUID | None, *, code: str = "person_changed") -> None:
    shown.begin(PERSON)
    shown.fill(name=f"Anna {change}")
    shown.key(Qt.Key.Key_F6)
    shown.accept(code, change, person="Anna")


def undo(shown: ShownForms) -> None:
    QTest.keyClick(shown.opened.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def undone(shown: ShownForms, answer: Feedback) -> None:
    shown.port.tell(UndoneForm(shown.port.undone[-1], answer))


def bench_commands(shown: ShownForms) -> list[str]:
    return shown.opened.bench.commands


def test_undo_takes_back_what_was_saved_last_and_the_board_looks_again(shown: ShownForms) -> None:
    saved(shown, FIRST)
    offered = shown.opened.controller.state.feedback
    assert offered is not None
    assert offered.can_undo
    undo(shown)
    assert shown.port.undone == [UndoOrder(PERSON.ask, LEAD.id, FIRST)]
    looked = len(shown.boards.asks)
    undone(shown, accepted("change_undone", named="Anna"))
    assert shown.said == "change_undone"
    assert len(shown.boards.asks) == looked + 1
    assert bench_commands(shown) == []


def test_undo_goes_on_with_what_was_saved_before(shown: ShownForms) -> None:
    saved(shown, FIRST)
    saved(shown, SECOND)
    undo(shown)
    undo(shown)
    assert [one.change for one in shown.port.undone] == [SECOND]
    assert shown.said == "undoing"
    undone(shown, accepted("change_undone", named="Anna"))
    offered = shown.opened.controller.state.feedback
    assert offered is not None
    assert offered.can_undo
    undo(shown)
    undone(shown, accepted("change_undone", named="Anna"))
    assert [one.change for one in shown.port.undone] == [SECOND, FIRST]
    undo(shown)
    assert bench_commands(shown) == ["UNDO"], "nothing is left: UNDO is the bench's again"


def test_what_cannot_be_undone_is_told_and_asked_for_no_more(shown: ShownForms) -> None:
    saved(shown, FIRST)
    undo(shown)
    undone(shown, refused("change_newer", named="Anna"))
    assert shown.said == "change_newer"
    undo(shown)
    assert len(shown.port.undone) == 1


def test_a_store_that_could_not_write_undoes_it_at_the_next_try(shown: ShownForms) -> None:
    saved(shown, FIRST)
    undo(shown)
    shown.port.tell(FailedForm(PERSON.ask, "disk_full"))
    assert shown.said == "form_failed"
    undo(shown)
    assert [one.change for one in shown.port.undone] == [FIRST, FIRST]


def test_what_happened_stays_on_record_and_hides_no_change_before_it(shown: ShownForms) -> None:
    saved(shown, FIRST)
    saved(shown, None, code="person_certified")
    undo(shown)
    assert shown.said == "saved_stays"
    assert (shown.port.undone, bench_commands(shown)) == ([], [])


def test_a_form_that_changed_nothing_leaves_what_can_be_undone(shown: ShownForms) -> None:
    saved(shown, FIRST)
    shown.begin(CERTIFICATE)
    shown.key(Qt.Key.Key_F6)
    same = Feedback(Tone.REPEATED, "person_unchanged", (("person", "Anna"),))
    shown.port.tell(SavedForm(shown.port.saved[-1], same))
    undo(shown)
    assert [one.change for one in shown.port.undone] == [FIRST]


def test_the_label_of_undo_does_it_where_no_repair_is_in_hand(shown: ShownForms) -> None:
    saved(shown, FIRST)
    nothing = refused("no_repair", way_on="scan_product")
    shown.opened.bridge.tell_outcome(replace(outcome(nothing, HOME), entries=scanned("DONE")))
    assert shown.port.undone == []
    shown.opened.bridge.tell_outcome(replace(outcome(nothing, HOME), entries=scanned("UNDO")))
    assert [one.change for one in shown.port.undone] == [FIRST]


def test_an_answer_of_the_bench_that_offers_undo_is_meant_by_it(shown: ShownForms) -> None:
    saved(shown, FIRST)
    locked = replace(
        refused("pin_locked", person="Anna", until="12:00", minutes="1"), can_undo=True
    )
    shown.opened.bridge.tell_outcome(outcome(locked, HOME))
    undo(shown)
    assert (shown.port.undone, bench_commands(shown)) == ([], ["UNDO"])


def test_undo_is_for_whoever_saved_it_on_a_board_and_while_no_form_is_shown(
    shown: ShownForms,
) -> None:
    saved(shown, FIRST)
    shown.begin(NEW_PERSON)
    undo(shown)
    assert shown.port.undone == []
    shown.told("home_already")
    undo(shown)
    assert shown.port.undone == []
    shown.told("office_people", replace(HOME, person=ANNA))
    undo(shown)
    assert shown.port.undone == []
    shown.told("office_people")
    undo(shown)
    assert [one.ask for one in shown.port.undone] == [FormAsk(FormKind.PERSON_CHANGE, "p-anna")]
