"""``devices list``: what is connected, what to write into the settings, what has to change."""

import json
import sys

import pytest

from app.__main__ import main
from tests.contract.devices.hid_descriptors import HONEYWELL, KEYBOARD
from tests.contract.devices.hid_fake import FakeHidLibrary
from tests.contract.devices.hid_rig import HidIdentity

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the library has another name elsewhere"
)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> FakeHidLibrary:
    made = FakeHidLibrary()
    monkeypatch.setitem(sys.modules, "hidraw", made)
    return made


def hid_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if "hidraw" in line]


def test_a_scanner_is_listed_with_the_address_to_write(
    library: FakeHidLibrary, capsys: pytest.CaptureFixture[str]
) -> None:
    library.add(HONEYWELL, HidIdentity())
    assert main(["devices", "list"]) == 0
    (line,) = hid_lines(capsys.readouterr().out)
    assert line == "/dev/hidraw0  Maker Scanner  hid:0c2e:0b61:S1  HID POS"


def test_a_scanner_in_keyboard_mode_is_listed_with_what_to_do(
    library: FakeHidLibrary, capsys: pytest.CaptureFixture[str]
) -> None:
    library.add(KEYBOARD, HidIdentity(0x1EAB, 0x0003))
    assert main(["devices", "list"]) == 0
    (line,) = hid_lines(capsys.readouterr().out)
    assert "keyboard mode" in line
    assert main(["devices", "list", "--json"]) == 0
    (row,) = [row for row in json.loads(capsys.readouterr().out) if row["kind"] == "hid"]
    assert row["mode"] == "keyboard"


def test_a_system_that_does_not_tell_is_told(
    library: FakeHidLibrary, capsys: pytest.CaptureFixture[str]
) -> None:
    library.broken = True
    assert main(["devices", "list"]) == 1
    assert "HID" in capsys.readouterr().err
