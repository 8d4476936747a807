"""What every kind of label says, one row a label: `tests/vectors/labels.json`, all of it invented.

A row holds the bytes (``raw`` in ASCII, ``hex``, or ``repeat`` of a character), the symbology as
the wire gave it apart from the data, and all that `repair-bench scan` has to answer.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.domain import aim, barcodes
from app.domain.barcodes import Format, Kind

VECTORS = Path(__file__).parents[2] / "vectors" / "labels.json"
LABELS: list[dict[str, Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))


def raw_of(row: dict[str, Any]) -> bytes:
    if "hex" in row:
        return bytes.fromhex(row["hex"])
    if "repeat" in row:
        character, count = row["repeat"]
        return character.encode() * count
    return row["raw"].encode("ascii")


@pytest.mark.parametrize("row", LABELS, ids=lambda row: f"{row['family']}: {row['label']}")
def test_a_label_says_what_it_says(row: dict[str, Any]) -> None:
    raw = raw_of(row)
    answer = barcodes.as_json(barcodes.read(raw, row["given_aim"]))
    assert json.loads(json.dumps(answer)) == {"raw_hex": raw.hex(), **row["expected"]}


def test_every_label_has_a_name_of_its_own_and_bytes_of_its_own() -> None:
    names = Counter((row["family"], row["label"]) for row in LABELS)
    inputs = Counter((raw_of(row), row["given_aim"]) for row in LABELS)
    assert [each for each in (*names.items(), *inputs.items()) if each[1] > 1] == []


def test_the_labels_have_every_format_every_kind_and_every_warning() -> None:
    told = [row["expected"] for row in LABELS]
    assert {each["format"] for each in told} == {str(each) for each in Format}
    assert {one["kind"] for each in told for one in each["candidates"]} == {str(k) for k in Kind}
    assert {code for each in told for code in each["warnings"]} == set(barcodes.WARNINGS)


def test_the_labels_come_in_every_symbology_that_parts_and_products_carry() -> None:
    told = {row["expected"]["symbology"] for row in LABELS}
    carried = set("ACEFGILQdez")
    assert {name for letter, name in aim.SYMBOLOGIES.items() if letter in carried} <= told
