"""The forms as the window does it: the real port, a bench with its threads, the real store."""

import logging
import queue
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, NoReturn

import pytest

from app import bootstrap
from app.bootstrap import SystemClock, pin_desk
from app.commands.window_forms import WindowForms
from app.services.form_pins import PinForms
from app.services.form_sight import (
    FailedForm,
    FormAsk,
    FormKind,
    FormOrder,
    FormSight,
    OpenedForm,
    RefusedForm,
    SavedForm,
    UndoneForm,
    UndoOrder,
)
from app.services.ports import StoreFaultError
from app.settings import Settings, load_settings
from app.station import Station
from app.texts import Language
from tests.end_to_end.programs import Home
from tests.end_to_end.quiet import Quiet

LEAD: Final = "1004"
TESTER: Final = "esd-tester-1"
LEASED: Final = "GJLRZ26SNY"
PATIENCE: Final = 120


@dataclass
class Desk:
    """A bench with a lead at a form."""

    home: Home
    settings: Settings
    station: Station
    told: Quiet
    port: WindowForms
    lead: str
    sights: "queue.SimpleQueue[FormSight]" = field(default_factory=queue.SimpleQueue)

    def ask(self, kind: FormKind, key: str = "", who: str | None = None) -> FormSight:
        self.port.open(FormAsk(kind, key), who or self.lead, self.sights.put)
        return self.sights.get(timeout=PATIENCE)

    def save(self, kind: FormKind, key: str = "", /, **typed: str) -> FormSight:
        opened = self.ask(kind, key)
        assert isinstance(opened, OpenedForm)
        values = tuple((dict(opened.values) | typed).items())
        order = FormOrder(opened.ask, self.lead, values, opened.values)
        self.port.save(order, self.sights.put)
        return self.sights.get(timeout=PATIENCE)

    def saved(self, kind: FormKind, key: str = "", /, **typed: str) -> str:
        done = self.save(kind, key, **typed)
        assert isinstance(done, SavedForm)
        assert done.problems == ()
        self.told.opened.get(timeout=PATIENCE)  # what is shown is painted anew
        return done.feedback.code


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    with home.store() as store, store.reading() as reader:
        person = reader.person_by_badge(LEAD)
    assert person is not None
    settings, told = load_settings(home.path), Quiet()
    station = Station(settings, told, lambda: "", lambda: Language.SWEDISH)
    port = WindowForms(settings, lambda: station)
    station.start()
    told.opened.get(timeout=PATIENCE)
    yield Desk(home, settings, station, told, port, person.id)
    port.close()
    station.close()


def test_a_person_is_added_qualified_and_removed_with_their_pin(desk: Desk) -> None:
    new = {"person_id": "eve", "name": "Eve Å", "badge": "1999"}
    assert desk.saved(FormKind.PERSON_ADD, **new) == "person_added"
    held = {"qualification": "ACMT", "passed_on": "2026-11-01"}
    assert desk.saved(FormKind.CERTIFICATE, "eve", **held) == "person_certified"
    told = desk.home.told("people", "show", "eve")
    assert (told["name"], told["certifications"][0]["name"]) == ("Eve Å", "ACMT")
    sat = {"exam": "ACMT", "taken_on": "2026-10-30", "exam_result": "yes", "voucher": "V-77"}
    assert desk.saved(FormKind.EXAM, "eve", **sat) == "person_exam"
    assert desk.home.told("people", "show", "eve")["exams"][0]["voucher"] == "V-77"
    assert desk.saved(FormKind.CERTIFICATE_REVOKE, "eve") == "person_uncertified"
    assert desk.home.told("people", "show", "eve")["certifications"] == []
    with desk.home.store() as store:
        pins = pin_desk(desk.settings, lambda: store, SystemClock())
        pins.keep("eve", pins.hashed("471108"))
        assert pins.standing("eve").is_set
    assert desk.saved(FormKind.PERSON_REMOVE, "eve") == "person_removed"
    with desk.home.store() as store:
        assert not pin_desk(desk.settings, lambda: store, SystemClock()).standing("eve").is_set


def test_a_lead_sets_a_pin_and_deletes_it_proving_their_own(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with desk.home.store() as store, store.reading() as reader:
        person = reader.person_by_badge("1001")
    assert person is not None
    new, own = {"new_pin": "2580", "pin_again": "2580"}, {"own_pin": "9753"}
    assert desk.saved(FormKind.PERSON_PIN, desk.lead, new_pin="9753", pin_again="9753") == "pin_set"
    wrong = desk.save(FormKind.PERSON_PIN, person.id, own_pin="9754", **new)
    assert isinstance(wrong, SavedForm)
    assert [(one.field, one.feedback.code) for one in wrong.problems] == [("own_pin", "pin_wrong")]
    assert desk.saved(FormKind.PERSON_PIN, person.id, **new, **own) == "pin_set"
    with desk.home.store() as store:
        assert (
            pin_desk(desk.settings, lambda: store, SystemClock()).check(person.id, "2580") is None
        )
        with store.reading() as reader:
            told = reader.timeline(f"person:{person.id}")[-1]
    assert (told.kind, told.actor, told.payload) == ("person.pin_set", f"person:{desk.lead}", {})
    assert desk.saved(FormKind.PERSON_PIN_FORGET, person.id, **own) == "pin_forgotten"
    assert isinstance(desk.ask(FormKind.PERSON_PIN_FORGET, person.id), RefusedForm)
    assert not any(pin in caplog.text for pin in ("9753", "9754", "2580"))


def test_a_pin_that_cannot_be_hashed_is_told_as_a_defect(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_memory(*_: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr(PinForms, "check", no_memory)
    with caplog.at_level(logging.ERROR, "repair_bench.forms"):
        done = desk.save(FormKind.PERSON_PIN, desk.lead, new_pin="9753", pin_again="9753")
    assert done == FailedForm(FormAsk(FormKind.PERSON_PIN, desk.lead), "bug")
    assert "9753" not in caplog.text


def test_a_window_that_is_closed_checks_no_pin_any_more(desk: Desk) -> None:
    opened = desk.ask(FormKind.PERSON_PIN, desk.lead)
    assert isinstance(opened, OpenedForm)
    values = (("new_pin", "9753"), ("pin_again", "9753"))
    desk.port.close()
    desk.port.save(FormOrder(opened.ask, desk.lead, values), desk.sights.put)
    assert isinstance(
        desk.ask(FormKind.PERSON_PIN, desk.lead), OpenedForm
    )  # what was queued is done
    assert desk.sights.empty()
    with desk.home.store() as store:
        assert not pin_desk(desk.settings, lambda: store, SystemClock()).standing(desk.lead).is_set


def test_who_is_removed_is_removed_also_where_their_pin_cannot_be_deleted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    new = {"person_id": "eve", "name": "Eve Å", "badge": "1999"}
    assert desk.saved(FormKind.PERSON_ADD, **new) == "person_added"

    def no_desk(*_: object) -> NoReturn:
        raise StoreFaultError("io")

    monkeypatch.setattr(bootstrap, "pin_desk", no_desk)
    with caplog.at_level(logging.ERROR, "repair_bench.forms"):
        assert desk.saved(FormKind.PERSON_REMOVE, "eve") == "person_removed"
    assert "PIN of eve" in caplog.text
    assert desk.home.refused("people", "show", "eve")


def test_what_a_lead_saved_is_undone_and_the_pin_of_whoever_was_added_goes(desk: Desk) -> None:
    new = {"person_id": "eve", "name": "Eve Å", "badge": "1999"}
    done = desk.save(FormKind.PERSON_ADD, **new)
    assert isinstance(done, SavedForm)
    assert done.change is not None
    with desk.home.store() as store:
        pins = pin_desk(desk.settings, lambda: store, SystemClock())
        pins.keep("eve", pins.hashed("471108"))
    undo = UndoOrder(done.order.ask, desk.lead, done.change)
    for code in ("addition_undone", "change_newer"):
        desk.port.undo(undo, desk.sights.put)
        undone = desk.sights.get(timeout=PATIENCE)
        assert isinstance(undone, UndoneForm)
        assert undone.feedback.code == code
    assert desk.home.refused("people", "show", "eve")
    with desk.home.store() as store:
        assert not pin_desk(desk.settings, lambda: store, SystemClock()).standing("eve").is_set


def test_a_product_is_put_right_and_judged_anew(desk: Desk) -> None:
    assert desk.home.told("asset", LEASED)["verdict"] == "blocked"
    assert (
        desk.saved(FormKind.PRODUCT_CHANGE, LEASED, leased_until="2099-12-31") == "product_changed"
    )
    assert desk.home.told("asset", LEASED)["verdict"] != "blocked"


def test_a_form_is_for_leads_and_what_is_wrong_comes_back(desk: Desk) -> None:
    refused = desk.ask(FormKind.PIECE_ADD, who="gone")
    assert isinstance(refused, RefusedForm)
    wrong = desk.save(FormKind.PIECE_ADD, piece_id="mat-77")
    assert isinstance(wrong, SavedForm)
    assert [one.field for one in wrong.problems] == ["kind"]


def test_an_instrument_found_bad_is_calibrated_and_in_use_again(desk: Desk) -> None:
    today = datetime.now(UTC).date()  # noqa: TID251 - the bench reads the computer's clock
    before, later = today - timedelta(days=3), today + timedelta(days=360)
    bad = {"bad_from": before.isoformat(), "reason": "dropped"}
    assert desk.saved(FormKind.FOUND_BAD, TESTER, **bad) == "equipment_found_bad"
    opened = desk.ask(FormKind.PIECE_CHANGE, TESTER)
    assert isinstance(opened, OpenedForm)
    assert dict(opened.values)["state"] == "away"
    told = {"calibrated_on": before.isoformat(), "calibration_due": later.isoformat()}
    assert (
        desk.saved(FormKind.CALIBRATION, TESTER, certificate="C-9", **told)
        == "equipment_calibrated"
    )
    assert desk.saved(FormKind.PIECE_CHANGE, TESTER, state="in_use") == "equipment_changed"
    piece = desk.home.told("equipment", "show", TESTER)
    assert (piece["state"], piece["certificate"]) == ("in_use", "C-9")


def test_a_lead_answers_for_what_stops_a_product(desk: Desk) -> None:
    reason = "renewed yesterday, contract 4711"
    assert desk.saved(FormKind.OVERRIDE, LEASED, answer=reason) == "override_recorded"
    told = desk.home.told("asset", LEASED)
    assert told["verdict"] == "warning"
    assert isinstance(desk.ask(FormKind.OVERRIDE, LEASED), RefusedForm)


def test_a_bench_that_is_not_there_yet_is_told(desk: Desk) -> None:
    ask = FormAsk(FormKind.PERSON_ADD)
    WindowForms(desk.settings, lambda: None).open(ask, desk.lead, desk.sights.put)
    assert desk.sights.get(timeout=PATIENCE) == FailedForm(ask, "missing")
