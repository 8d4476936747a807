"""Texts of some lines at most: none of them is painted that is cut through."""

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.ui.widgets.text import Lines

LONG = "Konstruktion plan 4 Samhällsbyggnad och Miljö"


def painted(qtbot: QtBot, text: str, most: int, height: int) -> QImage:
    label = Lines(most)
    qtbot.addWidget(label)
    label.setWordWrap(True)
    label.say(text)
    label.resize(120, height)
    return label.grab().toImage()


@pytest.mark.parametrize("part", [0.0, 0.3, 0.6])
def test_a_line_that_has_no_room_is_left_out_and_the_one_before_says_so(
    qtbot: QtBot, part: float
) -> None:
    line = Lines(2).fontMetrics().lineSpacing()
    height = line + int(part * line)
    two, one = painted(qtbot, LONG, 2, height), painted(qtbot, LONG, 1, height)
    assert two.copy(0, 0, 120, line) == one.copy(0, 0, 120, line)
    assert two.copy(0, line, 120, height - line) == one.copy(0, line, 120, height - line)


def test_two_lines_are_painted_where_there_is_room(qtbot: QtBot) -> None:
    line = Lines(2).fontMetrics().lineSpacing()
    two, one = painted(qtbot, LONG, 2, 2 * line), painted(qtbot, LONG, 1, 2 * line)
    assert two.copy(0, line, 120, line) != one.copy(0, line, 120, line)
