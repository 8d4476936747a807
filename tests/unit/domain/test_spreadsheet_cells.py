"""No cell that is written for a spreadsheet is a formula, and what was guarded comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.spreadsheet_cells import guarded, unguarded


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+46 8 123",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "'=1",
        "\N{FULLWIDTH EQUALS SIGN}1",
    ],
)
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "C02XK1XXJG5H", "1-2", "a=b", "'t Hooft", " =1", "Åsa"])
def test_what_it_would_not_run_stays_as_it_is(cell: str) -> None:
    assert guarded(cell) == unguarded(cell) == cell


@given(st.text(st.sampled_from("'=+-@\t\r\n a1")))
def test_every_text_comes_back_and_none_begins_with_a_sign(cell: str) -> None:
    written = guarded(cell)
    assert unguarded(written) == cell
    assert written[:1] not in set("=+-@\t\r\n")
