"""The page on codes names every warning that a reading can have, in both languages."""

from pathlib import Path

import pytest

from app.domain.barcodes import WARNINGS

GUIDE = Path(__file__).parents[2] / "docs" / "guide"


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_guide_explains_every_warning_of_a_code(language: str) -> None:
    page = (GUIDE / language / "codes.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    told = {code for cell in rows for code in cell.replace("`", "").replace(" ", "").split(",")}
    assert set(WARNINGS) <= told
