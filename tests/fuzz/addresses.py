"""Addresses of devices, as people write them: a place within its bounds, or a named reason."""

from app.devices.diagnostics.server import parse_server
from app.devices.errors import AddressError
from app.devices.wire.address import parse_address
from app.devices.wire.places import parse_file, parse_http, parse_tcp
from tests.fuzz.target import Target

BAUD = range(50, 4_000_001)
PORTS = range(1, 65536)
LONGEST = 2048


def seeds() -> tuple[bytes, ...]:
    return (
        b"/dev/ttyUSB0",
        b"COM3",
        b"serial:///dev/ttyUSB0?baud=9600&format=7E1&flow=rtscts",
        b"usb:0c2e:0b61:SERIAL",
        b"usb:0c2e:0b61@1-2.3",
        b"hid:0c2e:0b61",
        b"hid:",
        b"tcp://192.0.2.1:4001",
        b"http://tester.example/cgi-bin/data.cgi?fetch=2",
        b"https://user@[2001:db8::1]:8443/path?x=1#f",
        b"file:///C:/Tester/export.csv?from=start",
        b"serial:///dev/ttyS0?baud=00000960012345",  # was believed for its first nine digits
    )


def check(data: bytes) -> None:
    text = data.decode(errors="replace")
    for reader in (check_serial, check_tcp, check_http, check_file, check_server):
        try:
            reader(text)
        except AddressError as error:
            code, detail = error.code, error.detail
        else:
            continue
        assert code
        assert len(detail) <= LONGEST


def check_serial(text: str) -> None:
    found = parse_address(text)
    assert found.line.baud in BAUD
    assert found.line.bits in range(5, 9)
    assert found.usb is not None or found.scheme in {"serial", "hid"}
    assert "\0" not in found.path


def check_tcp(text: str) -> None:
    found = parse_tcp(text)
    assert found.host
    assert found.port in PORTS


def check_http(text: str) -> None:
    assert parse_http(parse_http(text)) == parse_http(text)
    assert parse_http(text, "/data.cgi?fetch=2")


def check_file(text: str) -> None:
    found = parse_file(text)
    assert "\0" not in str(found.path)


def check_server(text: str) -> None:
    found = parse_server(text)
    assert found.host
    assert found.port in PORTS
    assert found.where


TOKENS = (
    *(b"serial:", b"usb:", b"hid:", b"tcp://", b"http://", b"https://", b"file:", b"?baud=", b"&"),
    *(
        b"&format=",
        b"8N1",
        b"&flow=",
        b"xonxoff",
        b"%00",
        b"%0a",
        b"@1-2",
        b":99999",
        b"[::1]",
        b"]",
    ),
    *(b"?from=end", b"//", b"\\\\.\\COM1", b"..", b"#", b"\xc2\xb2", b"000000000"),
)
TARGET = Target(seeds, check, TOKENS, longest=1500)
