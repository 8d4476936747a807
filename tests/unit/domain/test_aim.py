"""Symbology identifiers: what belongs to the barcode and not to the data."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import aim, data_identifiers
from app.domain.aim import payload, symbology, without_escapes


@pytest.mark.parametrize("module", [aim, data_identifiers], ids=["aim", "data_identifiers"])
def test_the_examples_in_the_documentation_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # pyright: ignore[reportArgumentType] # a module


@pytest.mark.parametrize("identifier", sorted(aim.GS1))
def test_every_identifier_that_announces_gs1_has_a_symbology(identifier: str) -> None:
    assert aim.IDENTIFIER.fullmatch(identifier)
    assert symbology(identifier) is not None


@pytest.mark.parametrize(
    ("text", "identifier", "expected"),
    [
        ("CODE39W", "]A1", "CODE39"),
        ("*ABC*", "]A0", "ABC"),
        ("*ABC*", None, "ABC"),
        ("*", None, ""),
        ("", "]A1", ""),
        ("", None, ""),
        ("7", "]A1", "7"),
        ("A1B", "]F0", "1"),
        ("A", "]F0", "A"),
        ("", "]F0", ""),
        ("1A", "]F0", "1A"),
        ("A1", "]F0", "A1"),
    ],
)
def test_what_belongs_to_the_barcode_is_left_out(
    text: str, identifier: str | None, expected: str
) -> None:
    assert payload(text, identifier) == expected


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%", min_size=1, max_size=20))
def test_one_character_is_the_check_character_of_a_code_39(text: str) -> None:
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
    found = [each for each in alphabet if payload(text + each, "]A1") == text]
    assert found == [alphabet[sum(map(alphabet.index, text)) % 43]]
    assert payload(text + found[0], "]A0") == text + found[0]


@pytest.mark.parametrize(
    ("text", "identifier", "expected"),
    [
        (r"\000026ABC", "]Q2", "ABC"),
        (r"AB\000003C\\D", "]d4", "ABC\\D"),
        (r"\\000026", "]Q4", r"\000026"),
        (r"\00002", "]Q2", r"\00002"),
        (r"\000026ABC", "]Q1", r"\000026ABC"),
        (r"\000026ABC", None, r"\000026ABC"),
    ],
)
def test_escapes_are_taken_out_where_the_symbology_has_them(
    text: str, identifier: str | None, expected: str
) -> None:
    assert without_escapes(text, identifier) == expected


@given(st.text(max_size=60), st.none() | st.from_regex(r"\][A-Za-z][0-9A-Za-z]", fullmatch=True))
def test_nothing_is_ever_added_to_a_text(text: str, identifier: str | None) -> None:
    assert payload(text, identifier) in text
    assert len(without_escapes(text, identifier)) <= len(text)


@pytest.mark.parametrize("text", ["1P661-17578", "Q", "18VLEXYZ"])
def test_a_field_is_parted_where_its_identifier_ends(text: str) -> None:
    pair = data_identifiers.split(text)
    assert pair is not None
    assert "".join(pair) == text
    assert pair[0] in data_identifiers.KNOWN
