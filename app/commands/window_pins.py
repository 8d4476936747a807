"""The forms of PINs as the window reaches them: hashed in a thread of their own.

Hashing takes a tenth of a second on purpose, for which neither the window nor the thread that owns
the store may stand still.
"""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from app.commands.window_forms import sight_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from app.data.store import LocalStore
    from app.services.form_pins import PinForms, PinTask
    from app.services.form_sight import FormOrder, FormSight, SavedForm
    from app.services.ports import Store
    from app.settings import Settings
    from app.station import Station

    Told = Callable[[FormSight], None]

log = logging.getLogger("repair_bench.forms")


class WindowPins:
    """Saves the forms of PINs; every call returns at once.

    Args:
        settings: Of the home: when wrong PINs lock somebody out.
    """

    def __init__(self, settings: "Settings") -> None:
        self._settings = settings
        self._forms: PinForms | None = None
        self._gate = threading.Lock()
        self._closed = False
        self._work: list[threading.Thread] = []

    def forms(self, store: "Store") -> "PinForms":
        """The forms over the bench's one store; for the thread that owns it."""
        if self._forms is None:
            from app.bootstrap import SystemClock, pin_desk
            from app.services.form_pins import PinForms

            held, clock = cast("LocalStore", store), SystemClock()
            self._forms = PinForms(pin_desk(self._settings, lambda: held, clock), clock)
        return self._forms

    def save(self, order: "FormOrder", station: "Station", told: "Told") -> None:
        """Save a form, or find out what keeps it from being saved."""
        from app.services.form_pins import PinTask

        def begun(done: "Future[PinTask | SavedForm]") -> None:
            failed = done.cancelled() or done.exception() is not None
            task = None if failed else done.result()
            if isinstance(task, PinTask):
                self._check(task, station, told)
            else:
                told(sight_of(order.ask, cast("Future[FormSight]", done)))

        station.bench.call(lambda store: self.forms(store).begin(store, order)).add_done_callback(
            begun
        )

    def _check(self, task: "PinTask", station: "Station", told: "Told") -> None:
        def check() -> None:
            ask = task.order.ask
            try:
                forms = cast("PinForms", self._forms)  # it began the task
                checked = forms.check(task)
            except Exception:
                from app.services.form_sight import FailedForm

                log.exception("the form %s failed", ask.kind)
                told(FailedForm(ask, "bug"))
                return

            def settled(store: "Store") -> "FormSight":
                done = forms.settle(store, checked)
                if not done.problems:
                    station.bench.refresh()
                    station.sync_now()
                return done

            station.bench.call(settled).add_done_callback(lambda done: told(sight_of(ask, done)))

        with self._gate:
            if self._closed:
                return  # nobody is there to be told
            self._work = [one for one in self._work if one.is_alive()]
            thread = threading.Thread(target=check, name="pin form")
            self._work.append(thread)
            thread.start()

    def close(self) -> None:
        """The window is gone: check nothing more, and wait for what is being checked."""
        with self._gate:
            self._closed = True
            work, self._work = self._work, []
        for one in work:
            one.join()
