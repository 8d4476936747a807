"""The forms of the registers: saved, refused, held, left, taken up again; scans meanwhile."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.services.answering import refused
from app.services.form_sight import (
    FailedForm,
    FieldKind,
    Problem,
)
from app.services.office_sight import Ask, Board
from app.services.views import Screen
from app.ui.office.forms.painting import form_actions, form_rows
from app.ui.office.forms.panel import begun
from app.ui.wording import Wording
from tests.ui.conftest import Open
from tests.ui.esd_samples import ANNA, LEAD
from tests.ui.form_samples import (
    CERTIFICATE,
    FORM_STATES,
    HOME,
    MEASURED,
    NEW_PERSON,
    PERSON,
    PIN,
    typed,
)
from tests.ui.form_window import ShownForms, at_people, focused


@pytest.fixture
def shown(open_window: Open) -> ShownForms:
    return at_people(open_window())


# ----------------------------------------------------------------------
# Saved, refused
# ----------------------------------------------------------------------


def test_what_was_saved_is_told_and_the_board_looks_again(shown: ShownForms) -> None:
    shown.begin(NEW_PERSON)
    shown.fill(person_id="eve", name="Eve", badge="1009")
    looked = len(shown.boards.asks)
    shown.key(Qt.Key.Key_F6)
    assert shown.sure.is_saving
    assert not shown.entry("name").isEnabled()
    shown.key(Qt.Key.Key_F6)
    shown.key(Qt.Key.Key_Escape)
    assert len(shown.port.saved) == 1
    shown.accept(person="Eve")
    assert shown.form is None
    assert shown.said == "person_added"
    assert shown.boards.asks[looked:] == [Ask(Board.PEOPLE)]


def test_a_refused_form_keeps_what_was_typed_and_goes_to_the_first_wrong_field(
    shown: ShownForms,
) -> None:
    shown.begin(NEW_PERSON)
    shown.fill(person_id="eve", name="Eve", badge="1001")
    shown.key(Qt.Key.Key_F6)
    shown.refuse(
        Problem("tech_id", refused("form_long", most="20")),
        Problem("badge", refused("badge_taken", badge="1001", person="Anna")),
    )
    assert shown.entry("person_id").text() == "eve"
    assert focused() is shown.entry("badge")
    assert shown.said == "form_not_saved"
    shown.fill(badge="1009")
    assert [one.field for one in shown.sure.problems] == ["tech_id"]


def test_a_store_that_could_not_write_is_told_and_saving_is_tried_again(shown: ShownForms) -> None:
    shown.begin(PERSON)
    shown.fill(name="Anna Berg")
    shown.key(Qt.Key.Key_F6)
    shown.port.tell(FailedForm(PERSON.ask, "disk_full"))
    assert (shown.sure.failed, shown.entry("name").text()) == ("disk_full", "Anna Berg")
    shown.key(Qt.Key.Key_F6)
    shown.accept("person_changed", person="Anna Berg")
    assert shown.form is None


# ----------------------------------------------------------------------
# Left, held, taken up again
# ----------------------------------------------------------------------


def test_esc_leaves_what_holds_nothing_and_holds_what_is_not_saved(shown: ShownForms) -> None:
    shown.begin(PERSON)
    shown.key(Qt.Key.Key_Escape)
    assert shown.form is None
    shown.begin(PERSON)
    shown.fill(name="Anna Berg")
    for _ in range(2):
        QTest.keyClick(shown.entry("name"), Qt.Key.Key_Escape)
        assert shown.sure.is_held
        assert shown.entry("name").text() == "Anna Berg"
    shown.key(Qt.Key.Key_F5)
    assert shown.entry("name").text() == "Anna Lindström"
    shown.key(Qt.Key.Key_Escape)
    assert shown.form is None
    assert shown.opened.controller.state.office is not None
    assert shown.opened.bench.commands == []


def test_work_comes_to_the_front_and_the_form_waits_for_whoever_filled_it_in(
    shown: ShownForms,
) -> None:
    shown.begin(PERSON)
    shown.fill(name="Anna Berg")
    gate = replace(HOME, screen=Screen.ESD_GATE)
    shown.told("signed_in", replace(gate, person=ANNA))
    assert shown.form is None
    shown.told("office_people", replace(gate, person=ANNA))
    assert shown.form is None
    shown.told("signed_in")
    shown.told("office_equipment")
    assert shown.form is None
    shown.told("office_people")
    assert dict(shown.sure.values)["name"] == "Anna Berg"
    shown.told("home_already")
    assert shown.form is None


def test_each_board_keeps_what_is_not_saved_on_it(shown: ShownForms) -> None:
    shown.begin(PERSON)
    shown.fill(name="Anna Berg")
    shown.told("office_equipment")
    shown.begin(MEASURED)
    shown.fill(place="Bench 9")
    shown.told("office_people")
    assert dict(shown.sure.values)["name"] == "Anna Berg"
    shown.told("office_equipment")
    assert dict(shown.sure.values)["place"] == "Bench 9"


def test_what_was_saved_behind_another_form_leaves_that_one_there(shown: ShownForms) -> None:
    shown.begin(PERSON)
    shown.fill(name="Anna Berg")
    shown.key(Qt.Key.Key_F6)
    shown.told("office_equipment")
    shown.begin(MEASURED)
    shown.accept("person_changed", person="Anna Berg")
    assert shown.sure.opened == MEASURED
    shown.told("office_people")
    assert shown.form is None


def test_whoever_types_in_a_form_is_not_locked_out(open_window: Open) -> None:
    shown = at_people(open_window(lock_after_minutes=5))
    shown.begin(PERSON)
    idle = shown.opened.controller.idle
    idle.stop()
    shown.fill(name="Anna Berg")
    assert idle.isActive()


def test_one_that_holds_nothing_is_not_shown_again(shown: ShownForms) -> None:
    shown.begin(PERSON)
    shown.told("home_already")
    shown.told("office_people")
    assert shown.form is None


def test_one_that_is_refused_while_the_work_is_in_front_waits_with_its_reason(
    shown: ShownForms,
) -> None:
    shown.begin(PERSON)
    shown.fill(badge="1002")
    shown.key(Qt.Key.Key_F6)
    shown.told("home_already")
    shown.refuse(Problem("badge", refused("badge_taken", badge="1002", person="Karin")))
    assert shown.form is None
    shown.told("office_people")
    assert shown.sure.first_wrong == "badge"
    shown.key(Qt.Key.Key_F6)
    shown.told("home_already")
    shown.accept("person_changed", person="Anna")
    shown.told("office_people")
    assert shown.form is None


def test_the_devices_take_its_place(shown: ShownForms) -> None:
    shown.begin(PERSON)
    shown.told("devices_shown")
    assert shown.form is None


# ----------------------------------------------------------------------
# Scans
# ----------------------------------------------------------------------


def test_a_badge_that_nobody_has_is_taken_into_the_form(shown: ShownForms) -> None:
    shown.begin(NEW_PERSON)
    shown.told("badge_unknown", badge="4711")
    assert shown.entry("badge").text() == "4711"
    assert shown.said == "form_badge"


def test_a_badge_means_nothing_to_a_form_without_a_field_for_it(shown: ShownForms) -> None:
    shown.begin(CERTIFICATE)
    shown.told("badge_unknown", badge="4711")
    assert not shown.sure.is_changed
    assert shown.said == "badge_unknown"


def test_a_scan_that_changes_nothing_leaves_the_form_there(shown: ShownForms) -> None:
    shown.begin(PERSON)
    shown.told("scan.unknown")
    assert shown.form is not None


def test_a_key_of_the_work_does_nothing_unseen(shown: ShownForms) -> None:
    shown.begin(CERTIFICATE)
    for key in (Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5):
        shown.key(key)
    assert shown.opened.bench.commands == []
    shown.key(Qt.Key.Key_F9)
    assert shown.opened.bench.commands == ["DEVICES"]


# ----------------------------------------------------------------------
# Words
# ----------------------------------------------------------------------


@pytest.mark.parametrize("name", [one for one in FORM_STATES if FORM_STATES[one].form])
def test_every_form_can_be_said_in_both_languages(
    name: str, english: Wording, swedish: Wording
) -> None:
    form = FORM_STATES[name].form
    assert form is not None
    for wording in (english, swedish):
        rows = form_rows(form, wording)
        said = [rows.prompt.text, *(one.label for one in rows.fields)]
        assert not any("form." in one for one in said)
        assert len(form_actions(form, wording)) <= 5


def test_a_fault_without_a_sentence_of_its_own_has_one_for_all(english: Wording) -> None:
    form = replace(begun(LEAD.id, PERSON), failed="corrupt")
    note = form_rows(form, english).note
    assert note is not None
    assert note.text.startswith("The store could not be written.")


def test_typing_what_stands_there_already_changes_nothing() -> None:
    form = begun(LEAD.id, PERSON)
    assert typed(form, name="Anna Lindström") is form
    assert form.file_field == ""
    assert {one.kind for one in CERTIFICATE.fields} >= {FieldKind.FILE}


# ----------------------------------------------------------------------
# PINs
# ----------------------------------------------------------------------


def test_a_pin_is_never_shown_and_in_no_picture_of_the_form(shown: ShownForms) -> None:
    shown.begin(PIN)
    shown.fill(own_pin="471108", new_pin="2580", pin_again="2580")
    for name in ("own_pin", "new_pin", "pin_again"):
        assert shown.entry(name).echoMode() is QLineEdit.EchoMode.Password
        assert "2580" not in shown.entry(name).displayText()
    shown.key(Qt.Key.Key_F6)
    assert dict(shown.port.saved[-1].values)["new_pin"] == "2580"
    wording = shown.opened.controller.wording
    for one in (shown.sure, shown.port.saved[-1], form_rows(shown.sure, wording)):
        assert "2580" not in repr(one)
        assert "471108" not in repr(one)


def test_a_pin_that_was_wrong_is_typed_anew_and_the_others_stay(shown: ShownForms) -> None:
    shown.begin(PIN)
    shown.fill(own_pin="471109", new_pin="2580", pin_again="2580")
    shown.key(Qt.Key.Key_F6)
    shown.refuse(Problem("own_pin", refused("pin_wrong", person="Karin", left="4")))
    assert shown.entry("own_pin").text() == ""
    assert shown.entry("new_pin").text() == "2580"
    assert focused() is shown.entry("own_pin")


def test_what_was_typed_of_a_pin_is_dropped_when_the_form_is_left(shown: ShownForms) -> None:
    shown.begin(PIN)
    shown.fill(new_pin="2580")
    shown.told("office_people")
    assert shown.form is None
    shown.begin(PIN)
    assert shown.entry("new_pin").text() == ""
