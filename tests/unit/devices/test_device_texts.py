"""Everything that a device or a profile can be told as has its words, in both languages."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

import app.devices
from app.domain.esd import Measurement
from app.domain.frames import DeviceRole, DeviceStatus, FrameFault
from app.texts import Language, texts

SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for path in Path(app.devices.__path__[0]).rglob("*.py")
)


def codes(call: str) -> set[str]:
    """The codes that the sources give to a class or function as its first argument."""
    return set(re.findall(rf"{call}\(\s*\"([a-z_]+)\"", SOURCES))


KEYS = (
    {f"device.role.{role}" for role in DeviceRole}
    | {f"device.status.{status}" for status in DeviceStatus}
    | {f"device.cure.{status}" for status in DeviceStatus}
    | {f"line.{fault}" for fault in FrameFault}
    | {f"line.{code}" for code in codes("LineFault")}
    | {f"misfit.{code}" for code in codes("LineFault") | {fault.value for fault in FrameFault}}
    | {f"misfit.{code}" for code in ("nothing", "marks_left", "no_measurement")}
    | {f"profile.{code}" for code in codes("ProfileError") | codes(r"\.fault")}
    | {f"address.{code}" for code in codes("AddressError")}
    | {f"miss.{field.name}" for field in fields(Measurement)}
    | {f"miss.{reason}" for reason in ("framing", "fault", "no_fault", "count")}
)


def test_the_codes_are_found() -> None:
    assert {"line.no_match", "profile.unknown_key", "address.bad_setting"} <= KEYS


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("key", sorted(KEYS))
def test_a_code_has_its_words(language: Language, key: str) -> None:
    assert texts(language).has(key)
