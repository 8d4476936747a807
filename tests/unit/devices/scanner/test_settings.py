"""The table ``[hid]`` of a profile."""

import pytest

from app.devices.errors import ProfileError
from app.devices.profile import parse_profile
from app.devices.profiles import load_profile
from app.devices.scanner.assembler import ScanAssembler
from app.devices.scanner.descriptor import parse_descriptor
from app.devices.scanner.layout import ReportLayout, layout_of
from app.devices.scanner.settings import HidCommand, HidSettings
from app.devices.spec import device_spec
from app.devices.wire.framing import RawFrame
from tests.contract.devices.hid_descriptors import HONEYWELL, NEWLAND, honeywell, newland

HEAD = 'schema = 1\nrole = "scanner"\n'


def hid(text: str) -> HidSettings:
    return parse_profile((HEAD + text).encode(), "own").hid


def refusal(text: str) -> tuple[str, str, int | None]:
    with pytest.raises(ProfileError) as error:
        parse_profile((HEAD + text).encode(), "own")
    return error.value.code, error.value.field, error.value.line


def test_a_profile_need_not_say_anything_about_reports() -> None:
    assert hid("") == HidSettings()
    assert load_profile("hid-pos").hid == HidSettings()


def test_a_layout_names_bytes_from_the_report_s_id_on() -> None:
    text = (
        "[hid]\nreport = 2\ncount = 1\naim = 2\ndata = 5\ndata_bytes = 56\nmore = 63\nmore_bit = 3"
    )
    assert hid(text).layout == ReportLayout(
        2, data=(40, 448), count=(8, 8), aim=((16, 24),), more=(507, 1)
    )


def test_only_the_data_has_to_be_named() -> None:
    assert hid("[hid]\ndata = 0\ndata_bytes = 8").layout == ReportLayout(0, data=(0, 64))


@pytest.mark.parametrize(
    ("name", "descriptor", "reports", "frame"),
    [
        ("hid-pos-honeywell", HONEYWELL, honeywell(b"A" * 60), RawFrame(b"A" * 60, None, "]C0")),
        ("hid-pos-newland", NEWLAND, newland(b"A" * 60), RawFrame(b"A" * 60)),
    ],
)
def test_a_shipped_layout_reads_as_the_descriptor_does(
    name: str, descriptor: bytes, reports: list[bytes], frame: RawFrame
) -> None:
    profile = load_profile(name)
    for override in (profile.hid.layout, None):
        layout = layout_of(parse_descriptor(descriptor), override)
        made = ScanAssembler(layout, profile.framing)
        assert [each for report in reports for each in made.feed(report)] == [frame]


def test_commands_are_named_by_their_bytes() -> None:
    settings = hid('[hid.output]\nbeep = "04 01"\n[hid.feature]\ntrigger_off = "050000"')
    assert settings.layout is None
    assert settings.command("beep") == HidCommand("beep", b"\4\1")
    assert settings.command("trigger_off") == HidCommand("trigger_off", b"\5\0\0", feature=True)
    assert settings.command("laser") is None


def test_a_device_takes_them_from_its_profile() -> None:
    profile = load_profile("hid-pos-newland")
    assert device_spec("scanner-1", "hid:", profile).hid is profile.hid


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[hid]\ndata = 1", ("missing", "hid.data_bytes", 3)),
        ("[hid]\nreport = 2", ("unknown_key", "hid.report", 4)),
        ("[hid]\ndata = 1\ndata_bytes = 9999", ("bad_value", "hid.data_bytes", 5)),
        ("[hid]\ndata = -1\ndata_bytes = 1", ("bad_value", "hid.data", 4)),
        ("[hid]\ndata = 1\ndata_bytes = 1\nmore_bit = 8", ("bad_value", "hid.more_bit", 6)),
        ("[hid]\ndata = 1\ndata_bytes = 1\nreport = 256", ("bad_value", "hid.report", 6)),
        ("[hid]\ncolour = 1", ("unknown_key", "hid.colour", 4)),
        ('[hid.output]\nbeep = "4"', ("bad_value", "hid.output.beep", 4)),
        ('[hid.output]\nbeep = ""', ("bad_value", "hid.output.beep", 4)),
        ('[hid.output]\nBeep = "04"', ("bad_value", "hid.output.Beep", 4)),
        ("[hid.output]\nbeep = 4", ("wrong_type", "hid.output.beep", 4)),
        ('[hid.output]\na = "04"\n[hid.feature]\na = "05"', ("bad_value", "hid.feature", None)),
    ],
)
def test_what_is_no_such_table_is_refused_with_its_place(
    text: str, told: tuple[str, str, int | None]
) -> None:
    code, field, line = refusal(text)
    assert (code, field) == told[:2]
    assert line == told[2] or told[2] in {3, None}


def test_a_tester_has_no_reports() -> None:
    with pytest.raises(ProfileError) as error:
        parse_profile(
            b'schema = 1\nrole = "esd"\n[hid]\ndata = 1\n[line]\npattern = "(?P<value>.)"', "x"
        )
    assert error.value.code in {"unknown_key", "missing"}
