"""The forms of the registers: reached, and filled in."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.verdicts import Verdict
from app.services.answering import refused
from app.services.form_sight import (
    FailedForm,
    FormAsk,
    FormKind,
    Problem,
    RefusedForm,
)
from app.services.office_sight import Ask, Board, PeopleSight, PersonSight, ProductSight
from app.services.views import ProductCard
from app.ui.office.forms.boards import answering_of, changing_of
from app.ui.office.view import OfficeView
from tests.ui.conftest import Open
from tests.ui.esd_samples import ANNA, LEAD
from tests.ui.form_samples import (
    CALIBRATION,
    CERTIFICATE,
    HOME,
    MEASURED,
    NEW_PERSON,
    NEW_PIECE,
    OVERRIDE,
    PERSON,
    PIECE,
    PRODUCT,
    STOPPED,
    STOPPED_HOME,
)
from tests.ui.form_window import ShownForms, at_people, focused

IGNORED = pytest.mark.qt_log_ignore("propagateSizeHints")
"""What Qt says of a second window where there is no screen."""


@pytest.fixture
def shown(open_window: Open) -> ShownForms:
    return at_people(open_window())


# ----------------------------------------------------------------------
# Reached
# ----------------------------------------------------------------------


def test_a_key_on_a_board_asks_for_the_form_that_adds_to_it(shown: ShownForms) -> None:
    shown.key(Qt.Key.Key_F2)
    shown.told("office_equipment")
    shown.key(Qt.Key.Key_F2)
    shown.told("office_register")
    shown.key(Qt.Key.Key_F2)
    shown.told("office_programme")
    shown.key(Qt.Key.Key_F2)
    kinds = [ask.kind for ask, _ in shown.port.opened]
    added = [FormKind.PERSON_ADD, FormKind.PIECE_ADD, FormKind.PRODUCT_ADD]
    assert kinds == [*added, FormKind.ACCOUNT]
    assert {who for _, who in shown.port.opened} == {LEAD.id}
    assert shown.opened.bench.commands == []


def test_a_row_that_is_pressed_asks_for_its_form(shown: ShownForms) -> None:
    ask = Ask(Board.PEOPLE)
    shown.opened.bridge.tell_office(PeopleSight(ask, (PersonSight(ANNA, ()),)))
    view = shown.opened.window.findChild(OfficeView)
    assert isinstance(view, OfficeView)
    view.table.row_pressed.emit(ANNA.id)
    assert shown.port.opened == [(FormAsk(FormKind.PERSON_CHANGE, ANNA.id), LEAD.id)]
    assert shown.opened.bench.texts == []


def test_whoever_may_not_change_it_is_told_so_and_sees_no_form(shown: ShownForms) -> None:
    shown.key(Qt.Key.Key_F2)
    shown.port.tell(
        RefusedForm(FormAsk(FormKind.PERSON_ADD), refused("people_lead_only", person="Anna"))
    )
    assert shown.form is None
    assert shown.said == "people_lead_only"


def test_a_form_that_comes_when_somebody_has_gone_on_is_not_shown(shown: ShownForms) -> None:
    shown.key(Qt.Key.Key_F2)
    shown.told("home_already")
    shown.port.tell(NEW_PERSON)
    assert shown.form is None
    shown.told("office_people")
    shown.begin(PERSON)
    shown.port.tell(NEW_PERSON)
    assert shown.sure.opened == PERSON


def test_a_store_that_cannot_be_asked_is_told_and_the_board_stays(shown: ShownForms) -> None:
    shown.key(Qt.Key.Key_F2)
    shown.port.tell(FailedForm(FormAsk(FormKind.PERSON_ADD), "missing"))
    assert shown.form is None
    assert shown.said == "form_failed"


def test_another_form_is_reached_from_one_that_holds_nothing(shown: ShownForms) -> None:
    shown.begin(PERSON)
    shown.key(Qt.Key.Key_F4)
    assert shown.port.opened[-1][0] == FormAsk(FormKind.PERSON_PIN, "p-anna")
    shown.key(Qt.Key.Key_F3)
    assert shown.port.opened[-1][0] == FormAsk(FormKind.CERTIFICATE, "p-anna")
    shown.port.tell(CERTIFICATE)
    assert list(shown.view.boxes) == ["qualification", "passed_on", "valid_until", "proof"]
    shown.key(Qt.Key.Key_F4)
    shown.key(Qt.Key.Key_F3)
    kinds = [ask.kind for ask, _ in shown.port.opened[-2:]]
    assert kinds == [FormKind.CERTIFICATE_REVOKE, FormKind.EXAM]
    shown.key(Qt.Key.Key_Escape)
    assert shown.form is None


def test_what_is_measured_is_tested_at_the_bench(shown: ShownForms) -> None:
    shown.told("office_equipment")
    shown.begin(MEASURED)
    shown.key(Qt.Key.Key_F4)
    assert shown.opened.bench.commands == ["EQMAT2"]
    shown.begin(PIECE)
    shown.key(Qt.Key.Key_F4)
    assert shown.port.opened[-1][0].kind is FormKind.CHECK


# ----------------------------------------------------------------------
# Typed in
# ----------------------------------------------------------------------


def test_it_is_filled_in_by_the_keyboard_alone(shown: ShownForms) -> None:
    shown.begin(NEW_PERSON)
    assert focused() is shown.entry("person_id")
    for text in ("eve", "Eve", "1009"):
        QTest.keyClicks(focused(), text)
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is shown.choice("role")
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is shown.entry("tech_id")
    shown.key(Qt.Key.Key_F6)
    (order,) = shown.port.saved
    assert dict(order.values) == {
        "person_id": "eve",
        "name": "Eve",
        "badge": "1009",
        "role": "lead",
        "tech_id": "",
    }
    assert (order.person_id, order.before) == (LEAD.id, NEW_PERSON.values)
    assert shown.opened.bench.texts == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_what_ends_with_enter_goes_to_the_next_field_and_saves_nothing(
    shown: ShownForms, key: Qt.Key
) -> None:
    shown.begin(NEW_PERSON)
    for _ in NEW_PERSON.fields:  # a scanner that is not told from a person types into each
        QTest.keyClicks(focused(), "C02XK")
        QTest.keyClick(focused(), key)
    assert focused() is shown.entry("tech_id")
    QTest.keyClick(focused(), key, Qt.KeyboardModifier.ControlModifier)
    assert focused() is shown.entry("tech_id")
    assert shown.port.saved == []
    assert dict(shown.sure.values)["person_id"] == "C02XK"


def test_a_day_is_moved_by_the_arrows(shown: ShownForms) -> None:
    shown.begin(CALIBRATION)
    day = shown.entry("calibrated_on")
    QTest.keyClick(day, Qt.Key.Key_Down)
    assert day.text() == "2026-11-22"
    QTest.keyClick(day, Qt.Key.Key_Up)
    assert day.text() == "2026-11-23"
    for text in ("soon", "9998-12-31"):
        day.setText(text)
        QTest.keyClick(day, Qt.Key.Key_Up)
        assert day.text() == text


def test_a_choice_is_made_by_letters_or_from_its_list(shown: ShownForms) -> None:
    shown.told("office_equipment")
    shown.begin(NEW_PIECE)
    kind = shown.choice("kind")
    assert kind.text() == "Choose"
    QTest.keyClicks(kind, "w")
    assert dict(shown.sure.values)["kind"] == "wrist_strap"
    QTest.keyClicks(kind, "zz")
    assert dict(shown.sure.values)["kind"] == "wrist_strap"
    QTest.keyClick(kind, Qt.Key.Key_Space)
    listed = kind.options
    assert listed is not None
    QTest.keyClick(listed, Qt.Key.Key_Escape)
    assert kind.options is None
    assert focused() is kind
    assert shown.form is not None
    kind.click()
    assert kind.options is not None
    QTest.keyClick(kind.options, Qt.Key.Key_Home)
    assert kind.options is not None
    QTest.keyClick(kind.options, Qt.Key.Key_Return)
    assert dict(shown.sure.values)["kind"] == "scanner"
    QTest.keyClick(kind, Qt.Key.Key_Up)
    assert dict(shown.sure.values)["kind"] == "scanner"
    QTest.keyClick(kind, Qt.Key.Key_Return)
    assert focused() is shown.entry("piece_name")
    assert shown.port.saved == []


def test_every_field_says_what_it_is_and_what_is_wrong_with_it(shown: ShownForms) -> None:
    shown.begin(NEW_PERSON)
    assert shown.entry("name").accessibleName() == "Name"
    assert shown.choice("role").accessibleName() == "Role: Technician"
    shown.key(Qt.Key.Key_F6)
    shown.refuse(Problem("name", refused("form_needed")))
    assert shown.entry("name").accessibleDescription() == "This is needed."


@IGNORED
def test_a_file_that_is_chosen_gives_its_name(shown: ShownForms) -> None:
    shown.begin(CERTIFICATE)
    shown.key(Qt.Key.Key_F2)
    dialog = shown.opened.controller.forms.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.fileSelected.emit("/home/karin/ACMT Anna.pdf")
    dialog.reject()
    assert shown.entry("proof").text() == "ACMT Anna.pdf"
    assert shown.opened.controller.forms.dialog is None
    shown.key(Qt.Key.Key_F2)
    shown.told("home_already")
    assert shown.opened.controller.forms.dialog is None


# ----------------------------------------------------------------------
# A product that a rule stops
# ----------------------------------------------------------------------


def test_a_lead_answers_for_what_stops_the_product_in_hand(shown: ShownForms) -> None:
    shown.told("home", STOPPED_HOME)
    shown.key(Qt.Key.Key_F3)
    assert shown.port.opened == [(OVERRIDE.ask, LEAD.id)]
    shown.port.tell(OVERRIDE)
    assert shown.choice("rule").text() == "Choose"
    QTest.keyClick(shown.choice("rule"), Qt.Key.Key_Down)
    shown.fill(answer="renewed, contract 4711")
    shown.told("product", HOME)
    assert shown.form is None
    shown.told("product", STOPPED_HOME)
    shown.key(Qt.Key.Key_F3)
    typed = {"rule": "lease_ended", "answer": "renewed, contract 4711", "holds_for": "product"}
    assert dict(shown.sure.values) == typed
    shown.key(Qt.Key.Key_F6)
    assert [one.ask for one in shown.port.saved] == [OVERRIDE.ask]
    shown.accept("override_recorded", person="K", rule="P1", which="lease_ended", named="C02")
    assert shown.form is None
    assert shown.said == "override_recorded"


def test_whoever_is_no_lead_has_no_button_for_it(shown: ShownForms) -> None:
    shown.told("home", replace(STOPPED_HOME, person=ANNA))
    shown.key(Qt.Key.Key_F3)
    assert shown.port.opened == []
    assert shown.opened.bench.commands == ["DIAG"]


def card_of(shown: ShownForms) -> OfficeView:
    """The card of a stopped product of the register, as a lead sees it."""
    ask = Ask(Board.PRODUCT, serial="C02XK0ABJGH7")
    shown.told("office_register")
    shown.opened.controller.office.ask(ask)
    shown.opened.bridge.tell_office(ProductSight(ask, STOPPED, (), (), ()))
    view = shown.opened.window.findChild(OfficeView)
    assert isinstance(view, OfficeView)
    return view


def test_a_product_of_the_register_is_answered_for_on_its_card(shown: ShownForms) -> None:
    view = card_of(shown)
    assert view.answering.isVisible()
    view.answering.click()
    assert shown.port.opened == [(OVERRIDE.ask, LEAD.id)]


def test_a_product_of_the_register_is_put_right_on_its_card(shown: ShownForms) -> None:
    view = card_of(shown)
    assert view.adding.isVisible()
    view.adding.click()
    shown.key(Qt.Key.Key_F2)
    assert shown.port.opened == [(PRODUCT.ask, LEAD.id)] * 2
    shown.port.tell(PRODUCT)
    shown.fill(holder="Karin")
    shown.key(Qt.Key.Key_F6)
    assert [dict(one.values)["holder"] for one in shown.port.saved] == ["Karin"]
    shown.accept("product_changed", named="C02XK0ABJGH7")
    assert shown.form is None
    assert shown.said == "product_changed"


def test_what_is_not_in_the_register_cannot_be_put_right() -> None:
    assert changing_of(ProductCard("C02NEVERSEEN", None, Verdict.BLOCKED, (), ())) is None
    assert changing_of(None) is None


def test_a_product_that_nothing_stops_offers_no_answer(shown: ShownForms) -> None:
    free = replace(STOPPED, findings=(), verdict=Verdict.ALLOWED)
    assert answering_of(free) is None
    assert answering_of(replace(STOPPED, asset=None)) is None
    assert answering_of(None) is None
    shown.told("home", replace(STOPPED_HOME, product=free))
    shown.key(Qt.Key.Key_F3)
    assert shown.opened.bench.commands == ["DIAG"]
