"""Files of results: what is taken from them, and what they cannot do."""

import json
import plistlib
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diagnostics.bounds import UnreadableError
from app.domain.diagnostics.reading import read_results
from app.domain.diagnostics.record import run_document
from app.domain.diagnostics.run import (
    Answer,
    Battery,
    Device,
    DiagnosticsRun,
    Disk,
    Outcome,
    Source,
)
from tests.unit.domain.diagnostics.samples import (
    MAC_SERIAL,
    PHONE_SERIAL,
    PRIVATE,
    SAMPLES,
    book,
    raw_of,
    run_of_sample,
)

MAC = DiagnosticsRun(
    Source.SYSTEM_PROFILER,
    Device(
        serial=MAC_SERIAL,
        model="MacBookPro18,3",
        model_number="MKGP3KS/A",
        chip="Apple M1 Pro",
        memory_gb=16,
        system="macOS 14.4 (23E214)",
        locked=Answer.NO,
    ),
    Battery(Answer.YES, Outcome.NO_ISSUE, 88, 79, 158, "F8Y53MZJ42W6P2H94"),
    (Disk("APPLE SSD AP0512R", 500_277_792_768, Outcome.NO_ISSUE),),
)
PHONE = DiagnosticsRun(
    Source.IDEVICEINFO,
    Device(
        serial=PHONE_SERIAL,
        imeis=("354178036859789", "354178036859797"),
        model="iPhone14,2",
        model_number="MK183KS/A",
        board_serial="F5D2143000KPG5N4",
        system="17.4.1",
        activated=Answer.YES,
    ),
    Battery(Answer.YES, charge_percent=85),
)


def read(raw: bytes) -> DiagnosticsRun:
    return read_results(raw, book())


def mac_with(section: str, **values: object) -> DiagnosticsRun:
    """The sample Mac with other values in a section's first item."""
    tree: dict[str, Any] = json.loads(raw_of("mac.json"))
    tree[section][0] |= values
    return read(json.dumps(tree).encode())


# ----------------------------------------------------------------------
# What is read
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "run"),
    [("mac.json", MAC), ("mac.spx", MAC), ("iphone.txt", PHONE), ("iphone.plist", PHONE)],
)
def test_a_full_report_is_read_whatever_its_form(name: str, run: DiagnosticsRun) -> None:
    assert run_of_sample(name) == run


def test_a_binary_property_list_says_the_same() -> None:
    tree = plistlib.loads(raw_of("iphone.plist"))
    assert read(plistlib.dumps(tree, fmt=plistlib.FMT_BINARY)) == PHONE


@pytest.mark.parametrize("name", ["mac.json", "iphone.plist", "iphone.txt"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_what_windows_shell_redirected_is_read_the_same(name: str, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    text = raw_of(name).decode().replace("\n", "\r\n")
    assert read(mark + text.encode(encoding)) == run_of_sample(name)


def test_a_report_of_the_least_detail_leaves_unknown_what_it_lacks() -> None:
    run = run_of_sample("mac-mini-detail.json")
    assert (run.device.serial, run.device.locked) == (None, Answer.UNKNOWN)
    assert (run.battery, run.disks, run.outcome) == (Battery(), (), Outcome.UNKNOWN)


def test_a_desktop_has_no_battery_and_a_failing_drive_is_a_fault() -> None:
    run = run_of_sample("mac-desktop.json")
    assert (run.battery.present, run.device.locked) == (Answer.NO, Answer.YES)
    assert run.outcome is Outcome.FAULT


def test_a_desktop_is_good_without_a_battery() -> None:
    raw = raw_of("mac-desktop.json").replace(b"Failing", b"Verified")
    assert read(raw).outcome is Outcome.NO_ISSUE


def test_a_portable_whose_battery_is_not_told_is_never_good() -> None:
    run = mac_with("SPPowerDataType", sppower_battery_health_info={}, sppower_battery_model_info=0)
    assert (run.battery, run.outcome) == (Battery(), Outcome.UNKNOWN)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Normal", Outcome.NO_ISSUE),
        ("Service Recommended", Outcome.WEAR),
        ("Poor", Outcome.FAULT),
        ("Bra", Outcome.UNKNOWN),
        (None, Outcome.UNKNOWN),
        (["Good"], Outcome.UNKNOWN),
    ],
)
def test_a_battery_is_as_good_as_the_tool_says_in_its_own_words(
    said: object, outcome: Outcome
) -> None:
    run = mac_with("SPPowerDataType", sppower_battery_health_info={"sppower_battery_health": said})
    health = run.battery.health if said is not None else run.outcome
    assert (health, run.outcome) == (outcome, outcome)


@pytest.mark.parametrize(
    ("told", "percent"),
    [
        *[("88%", 88), ("88 %", 88), ("88\u202f%", 88), ("100", 100), (7, 7), ("101%", None)],
        *[("-1", None), (True, None), (88.0, None), ("Svante", None), ("٨٨", None)],
    ],
)
def test_a_capacity_is_a_share_in_any_of_its_forms(told: object, percent: int | None) -> None:
    info = {"sppower_battery_health_maximum_capacity": told}
    run = mac_with("SPPowerDataType", sppower_battery_health_info=info)
    assert run.battery.capacity_percent == percent


@pytest.mark.parametrize(("told", "cycles"), [(158, 158), (" 158 ", 158), ("many", None)])
def test_cycles_are_a_whole_number_in_either_form(told: object, cycles: int | None) -> None:
    info = {"sppower_battery_cycle_count": told}
    assert mac_with("SPPowerDataType", sppower_battery_health_info=info).battery.cycles == cycles


def test_a_drive_that_can_be_detached_is_no_part_of_the_mac() -> None:
    assert len(run_of_sample("mac.json").disks) == 1
    for detachable, disks in (("no", (Disk(health=Outcome.NO_ISSUE),)), ("yes", ()), (None, ())):
        drive = {"smart_status": "Verified", "detachable_drive": detachable}
        run = read(json.dumps({"SPNVMeDataType": [drive]}).encode())
        assert run.disks == disks


def test_an_intel_mac_tells_its_processor() -> None:
    run = mac_with("SPHardwareDataType", chip_type=None, cpu_type="Quad-Core Intel Core i7")
    assert run.device.chip == "Quad-Core Intel Core i7"


def test_a_serial_with_a_letter_that_no_serial_has_is_unknown() -> None:
    assert mac_with("SPHardwareDataType", serial_number="CO2XKOABJGH5").device.serial is None


def test_a_field_told_twice_with_two_values_is_unknown() -> None:
    raw = raw_of("iphone.txt")
    forged = raw + b"SerialNumber: C02XK0ABJGH5\nProductType: iPhone14,2\n"
    assert (read(forged).device.serial, read(forged).device.model) == (None, "iPhone14,2")


def test_only_a_line_end_ends_a_field() -> None:
    """A device's name may hold any character that some would take for the end of a line."""
    for between in ("\u2028", "\x0b", "\x0c", "\x85", "\x1c", "\r"):
        forged = f"ProductType: iPhone14,2\nDeviceName: x{between}SerialNumber: F2LXK0ABJC6K\n"
        assert read(forged.encode()).device.serial is None


def test_what_is_indented_belongs_to_another_field() -> None:
    raw = b"ProductType: iPhone14,2\nNested: \n SerialNumber: F2LXK0ABJC6K\n"
    assert read(raw).device.serial is None


def test_a_phone_says_no_more_of_its_battery_than_it_says() -> None:
    assert read(b"BatteryCurrentCapacity: 85\n").battery == Battery(Answer.YES, charge_percent=85)
    assert read(b"HasBattery: false\n").battery == Battery(Answer.NO)
    assert read(b"SerialNumber: F2LXK0ABJC6K\n").battery == Battery()
    assert run_of_sample("iphone.txt").outcome is Outcome.UNKNOWN


def test_a_region_that_is_none_leaves_the_number_as_it_is() -> None:
    raw = b"SerialNumber: F2LXK0ABJC6K\nModelNumber: MK183\nRegionInfo: hemma hos Svante\n"
    assert read(raw).device.model_number == "MK183"


def test_a_long_list_of_codes_is_no_list_of_codes() -> None:
    assert read(b"ADP000 " * 500).codes[0].code == "ADP000"
    with pytest.raises(UnreadableError):
        read(b"ADP000 " * 1000)


def test_a_file_of_codes_or_a_link_is_read_as_if_typed() -> None:
    assert [one.code for one in run_of_sample("codes.txt").codes] == ["PPT002", "NDR001", "ADP000"]
    link = run_of_sample("link.txt")
    assert (link.device.serial, link.outcome) == (MAC_SERIAL, Outcome.FAULT)


# ----------------------------------------------------------------------
# What is missing is unknown
# ----------------------------------------------------------------------


def paths(tree: object, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value of a tree."""
    items: Iterable[tuple[str | int, object]] = ()
    if isinstance(tree, dict):
        items = cast("dict[str, object]", tree).items()
    elif isinstance(tree, list):
        items = enumerate(cast("list[object]", tree))
    for key, below in items:
        yield (*above, key)
        yield from paths(below, (*above, key))


MAC_PATHS = tuple(paths(json.loads(raw_of("mac.json"))))


@pytest.mark.parametrize("path", MAC_PATHS, ids=lambda path: ".".join(map(str, path)))
def test_a_value_that_is_missing_is_unknown_and_changes_no_other(path: tuple[str | int]) -> None:
    """Whatever key is left out: a value is as it was, or unknown; what was good is never better."""
    tree: Any = json.loads(raw_of("mac.json"))
    holder = tree
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    run = read(json.dumps(tree).encode())
    for whole, now in ((MAC.device, run.device), (MAC.battery, run.battery)):
        for field in fields(whole):
            told = getattr(now, field.name)
            assert told in (getattr(whole, field.name), None, Answer.UNKNOWN, Outcome.UNKNOWN)
    assert run.disks in {
        MAC.disks,
        (),
        *(
            (replace(MAC.disks[0], **{field.name: unknown}),)
            for field, unknown in zip(fields(Disk), (None, None, Outcome.UNKNOWN), strict=True)
        ),
    }
    good = run.battery.health is Outcome.NO_ISSUE and run.disks and run.disks[0].health
    assert (run.outcome is Outcome.NO_ISSUE) == (good is Outcome.NO_ISSUE)


# ----------------------------------------------------------------------
# What is private stays outside
# ----------------------------------------------------------------------


def document_of(run: DiagnosticsRun) -> str:
    return json.dumps(run_document(run), ensure_ascii=False)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_private_value_of_a_sample_is_in_its_run(name: str) -> None:
    told = document_of(run_of_sample(name)) + repr(run_of_sample(name))
    assert [one for one in PRIVATE if one in told] == []


@pytest.mark.parametrize("private", PRIVATE)
def test_the_samples_are_rich_in_private_values(private: str) -> None:
    assert any(private in raw_of(name).decode() for name in SAMPLES)


FORMLESS = st.sampled_from(
    [
        *["Svante Privatsson", "svante@icloud.example", "+46701234567", "a4:83:e7:12:34:56"],
        *["59.3473, 18.0717", "Svantes iPhone", "Svantes-MacBook-Pro.local", "KTH 5 GHz"],
    ]
)


@given(st.data())
def test_a_private_value_in_an_allowed_field_is_dropped_for_its_form(data: st.DataObject) -> None:
    """Whatever field of a sample holds a name, an address or a place: it never comes through."""
    tree: Any = plistlib.loads(raw_of("iphone.plist"))
    flat = {key: data.draw(FORMLESS) for key in tree}
    mac: Any = json.loads(raw_of("mac.json"))
    for section in ("SPHardwareDataType", "SPSoftwareDataType"):
        mac[section][0] = {key: data.draw(FORMLESS) for key in mac[section][0]}
    power = mac["SPPowerDataType"][0]
    for part, values in power.items():
        if isinstance(values, dict):
            held = cast("dict[str, object]", values)
            power[part] = {key: data.draw(FORMLESS) for key in held}
    disk = mac["SPNVMeDataType"][0]["_items"][0]
    mac["SPNVMeDataType"][0]["_items"][0] = {key: data.draw(FORMLESS) for key in disk}
    for raw in (plistlib.dumps(flat), json.dumps(mac).encode()):
        run = read(raw)
        assert run.device == Device()
        assert run.outcome is Outcome.UNKNOWN
        assert "vante" not in document_of(run)
