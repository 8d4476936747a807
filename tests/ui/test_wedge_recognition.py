"""Whose each key is: a scanner's is taken whole, a person's always comes back, in order."""

from collections.abc import Sequence

import pytest

from app.ui.wedge.keys import Fate, Stroke, redacted
from app.ui.wedge.recognition import LONGEST, Opening, Recogniser, Rules, Suffix
from tests.ui.wedge_typed import Typed

ENTER, TAB, BACKSPACE, A, B, C, J = 28, 15, 14, 30, 48, 46, 36
DIGITS = (11, 2, 3, 4, 5, 6, 7, 8, 9, 10)


def test_a_fast_run_that_ends_with_return_is_a_scan() -> None:
    typed = Typed()
    typed.scan([*DIGITS, ENTER])
    assert typed.codes() == [list(DIGITS)]
    assert typed.bursts[0].whole
    typed.expire()
    assert typed.fates == {Fate.SCANNER}


def test_a_scan_without_a_suffix_ends_with_silence() -> None:
    typed = Typed()
    typed.scan(DIGITS)
    assert typed.bursts == []
    assert typed.recogniser.wait_ms == 50
    typed.expire()
    assert (typed.codes(), typed.bursts[0].whole) == ([list(DIGITS)], True)
    assert typed.recogniser.wait_ms == 0


def test_a_scan_that_lacks_the_suffix_which_others_had_is_waited_for_and_then_in_doubt() -> None:
    typed = Typed()
    at = typed.scan([*DIGITS, ENTER])
    typed.scan(DIGITS, at + 500)
    assert typed.recogniser.wait_ms == 150
    typed.expire()
    assert [one.whole for one in typed.bursts] == [True, False]


def test_a_pause_in_a_scan_that_is_sure_does_not_cut_it() -> None:
    typed = Typed(Recogniser(Rules(suffix=Suffix.CR)))
    at = typed.scan(DIGITS)
    typed.scan([A, B, ENTER], at + 120)
    assert typed.codes() == [[*DIGITS, A, B]]


def test_what_follows_a_suffix_at_once_is_the_same_scanner_s() -> None:
    typed = Typed()
    at = typed.scan([*DIGITS, ENTER])
    line_feed = typed.tap(J, at, ctrl=True)
    at = typed.scan([A, B, ENTER], at + 8)
    typed.expire()
    assert line_feed.fate is Fate.SCANNER
    assert typed.codes() == [list(DIGITS), [A, B]]


def test_five_characters_are_a_person_s() -> None:
    typed = Typed()
    typed.scan(DIGITS[:5])
    typed.expire()
    assert (typed.bursts, typed.fates) == ([], {Fate.PERSON})


def test_a_slow_run_is_a_person_s() -> None:
    typed = Typed()
    typed.scan(DIGITS, pace=40)
    typed.expire()
    assert (typed.bursts, typed.fates) == ([], {Fate.PERSON})


def test_keys_that_no_barcode_begins_with_are_never_held_back() -> None:
    typed = Typed()
    first = [typed.tap(code, 1000 + 500 * at) for at, code in enumerate((ENTER, TAB, BACKSPACE))]
    first.append(typed.tap(32, 4000, ctrl=True))
    first.append(typed.tap(A, 5000, alt=True))
    assert {one.fate for one in first} == {Fate.PERSON}
    assert typed.recogniser.wait_ms == 0


def test_a_key_that_is_no_character_gives_back_what_was_held_before_it() -> None:
    typed = Typed()
    held = typed.tap(A, 1000)
    assert held.fate is Fate.PENDING
    typed.tap(BACKSPACE, 1020)
    assert held.fate is Fate.PERSON


def test_a_fist_on_the_keyboard_is_a_person_s() -> None:
    typed = Typed()
    for at, code in enumerate(DIGITS):
        typed.press(code, 1000 + 2 * at)
    for at, code in enumerate(DIGITS):
        typed.release(code, 1100 + at)
    assert (typed.bursts, typed.fates) == ([], {Fate.PERSON})


@pytest.mark.parametrize("flagged", [True, False])
def test_a_held_key_that_repeats_fast_is_a_person_s(*, flagged: bool) -> None:
    typed = Typed()
    typed.press(A, 1000)
    typed.expire()
    at = 1400
    for _ in range(40):
        if not flagged:
            typed.release(A, at)
        again = typed.press(A, at, repeated=flagged)
        assert again.fate is Fate.PERSON
        at += 15
    typed.release(A, at)
    typed.expire()
    assert (typed.bursts, typed.fates) == ([], {Fate.PERSON})


def test_a_scanner_that_types_one_character_many_times_is_none() -> None:
    typed = Typed()
    for at in range(20):
        typed.press(A, 1000 + 5 * at)
        typed.release(A, 1005 + 5 * at)
    typed.expire()
    assert typed.codes() == [[A] * 20]


def test_a_person_s_key_within_a_scan_comes_back_and_puts_the_scan_in_doubt() -> None:
    typed = Typed()
    typed.scan(DIGITS[:4])
    persons = typed.press(A, 1033)
    typed.scan([*DIGITS[4:], ENTER], 1040)
    typed.release(A, 1120)
    assert persons.fate is Fate.PERSON
    assert (typed.codes(), typed.bursts[0].whole) == ([list(DIGITS)], False)


def test_a_return_that_is_held_long_is_a_person_s() -> None:
    typed = Typed()
    at = typed.scan(DIGITS)
    enter = typed.press(ENTER, at)
    assert (typed.bursts, enter.fate) == ([], Fate.PENDING)
    typed.expire()
    typed.release(ENTER, at + 80)
    assert enter.fate is Fate.PERSON
    assert (typed.codes(), typed.bursts[0].whole) == ([list(DIGITS)], False)


def test_a_person_s_return_in_the_middle_of_a_scan_does_not_cut_it_in_silence() -> None:
    typed = Typed()
    at = typed.scan(DIGITS[:7])
    enter = typed.press(ENTER, at)
    typed.scan([*DIGITS[7:], 96], at + 4)
    typed.release(ENTER, at + 60)
    assert enter.fate is Fate.PERSON
    assert (typed.codes(), typed.bursts[0].whole) == ([list(DIGITS)], False)


def test_a_release_without_its_press_puts_the_scan_in_doubt() -> None:
    typed = Typed()
    at = typed.scan(DIGITS[:3])
    typed.release(27, at)
    typed.scan([*DIGITS[3:], ENTER], at + 4)
    assert typed.bursts[0].whole is False


def test_a_scan_longer_than_any_barcode_is_cut() -> None:
    typed = Typed()
    typed.scan([A, B] * (LONGEST // 2))
    assert typed.bursts[0].too_long
    assert len(typed.bursts[0].strokes) == LONGEST - 1


def test_what_is_interrupted_is_the_person_s_or_a_scan_in_doubt() -> None:
    typed = Typed()
    typed.scan(DIGITS[:4])
    typed.recogniser.interrupt()
    assert typed.fates == {Fate.PERSON}
    assert typed.recogniser.wait_ms == 0
    typed.scan(DIGITS, 5000)
    typed.interrupt()
    assert (typed.codes(), typed.bursts[0].whole) == ([list(DIGITS)], False)


def test_the_rest_of_a_scan_is_not_whole_where_a_key_came_while_its_first_was_down() -> None:
    typed = Typed()
    typed.press(DIGITS[0], 1000)
    typed.tap(BACKSPACE, 1001, held=45)
    typed.release(DIGITS[0], 1002)
    typed.scan([*DIGITS[1:], ENTER], 1008)
    assert [one.whole for one in typed.bursts] == [False]


def test_a_scan_after_a_person_s_rolling_keys_is_whole() -> None:
    typed = Typed()
    typed.press(A, 900)
    typed.press(BACKSPACE, 980)
    typed.release(A, 1000)
    typed.release(BACKSPACE, 1040)
    typed.scan([*DIGITS, ENTER], 1100)
    assert [one.whole for one in typed.bursts] == [True]


@pytest.mark.parametrize("beginning", [4, 8])
def test_the_rest_of_a_scan_is_never_whole(beginning: int) -> None:
    typed = Typed()
    at = typed.scan(DIGITS[:beginning])
    typed.tap(BACKSPACE, at, held=60)
    typed.scan([*DIGITS, A, B, ENTER], at + 60)
    assert typed.codes()[-1] == [*DIGITS, A, B]
    assert not any(one.whole for one in typed.bursts)
    at = typed.scan([*DIGITS, ENTER], at + 2000)
    assert typed.bursts[-1].whole


def test_the_rest_of_a_scan_that_paused_is_never_whole() -> None:
    typed = Typed()
    at = typed.scan(DIGITS[:4])
    typed.expire()
    typed.scan([*DIGITS, ENTER], at + 70)
    assert [one.whole for one in typed.bursts] == [False]


def test_a_field_for_scans_takes_a_short_scan() -> None:
    typed = Typed()
    for at, code in enumerate((A, B, ENTER)):
        typed.tap(code, 1000 + 8 * at, in_field=True)
    assert typed.codes() == [[A, B]]


def test_where_only_a_field_counts_nothing_else_is_held_back() -> None:
    typed = Typed(Recogniser(Rules(least=LONGEST)))
    assert typed.tap(A, 1000).fate is Fate.PERSON


def test_return_and_tab_belong_to_the_scan_of_a_scanner_without_a_suffix() -> None:
    typed = Typed(Recogniser(Rules(suffix=Suffix.NONE)))
    typed.scan([*DIGITS, ENTER, TAB, A])
    assert typed.bursts == []
    typed.expire()
    assert typed.codes() == [[*DIGITS, ENTER, TAB, A]]


def test_a_tab_within_the_code_stays_where_return_ends_it() -> None:
    typed = Typed(Recogniser(Rules(suffix=Suffix.CR)))
    typed.scan([*DIGITS, TAB, A, ENTER])
    assert typed.codes() == [[*DIGITS, TAB, A]]


def test_the_clock_of_x11_may_begin_anew_within_a_scan() -> None:
    typed = Typed()
    for at, code in enumerate([*DIGITS, ENTER]):
        now = ((1 << 32) - 40 + 8 * at) % (1 << 32)
        typed.press(code, now)
        typed.release(code, (now + 3) % (1 << 32))
    assert typed.codes() == [list(DIGITS)]


# ----------------------------------------------------------------------
# A preamble
# ----------------------------------------------------------------------


def by_preamble() -> Typed:
    """The preamble is A B."""

    def opens(strokes: Sequence[Stroke]) -> Opening:
        codes = [one.code for one in strokes]
        if codes[:2] == [A, B]:
            return Opening.WHOLE
        return Opening.PARTLY if codes == [A] else Opening.NO

    return Typed(Recogniser(Rules(opens=opens)))


def test_a_preamble_makes_a_short_code_a_scan() -> None:
    typed = by_preamble()
    typed.scan([A, B, C, ENTER])
    assert typed.codes() == [[A, B, C]]


def test_without_the_preamble_nothing_is_held_back() -> None:
    typed = by_preamble()
    assert typed.tap(C, 1000).fate is Fate.PERSON
    typed.scan([*DIGITS, ENTER], 2000)
    assert typed.fates == {Fate.PERSON}


def test_a_preamble_may_begin_where_another_failed() -> None:
    typed = by_preamble()
    first = typed.tap(A, 1000)
    typed.scan([A, B, C, ENTER], 1008)
    assert first.fate is Fate.PERSON
    assert typed.codes() == [[A, B, C]]


def test_a_person_who_types_the_preamble_keeps_it() -> None:
    typed = by_preamble()
    for at, code in enumerate((A, B, C)):
        typed.tap(code, 1000 + 90 * at, held=60)
    typed.expire()
    assert (typed.bursts, typed.fates) == ([], {Fate.PERSON})


def test_strokes_are_logged_without_their_keys() -> None:
    typed = Typed()
    typed.scan([A, 71, ENTER, TAB])
    assert redacted(tuple(typed.strokes)) == "key(3)+0 pad(3)+8 enter(3)+16 tab(3)+24"
    assert redacted(()) == "no keys"
    held = Stroke(A, 5, shift=True, altgr=True, ctrl=True, alt=1)
    assert redacted((held,)) == "SGCA-key+0"
    assert str(A) not in redacted((held,))
