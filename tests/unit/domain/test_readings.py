"""The reading of a barcode itself: its symbology, its shape, and that any bytes have one."""

import json
import random
import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.barcodes import (
    MAX_BYTES,
    WARNINGS,
    Format,
    Kind,
    as_json,
    read,
    warm_up,
)
from tests.unit.domain.readings import EOT, GS, RS, both, label, meaning

# ----------------------------------------------------------------------
# The symbology
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "aim"),
    [
        (b"]A0C02XK0ABJGH5", None),
        (b"C02XK0ABJGH5", "]A0"),
        (b"]A0C02XK0ABJGH5", "]A0"),
        (b"C02XK0ABJGH5", "]A0\0"),
    ],
)
def test_the_symbology_is_known_from_the_wire_or_from_the_data(raw: bytes, aim: str | None) -> None:
    reading = read(raw, aim)
    assert reading.aim == "]A0"
    assert meaning(reading) == both("C02XK0ABJGH5")


def test_data_that_begins_like_another_symbology_is_data() -> None:
    reading = read(b"]A0C02XK0ABJGH5", "]C0")
    assert (reading.aim, meaning(reading)) == ("]C0", [("unknown", "]A0C02XK0ABJGH5")])


@pytest.mark.parametrize("aim", ["", "\0\0\0", "   "])
def test_a_scanner_without_symbologies_is_no_fault(aim: str) -> None:
    reading = read(b"C02XK0ABJGH5", aim)
    assert (reading.aim, reading.warnings) == (None, ())


@pytest.mark.parametrize("aim", ["d2", "]", "]d22", "abc", "]\xff1"])
def test_a_symbology_that_is_none_is_told_and_the_data_read(aim: str) -> None:
    reading = read(b"C02XK0ABJGH5", aim)
    assert (reading.aim, reading.warnings) == (None, ("aim_unknown",))
    assert meaning(reading) == both("C02XK0ABJGH5")


# ----------------------------------------------------------------------
# The reading itself
# ----------------------------------------------------------------------


def test_a_reading_as_json_has_the_shape_that_scripts_rely_on() -> None:
    raw = label("1P661-17578", "Q1")
    assert json.loads(json.dumps(as_json(read(raw, "]d1")))) == {
        "raw_hex": raw.hex(),
        "aim": "]d1",
        "symbology": "data_matrix",
        "format": "iso15434",
        "fields": {"1P": ["661-17578"], "Q": ["1"]},
        "candidates": [{"kind": "part_number", "value": "661-17578"}],
        "warnings": [],
    }


def test_a_reading_as_json_holds_plain_values_only() -> None:
    document = as_json(read(b"CO2XKOABJGH5", "nonsense"))
    assert document["warnings"] == ["aim_unknown", "serial_i_or_o"]
    assert {type(code) for code in read(b"CO2XKOABJGH5", "nonsense").warnings} == {str}


def test_a_reading_gives_the_values_of_some_kinds_best_first() -> None:
    reading = read(b"SC02XK0ABJGH5")
    assert reading.values(Kind.DEVICE_SERIAL) == ("SC02XK0ABJGH5", "C02XK0ABJGH5")
    assert reading.values(Kind.IMEI, Kind.MEID) == ()


def test_a_reading_never_changes() -> None:
    reading = read(b"C02XK0ABJGH5")
    with pytest.raises(FrozenInstanceError):
        reading.raw = b""  # pyright: ignore[reportAttributeAccessIssue] # that is the point
    assert hash(reading) == hash(read(b"C02XK0ABJGH5"))


def test_start_up_imports_none_of_the_slow_libraries() -> None:
    script = (
        "import sys; from app.domain.barcodes import read; read(b'C02XK0ABJGH5');"
        "assert not {'biip', 'stdnum'} & set(sys.modules), 'imported at start'"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_warm_up_leaves_nothing_to_import() -> None:
    script = (
        "import sys; from app.domain.barcodes import read, warm_up; warm_up();"
        "before = set(sys.modules); read(b'354178036859789'); read(b']C10109780201379624');"
        "read(b'OCDONEX'); read(b'8946071512360089522');"
        "assert set(sys.modules) == before, set(sys.modules) - before"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    warm_up()


# ----------------------------------------------------------------------
# Any bytes
# ----------------------------------------------------------------------

SYMBOLOGIES = st.none() | st.sampled_from(
    ["]A0", "]C0", "]C1", "]E0", "]E3", "]E4", "]I1", "]Q3", "]d1", "]d2", "]e0", "x", "\0"]
)
PIECES = st.sampled_from(
    [
        *(
            "[)>",
            ">",
            RS,
            GS,
            EOT,
            "06",
            "05",
            "12",
            "01",
            "1P",
            "P",
            "S",
            "25S",
            "*",
            "]d2",
            "]C1",
        ),
        *("661-17578", "C02XK0ABJGH5", "C4H7482010WH80MA5", "354178036859789", "9780201379624"),
        *("OCDONEX", "OB", "OR", "8200", "3103", "3929", "8008", "7007", "17", "415", "00", "02"),
        *("8002", "390", "\0", " ", "\r\n", "0", "9", "I", "O", "\u0661", "\u00c5", "\u017f"),
    ]
)


def check_reading(raw: bytes, aim: str | None) -> None:
    reading = read(raw, aim)
    assert reading.raw == raw
    assert reading.candidates
    assert len(set(reading.candidates)) == len(reading.candidates)
    assert (reading.best.kind is Kind.UNKNOWN) == (
        Kind.UNKNOWN in {c.kind for c in reading.candidates}
    )
    assert set(reading.warnings) <= set(WARNINGS)
    assert len(set(reading.warnings)) == len(reading.warnings)
    assert (reading.fields == {}) or reading.format is not Format.PLAIN
    assert json.loads(json.dumps(as_json(reading)))["raw_hex"] == raw.hex()
    assert read(raw, aim) == reading


@given(st.binary(max_size=3 * 1024), st.none() | st.text(max_size=4))
def test_any_bytes_have_a_reading(raw: bytes, aim: str | None) -> None:
    check_reading(raw, aim)


@settings(max_examples=400)
@given(st.lists(PIECES | st.text("0123456789", max_size=8), max_size=30), SYMBOLOGIES)
def test_any_mixture_of_what_barcodes_are_made_of_has_a_reading(
    pieces: list[str], aim: str | None
) -> None:
    check_reading("".join(pieces).encode(), aim)


@given(st.integers(0, 2**32 - 1), st.sampled_from(["]C1", "]d2", "]Q3", "]e0"]))
def test_any_digits_have_a_reading_as_gs1(seed: int, aim: str) -> None:
    generator = random.Random(seed)  # noqa: S311 - no secret; digits reach deeper than any text
    digits = "".join(generator.choices(f"0123456789{GS}", k=generator.randrange(1, 120)))
    check_reading(digits.encode(), aim)


@given(st.lists(PIECES, min_size=1, max_size=12), SYMBOLOGIES)
def test_a_reading_is_never_much_larger_than_its_bytes(pieces: list[str], aim: str | None) -> None:
    raw = "".join(pieces).encode()
    reading = read(raw, aim)
    values = [value for each in reading.fields.values() for value in each]
    assert sum(map(len, values)) <= len(raw)
    assert len(reading.candidates) <= 6 * (len(values) + 1)
    assert all(len(one.value) <= len(raw) + 8 for one in reading.candidates)


REPEATED = [
    *(f"[)>{RS}06{GS}|S{GS}", f"[)>{RS}06{GS}|1PX{GS}", f"[)>|{RS}06{GS}Q1", f"[)>|{RS}07{GS}x"),
    *(
        f"[)>{RS}12{GS}|SER X{GS}",
        f"[)>{RS}05{GS}|10A{GS}",
        "]d2|10A" + GS,
        "]d2|2000",
        "]C1|30" + GS,
    ),
    *("|0109780201379624", "|(10)A", f"|1PA{GS}", "]Q2|\\000026", "]A1|A", "]F0|A", "|S", "|12 "),
    *("IMEI| ", "|0", "|*", "|\r\n\t", "S/N|:", "1T|A"),
]


def steps_of(raw: bytes) -> int:
    """How many calls a reading takes, of Python's and of the libraries' functions."""
    read(raw)
    count = 0

    def step(frame: object, event: str, argument: object) -> None:
        nonlocal count
        del frame, argument
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        read(raw)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("form", REPEATED, ids=ascii)
def test_four_times_the_bytes_take_four_times_the_steps_and_no_more(form: str) -> None:
    head, _, unit = form.partition("|")
    room = MAX_BYTES - len(head)
    short, long = (f"{head}{unit * (size // len(unit))}".encode() for size in (room // 4, room))
    assert steps_of(long) <= 4 * steps_of(short) + 100


@given(
    st.permutations(["1P661-17578", "1PMK183LL/A", "SC02XK0ABJGH5", "1PXYZ-9", "Q5", "4LCN"]),
    st.integers(1, 6),
)
def test_the_order_of_a_label_never_changes_what_comes_first(fields: list[str], kept: int) -> None:
    order = ["661-17578", "C02XK0ABJGH5", "MK183LL/A", "XYZ-9"]
    told = [one.value for one in read(label(*fields[:kept])).candidates]
    there = [one for one in order if any(field.endswith(one) for field in fields[:kept])]
    assert list(dict.fromkeys(told)) == (there or [label(*fields[:kept]).decode()])


@given(st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=8, max_size=14))
def test_every_device_serial_is_among_the_candidates_of_its_barcode(value: str) -> None:
    assert value in read(value.lower().encode()).values(Kind.DEVICE_SERIAL)
