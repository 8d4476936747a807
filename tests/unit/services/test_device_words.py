"""Every state of a device has its cure in both languages, and a cause its own where it helps."""

from datetime import UTC, datetime

import pytest

from app.devices.errors import WireCode
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus
from app.services.device_words import cure_of, ohm_text, state_word
from app.texts import Language, texts

AT = datetime(2026, 3, 2, tzinfo=UTC)


def state(status: DeviceStatus, cause: str = "", where: str = "/dev/ttyACM0") -> DeviceState:
    return DeviceState("scanner-1", DeviceRole.SCANNER, status, where, AT, cause)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("status", DeviceStatus)
def test_each_state_has_a_word_and_a_cure(status: DeviceStatus, language: Language) -> None:
    words = texts(language)
    assert state_word(state(status), words) != f"device.status.{status.value}"
    assert not cure_of(state(status), words).startswith("device.cure")


@pytest.mark.parametrize("language", Language)
def test_several_units_and_refused_settings_are_told_apart(language: Language) -> None:
    wrong, words = DeviceStatus.WRONG_MODE, texts(language)
    told = {
        cure_of(state(wrong, cause, where), words)
        for cause, where in (
            (WireCode.AMBIGUOUS, "usb:0c2e:0b61"),
            (WireCode.REFUSED, "usb:0c2e:0b61"),
            (WireCode.REFUSED, "hid:0c2e:0b61"),
            ("bad_address", "usb:0c2e:0b61"),
            ("bad_setting", "usb:0c2e:0b61"),
            ("unknown_scheme", "usb:0c2e:0b61"),
            ("something new", "usb:0c2e:0b61"),
        )
    }
    assert len(told) == 7


@pytest.mark.parametrize(
    ("ohm", "text"),
    [(0, "0 Ω"), (999, "999 Ω"), (1_049_900, "1,05 MΩ"), (35 * 10**6, "35 MΩ"), (10**9, "1 GΩ")],
)
def test_a_resistance_is_told_in_its_unit(ohm: int, text: str) -> None:
    assert ohm_text(ohm, Language.SWEDISH) == text
