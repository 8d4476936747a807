"""``equipment``: the register, tests, calibrations and the plan, in words and as JSON."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

from app.bootstrap import SystemClock, SystemIds
from app.commands.proving import PIN_VARIABLE
from app.data.keys import KeyPlace
from app.data.opening import open_store
from app.domain.labels import LabelKind, label_text
from app.services.ports import RegisterRow
from tests.unit.commands.lines import SWEDISH, Line, said

ANNA: Final = ("--badge", "1001")
JOHAN: Final = ("--confirmed-by", "1002")
MARIA: Final = ("--badge", "1004")
MAT: Final = ("mat-1", "--kind", "esd_mat", "--name", "Bench mat", "--place", "Bench 2")


@pytest.fixture
def bench(bench: Line) -> Line:
    """The sample organisation with two ESD testers and no other equipment."""
    pieces = bench.told("equipment", "list", "--all")
    gone = [one["id"] for one in pieces if one["kind"] != "esd_tester"]
    put(bench, dict.fromkeys(gone))
    return bench


@pytest.fixture
def today() -> date:
    return datetime.now(UTC).date()  # noqa: TID251 - the command reads the computer's clock


@pytest.fixture
def mat(bench: Line) -> dict[str, Any]:
    """A mat in the register, as it was answered."""
    return bench.told("equipment", "add", *MAT, "--every-days", "30", *MARIA)


def test_the_register_is_listed_in_words_and_as_json(bench: Line, mat: dict[str, Any]) -> None:
    told = bench.told("equipment", "list")
    assert [(one["id"], one["kind"]) for one in told] == [
        ("mat-1", "esd_mat"),
        ("esd-tester-1", "esd_tester"),
        ("esd-tester-2", "esd_tester"),
    ]
    assert (told[0], told[2]["calibration"]) == (mat["piece"], "overdue")
    assert told[0]["label"] == label_text(LabelKind.COMMAND, "EQMAT1")
    english = bench.run("equipment", "list").out.splitlines()
    swedish = bench.run("equipment", "list", language=SWEDISH).out.splitlines()
    assert english[0] == "mat-1  ESD mat, Bench mat, Bench 2: in use, no calibration"
    assert swedish[0] == "mat-1  ESD-matta, Bench mat, Bench 2: i bruk, ingen kalibrering"
    assert english[2].endswith("calibration ran out on 2025-06-30")


def test_what_is_retired_is_listed_when_asked_for(bench: Line, mat: dict[str, Any]) -> None:
    del mat
    for name in ("mat-1", "esd-tester-1", "esd-tester-2"):
        told = bench.told("equipment", "retire", name, *MARIA)
        assert told["piece"]["state"] == "retired"
    assert bench.told("equipment", "list") == []
    assert bench.run("equipment", "list").out == "The register holds no equipment.\n"
    assert len(bench.told("equipment", "list", "--all")) == 3


def test_a_piece_is_added_changed_and_shown(bench: Line, mat: dict[str, Any]) -> None:
    assert mat["recorded"][0]["kind"] == "register.changed"
    told = bench.told(
        *("equipment", "change", "mat-1", "--state", "spare", "--every-days", "7"),
        *("--note", "Blue", "--calibration-due", "2027-01-01", *MARIA),
    )
    assert told["recorded"][0]["payload"]["set"] == {
        "state": "spare",
        "test_every_days": 7,
        "note": "Blue",
        "calibration_due": "2027-01-01",
    }
    shown = bench.told("equipment", "show", "mat-1")
    assert (shown["state"], shown["note"], shown["plan"]["state"]) == ("spare", "Blue", "never")
    assert [one["kind"] for one in shown["timeline"]] == ["register.changed", "register.changed"]
    lines = bench.run("equipment", "show", "mat-1").out.splitlines()
    assert lines[1] == f"label {label_text(LabelKind.COMMAND, 'EQMAT1')}"
    assert "never tested, 7 days between tests" in lines[2]
    assert lines[4].endswith("  Changed in the register: calibrated until, state, interval, note")
    swedish = bench.run("equipment", "show", "mat-1", language=SWEDISH).out.splitlines()
    assert swedish[4].endswith(
        "  Ändrad i registret: kalibrerad till, status, intervall, anteckning"
    )


def test_what_has_no_label_and_no_plan_is_shown_without(bench: Line) -> None:
    bench.told("equipment", "add", "åäö", "--kind", "tool", *MARIA)
    told = bench.told("equipment", "show", "åäö")
    assert (told["label"], told["plan"]) == (None, None)
    assert len(bench.run("equipment", "show", "åäö").out.splitlines()) == 2


def test_a_change_that_says_nothing_is_refused(bench: Line, mat: dict[str, Any]) -> None:
    del mat
    assert bench.refused("equipment", "change", "mat-1", *MARIA) == "Say what is changed.\n"
    ahead = ("--calibrated-on", "2199-01-01")
    told = bench.refused("equipment", "change", "mat-1", *ahead, *MARIA)
    assert told == "2199-01-01 has not come yet.\n"


@pytest.mark.parametrize(
    "words",
    [
        ("show", "nothing"),
        ("change", "nothing", "--place", "x", *MARIA),
        ("retire", "nothing", *MARIA),
        ("test", "nothing", "--passed", *ANNA),
    ],
    ids=lambda words: words[0],
)
def test_a_piece_that_is_not_there_is_told(bench: Line, words: tuple[str, ...]) -> None:
    assert bench.refused("equipment", *words) == "The register holds no equipment nothing.\n"


def test_a_technician_changes_nothing(bench: Line) -> None:
    said = bench.refused("equipment", "add", *MAT, *ANNA)
    assert said == "Anna Lindqvist is no lead. Only a lead changes the equipment register.\n"
    assert len(bench.told("equipment", "list")) == 2


def test_a_badge_alone_changes_nothing_where_a_pin_is_demanded(
    bench: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PIN_VARIABLE, "2580")
    (bench.home / "settings.toml").write_text('pin_required = "lead"\n', encoding="utf-8")
    assert "PIN" in bench.refused("equipment", "add", *MAT, *MARIA)
    assert len(bench.told("equipment", "list")) == 2


def test_a_calibration_is_recorded(bench: Line, today: date) -> None:
    due = (today + timedelta(days=365)).isoformat()
    told = bench.told(
        *("equipment", "calibrated", "esd-tester-2", "--on", today.isoformat(), "--due", due),
        *("--certificate", "RISE-77", "--by", "RISE", *MARIA),
    )
    assert [one["kind"] for one in told["recorded"]] == ["equipment.calibrated", "register.changed"]
    assert (told["piece"]["calibration"], told["piece"]["certificate"]) == ("ok", "RISE-77")
    shown = bench.run("equipment", "show", "esd-tester-2").out
    assert f"Calibrated on {today}, holds until {due}, certificate RISE-77" in shown


def test_an_instrument_that_is_out_of_order_goes_away(bench: Line, today: date) -> None:
    told = bench.told(
        *("equipment", "found-bad", "esd-tester-1", "--from", today.isoformat()),
        *("--reason", "reads half", *MARIA),
    )
    assert told["piece"]["state"] == "away"
    shown = bench.run("equipment", "show", "esd-tester-1").out
    assert f"Out of order from {today} to —: reads half" in shown


# ----------------------------------------------------------------------
# Tests and the plan
# ----------------------------------------------------------------------


def test_a_measured_test_is_confirmed_recorded_and_planned_anew(
    bench: Line, mat: dict[str, Any], today: date
) -> None:
    del mat
    value = ("--ohm", "2500000", "--tester", "esd-tester-1")
    told = bench.told("equipment", "test", "mat-1", *value, *JOHAN, *ANNA)
    assert {key: told[key] for key in ("event", "channel", "ohm", "verdict", "piece", "item")} == {
        "event": "reading",
        "channel": "surface",
        "ohm": 2_500_000,
        "verdict": "pass",
        "piece": "mat-1",
        "item": "mat",
    }
    assert (told["device"], told["confirmed_by"]) == ("esd-tester-1", "johan.aberg")
    (line,) = bench.told("equipment", "plan")
    assert (line["id"], line["state"], line["tests"], line["verdict"]) == (
        *("mat-1", "ok"),
        *(1, "pass"),
    )
    assert date.fromisoformat(line["due"]) >= today + timedelta(days=29)
    said = bench.run("equipment", "plan").out
    assert said.startswith(line["due"])
    assert said.endswith("mat-1  Mat, Bench mat: in time, 30 days between tests\n")
    assert "Test: Mat, passed" in bench.run("equipment", "show", "mat-1").out


@pytest.mark.parametrize(
    ("words", "says", "verdict"),
    [
        (("--ohm", "ol", *JOHAN), "Bench mat failed: the resistance is too high.", "fail_high"),
        (("--ohm", "5"), "The typed value is kept, but it does not count", "invalid"),
        (("--failed", "--note", "torn"), "Bench mat is not in order.", "fail"),
    ],
    ids=["out of range", "unconfirmed", "torn"],
)
def test_what_does_not_pass_is_recorded_and_told(
    bench: Line, mat: dict[str, Any], words: tuple[str, ...], says: str, verdict: str
) -> None:
    del mat
    tester = ("--tester", "esd-tester-1") if "--ohm" in words else ()
    said = bench.run("equipment", "test", "mat-1", *words, *tester, *ANNA, "--json")
    assert said.code == 1
    assert said.json["verdict"] == verdict
    assert says in said.err
    quiet = bench.run("equipment", "test", "mat-1", *words, *tester, *ANNA)
    assert (quiet.code, quiet.out) == (1, "")


def test_what_is_tried_passes_by_a_technician_s_word(bench: Line) -> None:
    bench.told("equipment", "add", "tool-1", "--kind", "tool", *MARIA)
    told = bench.told("equipment", "test", "tool-1", "--passed", *ANNA)
    assert (told["verdict"], told["item"], told["piece"]) == ("pass", "check", "tool-1")
    said = bench.run("equipment", "test", "tool-1", "--passed", *ANNA)
    assert (said.code, said.out) == (0, "tool-1: passed.\n")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ((), "In service: esd-tester-1, esd-tester-2"),
        (("--tester", "mat-1"), "mat-1 is no ESD tester of the register that is in service"),
    ],
    ids=["which of two", "a mat"],
)
def test_a_value_has_one_tester_that_is_known(
    bench: Line, mat: dict[str, Any], words: tuple[str, ...], answer: str
) -> None:
    del mat
    assert answer in bench.refused("equipment", "test", "mat-1", "--ohm", "5", *words, *ANNA)


def test_the_only_tester_need_not_be_named(bench: Line, mat: dict[str, Any]) -> None:
    del mat
    bench.told("equipment", "retire", "esd-tester-2", *MARIA)
    words = ("--ohm", "5", "--channel", "ground_point", *JOHAN, *ANNA)
    told = bench.told("equipment", "test", "mat-1", *words)
    assert (told["channel"], told["device"], told["verdict"]) == (
        *("ground_point", "esd-tester-1"),
        "pass",
    )


def test_a_badge_that_nobody_has_tests_nothing(bench: Line, mat: dict[str, Any]) -> None:
    del mat
    before = bench.work()
    told = bench.refused("equipment", "test", "mat-1", "--passed", "--badge", "9999")
    assert told == said("feedback.badge_unknown", badge="9999")
    assert bench.work() == before


def test_a_plan_without_anything_says_so(bench: Line) -> None:
    assert bench.told("equipment", "plan") == []
    assert bench.run("equipment", "plan").out == "Nothing is planned to be tested.\n"


def test_what_was_missed_is_told_with_how_much_was_planned(
    bench: Line, mat: dict[str, Any], today: date
) -> None:
    del mat
    bench.told("equipment", "add", "mat-2", "--kind", "esd_mat", "--every-days", "10", *MARIA)
    told = bench.told("equipment", "missed")
    assert (told["planned"], told["passed"], told["missed"]) == (0, 0, [])  # it came today
    assert bench.run("equipment", "missed").out.endswith(": 0 planned, 0 missed, 0 passed\n")
    period = ("--from", (today - timedelta(days=9)).isoformat(), "--to", today.isoformat())
    assert bench.told("equipment", "missed", *period)["planned"] == 0


def test_a_missed_test_names_the_piece_or_the_person(bench: Line) -> None:
    """A register row that came down says nothing of when it came: it always was there."""
    rows: dict[str, dict[str, object] | None] = {
        "mat-9": {"id": "mat-9", "kind": "esd_mat", "test_every_days": 10},
        "laser": {"id": "laser", "kind": "laser", "test_every_days": 20},
    }
    put(bench, rows)
    told = bench.told("equipment", "missed")
    assert [(one["item"], one["id"], one["person"]) for one in told["missed"]] == [
        ("mat", "mat-9", None),
        ("check", "laser", None),
        ("mat", "mat-9", None),
        ("mat", "mat-9", None),
    ]
    lines = bench.run("equipment", "missed").out.splitlines()
    assert lines[-1].endswith(": 4 planned, 4 missed, 0 passed")
    assert lines[0].endswith("  Mat  mat-9")


def test_whoever_the_footwear_s_plan_names_and_nobody_knows_is_told(bench: Line) -> None:
    settings = bench.home / "settings.toml"
    assert bench.told("equipment", "missed")["strangers"] == []
    settings.write_text('esd_footwear = "1001 1O02"\n', encoding="utf-8")
    told = bench.run("equipment", "missed", "--json")
    assert (told.code, told.json["strangers"]) == (0, ["1O02"])
    assert told.err == said("cli.no_wearer", named="1O02")
    assert bench.run("equipment", "missed").out.endswith(": 0 planned, 0 missed, 0 passed\n")
    settings.write_text('esd_footwear = "nobody 1001"\n', encoding="utf-8")
    assert bench.run("equipment", "missed").code == 1


def put(bench: Line, rows: Mapping[str, dict[str, object] | None]) -> None:
    """Rows as the account service sends them."""
    key = KeyPlace(bench.home).load()
    with open_store(bench.home / "bench.db", key, SystemClock(), SystemIds()) as store:
        told = [RegisterRow("equipment", name, row) for name, row in rows.items()]
        assert store.load_registers(told) == ()


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-02-01", "2026-01-31"), ("2010-01-01", "2026-01-01")],
    ids=["ends before it begins", "too long"],
)
def test_a_period_begins_before_it_ends_and_is_bounded(bench: Line, since: str, until: str) -> None:
    told = bench.refused("equipment", "missed", "--from", since, "--to", until)
    assert told == said("cli.no_period", most=3660)


@pytest.mark.parametrize(
    ("words", "which", "way_on"),
    [
        (("add", "x" * 65, "--kind", "tool", *MARIA), "ID: xxx", "1 to 64 letters"),
        (("add", " ", "--kind", "tool", *MARIA), "ID:", "1 to 64 letters"),
        (("add", "a\x07b", "--kind", "tool", *MARIA), "ID: a", "1 to 64 letters"),
        (("add", "a", "--kind", "laser", *MARIA), "--kind: ", " esd_mat,"),
        (("add", "a", *MARIA), "still to be named: ", "--kind"),
        (("add", "a", "--kind", "tool", "--every-days", "-1", *MARIA), "-days: -1", "0 to 3660"),
        (("add", "a", "--kind", "tool", "--every-days", "3661", *MARIA), "3661", "0 to 3660"),
        (("add", "a", "--kind", "tool", "--name", "x" * 1001, *MARIA), "--name: ", "0 to 1000"),
        (
            ("calibrated", "a", "--on", "yesterday", "--due", "x", "--certificate", "c", *MARIA),
            "--on: yesterday",
            "write it as 20",
        ),
        (("missed", "--from", "1969-12-31"), "--from: 1969-12-31", "write it as 20"),
        (("missed", "--to", "9999-12-31"), "--to: 9999-12-31", "write it as 20"),
        (("test", "a", *ANNA), "has to be named", "--ohm --passed --failed"),
        (("test", "a", "--passed", "--failed", *ANNA), "--failed: ", "--passed"),
        (("test", "a", "--ohm", "1.05", *ANNA), "--ohm: 1.05", "or OL"),
        (("test", "a", "--ohm", "1" * 16, *ANNA), "--ohm: 1111", "or OL"),
        (("test", "a", "--passed", "--note", "x" * 1001, *ANNA), "--note: ", "0 to 1000"),
        (("list", "a"), "not understood: a", "usage: "),
        ((), "still to be named: action", "{list,"),
    ],
    ids=ascii,
)
def test_wrong_words_are_told_with_the_right_ones_before_anything_is_opened(
    line: Line, words: tuple[str, ...], which: str, way_on: str
) -> None:
    answered = line.run("equipment", *words)
    assert (answered.code, answered.out) == (2, "")
    assert which in answered.err
    assert way_on in answered.err
    assert not line.home.exists()


def test_the_labels_are_printed(bench: Line, mat: dict[str, Any]) -> None:
    del mat
    out = bench.home.parent / "labels.pdf"
    told = bench.told("report", "equipment-labels", "--out", str(out))
    assert (told["kind"], out.read_bytes()[:4]) == ("equipment-labels", b"%PDF")
