"""Barcodes: any bytes have a reading, it keeps them, repeats itself and stays small."""

import json
from functools import cache
from pathlib import Path

from app.domain import barcodes
from app.domain.barcodes import Kind
from tests.fuzz.target import Choices, Target

AIMS = (
    *(None, "]A0", "]A1", "]C0", "]C1", "]E0", "]E3", "]E4", "]F0", "]I0", "]I1", "]L2"),
    *("]Q1", "]Q2", "]Q3", "]d1", "]d2", "]d4", "]e0", "]z1", "\0\0\0", "nonsense"),
)
TOKENS = (
    *(b"[)>\x1e06\x1d", b"\x1d", b"\x1e", b"\x04", b"\x1e05\x1d", b"\x1e12\x1d", b">[)>06\x1d"),
    *(b"1P", b"30P", b"25S", b"S", b"Q", b"4L", b"01", b"10", b"21", b"8002", b"]C1", b"]d2"),
    *(b"661-17578", b"C02XK0ABJGH5", b"C4H7482010WH80MA5", b"09780201379624", b"354178036859789"),
    *(b"OCDONEX", b"OB", b"*", b"S/N: ", b"IMEI", b"\\000026", b"(01)", b"UN123456789", b"\r\n"),
)
CANDIDATES_A_FIELD = 6
LONGER = 64
"""What a candidate may have more than the text it comes from."""


@cache
def rows() -> tuple[bytes, ...]:
    path = Path(__file__).parents[1] / "vectors" / "labels.json"
    labels = json.loads(path.read_text(encoding="utf-8"))
    texts = [
        bytes.fromhex(row["hex"]) if "hex" in row else row.get("raw", "").encode() for row in labels
    ]
    return tuple(dict.fromkeys(texts))


def seeds() -> tuple[bytes, ...]:
    return tuple(bytes([at % len(AIMS)]) + text for at, text in enumerate(rows()))


def check(data: bytes) -> None:
    choices = Choices(data)
    aim = AIMS[choices.number(len(AIMS))]
    raw = choices.rest()
    reading = barcodes.read(raw, aim)
    assert reading == barcodes.read(raw, aim)
    assert reading.raw == raw
    kinds = [one.kind for one in reading.candidates]
    assert kinds
    assert Kind.UNKNOWN not in kinds[1:]
    assert kinds[0] is not Kind.UNKNOWN or len(kinds) == 1
    assert set(reading.warnings) <= set(barcodes.WARNINGS)
    values = [value for each in reading.fields.values() for value in each]
    assert sum(map(len, values)) <= len(raw)
    assert len(kinds) <= CANDIDATES_A_FIELD * (len(values) + 1)
    assert all(len(one.value) <= len(raw) + LONGER for one in reading.candidates)
    document = json.loads(json.dumps(barcodes.as_json(reading)))
    assert bytes.fromhex(document["raw_hex"]) == raw


TARGET = Target(seeds, check, TOKENS, longest=4200)
