"""`scan` answers for every kind of label, from a text or from bytes, with a home or without."""

import json
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import pytest

from tests.unit.commands.lines import Line

ROWS: Final[list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "vectors" / "labels.json").read_text(encoding="utf-8")
)
FAMILIES: Final = {name: list(rows) for name, rows in groupby(ROWS, lambda row: row["family"])}


@pytest.mark.parametrize("family", FAMILIES)
def test_the_labels_of_a_family_are_answered_from_their_bytes(line: Line, family: str) -> None:
    for row in FAMILIES[family]:
        if "repeat" in row:
            continue  # longer than a shell's line may be; the reader's own test has it
        raw = row["hex"] if "hex" in row else row["raw"].encode().hex()
        aim = [] if row["given_aim"] is None else [f"--aim={row['given_aim']}"]
        assert line.told("scan", f"--hex={raw}", *aim) == {"raw_hex": raw, **row["expected"]}


@pytest.mark.parametrize("text", ["C02XK0ABJGH5", "", " ", "]C1", "räksmörgås", "[)>", "\udcff"])
def test_a_text_is_answered_like_its_bytes(line: Line, text: str) -> None:
    raw = text.encode(errors="surrogateescape").hex()
    told = line.told("scan", text)
    assert told == line.told("scan", f"--hex={raw}")
    assert told["raw_hex"] == raw


def test_a_text_that_begins_with_a_dash_follows_two(line: Line) -> None:
    said = line.run("scan", "--json", "--", "-12345678")
    assert said.json["raw_hex"] == b"-12345678".hex()


@pytest.mark.parametrize("spelt", ["0a0b", "0A 0B", " 0a\t0b ", "0a0B"])
def test_bytes_are_written_with_or_without_gaps(line: Line, spelt: str) -> None:
    assert line.told("scan", f"--hex={spelt}")["raw_hex"] == "0a0b"


@pytest.mark.parametrize(
    "words", [("--hex", "0"), ("--hex", "0x0a"), ("A", "--hex", "0a"), ("A", "B")]
)
def test_what_is_neither_one_text_nor_bytes_is_wrong_usage(
    line: Line, words: tuple[str, ...]
) -> None:
    said = line.run("scan", *words)
    assert (said.code, said.out) == (2, "")
