"""The envelope of two-dimensional labels: whole, and without all that labels leave out."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import gs1, iso15434
from app.domain.gs1 import Element, GS1Fault
from app.domain.iso15434 import (
    UNIDENTIFIED,
    Envelope,
    EnvelopeFault,
    is_envelope,
    parse,
    parse_headless,
)

GS, RS, EOT = "\x1d", "\x1e", "\x04"


def pairs(text: str) -> list[tuple[str, str]]:
    return [(one.identifier, one.value) for one in parse(text).fields]


@pytest.mark.parametrize("module", [gs1, iso15434], ids=["gs1", "iso15434"])
def test_the_examples_in_the_documentation_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # pyright: ignore[reportArgumentType] # a module


@pytest.mark.parametrize("text", ["[)>", ">[)>06", f"[)>{RS}06{GS}P1{RS}{EOT}"])
def test_the_header_makes_an_envelope(text: str) -> None:
    assert is_envelope(text)


@pytest.mark.parametrize("text", ["", "[)", "C02XK0ABJGH5", " [)>", "å=:"])
def test_other_texts_are_no_envelope(text: str) -> None:
    assert not is_envelope(text)


@pytest.mark.parametrize(
    "text",
    [
        f"[)>{RS}06{GS}1P661-17578{GS}Q1{RS}{EOT}",
        f"[)>{RS}06{GS}1P661-17578{GS}Q1{RS}{EOT}\r\n",
        f"[)>{RS}06{GS}1P661-17578{GS}Q1{RS}",
        f"[)>{RS}06{GS}1P661-17578{GS}Q1{EOT}",
        f"[)>{RS}06{GS}1P661-17578{GS}Q1",
        f"[)>{RS}06{GS}1P661-17578{GS}Q1{GS}",
        f"[)>06{GS}1P661-17578{GS}Q1{RS}{EOT}",
        f"[)>06{GS}1P661-17578{GS}Q1",
        f">[)>06{GS}1P661-17578{GS}Q1",
        f">[)>{RS}06{GS}1P661-17578{GS}Q1{RS}{EOT}",
        f"[)>{RS}{RS}06{GS}{GS}1P661-17578{GS}{GS}Q1{GS}{RS}{RS}{EOT}",
        f"[)>{RS}06{GS}1p661-17578{GS}q1{RS}{EOT}",
        f"[)>{RS}06{GS}01P661-17578{GS}000Q1{RS}{EOT}",
        f"[)>{RS}06{GS}1P661-17578{RS}06{GS}Q1{RS}{EOT}",
    ],
)
def test_what_labels_leave_out_or_add_does_not_change_the_fields(text: str) -> None:
    expected = (Element("1P", "661-17578"), Element("Q", "1"))
    assert parse(text) == Envelope(expected, ())


@pytest.mark.parametrize(
    "text",
    [
        "[)>061P661-17578Q1",
        f"[)>{RS}061P661-17578Q1{RS}{EOT}",
        f"[)>{RS}061P661-17578{GS}Q1{RS}{EOT}",
        f"[)>{RS}061P661-17578{RS}Q1{RS}{EOT}",
        f"[)>{RS}06{GS}1P661-17578{RS}Q1{RS}{EOT}",
        f"[)>{GS}06{GS}1P661-17578{GS}Q1",
        "[)> 06 1P661-17578 Q1",
        "[)>@06]1P661-17578]Q1^D",
        "[)>^06]1P661-17578]Q1^",
        "[)>\u241e06\u241d1P661-17578\u241dQ1\u241e\u2404",
        "[)>0509780201379624",
        "[)>12SER 12345",
        "[)>6",
    ],
)
def test_where_separators_were_lost_nothing_is_guessed(text: str) -> None:
    assert parse(text) == Envelope((), (EnvelopeFault.SEPARATORS_LOST,))


@pytest.mark.parametrize(
    "text",
    [
        "[)>",
        f"[)>{RS}",
        f"[)>{RS}{EOT}",
        "[)>06",
        f"[)>{RS}06{GS}{RS}{EOT}",
        f"[)>{RS}05{GS}{RS}{EOT}",
    ],
)
def test_an_envelope_without_fields_is_empty(text: str) -> None:
    assert parse(text) == Envelope((), (EnvelopeFault.EMPTY,))


def test_a_repeated_identifier_keeps_every_value_in_order() -> None:
    text = f"[)>{RS}06{GS}S1{GS}PX{GS}S2{GS}S1{RS}{EOT}"
    assert pairs(text) == [("S", "1"), ("P", "X"), ("S", "2"), ("S", "1")]


def test_an_identifier_nobody_knows_keeps_its_value() -> None:
    assert pairs(f"[)>{RS}06{GS}999Xabc{GS}18VLEABC{RS}{EOT}") == [
        ("999X", "abc"),
        ("18V", "LEABC"),
    ]


def test_an_identifier_without_a_value_is_kept() -> None:
    assert pairs(f"[)>{RS}06{GS}K{GS}4L{RS}{EOT}") == [("K", ""), ("4L", "")]


@pytest.mark.parametrize("field", ["1234P5", "+B123", "12345", " P1", "Å1", "-"])
def test_a_field_without_an_identifier_is_kept_whole(field: str) -> None:
    envelope = parse(f"[)>{RS}06{GS}{field}{GS}Q1{RS}{EOT}")
    expected = (Element(UNIDENTIFIED, field), Element("Q", "1"))
    assert envelope == Envelope(expected, (EnvelopeFault.UNIDENTIFIED_FIELD,))


def test_several_formats_share_an_envelope() -> None:
    text = (
        f"[)>{RS}05{GS}0109780201379624{GS}10LOT1{RS}06{GS}1P661-17578"
        f"{RS}12{GS}SER C4H7482010WH80MA5{GS}mfr 12345{RS}{EOT}"
    )
    assert pairs(text) == [
        ("01", "09780201379624"),
        ("10", "LOT1"),
        ("1P", "661-17578"),
        ("SER", "C4H7482010WH80MA5"),
        ("MFR", "12345"),
    ]
    assert parse(text).faults == ()


def test_element_strings_that_are_none_are_kept_whole() -> None:
    envelope = parse(f"[)>{RS}05{GS}0999{RS}06{GS}Q1{RS}{EOT}")
    expected = (Element(UNIDENTIFIED, "0999"), Element("Q", "1"))
    assert envelope == Envelope(expected, (EnvelopeFault.INVALID_GS1,))


def test_a_text_identifier_that_is_none_is_kept_whole() -> None:
    envelope = parse(f"[)>{RS}12{GS}SERIAL1{RS}{EOT}")
    expected = (Element(UNIDENTIFIED, "SERIAL1"),)
    assert envelope == Envelope(expected, (EnvelopeFault.UNIDENTIFIED_FIELD,))


def test_a_format_that_is_not_read_is_kept_whole() -> None:
    envelope = parse(f"[)>{RS}07{GS}free text{RS}06{GS}Q1{RS}0196zip{RS}{EOT}")
    expected = (Element("format 07", "free text"), Element("Q", "1"), Element("format 01", "96zip"))
    assert envelope == Envelope(expected, (EnvelopeFault.UNKNOWN_FORMAT,))


def test_data_behind_the_trailer_is_told() -> None:
    envelope = parse(f"[)>{RS}06{GS}Q1{RS}{EOT}C02XK0ABJGH5")
    assert envelope == Envelope((Element("Q", "1"),), (EnvelopeFault.AFTER_TRAILER,))


@pytest.mark.parametrize("text", ["", GS, GS * 3, "abc", "0999", "01123", "01\u0660" * 8, "10Å"])
def test_a_text_that_is_not_made_of_element_strings_is_told_from_one_that_is(text: str) -> None:
    assert gs1.elements(text) is GS1Fault.INVALID


@pytest.mark.parametrize(
    "text",
    [
        "10LOT721C02XK0ABJGH5",  # the serial ends where the data does, and it is one
        "10LOT70109780201379624",
        "240AB8002354178036859789",
        "10" + "A" * 21,
        f"10{'A' * 20}21B{GS}17251231",
        "10LOT7|21C02XK0ABJGH5",
        "10LOT7\x1e21C02XK0ABJGH5",
        "3012321C02XK0ABJGH5",
        "4261232",
    ],
)
def test_a_lost_separator_in_gs1_is_told_and_nothing_is_read(text: str) -> None:
    assert gs1.elements(text) is GS1Fault.SEPARATORS_LOST
    inside = f"[)>{RS}05{GS}{text}{RS}06{GS}Q1{RS}{EOT}"
    if RS not in text:
        assert parse(inside) == Envelope((), (EnvelopeFault.SEPARATORS_LOST,))


@pytest.mark.parametrize(
    "text",
    [
        "10LOT7",
        "10" + "A" * 20,
        "10LOT721ABCDEFGHJK",  # letters alone are no serial
        "10LOT7211234567890",
        "10LOT70109780201379625",
        "21XX21C02XK0ABJGH5",
        "8002354178036859789",
        f"10LOT7{GS}21C02XK0ABJGH5",
    ],
)
def test_a_value_that_ends_like_an_element_by_accident_is_read(text: str) -> None:
    assert isinstance(gs1.elements(text), tuple)


@pytest.mark.parametrize(
    "text",
    [
        "(01)0978020137962",
        "(01)09780201379624(",
        "(99",
        "()1",
        "(00)1",
        "(0109)1",
        "(21)A\u00c5",
        "",
    ],
)
def test_a_printed_text_that_is_not_made_of_elements_is_none(text: str) -> None:
    assert gs1.printed_elements(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{GS}0109780201379624", [("01", "09780201379624")]),
        ("0109780201379625", [("01", "09780201379625")]),
        ("1700000010A", [("17", "000000"), ("10", "A")]),
        (f"10A{GS}{GS}21B{GS}", [("10", "A"), ("21", "B")]),
        ("8002354178036859789", [("8002", "354178036859789")]),
    ],
)
def test_element_strings_are_read_whatever_they_are_worth(
    text: str, expected: list[tuple[str, str]]
) -> None:
    found = gs1.elements(text)
    assert isinstance(found, tuple)
    assert [(one.identifier, one.value) for one in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        f"1P661-17578{GS}Q1",
        f"1P661-17578{GS}Q1{RS}{EOT}",
        f"06{GS}1P661-17578{GS}Q1{GS}{RS}{EOT}\r",
        f"{GS}01P661-17578{GS}{GS}Q1",
    ],
)
def test_without_its_header_a_label_is_read_and_it_is_told(text: str) -> None:
    expected = (Element("1P", "661-17578"), Element("Q", "1"))
    assert parse_headless(text) == Envelope(expected, (EnvelopeFault.HEADER_MISSING,))


@pytest.mark.parametrize(
    "text",
    [
        GS,
        f"Q1{GS}4LCN",  # nothing tells what the label is on
        f"1P661-17578{GS}12345",
        f"1P661-17578{GS}999X",
        f"06{GS}",
        f"ABC{GS}DEF",
    ],
)
def test_other_texts_with_separators_are_no_label_without_a_header(text: str) -> None:
    assert parse_headless(text) is None


@given(
    st.lists(
        st.tuples(
            st.from_regex(r"([1-9][0-9]{0,2})?[A-Z]", fullmatch=True),
            st.text(st.characters(exclude_characters=GS + RS + EOT, exclude_categories=["Cs"])),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_every_label_that_can_be_written_is_read_back(fields: list[tuple[str, str]]) -> None:
    body = GS.join(identifier + value for identifier, value in fields)
    assert pairs(f"[)>{RS}06{GS}{body}{RS}{EOT}") == fields
    assert pairs(f"[)>06{GS}{body}") == fields


@given(st.text(st.sampled_from(f"{GS}{RS}{EOT}0156712PS>[) A"), max_size=200))
def test_no_text_behind_a_header_makes_the_reader_fail(text: str) -> None:
    envelope = parse(f"[)>{text}")
    assert envelope.fields or envelope.faults
    if EnvelopeFault.SEPARATORS_LOST in envelope.faults:
        assert envelope.fields == ()
