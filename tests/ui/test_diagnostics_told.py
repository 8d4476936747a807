"""What the window tells of diagnostic results, of their server and of its folder."""

import pytest

from app.domain.diagnostics.codes import told_codes
from app.domain.diagnostics.record import IMPORTED, RUN_UNDONE, Stage, payload_of
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus
from app.services.reference_codes import shipped_codes
from app.ui.screens.repair.timeline import timeline_table
from app.ui.shell.viewmodel import items_of
from app.ui.theme.colours import Level
from app.ui.wording import Wording
from tests.ui.samples import FITTED, NOW, at, at_repair, entries, state


@pytest.mark.parametrize(
    ("code", "stage", "sentence"),
    [
        ("ADP000", Stage.AFTER, "Result: no issue found (after the work)"),
        ("PPT005", Stage.BEFORE, "Result: dangerous, stop using the product (before the work)"),
        ("QQQ123", Stage.AFTER, "Result: unknown, which does not count as good (after the work)"),
    ],
)
def test_the_timeline_tells_a_result_by_its_stage_and_what_it_comes_to(
    english: Wording, code: str, stage: Stage, sentence: str
) -> None:
    payload = payload_of(told_codes([code]).run(shipped_codes()), stage)
    told = entries((IMPORTED, payload, at(13, 6)), (RUN_UNDONE, {"entry": "e"}, at(13, 7)))
    undone, imported = timeline_table(at_repair(FITTED, timeline=told), english, NOW).rows
    assert imported[1].text == sentence
    assert undone[1].text == "Taken back: a diagnostic result"


def test_the_strip_tells_the_server_and_its_folder_apart(english: Wording) -> None:
    devices = (
        DeviceState("diagnostics-1", DeviceRole.DIAGNOSTICS, DeviceStatus.READY, "tcp://x:1", NOW),
        DeviceState("results-1", DeviceRole.RESULTS, DeviceStatus.LOST, "/srv/results", NOW),
    )
    items = {
        one.name: one for one in items_of(state(at_repair(FITTED), devices=devices), english, NOW)
    }
    server, folder = items["device:diagnostics-1"], items["device:results-1"]
    assert (server.caption, folder.caption) == ("Diagnostics", "Results folder")
    assert (server.icon, folder.icon) == ("stethoscope", "folder-plus")
    assert (folder.value, folder.level, server.level) == ("Connection lost", Level.STOP, Level.CALM)
