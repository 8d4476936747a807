"""Labels of our own: what is printed is read back, and nothing else is."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import labels
from app.domain.identifiers import device_serial
from app.domain.labels import (
    Label,
    LabelBodyError,
    LabelFault,
    LabelKind,
    label_text,
    read_label,
)

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
KINDS = st.sampled_from(LabelKind)
BODIES = st.text(ALPHABET, min_size=1, max_size=20)


def test_the_examples_in_the_documentation_hold() -> None:
    assert doctest.testmod(labels).failed == 0


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        (LabelKind.COMMAND, "DONE", "OCDONEX"),
        (LabelKind.COMMAND, "SYM01", "OCSYM01F"),
        (LabelKind.BADGE, "1007", "OB10076"),
        (LabelKind.REPAIR_TAG, "R42", "ORR42S"),
    ],
)
def test_the_text_of_a_label_never_changes_between_versions(
    kind: LabelKind, body: str, text: str
) -> None:
    assert label_text(kind, body) == text
    assert read_label(text) == Label(kind, body)


@given(KINDS, BODIES)
def test_what_is_printed_is_read_back(kind: LabelKind, body: str) -> None:
    text = label_text(kind, body)
    assert read_label(text) == Label(kind, body)
    assert read_label(f" {text.lower()} ") == Label(kind, body)


@given(KINDS, BODIES)
def test_a_label_survives_any_keyboard_layout_and_is_no_serial_as_it_stands(
    kind: LabelKind, body: str
) -> None:
    text = label_text(kind, body)
    assert text.isascii()
    assert text.isalnum()
    serial = device_serial(text)
    assert serial is None or serial.corrected


@given(KINDS, BODIES, st.data())
def test_one_wrong_character_is_always_seen(
    kind: LabelKind, body: str, data: st.DataObject
) -> None:
    text = label_text(kind, body)
    at = data.draw(st.integers(2, len(text) - 1))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda c: c != text[at]))
    wrong = text[:at] + other + text[at + 1 :]
    assert read_label(wrong) == LabelFault(wrong, "label_check_failed")


@given(KINDS, BODIES, st.data())
def test_a_label_of_one_kind_is_never_taken_for_another(
    kind: LabelKind, body: str, data: st.DataObject
) -> None:
    text = label_text(kind, body)
    other = data.draw(st.sampled_from("BCR").filter(lambda c: c != text[1]))
    assert isinstance(read_label(f"O{other}{text[2:]}"), LabelFault)


@pytest.mark.parametrize(
    "text",
    ["", "OB", "OBX", "OA123", "C02XK0ABJGH5", "OC-DONE", "OB" + "1" * 22, "OCDONEX\n", "ÖCDONEX"],
)
def test_a_text_that_does_not_look_like_a_label_is_left_alone(text: str) -> None:
    assert read_label(text) is None


@pytest.mark.parametrize("body", ["", "1" * 21, "ÅSA", "A B", "A-1", "A\n", "\u0131"])
def test_a_body_that_no_label_can_carry_is_refused(body: str) -> None:
    with pytest.raises(LabelBodyError) as caught:
        label_text(LabelKind.BADGE, body)
    assert (caught.value.code, caught.value.body) == ("label_body", body)


def test_a_body_in_small_letters_is_printed_in_capitals() -> None:
    assert label_text(LabelKind.COMMAND, "done") == label_text(LabelKind.COMMAND, "DONE")


@given(st.text(max_size=60))
def test_any_text_can_be_tried_as_a_label(text: str) -> None:
    label = read_label(text)
    if isinstance(label, Label):
        assert label_text(label.kind, label.body) == text.strip(" ").upper()
