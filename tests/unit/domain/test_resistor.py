"""A known resistor: its code, and what a tester may read with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.esd import WRIST, Measurement
from app.domain.labels import LabelKind, label_text, read_label
from app.domain.resistor import OHMS, PERCENTS, Resistor, holds, resistor_of


@given(st.sampled_from(list(OHMS.values())), st.sampled_from(PERCENTS))
def test_a_code_is_read_back_and_fits_a_label(ohm: int, percent: int) -> None:
    resistor = Resistor(ohm, percent)
    assert resistor_of(resistor.code) == resistor
    assert read_label(label_text(LabelKind.COMMAND, resistor.code)) is not None


@pytest.mark.parametrize("body", ["", "CHK", "CHK1M5", "CHK0P5", "CHK10P0", "CHK1P100", "DONE"])
def test_what_names_no_resistor_is_none(body: str) -> None:
    assert resistor_of(body) is None


@pytest.mark.parametrize(
    ("ohm", "good"),
    [(950_000, True), (1_050_000, True), (949_999, False), (1_050_001, False), (None, False)],
)
def test_the_tolerance_holds_at_its_edges(ohm: int | None, *, good: bool) -> None:
    assert holds(Measurement(WRIST, ohm), Resistor(1_000_000, 5)) is good


def test_out_of_range_never_holds() -> None:
    resistor = Resistor(1_000_000, 5)
    assert not holds(Measurement(WRIST, 1_000_000, over_range=True), resistor)
    assert not holds(Measurement(WRIST, 1_000_000, under_range=True), resistor)
