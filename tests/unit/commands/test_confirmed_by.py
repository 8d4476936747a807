"""``--confirmed-by``: where the second person needs a PIN, their badge alone is nothing."""

import io
from typing import Final

import pytest

from app.commands import proving
from tests.unit.commands.lines import Line

ANNA: Final = ("--badge", "1001")
MARIA: Final = ("--badge", "1004")
RECORD: Final = ("esd", "record", "--ohm", "1.05M", *ANNA, "--confirmed-by", "1002")
TEST: Final = (
    *("equipment", "test", "mat-1", "--ohm", "2500000", "--tester", "esd-tester-1"),
    *(*ANNA, "--confirmed-by", "1002"),
)
PINS: Final = {"1001": "2580", "1002": "1357"}


@pytest.fixture
def demanding(bench: Line) -> Line:
    """The sample organisation with a mat, where everybody needs a PIN; Anna types hers."""
    bench.told("equipment", "add", "mat-1", "--kind", "esd_mat", "--name", "Mat", *MARIA)
    for number, pin in PINS.items():
        bench.patch.setattr("sys.stdin", io.StringIO(pin))
        bench.told("people", "pin", number, *MARIA)
    settings = bench.home / "settings.toml"
    settings.write_text('pin_required = "always"\npin_tries = 2\n', encoding="utf-8")
    bench.patch.setenv(proving.PIN_VARIABLE, PINS["1001"])
    bench.patch.delenv(proving.CONFIRMING_VARIABLE, raising=False)
    return bench


@pytest.mark.parametrize("words", [RECORD, TEST], ids=["esd", "equipment"])
def test_a_value_counts_with_the_pins_of_both(demanding: Line, words: tuple[str, ...]) -> None:
    demanding.patch.setenv(proving.CONFIRMING_VARIABLE, PINS["1002"])
    told = demanding.told(*words)
    assert (told["verdict"], told["confirmed_by"]) == ("pass", "johan.aberg")


@pytest.mark.parametrize("words", [RECORD, TEST], ids=["esd", "equipment"])
def test_without_the_second_pin_nothing_is_recorded(
    demanding: Line, words: tuple[str, ...]
) -> None:
    before = demanding.work()
    said = demanding.refused(*words)
    assert "The PIN of Johan Åberg is demanded" in said
    assert proving.CONFIRMING_VARIABLE in said, "the first person's PIN is not tried for the second"
    assert demanding.work() == before
    assert demanding.told("people", "show", "1002")["pin"]["wrong"] == 0


def test_wrong_pins_of_who_confirms_lock_them_out(demanding: Line) -> None:
    before = demanding.work()
    demanding.patch.setenv(proving.CONFIRMING_VARIABLE, PINS["1001"])
    said = demanding.run(*RECORD)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("This is not the PIN of Johan Åberg. Tries left before a lock: 1.")
    assert demanding.run(*TEST).err.startswith("Too many wrong PINs: Johan Åberg is locked out")
    demanding.patch.setenv(proving.CONFIRMING_VARIABLE, PINS["1002"])
    assert demanding.run(*RECORD).err.startswith("Too many wrong PINs: Johan Åberg is locked out")
    assert demanding.work() == before


def test_who_is_asked_at_a_terminal_types_their_own(demanding: Line) -> None:
    asked: list[str] = []
    demanding.patch.delenv(proving.PIN_VARIABLE)

    def hidden(prompt: str) -> str:
        asked.append(prompt)
        return PINS["1001" if "Anna" in prompt else "1002"]

    demanding.patch.setattr("sys.stdin.isatty", lambda: True)
    demanding.patch.setattr("getpass.getpass", hidden)
    assert demanding.told(*RECORD)["verdict"] == "pass"
    assert [prompt.split()[2] for prompt in asked] == ["Anna", "Johan"]


def test_the_same_badge_twice_is_asked_for_one_pin_and_confirms_nothing(demanding: Line) -> None:
    said = demanding.run(*RECORD[:-1], "1001", "--json")
    assert (said.code, said.json["verdict"]) == (1, "invalid")


def test_a_badge_that_nobody_has_confirms_nothing(demanding: Line) -> None:
    said = demanding.run(*RECORD[:-1], "9999", "--json")
    assert (said.code, said.json["verdict"]) == (1, "invalid")


def test_a_piece_that_was_only_looked_at_needs_nobody_else(demanding: Line) -> None:
    words = ("equipment", "test", "mat-1", "--passed", *ANNA, "--confirmed-by", "1002")
    assert demanding.told(*words)["verdict"] == "pass"


def test_where_no_pin_is_demanded_the_badge_confirms(demanding: Line) -> None:
    settings = demanding.home / "settings.toml"
    settings.write_text('pin_required = "lead"\n', encoding="utf-8")
    assert demanding.told(*RECORD)["verdict"] == "pass"
    settings.write_text('pin_required = "never"\n', encoding="utf-8")
    assert demanding.told(*RECORD)["verdict"] == "pass"
