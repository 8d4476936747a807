"""Files of results that are damaged, hostile or of another kind: a reason, and no harm."""

import json
import plistlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.diagnostics import bounds
from app.domain.diagnostics.bounds import UNREADABLE, UnreadableError
from app.domain.diagnostics.reading import read_results
from app.domain.diagnostics.record import run_document, run_of
from app.domain.diagnostics.run import Answer, Battery, Device, DiagnosticsRun, Source
from app.domain.journal import canonical_json
from tests.unit.domain.diagnostics.samples import (
    MAC_SERIAL,
    PHONE_SERIAL,
    SAMPLES,
    book,
    raw_of,
)


def read(raw: bytes) -> DiagnosticsRun:
    return read_results(raw, book())


def refusal(raw: bytes) -> str:
    with pytest.raises(UnreadableError) as refused:
        read(raw)
    assert refused.value.code in UNREADABLE
    return refused.value.code


def test_an_empty_file_says_so() -> None:
    assert [refusal(raw) for raw in (b"", b" \r\n\t", b"\xef\xbb\xbf \n")] == ["empty"] * 3


def test_a_file_that_is_too_long_is_not_decoded() -> None:
    assert refusal(b"{" * (bounds.MAX_BYTES + 1)) == "too_large"
    assert refusal(b"bplist00" + bytes(bounds.MAX_BYTES)) == "too_large"


@pytest.mark.parametrize("raw", [b"\xff\xfeA", b"\x80abc", b"ab\0c", b"\xff\xd8\xff\xe0JFIF"])
def test_what_is_no_text_says_so(raw: bytes) -> None:
    assert refusal(raw) == "not_text"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 100_000, "too_deep"),
        (b"[" + b"1," * 300_000 + b"1]", "too_many"),
        (b'{"SPHardwareDataType": [', "bad_json"),
        (b'{"SPHardwareDataType": "unclosed', "bad_json"),
        (b"{}", "not_known"),
        (b"[]", "not_known"),
        (b'[{"_dataType": ["SPHardwareDataType"], "_items": []}]', "not_known"),
        (b'{"SPFontsDataType": []}', "not_known"),
        (b"Just a letter.\nDear Anna: hello\n", "not_known"),
        (b"a\n" * 200_001, "too_many"),
    ],
)
def test_a_file_beyond_a_bound_or_of_another_kind_says_why(raw: bytes, code: str) -> None:
    assert refusal(raw) == code


def test_a_bracket_inside_a_text_is_no_depth() -> None:
    tree = {"SPHardwareDataType": [{"_name": '\\"[[[{' * 60, "serial_number": MAC_SERIAL}]}
    assert read(json.dumps(tree).encode()).device.serial == MAC_SERIAL


@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 30, "1e999", "NaN", "-Infinity"])
def test_a_number_that_is_none_is_unknown(number: str) -> None:
    info = {"sppower_battery_health_info": {"sppower_battery_cycle_count": "here"}}
    raw = json.dumps({"SPPowerDataType": [info]}).replace('"here"', number)
    run = read(raw.encode())
    assert run.battery == Battery(Answer.YES)


BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE plist [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<plist version="1.0"><dict><key>SerialNumber</key><string>&b;</string></dict></plist>
"""
OUTSIDE = b"""<?xml version="1.0"?>
<!DOCTYPE plist [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<plist version="1.0"><dict><key>SerialNumber</key><string>&a;</string></dict></plist>
"""


def plist(body: str) -> bytes:
    return f'<plist version="1.0">{body}</plist>'.encode()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (BOMB, "bad_plist"),
        (OUTSIDE, "bad_plist"),
        (plist("<array>" * 40 + "</array>" * 40), "too_deep"),
        (plist("<array/>" * 400_001), "too_many"),
        (plist("<dict><key>a</key></dict>"), "bad_plist"),
        (plist("<dict><string>a</string></dict>"), "bad_plist"),
        (plist("<date>yesterday</date>"), "bad_plist"),
        (plist("<date>2026-13-45T99:00:00Z</date>"), "bad_plist"),
        (plist("<integer>" + "9" * 5000 + "</integer>"), "bad_plist"),
        (plist("<data>***</data>"), "not_known"),
        (plist("<real>x</real>"), "bad_plist"),
        (plist(""), "not_known"),
        (b"<plist", "bad_plist"),
        (b"<?xml version='1.0' encoding='ebcdic-nonsense'?><html/>", "not_known"),
    ],
)
def test_a_property_list_that_is_none_or_a_trap_says_so(raw: bytes, code: str) -> None:
    assert refusal(raw) in {code, "bad_plist"}


def test_a_long_list_of_empty_branches_is_not_deep() -> None:
    empty = "<key>x</key><array/>" * 50
    raw = plist(f"<dict><key>SerialNumber</key><string>{PHONE_SERIAL}</string>{empty}</dict>")
    assert read(raw).device.serial == PHONE_SERIAL


def binary(*objects: bytes, top: int = 0) -> bytes:
    """A binary property list of these objects, whose references are one byte."""
    body, places = b"bplist00", list[int]()
    for one in objects:
        places.append(len(body))
        body += one
    table = b"".join(place.to_bytes(2, "big") for place in places)
    trailer = bytes(6) + bytes([2, 1]) + len(objects).to_bytes(8, "big")
    return body + table + trailer + top.to_bytes(8, "big") + len(body).to_bytes(8, "big")


def test_a_binary_list_that_holds_itself_does_no_harm() -> None:
    assert refusal(binary(b"\xa1\x00")) == "not_known"
    itself = binary(b"\xd1\x01\x00", b"\x5cSerialNumber")
    assert read(itself).device == Device()


def test_a_binary_list_nested_beyond_the_stack_is_too_deep() -> None:
    nested = b"bplist00" + b"".join(
        b"\xa1" + (number + 1).to_bytes(2, "big") for number in range(3000)
    )
    places = b"".join((8 + 3 * number).to_bytes(2, "big") for number in range(3000))
    trailer = bytes(6) + bytes([2, 2]) + (3000).to_bytes(8, "big") + bytes(8)
    raw = nested + places + trailer + len(nested).to_bytes(8, "big")
    assert refusal(raw) == "too_deep"


@pytest.mark.parametrize("count", [2**31, 2**62, 2**63])
def test_a_binary_list_that_claims_more_than_it_is_takes_no_memory(count: int) -> None:
    objects = binary(b"\xaf\x13" + count.to_bytes(8, "big"), b"\x51a")
    assert refusal(objects) == "bad_plist"
    sound = binary(b"\x51a")
    assert refusal(sound[:-24] + count.to_bytes(8, "big") + sound[-16:]) == "bad_plist"
    assert refusal(binary(b"\x5f\x13" + count.to_bytes(8, "big"))) == "bad_plist"


def test_a_binary_list_of_more_items_than_any_results_is_not_opened() -> None:
    assert refusal(b"bplist00" + bytes(bounds.MAX_ITEMS)) == "too_many"


def test_values_of_other_types_are_unknown() -> None:
    tree = {
        "SerialNumber": datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None),
        "ProductType": b"iPhone14,2",
        "HasBattery": 1,
        "BatteryCurrentCapacity": plistlib.UID(5),
    }
    assert read(plistlib.dumps(tree, fmt=plistlib.FMT_BINARY)) == DiagnosticsRun(Source.IDEVICEINFO)


# ----------------------------------------------------------------------
# Whatever comes
# ----------------------------------------------------------------------


def take(raw: bytes) -> None:
    """Read bytes: a run that the journal can hold and gives back, or a reason."""
    code = ""
    try:
        run = read(raw)
    except UnreadableError as error:
        code = error.code
    else:
        document = run_document(run)
        assert len(canonical_json(document)) < 16_384
        assert run_of(json.loads(json.dumps(document))) == run
    assert code in {"", *UNREADABLE}


MARKS = st.sampled_from(
    [b"", b"{", b"[", b"<?xml", b"<plist>", b"bplist00", b"\xff\xfe", b"https://"]
)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    *["SPHardwareDataType", "SPPowerDataType", "SPNVMeDataType", "_items"],
                    *["_dataType", "serial_number", "sppower_battery_health_info"],
                    *["smart_status", "SerialNumber", "HasBattery", "ProductType", "x"],
                ]
            ),
            below,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(st.builds(bytes.__add__, MARKS, st.binary(max_size=400)))
def test_any_bytes_are_a_run_or_a_reason(raw: bytes) -> None:
    take(raw)


@given(TREES)
def test_any_json_is_a_run_or_a_reason(tree: object) -> None:
    take(json.dumps(tree).encode())


@given(st.text())
def test_any_text_is_a_run_or_a_reason(text: str) -> None:
    take(text.encode(errors="surrogatepass"))
    take(f"SerialNumber: {text}".encode(errors="surrogatepass"))


@pytest.mark.parametrize("name", [*SAMPLES, "binary"])
@settings(max_examples=150)
@given(data=st.data())
def test_a_sample_with_any_change_is_a_run_or_a_reason(name: str, data: st.DataObject) -> None:
    """Cut anywhere, or changed at any place: nothing raises, whatever it now says."""
    if name == "binary":
        raw = plistlib.dumps(plistlib.loads(raw_of("iphone.plist")), fmt=plistlib.FMT_BINARY)
    else:
        raw = raw_of(name)
    place = data.draw(st.integers(0, len(raw) - 1))
    take(raw[:place])
    length = data.draw(st.integers(0, 12))
    take(raw[:place] + data.draw(st.binary(max_size=12)) + raw[place + length :])
