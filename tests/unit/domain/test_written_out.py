"""Numbers behind words and in groups, as asset tags and screens show them."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import written_out as module
from app.domain.identifiers import normalise
from app.domain.written_out import Word, written_out


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("text", "word", "value"),
    [
        ("S/N: C02XK0ABJGH5", Word.SERIAL, "C02XK0ABJGH5"),
        ("sn c02xk0abjgh5", Word.SERIAL, "C02XK0ABJGH5"),
        ("Serial No. C02XK0ABJGH5", Word.SERIAL, "C02XK0ABJGH5"),
        ("SERIAL#C02XK0ABJGH5", Word.SERIAL, "C02XK0ABJGH5"),
        ("P/N 661-17578", Word.PART, "661-17578"),
        ("Part Number: 661-17578", Word.PART, "661-17578"),
        ("IMEI 2: 35-417803-685978-9", Word.RADIO, "354178036859789"),
        ("MEID:AF0123450ABCDE", Word.RADIO, "AF0123450ABCDE"),
        ("35 417803 685978 9", Word.RADIO, "354178036859789"),
        ("ICCID: 8946 0715 1236 0089 522", Word.SIM, "8946071512360089522"),
        ("SIM 8946071512360089522", Word.SIM, "8946071512360089522"),
        ("8946 0715 1236 0089 522", Word.SIM, "8946071512360089522"),
        ("8904 9032 0000 1000 0001 2825 5685 9760", Word.RADIO, "89049032000010000001282556859760"),
    ],
)
def test_a_number_behind_its_word_or_in_groups_is_read(text: str, word: Word, value: str) -> None:
    assert written_out(text) == (word, value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "C02XK0ABJGH5",
        "SNC02XK0ABJGH5",
        "S/N:",
        "S/N: ",
        "12 34",
        "8946 0715 1236 0089 523",
        "C02X K0AB",
        "661-17578",
        "IMEI",
    ],
)
def test_other_texts_say_nothing_in_words(text: str) -> None:
    assert written_out(text) is None


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert written_out(text) == written_out(normalise(text))
