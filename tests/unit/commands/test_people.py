"""``people``: the register in words and as JSON, changed by a lead alone; PINs off the line."""

import io
from pathlib import Path
from typing import Final, NoReturn

import pytest

from app.bootstrap import SystemClock, SystemIds
from app.commands import proving
from app.data.keys import KeyPlace
from app.data.opening import open_store
from app.data.pin_hashes import Argon2Hasher
from app.services.pins import PinDesk
from app.services.ports import RegisterRow, StoreFaultError
from tests.unit.commands.lines import SWEDISH, Line

ANNA: Final = ("--badge", "1001")
MARIA: Final = ("--badge", "1004")
EVE: Final = ("--name", "Eve Ek", "--number", "1009")


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default figures take a tenth of a second each time."""
    monkeypatch.setattr(Argon2Hasher.__init__, "__defaults__", (1, 8, 1))


def typed(bench: Line, *lines: str) -> None:
    """What standard input holds, which is no terminal."""
    bench.patch.setattr("sys.stdin", io.StringIO("\n".join(lines)))


def at_terminal(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """What a person types where nothing is shown."""
    given = iter(lines)

    def hidden(prompt: str) -> str:
        del prompt
        return next(given)

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(proving.getpass, "getpass", hidden)


def demand(bench: Line, whom: str) -> None:
    (bench.home / "settings.toml").write_text(f'pin_required = "{whom}"\npin_tries = 2\n')


def test_the_list_says_who_counts_and_until_when(bench: Line) -> None:
    told = bench.told("people", "list")
    anna = next(one for one in told["people"] if one["id"] == "anna.lindqvist")
    assert anna["lines"]["mac"]["standing"] == "certified"
    assert "pin" not in anna
    assert [one["line"] for one in told["deadlines"]] == ["mac", "ios"]
    assert told["vouchers"]["granted"] == 2
    english = bench.run("people", "list").out
    swedish = bench.run("people", "list", language=SWEDISH).out
    assert "1001  anna.lindqvist  Anna Lindqvist  Technician  Mac: certified until" in english
    assert len(swedish.splitlines()) == len(english.splitlines())
    assert not set(english.splitlines()) & set(swedish.splitlines())


def test_a_lead_adds_certifies_examines_and_removes(bench: Line) -> None:
    (entry,) = bench.told("people", "add", "eve", *EVE, *MARIA)["recorded"]
    assert (entry["kind"], entry["actor"]) == ("register.changed", "person:maria.ekdahl")
    certified = ("people", "certify", "eve", *MARIA, "--name", "iOS", "--from", "2026-01-01")
    assert bench.told(*certified, "--proof", "I-1")["recorded"]
    paid = ("--passed", "--cost", "1500,5", "--currency", "sek")
    exam = ("people", "exam", "eve", *MARIA, "--name", "iOS", "--on", "2025-12-20")
    assert bench.told(*exam, *paid)["recorded"]
    assert bench.told("people", "change", "1009", *MARIA, "--tech-id", "t9")["recorded"]
    told = bench.told("people", "show", "eve")
    assert told["certifications"][0]["families"] == ["iphone", "ipad", "ipod"]
    assert (told["exams"][0]["cost"], told["exams"][0]["currency"]) == (150_050, "SEK")
    assert (told["tech_id"], told["vouchers"]["costs"]) == ("T9", {"SEK": 150_050})
    assert told["pin"] == {"set": False, "wrong": 0, "locked_seconds": 0}
    words = bench.run("people", "show", "eve").out.splitlines()
    assert "Mac: never certified; iPhone, iPad, iPod: certified, without an end" in words[0]
    assert "iOS for" in words[1]
    assert words[2] == "  Exam iOS on 2025-12-20: passed, paid by 1,500.50\N{NO-BREAK SPACE}SEK"
    assert words[-1] == "Exams cost: 1,500.50\N{NO-BREAK SPACE}SEK"
    assert bench.told(*certified, "--revoke")["recorded"]
    assert bench.told("people", "remove", "eve", *MARIA)["recorded"]
    assert "eve" in bench.refused("people", "show", "eve")
    assert bench.told("journal", "rebuild")["equal"] is True
    assert bench.told("journal", "verify")["verified"] is True


def test_vouchers_and_what_is_wrong_with_them_are_told(bench: Line) -> None:
    for who, voucher in (("1001", "V-1"), ("1002", "V-2")):
        sat = ("people", "exam", who, *MARIA, "--name", "ACMT", "--on", "2025-12-20", "--failed")
        bench.told(*sat, "--voucher", voucher)
    told = bench.told("people", "list")["vouchers"]
    assert (told["left"], told["used"], told["over"]) == (0, 2, 0)
    third = ("people", "exam", "1003", *MARIA, "--name", "ACMT", "--on", "2025-12-20", "--failed")
    assert "V-3" in bench.refused(*third, "--voucher", "V-3")
    assert "paid by V-1" in bench.run("people", "show", "1001").out


def test_a_record_of_vouchers_that_cannot_be_is_told(bench: Line) -> None:
    """What another bench or the service may have said."""
    sat = {"name": "ACMT", "taken_on": "2025-12-20", "passed": False, "voucher": "V-1"}
    rows = [
        RegisterRow(
            "people",
            key,
            {"id": key, "name": key, "badge": key, "role": "technician", "exams": [sat]},
        )
        for key in ("P1", "P2")
    ]
    key = KeyPlace(bench.home).load()
    with open_store(bench.home / "bench.db", key, SystemClock(), SystemIds()) as store:
        assert store.load_registers(rows) == ()
    told = bench.told("people", "list")["vouchers"]
    assert (told["used"], told["twice"]) == (1, ["V-1"])
    assert "one twice (V-1)" in bench.run("people", "list").out


def test_a_technician_changes_nobody(bench: Line) -> None:
    said = bench.refused("people", "remove", "1002", *ANNA)
    assert said == "Anna Lindqvist is no lead. Only a lead changes people.\n"
    assert "9999" in bench.refused("people", "add", "eve", *EVE, "--badge", "9999")
    bench.refused("people", "add", "eve", *EVE)
    bench.refused("people", "remove", "nobody", *MARIA)
    assert len(bench.told("people", "list")["people"]) == 4


def test_an_empty_bench_begins_with_its_first_lead(line: Line) -> None:
    line.told("init", "--key", "file")
    assert line.told("people", "list")["people"] == []
    assert line.run("people", "list").out.startswith("The register holds nobody.\n")
    line.refused("people", "add", "eve", *EVE)
    first = ("people", "add", "eve", *EVE, "--role", "lead")
    (entry,) = line.told(*first)["recorded"]
    assert entry["actor"] == "bench"
    told = line.told("people", "list")["deadlines"]
    assert [one["state"] for one in told] == ["unknown", "unknown"]


@pytest.mark.parametrize(
    "words",
    [
        ("people",),
        ("people", "add", "eve"),
        ("people", "add", "eve", *EVE, "--role", "boss"),
        ("people", "show", "x" * 1001),
        ("people", "certify", "eve", *MARIA, "--name", "ACMT", "--from", "tomorrow"),
        (
            *("people", "certify", "eve", *MARIA, "--name", "ACMT"),
            *("--from", "2026-01-01", "--families", "mac,toaster"),
        ),
        ("people", "exam", "eve", *MARIA, "--name", "ACMT", "--on", "2026-01-01"),
        *(
            (
                *("people", "exam", "eve", *MARIA, "--name", "A", "--on", "2026-01-01", "--passed"),
                *("--cost", cost, "--currency", "SEK"),
            )
            for cost in ("x", "1.234", "1.", "-1", "", "1" * 13, "\u0661")
        ),
        (
            *("people", "exam", "eve", *MARIA, "--name", "A", "--on", "2026-01-01", "--passed"),
            *("--cost", "5"),
        ),
        ("people", "pin", "eve", *MARIA, "--unlock", "--forget"),
    ],
    ids=ascii,
)
def test_wrong_usage_is_told_and_changes_nothing(bench: Line, words: tuple[str, ...]) -> None:
    said = bench.run(*words)
    assert (said.code, said.out) == (2, "")


# ----------------------------------------------------------------------
# PINs
# ----------------------------------------------------------------------


def test_a_lead_sets_a_pin_that_lies_nowhere_readable(bench: Line) -> None:
    typed(bench, "71940325")
    (entry,) = bench.told("people", "pin", "1001", *MARIA)["recorded"]
    assert (entry["kind"], entry["payload"]) == ("person.pin_set", {})
    assert bench.told("people", "show", "1001")["pin"]["set"] is True
    assert "PIN: set" in bench.run("people", "show", "1001").out
    assert "71940325" not in bench.run("journal", "export", "--json").out
    logs: list[Path] = list(bench.home.rglob("*.log*"))
    assert all("71940325" not in one.read_text(errors="replace") for one in logs)


@pytest.mark.parametrize(
    ("pin", "why"), [("12", "4 to 8"), ("1234", "Anybody guesses"), ("", "4 to 8")]
)
def test_a_pin_that_is_none_is_refused(bench: Line, pin: str, why: str) -> None:
    typed(bench, pin, pin)
    said = bench.run("people", "pin", "1001", *MARIA)
    assert said.code == 1
    assert why in said.err


def test_at_a_terminal_a_new_pin_is_typed_twice(
    bench: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_terminal(monkeypatch, "2580", "2580", "2580", "2581")
    assert bench.run("people", "pin", "1001", *MARIA).code == 0
    said = bench.run("people", "pin", "1001", *MARIA)
    assert (said.code, said.err) == (1, "The two PINs differ. Nothing was changed.\n")


def test_a_lead_s_own_pin_is_asked_for_before_others_are_changed(
    bench: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(bench, "2580")
    bench.told("people", "pin", "1004", *MARIA)
    typed(bench, "1357")
    assert "REPAIR_BENCH_PIN" in bench.refused("people", "pin", "1001", *MARIA)
    monkeypatch.setenv(proving.PIN_VARIABLE, "2581")
    said = bench.run("people", "pin", "1001", *MARIA)
    assert said.err == "This is not the PIN of Maria Ekdahl. Tries left before a lock: 4.\n"
    monkeypatch.setenv(proving.PIN_VARIABLE, "2580")
    assert bench.run("people", "pin", "1001", *MARIA).code == 0
    assert bench.run("people", "pin", "1001", *MARIA, "--unlock").code == 0
    assert bench.run("people", "pin", "1001", *MARIA, "--forget").code == 0
    monkeypatch.delenv(proving.PIN_VARIABLE)
    at_terminal(monkeypatch, "2580", "1357", "1357")
    assert bench.run("people", "pin", "1001", *MARIA).code == 0


def test_where_a_pin_is_demanded_no_badge_alone_changes_people(
    bench: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(bench, "2580")
    bench.told("people", "pin", "1004", *MARIA)
    demand(bench, "lead")
    bench.refused("people", "add", "eve", *EVE, *MARIA)
    monkeypatch.setenv(proving.PIN_VARIABLE, "2581")
    for _ in range(2):
        assert bench.run("people", "add", "eve", *EVE, *MARIA).code == 1
    monkeypatch.setenv(proving.PIN_VARIABLE, "2580")
    assert "is locked out until" in bench.run("people", "add", "eve", *EVE, *MARIA).err
    shown = bench.run("people", "show", "1004").out
    assert "PIN: locked after 2 wrong in a row" in shown
    assert len(bench.told("people", "list")["people"]) == 4


def test_a_person_s_pin_goes_with_them(bench: Line) -> None:
    typed(bench, "2580")
    bench.told("people", "pin", "1001", *MARIA)
    bench.told("people", "remove", "1001", *MARIA)
    again = ("--name", "Anna", "--number", "1001")
    bench.told("people", "add", "anna.lindqvist", *again, *MARIA)
    assert bench.told("people", "show", "1001")["pin"]["set"] is False


def test_who_is_removed_is_told_so_also_where_their_pin_stays(
    bench: Line, caplog: pytest.LogCaptureFixture
) -> None:
    def forget(_: object, person_id: str) -> NoReturn:
        raise StoreFaultError("disk_full", person_id)

    bench.patch.setattr(PinDesk, "forget", forget)
    assert bench.told("people", "remove", "1001", *MARIA)["recorded"]
    assert "PIN of anna.lindqvist" in caplog.text
    assert bench.refused("people", "show", "1001")


@pytest.mark.parametrize(
    "words",
    [
        ("repair", "open", "C02XK0ABJGH5", *ANNA),
        ("esd", "record", "--ohm", "1.05M", *ANNA),
        ("conflicts", "settle", "N", "E", "drop", "--reason", "why", *ANNA),
        ("equipment", "retire", "x", *ANNA),
        ("programme", "account", "--name", "KTH", *ANNA),
        ("people", "remove", "1002", *ANNA),
    ],
    ids=lambda words: words[0],
)
def test_a_badge_alone_does_nothing_where_everybody_has_a_pin(
    bench: Line, words: tuple[str, ...]
) -> None:
    demand(bench, "always")
    said = bench.refused(*words)
    assert said == "A PIN is demanded here, and Anna Lindqvist has none.\n"
    assert bench.told("journal", "verify")["entries"] == 0


def test_with_the_right_pin_the_badge_does_what_it_did(
    bench: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(bench, "2580")
    bench.told("people", "pin", "1001", *MARIA)
    demand(bench, "always")
    monkeypatch.setenv(proving.PIN_VARIABLE, "2580")
    assert bench.told("repair", "open", "C02XK0ABJGH5", *ANNA)["number"]
    monkeypatch.setenv(proving.PIN_VARIABLE, "2581")
    bench.refused("repair", "open", "C02XK0ABJGH5", *ANNA)
    assert len(bench.told("repair", "list")) == 1
