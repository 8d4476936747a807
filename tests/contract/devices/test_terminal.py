"""What only a real terminal can show."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from app.devices.errors import WireCode, WireError
from app.devices.spec import DeviceSpec
from app.devices.wire.opening import open_wire
from app.domain.frames import DeviceRole, DeviceStatus
from tests.contract.devices.cables import RealCable
from tests.contract.devices.rig import bench


@pytest.fixture
def cable() -> Iterator[RealCable]:
    with RealCable() as made:
        yield made


def refusal(url: str) -> WireCode:
    with pytest.raises(WireError) as error:
        open_wire(DeviceSpec("scanner-1", DeviceRole.SCANNER, url))
    return error.value.reason


@pytest.fixture
def eight_bits(cable: RealCable) -> RealCable:
    """Open it once: a terminal refuses 7E1 only where that is all that would change."""
    open_wire(DeviceSpec("scanner-1", DeviceRole.SCANNER, cable.path)).close()
    return cable


def test_settings_that_the_port_does_not_take_are_refused(eight_bits: RealCable) -> None:
    assert refusal(f"serial:{eight_bits.path}?format=7E1") is WireCode.REFUSED


def test_a_file_is_no_port(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert refusal(str(file)) is WireCode.REFUSED
    assert refusal(str(tmp_path)) is WireCode.REFUSED
    assert refusal(str(file / "below")) is WireCode.ABSENT


def test_a_link_that_leads_nowhere_is_an_absent_port(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(link)
    assert refusal(str(link)) is WireCode.ABSENT
    link.unlink()
    link.symlink_to("/dev/pts/none")
    assert refusal(str(link)) is WireCode.ABSENT


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_port_of_another_user_is_denied(cable: RealCable) -> None:
    Path(cable.path).chmod(0)
    assert refusal(cable.path) is WireCode.DENIED


def test_a_device_with_wrong_settings_is_told_as_in_the_wrong_mode(eight_bits: RealCable) -> None:
    class Wrong(RealCable):
        @property
        @override
        def path(self) -> str:
            return f"serial:{eight_bits.path}?format=7E1"

    with Wrong() as wrong, bench(wrong) as (told, _):
        told.until_status(DeviceStatus.WRONG_MODE)
    assert told.statuses() == [DeviceStatus.OPENING, DeviceStatus.WRONG_MODE]
    assert told.frames == []


def test_an_address_that_is_none_is_told_and_holds_up_nothing() -> None:
    class Wrong(RealCable):
        @property
        @override
        def path(self) -> str:
            return "telepathy:scanner"

    with Wrong() as wrong, bench(wrong) as (told, _):
        told.until_status(DeviceStatus.WRONG_MODE)
