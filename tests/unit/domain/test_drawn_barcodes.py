"""Barcodes as another program draws and decodes them: what its decoder sends is read right."""

import pytest
import zxingcpp
from zxingcpp import BarcodeFormat

from app.domain.barcodes import Format, Kind, read
from tests.unit.domain.readings import EOT, GS, RS

SERIAL = "C02XK0ABJGH5"
COMPONENT = "C4H7482010WH80MA5"
LABEL = f"[)>{RS}06{GS}1P661-17578{GS}S{COMPONENT}{RS}{EOT}"
ELEMENTS = f"(01)12000001234560(10)LOT7(21){SERIAL}"


def scanned(text: str, form: BarcodeFormat) -> tuple[bytes, str]:
    """What a scanner would send: the bytes, and the symbology's identifier."""
    drawn = zxingcpp.create_barcode(text, form)  # pyright: ignore[reportUnknownMemberType] # loose stub
    picture = drawn.to_image(scale=3)
    found = zxingcpp.read_barcode(picture, try_rotate=False, try_downscale=False, try_invert=False)
    assert found is not None
    return bytes(found.bytes), str(found.symbology_identifier)


@pytest.mark.parametrize(
    "form",
    [
        BarcodeFormat.Aztec,
        BarcodeFormat.Code128,
        BarcodeFormat.Code39,
        BarcodeFormat.Code93,
        BarcodeFormat.DataMatrix,
        BarcodeFormat.PDF417,
        BarcodeFormat.QRCode,
    ],
    ids=str,
)
@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (SERIAL, Kind.DEVICE_SERIAL, SERIAL),
        ("1P661-17578", Kind.PART_NUMBER, "661-17578"),
        (COMPONENT, Kind.COMPONENT_SERIAL, COMPONENT),
        ("OCDONEX", Kind.COMMAND, "DONE"),
    ],
)
def test_a_plain_code_is_read_in_every_symbology(
    form: BarcodeFormat, text: str, kind: Kind, value: str
) -> None:
    raw, aim = scanned(text, form)
    for reading in (read(raw, aim), read(aim.encode() + raw)):
        assert (reading.aim, reading.format) == (aim, Format.PLAIN)
        assert (reading.best.kind, reading.best.value) == (kind, value)
        assert reading.warnings == ()


@pytest.mark.parametrize(
    ("text", "form", "value"),
    [
        ("2000000123455", BarcodeFormat.EAN13, "2000000123455"),
        ("20001230", BarcodeFormat.EAN8, "20001230"),
        ("040000123453", BarcodeFormat.UPCA, "0040000123453"),
        ("04252614", BarcodeFormat.UPCE, "0042100005264"),
        ("12000001234560", BarcodeFormat.ITF, "12000001234560"),
    ],
    ids=str,
)
def test_a_trade_item_is_read_in_every_symbology(
    text: str, form: BarcodeFormat, value: str
) -> None:
    reading = read(*scanned(text, form))
    assert (reading.best.kind, reading.best.value) == (Kind.GTIN, value)
    assert reading.warnings == ()


@pytest.mark.parametrize("form", [BarcodeFormat.DataMatrix, BarcodeFormat.QRCode], ids=str)
def test_an_envelope_is_read_in_every_symbology_that_holds_its_separators(
    form: BarcodeFormat,
) -> None:
    reading = read(*scanned(LABEL, form))
    assert reading.format is Format.ISO15434
    assert reading.fields == {"1P": ("661-17578",), "S": (COMPONENT,)}
    assert reading.warnings == ()


@pytest.mark.parametrize("form", [BarcodeFormat.Code128, BarcodeFormat.DataBarExp], ids=str)
def test_element_strings_are_read_as_printed_and_as_encoded(form: BarcodeFormat) -> None:
    reading = read(*scanned(ELEMENTS, form))
    assert reading.format is Format.GS1
    assert reading.fields == {"01": ("12000001234560",), "10": ("LOT7",), "21": (SERIAL,)}
    assert reading.best.value == SERIAL


def test_the_letters_around_a_codabar_are_left_out() -> None:
    reading = read(*scanned("A12345678B", BarcodeFormat.Codabar))
    assert (reading.best.kind, reading.best.value) == (Kind.DEVICE_SERIAL, "12345678")


@pytest.mark.parametrize("form", [BarcodeFormat.DataMatrix, BarcodeFormat.QRCode], ids=str)
def test_letters_beyond_ascii_come_back_as_they_were(form: BarcodeFormat) -> None:
    reading = read(*scanned("räksmörgås", form))
    assert reading.best.value == "räksmörgås"
