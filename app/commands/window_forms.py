"""The forms in which a lead changes registers, as the window reaches them.

A form is opened and saved in the thread that owns the store, after what is queued there; whoever
asks waits for nothing. What it needs is imported when it is first asked.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from concurrent.futures import Future

    from app.commands.window_pins import WindowPins
    from app.data.store import LocalStore
    from app.services.form_sight import FormAsk, FormOrder, FormSight, SavedForm, UndoOrder
    from app.services.ports import Store
    from app.settings import Settings
    from app.station import Station

    Told = Callable[[FormSight], None]

log = logging.getLogger("repair_bench.forms")


class WindowForms:
    """What the forms ask of the bench; every call returns at once.

    Args:
        settings: Of the home: where the PIN lies of somebody who is taken out of the register.
        station: The bench, once there is one.
    """

    def __init__(self, settings: "Settings", station: "Callable[[], Station | None]") -> None:
        self._settings = settings
        self._station = station
        self._pins: WindowPins | None = None

    def open(self, ask: "FormAsk", person_id: str | None, told: "Told") -> None:
        """Find out what the register says now, and whether somebody may change it."""

        def opened(store: "Store", station: "Station") -> "FormSight":
            from app.services.form_opening import open_form
            from app.services.form_pins import PIN_ACTS

            with store.reading() as reader:
                form = open_form(reader, ask, person_id, station.bench.rules(reader))
            if ask.kind not in PIN_ACTS:
                return form
            return self._of_pins().forms(store).opened(form, person_id)

        self._do(ask, opened, told)

    def save(self, order: "FormOrder", told: "Told") -> None:
        """Save a form, or find out what keeps it from being saved."""
        from app.services.form_pins import PIN_ACTS

        station = self._station()
        if order.ask.kind in PIN_ACTS and station is not None:
            self._of_pins().save(order, station, told)
        else:
            self._save(order, told)

    def undo(self, order: "UndoOrder", told: "Told") -> None:
        """Take back what somebody saved last, unless anybody has changed it since."""

        def undone(store: "Store", station: "Station") -> "FormSight":
            from app.services.form_saving import undo_form
            from app.services.views import Tone

            with store.writing() as tx:
                done = undo_form(tx, order)
            if done.feedback.tone is not Tone.REFUSED:
                if done.gone:
                    self._forget(done.gone, store)
                station.bench.refresh()
                station.sync_now()
            return done

        self._do(order.ask, undone, told)

    def close(self) -> None:
        """The window is gone: wait for the end of what is being done."""
        if self._pins is not None:
            self._pins.close()

    def _of_pins(self) -> "WindowPins":
        if self._pins is None:
            from app.commands.window_pins import WindowPins

            self._pins = WindowPins(self._settings)
        return self._pins

    def _save(self, order: "FormOrder", told: "Told") -> None:
        def saved(store: "Store", station: "Station") -> "FormSight":
            from app.services.form_saving import save_form

            with store.writing() as tx:
                done = save_form(tx, order, station.bench.rules(tx))
            if not done.problems:
                self._follow(done, store)
                station.bench.refresh()
                station.sync_now()
            return done

        self._do(order.ask, saved, told)

    def _follow(self, done: "SavedForm", store: "Store") -> None:
        """Do what a saved form brings with it beside the journal."""
        from app.services.form_sight import FormKind

        if done.order.ask.kind is FormKind.PERSON_REMOVE:
            self._forget(done.order.ask.key, store)

    def _forget(self, person_id: str, store: "Store") -> None:
        """Take the PIN out of the vault of whoever is out of the register.

        What was saved is saved also where this fails: nobody signs in with a PIN alone.
        """
        from app.bootstrap import SystemClock, pin_desk

        held = cast("LocalStore", store)
        try:
            pin_desk(self._settings, lambda: held, SystemClock()).forget(person_id)
        except Exception:
            log.exception("the PIN of %s could not be deleted", person_id)

    def _do(
        self, ask: "FormAsk", work: "Callable[[Store, Station], FormSight]", told: "Told"
    ) -> None:
        from app.services.form_sight import FailedForm

        station = self._station()
        if station is None:
            told(FailedForm(ask, "missing"))
            return

        def tell(done: "Future[FormSight]") -> None:
            told(sight_of(ask, done))

        station.bench.call(lambda store: work(store, station)).add_done_callback(tell)


def sight_of(ask: "FormAsk", done: "Future[FormSight]") -> "FormSight":
    """What came of it; whatever failed is told, for somebody waits."""
    from concurrent.futures import CancelledError

    from app.services.form_sight import FailedForm
    from app.services.ports import StoreFaultError

    try:
        return done.result()
    except CancelledError:
        return FailedForm(ask, "missing")
    except StoreFaultError as fault:
        return FailedForm(ask, fault.code)
    except Exception:
        log.exception("the form %s failed", ask.kind)
        return FailedForm(ask, "bug")
