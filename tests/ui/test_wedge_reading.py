"""What a scanner's strokes say: layouts, control characters, accents, numbers, the test code."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.keyboard_test import KEYBOARD_TEST, MARK, SEPARATOR
from app.ui.wedge.calibration import calibrate, is_test
from app.ui.wedge.decoding import UNREAD, decode
from app.ui.wedge.keys import KEYPAD, Stroke
from app.ui.wedge.layout import LAYOUTS, Glyph, Layout, LayoutError, load_layout, parse_layout
from tests.ui.wedge_typing import chords

ALL = [load_layout(name) for name in LAYOUTS]
US, GB, SE, DE = ALL
PRINTABLE = "".join(map(chr, range(32, 127)))
CONTROLS = "\x1d\x1e\x04\x1c\x1f\x1b"
EVERY = pytest.mark.parametrize("layout", ALL, ids=LAYOUTS)


def strokes(text: str, layout: Layout) -> list[Stroke]:
    return [one.stroke(1000 + 8 * at) for at, one in enumerate(chords(text, layout))]


def as_texts(typed: list[Stroke], host: Layout) -> list[Stroke]:
    """The same where the system tells only what its own layout makes of a key."""
    made: list[Stroke] = []
    accent = ""
    for one in typed:
        glyph = host.glyph(one.code, shift=one.shift, altgr=one.altgr)
        text = glyph.text if glyph is not None else ""
        if one.ctrl:
            text = ""
        if glyph is not None and glyph.dead:
            accent = text
            continue
        said = decode([*strokes_of_accent(accent, host), one], host).text if accent else text
        made.append(Stroke(0, one.at, text=said, key=-1))
        accent = ""
    return made


def strokes_of_accent(accent: str, host: Layout) -> list[Stroke]:
    place = host.places[Glyph(accent, dead=True)]
    return [Stroke(place.code, 0, shift=place.level == 1, altgr=place.level > 1)]


# ----------------------------------------------------------------------
# Characters
# ----------------------------------------------------------------------


@EVERY
def test_every_printable_and_control_character_is_read_back(layout: Layout) -> None:
    text = PRINTABLE + CONTROLS + "\t\r"
    said = decode(strokes(text, layout), layout)
    assert (said.text, said.clear) == (text, True)


@given(st.text(st.sampled_from(PRINTABLE + CONTROLS), max_size=60), st.sampled_from(ALL))
def test_any_text_is_read_back_by_the_scanner_s_layout(text: str, layout: Layout) -> None:
    assert decode(strokes(text, layout), layout).text == text


@given(st.lists(st.builds(Stroke, st.integers(0, 130), st.integers(0, 9), st.text(max_size=2))))
def test_any_strokes_are_read_without_an_error(typed: list[Stroke]) -> None:
    for layout in ALL:
        for host in (None, *ALL):
            read = decode(typed, layout, host)
            assert isinstance(read.text, str)
            assert len(read.text) <= 2 * sum(max(1, len(each.text)) for each in typed)


def test_what_a_swedish_computer_would_make_of_them_does_not_matter() -> None:
    typed = strokes("]E0[)>", US)
    assert decode(typed, US).text == "]E0[)>"
    assert decode(typed, SE).text == "Ë0å=:"


def test_a_key_that_says_nothing_is_told() -> None:
    said = decode([Stroke(30, 0), Stroke(2, 1, altgr=True), Stroke(48, 2)], US)
    assert (said.text, said.clear) == (f"a{UNREAD}b", False)


@pytest.mark.parametrize(
    ("code", "shift", "said"),
    [
        (7, False, "\x1e"),
        (7, True, "\x1e"),
        (6, False, "\x1d"),
        (32, False, "\x04"),
        (3, True, "\0"),
    ],
)
@EVERY
def test_control_characters_come_in_more_than_one_way(
    code: int, said: str, layout: Layout, *, shift: bool
) -> None:
    if layout is GB and code == 3 and shift:  # the British @ lies elsewhere
        said = "\0"
    assert decode([Stroke(code, 0, shift=shift, ctrl=True)], layout).text == said


def test_ctrl_with_a_key_that_makes_no_control_character_is_not_read() -> None:
    assert decode([Stroke(51, 0, ctrl=True)], US).text == UNREAD


@pytest.mark.parametrize(
    ("ctrl", "code", "said"),
    [(True, 36, "\n"), (True, 50, "\r"), (False, 96, "\r"), (True, 23, "\t")],
)
def test_line_ends_come_as_keys_or_as_control_characters(
    *, ctrl: bool, code: int, said: str
) -> None:
    assert decode([Stroke(code, 0, ctrl=ctrl)], SE).text == said


def test_accents_join_the_letter_that_follows() -> None:
    acute, trema, space = Stroke(13, 0), Stroke(27, 1), Stroke(57, 2)
    e, b = Stroke(18, 3), Stroke(48, 4)
    acute_sign = "\N{ACUTE ACCENT}"
    assert decode([trema, e], SE).text == "ë"
    assert decode([trema, space], SE).text == "¨"
    assert decode([acute, b], SE).text == f"{acute_sign}b"
    assert decode([acute, trema, e], SE).text == f"{acute_sign}ë"
    assert decode([acute], SE).text == acute_sign


def numbered(*numbers: str, first: int = 1) -> list[Stroke]:
    """Characters as Alt and their number on the number pad."""
    pad = {digit: code for code, digit in KEYPAD.items()}
    return [
        Stroke(pad[digit], 0, alt=first + at) for at, one in enumerate(numbers) for digit in one
    ]


def test_characters_may_be_typed_by_their_numbers() -> None:
    said = decode(numbered("0093", "65", "029", "0246", "148", "0300"), US)
    assert said.text == f"]A\x1döö{UNREAD}"
    assert (said.by_number, decode(strokes("A", US), US).by_number) == (True, False)
    assert decode([*numbered("65"), Stroke(48, 9)], US).text == "Ab"


# ----------------------------------------------------------------------
# Where the system tells texts and no places
# ----------------------------------------------------------------------


@pytest.mark.parametrize("host", ALL, ids=LAYOUTS)
@EVERY
def test_texts_are_led_back_to_the_keys(layout: Layout, host: Layout) -> None:
    text = "S1P661-17578 yz?&=:;(0)"
    typed = as_texts(strokes(text, layout), host)
    if all(one.text for one in typed):
        assert decode(typed, layout, host).text == text


def test_the_known_damage_is_mended_where_the_computer_s_layout_is_known() -> None:
    typed = [Stroke(0, at, text=char, key=-1) for at, char in enumerate("Ë0å=:")]
    assert decode(typed, US, SE).text == "]E0[)>"


def test_a_text_is_never_guessed() -> None:
    typed = [Stroke(0, at, text=char, key=-1) for at, char in enumerate("A1å漢")]
    said = decode(typed, US)
    assert (said.text, said.clear) == (f"A1{UNREAD}{UNREAD}", False)
    assert decode(typed[3:], US, SE).text == UNREAD


# ----------------------------------------------------------------------
# The test code
# ----------------------------------------------------------------------


@EVERY
def test_the_test_code_finds_the_layout(layout: Layout) -> None:
    found = calibrate(strokes(f"]Q3{KEYBOARD_TEST}", layout), ALL)
    assert (found.code, found.layout, found.separators) == ("calibrated", layout.name, True)


@EVERY
def test_the_test_code_is_known_before_the_layout_is(layout: Layout) -> None:
    typed = strokes(KEYBOARD_TEST, layout)
    assert all(is_test(typed, assumed) for assumed in ALL)
    assert not is_test(strokes("C02XK0ABJGH5", layout), US)


def test_lost_separators_are_told() -> None:
    found = calibrate(strokes(KEYBOARD_TEST.replace(SEPARATOR, ""), SE), ALL)
    assert (found.layout, found.separators) == ("se", False)


def test_a_layout_that_nothing_fits_is_refused() -> None:
    found = calibrate(strokes(KEYBOARD_TEST.replace("@", ""), SE), ALL)
    assert (found.code, found.layout) == ("no_layout", "")


def test_two_layouts_that_both_fit_are_refused() -> None:
    twin = replace(GB, name="gb-2")
    found = calibrate(strokes(KEYBOARD_TEST, GB), [*ALL, twin])
    assert (found.code, found.layout, found.fitting) == ("ambiguous", "", ("gb", "gb-2"))


def test_a_scanner_that_types_numbers_needs_no_layout() -> None:
    typed = numbered(*(f"0{ord(char)}" for char in KEYBOARD_TEST))
    found = calibrate(typed, ALL)
    assert (found.code, found.separators) == ("any_layout", True)


def test_the_computer_s_layout_is_found_as_well_where_it_has_to_be() -> None:
    typed = as_texts(strokes(KEYBOARD_TEST.replace(SEPARATOR, ""), US), US)
    found = calibrate(typed, ALL)
    assert found.code in {"calibrated", "ambiguous"}
    assert found.code == "ambiguous" or (found.layout, found.host) == ("us", "us")


def test_the_mark_lies_in_the_same_place_on_every_layout() -> None:
    assert KEYBOARD_TEST.startswith(MARK)
    assert len({tuple(one.code for one in strokes(MARK, layout)) for layout in ALL}) == 1


# ----------------------------------------------------------------------
# Layout files
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "keys = 3",
        "[keys]\nx = ['a']",
        "[keys]\n2 = 'a'",
        "[keys]\n2 = ['ab']",
        "[keys]\n2 = [1]",
        "[keys]\n2 = [{ dead = 3 }]",
        "[keys]\n2 = ['a', 'b', 'c', 'd']",
    ],
)
def test_a_layout_file_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(LayoutError, match="odd"):
        parse_layout("odd", tomllib.loads(text))


def test_a_layout_that_does_not_ship_is_refused() -> None:
    with pytest.raises(LayoutError, match="dvorak"):
        load_layout("../dvorak")
