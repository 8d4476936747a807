"""Addresses of devices, as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.devices.errors import AddressError
from app.devices.wire.address import (
    Address,
    LineSettings,
    UsbIdentity,
    parse_address,
    usb_address,
)

USUAL = LineSettings()


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("/dev/pts/3", "/dev/pts/3"),
        ("COM3", "COM3"),
        (r"\\.\COM12", r"\\.\COM12"),
        ("serial:///dev/ttyUSB0", "/dev/ttyUSB0"),
        ("serial:/dev/ttyUSB0", "/dev/ttyUSB0"),
        ("serial:COM3", "COM3"),
        ("serial:///COM3", "COM3"),
        ("serial:///dev/my%20port", "/dev/my port"),
        ("/dev/serial/by-path/pci-0000:00:14.0", "/dev/serial/by-path/pci-0000:00:14.0"),
    ],
)
def test_a_path_is_an_address(text: str, path: str) -> None:
    assert parse_address(text) == Address("serial", USUAL, path=path)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("usb:0c2e:0b61", UsbIdentity(0x0C2E, 0x0B61)),
        ("USB:0C2E:0B61:19A3", UsbIdentity(0x0C2E, 0x0B61, "19A3")),
        ("usb:0c2e:0b61@1-2.3", UsbIdentity(0x0C2E, 0x0B61, None, "1-2.3")),
        ("usb:0c2e:0b61:A%40B", UsbIdentity(0x0C2E, 0x0B61, "A@B")),
        ("usb:0c2e:0b61:A:B@1-2", UsbIdentity(0x0C2E, 0x0B61, "A:B", "1-2")),
    ],
)
def test_a_usb_unit_is_an_address(text: str, unit: UsbIdentity) -> None:
    assert parse_address(text) == Address("usb", USUAL, usb=unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("hid:", None),
        ("HID:", None),
        ("hid:0c2e:0b61", UsbIdentity(0x0C2E, 0x0B61)),
        ("hid:0C2E:0B61:19A3", UsbIdentity(0x0C2E, 0x0B61, "19A3")),
        ("hid:0c2e:0b61@1-2.3", UsbIdentity(0x0C2E, 0x0B61, None, "1-2.3")),
    ],
)
def test_a_hid_scanner_is_an_address_and_so_is_any(text: str, unit: UsbIdentity | None) -> None:
    assert parse_address(text) == Address("hid", USUAL, usb=unit)


WORDS = st.text(min_size=1, max_size=40)


@given(
    st.sampled_from(["usb", "hid"]),
    st.builds(
        UsbIdentity,
        st.integers(0, 0xFFFF),
        st.integers(0, 0xFFFF),
        st.none() | WORDS,
        st.none() | WORDS,
    ),
)
def test_an_address_that_is_made_names_the_same_unit(scheme: str, unit: UsbIdentity) -> None:
    address = usb_address(scheme, unit)
    assert parse_address(address) == Address(scheme, USUAL, usb=unit)


def test_a_usual_serial_number_stands_in_an_address_as_it_is() -> None:
    unit = UsbIdentity(0x0C2E, 0x0B61, "S/N: 19A3-1_2.3")
    assert usb_address("usb", unit) == "usb:0c2e:0b61:S/N: 19A3-1_2.3"


def test_line_settings_of_the_address_go_before_those_of_the_profile() -> None:
    profile = LineSettings(baud=19200, bits=7, parity="E", stop=2, flow="xonxoff")
    assert parse_address("serial:///dev/a", profile).line == profile
    address = parse_address("serial:///dev/a?baud=115200&format=8o1&flow=none", profile)
    assert address.line == LineSettings(115200, 8, "O", 1, "none")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_address"),
        ("/dev/a\0b", "bad_address"),
        ("/" * 2000, "bad_address"),
        ("serial:", "bad_address"),
        ("serial:///dev/a%00b", "bad_address"),
        ("usb:0c2e", "bad_address"),
        ("usb:zzzz:0b61", "bad_address"),
        ("hid:telepathy", "bad_address"),
        ("hid:?baud=9600", "bad_setting"),
        ("http://tester", "unknown_scheme"),
        ("serial:/dev/a?baud=fast", "bad_setting"),
        ("serial:/dev/a?baud=1", "bad_setting"),
        ("serial:/dev/a?baud=99999999999999999999", "bad_setting"),
        ("serial:/dev/a?baud=9600000000", "bad_setting"),
        ("serial:/dev/a?format=9N1", "bad_setting"),
        ("serial:/dev/a?flow=dtr", "bad_setting"),
        ("serial:/dev/a?colour=red", "bad_setting"),
    ],
)
def test_what_is_no_address_is_refused(text: str, code: str) -> None:
    with pytest.raises(AddressError) as error:
        parse_address(text)
    assert error.value.code == code


@given(st.text(max_size=80) | st.text(max_size=40).map("serial:".__add__))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = parse_address(text)
    except AddressError:
        return
    assert address.path or address.usb or address.scheme == "hid"
