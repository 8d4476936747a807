"""``conflicts``: both sides in words and as JSON, and a lead's word on them."""

from collections.abc import Callable
from typing import Final

import pytest

from app.bootstrap import SystemClock, SystemIds
from app.data.keys import KeyPlace
from app.data.opening import open_store
from app.domain.journal import Draft, Json
from tests.unit.commands.lines import SWEDISH, Line

MAC: Final = "C02XK0ABJGH5"
ANNA: Final = ("--badge", "1001")
MARIA: Final = ("--badge", "1004")
BECAUSE: Final = ("--reason", "asked both")

Say = Callable[..., str]


@pytest.fixture
def say(bench: Line) -> Say:
    """Append an entry that no scan would: what another bench could have said."""

    def append(kind: str, /, subject: str = "repair:r1", actor: str = "bench", **told: Json) -> str:
        key = KeyPlace(bench.home).load()
        with (
            open_store(bench.home / "bench.db", key, SystemClock(), SystemIds()) as store,
            store.writing() as tx,
        ):
            return str(tx.append(Draft(kind, subject, actor, told)).id)

    return append


CANCELLED: Final[dict[str, Json]] = {"from": "opened", "to": "cancelled"}


@pytest.fixture
def torn(bench: Line, say: Say) -> tuple[str, str, str]:
    """A repair with a step that does not fit: its number, that entry, the step that stands."""
    opened = bench.told("repair", "open", MAC, *ANNA)
    subject = f"repair:{opened['id']}"
    bench.told("repair", "step", opened["number"], "diagnosed", *ANNA)
    odd = say("repair.status_changed", subject, "person:johan.aberg", **CANCELLED)
    (told,) = bench.told("conflicts", "list")
    return opened["number"], odd, told["against"]["id"]


def test_where_everything_fits_there_is_nothing_to_settle(bench: Line) -> None:
    assert bench.told("conflicts", "list") == []
    assert bench.run("conflicts", "list").out == "Nothing has to be settled.\n"


def test_a_conflict_is_listed_with_both_sides(bench: Line, torn: tuple[str, str, str]) -> None:
    number, odd, standing = torn
    (told,) = bench.told("conflicts", "list")
    assert (told["repair"], told["serial"], told["code"]) == (number, MAC, "wrong_from")
    assert (told["entry"], told["said"]["id"], told["against_repair"]) == (odd, odd, number)
    assert (told["said"]["payload"]["to"], told["against"]["payload"]["to"]) == (
        "cancelled",
        "diagnosed",
    )
    english, swedish = (
        bench.run("conflicts", "list").out.splitlines(),
        bench.run("conflicts", "list", language=SWEDISH).out.splitlines(),
    )
    assert english[0].startswith(f"{number}  {MAC}  ")
    assert odd in english[1]
    assert english[1].endswith("Johan Åberg: Received → Cancelled")
    assert standing in english[2]
    assert len(swedish) == 3
    assert not set(english) & set(swedish)


def test_what_came_before_any_opening_is_settled_by_the_repair_s_id(bench: Line, say: Say) -> None:
    early = say("repair.noted", text="nobody opened this")
    (told,) = bench.told("conflicts", "list")
    assert (told["against"], told["against_repair"]) == (None, None)
    lines = bench.run("conflicts", "list").out.splitlines()
    assert lines[0].startswith("r1  ")
    assert lines[1].endswith("bench: Note: nobody opened this")
    assert lines[2].split() == ["stands:", "nothing"]
    said = bench.run("conflicts", "settle", "r1", early, "drop", *MARIA, *BECAUSE)
    assert said.out == "Conflict in repair r1 settled: what did not fit is dropped.\n"


def test_an_entry_of_a_newer_kind_or_shape_is_named_all_the_same(bench: Line, say: Say) -> None:
    opened = bench.told("repair", "open", MAC, *ANNA)
    say("part.fitted", f"repair:{opened['id']}", kgb=7)
    assert "Fitted —, 7" in bench.run("conflicts", "list").out


def test_a_technician_is_refused_in_words(bench: Line, torn: tuple[str, str, str]) -> None:
    number, odd, _ = torn
    said = bench.refused("conflicts", "settle", number, odd, "drop", *ANNA, *BECAUSE)
    assert said == "Anna Lindqvist is no lead. Only a lead settles a conflict.\n"
    assert len(bench.told("conflicts", "list")) == 1


def test_a_lead_drops_what_does_not_fit(bench: Line, torn: tuple[str, str, str]) -> None:
    number, odd, standing = torn
    told = bench.told("conflicts", "settle", number, odd.upper(), "drop", *MARIA, *BECAUSE)
    assert (told["repair"], told["entry"], told["verdict"]) == (number, odd, "drop")
    (settled,) = told["recorded"]
    assert (settled["kind"], settled["actor"]) == ("conflict.settled", "person:maria.ekdahl")
    assert settled["payload"]["against"] == standing
    assert settled["payload"]["reason"] == "asked both"
    assert told["conflicts"] == []
    assert bench.told("repair", "show", number)["step"] == "diagnosed"
    assert bench.told("journal", "rebuild")["equal"] is True


def test_a_lead_keeps_what_did_not_fit(bench: Line, torn: tuple[str, str, str]) -> None:
    number, odd, _ = torn
    said = bench.run("conflicts", "settle", number, odd, "keep", *MARIA, *BECAUSE)
    assert (said.code, said.err) == (0, "")
    assert "counts after all" in said.out
    assert bench.told("repair", "show", number)["step"] == "cancelled"


@pytest.mark.parametrize(
    "words",
    [
        ("NOSUCH12", "x", "drop"),
        ("\udcff", "\udcff", "drop"),
    ],
    ids=ascii,
)
def test_a_repair_that_is_not_known_is_told(bench: Line, words: tuple[str, ...]) -> None:
    said = bench.refused("conflicts", "settle", *words, *MARIA, *BECAUSE)
    assert "knows no repair" in said


def test_a_conflict_that_is_not_known_is_told(bench: Line, torn: tuple[str, str, str]) -> None:
    said = bench.refused("conflicts", "settle", torn[0], "x", "drop", *MARIA, *BECAUSE)
    assert f"Repair {torn[0]} has no open conflict with entry x." in said


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001], ids=len)
def test_a_reason_is_a_sentence(bench: Line, reason: str) -> None:
    said = bench.run("conflicts", "settle", "1", "x", "drop", *MARIA, "--reason", reason)
    assert (said.code, said.out) == (2, "")
    assert "A text of 1 to 1000 characters" in said.err
