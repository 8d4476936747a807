"""What a form is told where its question or its saving fails."""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn, cast

import pytest

from app.commands.window_forms import WindowForms
from app.services.form_sight import FailedForm, FormAsk, FormKind, FormOrder, FormSight
from app.services.ports import StoreFaultError
from app.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from app.station import Station

ASK = FormAsk(FormKind.PERSON_ADD)
PIN = FormAsk(FormKind.PERSON_PIN, "anna")


@dataclass
class FailingStation:
    """A bench whose store can neither be read nor written; it runs what it is asked at once."""

    error: Exception
    synced: int = 0
    store: object = field(default_factory=object)

    @property
    def bench(self) -> "FailingStation":
        return self

    def call(self, work: Callable[[object], FormSight]) -> "Future[FormSight]":
        done: Future[FormSight] = Future()
        try:
            done.set_result(work(self))
        except CancelledError:
            done.cancel()  # as where the bench ends before its turn came
        except (StoreFaultError, ValueError) as error:
            done.set_exception(error)
        return done

    def reading(self) -> NoReturn:
        raise self.error

    def writing(self) -> NoReturn:
        raise self.error

    def sync_now(self) -> None:
        self.synced += 1


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StoreFaultError("disk_full"), "disk_full"),
        (ValueError("a defect"), "bug"),
        (CancelledError(), "missing"),
    ],
)
def test_what_failed_is_told_and_nothing_is_sent(
    tmp_path: "Path", error: Exception, code: str
) -> None:
    station, told = FailingStation(error), list[FormSight]()
    forms = WindowForms(Settings(tmp_path), lambda: cast("Station", station))
    forms.open(ASK, "cleo", told.append)
    forms.save(FormOrder(ASK, "cleo", ()), told.append)
    assert told == [FailedForm(ASK, code)] * 2
    told.clear()
    forms.open(PIN, "cleo", told.append)
    forms.save(FormOrder(PIN, "cleo", ()), told.append)
    forms.close()
    assert told == [FailedForm(PIN, code)] * 2
    assert station.synced == 0
