"""Contrast, computed: text 4.5, and 3 for what has to be told apart (WCAG 2.2)."""

from itertools import combinations

import pytest

from app.ui.theme.applying import colours_of, palette
from app.ui.theme.colours import DARK, LIGHT, Colours, Level, contrast

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
STATUS = (Level.OK, Level.ATTENTION, Level.STOP)


def test_the_formula_gives_the_known_ends() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == pytest.approx(1.0)


@BOTH
def test_text_can_be_read_on_every_ground(colours: Colours) -> None:
    for ground in (colours.page, colours.surface, colours.pressed):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.muted, ground) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5


@BOTH
@pytest.mark.parametrize("level", list(Level))
def test_what_stands_on_a_status_can_be_read(colours: Colours, level: Level) -> None:
    fill = colours.fills[level]
    assert contrast(fill.text, fill.back) >= 4.5


@BOTH
@pytest.mark.parametrize("level", [*STATUS, Level.NOTE])
def test_a_status_stands_out_from_its_ground_by_its_border(colours: Colours, level: Level) -> None:
    for ground in (colours.page, colours.surface):
        assert contrast(colours.fills[level].border, ground) >= 3


@BOTH
def test_what_can_be_pressed_has_a_visible_edge(colours: Colours) -> None:
    for ground in (colours.page, colours.surface):
        assert contrast(colours.edge, ground) >= 3
        assert contrast(colours.accent, ground) >= 3


@BOTH
def test_the_status_fills_differ_in_lightness_too(colours: Colours) -> None:
    for one, other in combinations((Level.ATTENTION, Level.STOP, Level.OK), 2):
        ratio = contrast(colours.fills[one].back, colours.fills[other].back)
        assert ratio >= 1.5, (one, other)


@BOTH
def test_a_widget_finds_its_colours_by_its_palette(colours: Colours) -> None:
    assert colours_of(palette(colours)) is colours
