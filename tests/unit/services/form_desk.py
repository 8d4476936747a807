"""A bench at which forms are opened and saved."""

import pytest

from app.domain.equipment import Equipment, EquipmentKind
from app.domain.people import Person
from app.services.equipping import add_piece
from app.services.form_opening import open_form
from app.services.form_saving import save_form
from app.services.form_sight import (
    FormAsk,
    FormKind,
    FormOrder,
    OpenedForm,
    RefusedForm,
    SavedForm,
)
from app.services.saying import say_feedback, say_way_on
from app.texts import Language, texts
from tests.unit.services.desk import CLEO, Desk

MAT = Equipment("mat-1", EquipmentKind.ESD_MAT, "", "Mat", "", None, place="Bench 2")
TOOL = Equipment("tool-1", EquipmentKind.TOOL, "", "", "", None)
NEW = {"person_id": "eve", "name": "Eve", "badge": "1009"}
PASSED = {"qualification": "iOS", "passed_on": "2026-11-01", "proof": "A-1.pdf"}
CALIBRATED = {
    "calibrated_on": "2026-11-20",
    "calibration_due": "2027-11-20",
    "certificate": "C-2",
    "calibrated_by": "RISE",
}


def ask_for(desk: Desk, ask: FormAsk, who: str | None = "cleo") -> OpenedForm | RefusedForm:
    rules = desk.rules
    with desk.store.reading() as reader:
        return open_form(reader, ask, who, rules)


def opened(desk: Desk, kind: FormKind, key: str = "") -> OpenedForm:
    form = ask_for(desk, FormAsk(kind, key))
    assert isinstance(form, OpenedForm)
    return form


def order_of(form: OpenedForm, /, *, who: str = "cleo", **typed: str) -> FormOrder:
    values = dict(form.values) | typed
    return FormOrder(form.ask, who, tuple(values.items()), form.values)


def save_order(desk: Desk, order: FormOrder) -> SavedForm:
    rules = desk.rules
    with desk.store.writing() as tx:
        done = save_form(tx, order, rules)
    for language in Language:
        for feedback in (done.feedback, *(one.feedback for one in done.problems)):
            assert "{" not in say_feedback(texts(language), feedback)
            assert "way_on." not in say_way_on(texts(language), feedback)
    return done


def save(desk: Desk, kind: FormKind, key: str = "", /, **typed: str) -> SavedForm:
    return save_order(desk, order_of(opened(desk, kind, key), **typed))


def wrong(done: SavedForm) -> list[tuple[str, str]]:
    return [(one.field, one.feedback.code) for one in done.problems]


def person(desk: Desk, key: str) -> Person | None:
    with desk.store.reading() as reader:
        return reader.person(key)


def piece(desk: Desk, key: str) -> Equipment:
    with desk.store.reading() as reader:
        found = reader.piece(key)
    assert found is not None
    return found


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """A bench with a mat and a tool."""
    rules = desk.rules
    with desk.store.writing() as tx:
        for one in (MAT, TOOL):
            assert add_piece(tx, one, badge=CLEO, rules=rules).entries
    return desk
