"""A part that is scanned while its recall is asked."""

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from app.domain.journal import Json
from app.services.recall_sight import Suspect
from app.services.views import Tone
from tests.ui.conftest import Open
from tests.ui.esd_samples import feedback
from tests.ui.office_samples import changed
from tests.ui.office_window import HOME, ShownOffice
from tests.ui.recall_window import at_recall, field, press
from tests.ui.samples import outcome


@pytest.fixture
def shown(open_window: Open) -> ShownOffice:
    return at_recall(open_window())


def scan(shown: ShownOffice, *candidates: Json) -> None:
    """The bench answers a scan that it has no use for."""
    told = outcome(feedback(Tone.REFUSED, "no_repair", "scan_product"), HOME)
    entry = replace(changed({}), payload={"candidates": list(candidates)})
    shown.opened.bridge.tell_outcome(replace(told, entries=(entry,)))


def test_a_part_that_is_scanned_is_the_benchs_and_stands_in_the_question(
    shown: ShownOffice,
) -> None:
    press(shown, Suspect.LOT)
    QTest.keyClicks(field(shown, "serial"), "old")
    scan(shown, {"kind": "component_serial", "value": "F5D547790KPG5NYAW"})
    scan(shown, {"kind": "part_number", "value": "661-17578"})
    assert field(shown, "serial").text() == "F5D547790KPG5NYAW"
    assert field(shown, "part_number").text() == "661-17578"
    press(shown, Suspect.TESTER)
    scan(shown, {"kind": "part_number", "value": "661-00000"})
    assert field(shown, "part_number").text() == "661-17578"
    shown.opened.controller.office.leave()
    scan(shown, {"kind": "part_number", "value": "661-00000"})
    assert field(shown, "part_number").text() == "661-17578"
