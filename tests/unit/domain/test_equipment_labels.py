"""The label of a piece of equipment: what is printed is read back, and nothing else is meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.commands import COMMANDS, DEVICE_COMMANDS
from app.domain.equipment import Equipment
from app.domain.equipment_labels import PREFIX, equipment_code, pieces_named
from app.domain.labels import Label, LabelKind, label_text, read_label
from app.domain.resistor import resistor_of
from app.domain.typed_readings import value_of_code


def pieces(*names: str) -> list[Equipment]:
    return [Equipment(name, "esd_mat", "", "", "", None) for name in names]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("mat-1", "EQMAT1"),
        ("ESD matta 7", "EQESDMATTA7"),
        ("x" * 18, "EQ" + "X" * 18),
        ("x" * 19, None),
        ("---", None),
        ("", None),
    ],
)
def test_a_label_carries_the_letters_and_digits_of_an_id(name: str, body: str | None) -> None:
    assert equipment_code(name) == body


def test_what_two_pieces_have_in_common_means_both() -> None:
    register = pieces("mat-1", "MAT 1", "mat-2", "---")
    assert [one.id for one in pieces_named("EQMAT1", register)] == ["mat-1", "MAT 1"]
    assert [one.id for one in pieces_named("EQMAT2", register)] == ["mat-2"]
    assert pieces_named("EQ", register) == ()


@given(st.text(max_size=24))
def test_a_label_is_read_back_and_is_no_other_command(name: str) -> None:
    body = equipment_code(name)
    if body is None:
        return
    assert read_label(label_text(LabelKind.COMMAND, body)) == Label(LabelKind.COMMAND, body)
    assert body.startswith(PREFIX)
    assert body not in COMMANDS
    assert body not in DEVICE_COMMANDS
    assert resistor_of(body) is None
    assert value_of_code(body) is None
    assert pieces_named(body, pieces(name)) == tuple(pieces(name))
