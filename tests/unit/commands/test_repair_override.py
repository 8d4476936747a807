"""``repair override``: a lead's word against a rule, in words and as JSON."""

from typing import Final

import pytest

from tests.unit.commands.lines import SWEDISH, Line

ENDED: Final = "GJLRZ26SNY"
"""Its lease ended in June 2025."""
SOMEBODY_ELSES: Final = "RW0KZ6NGPL"
ANNA: Final = ("--badge", "1001")
MARIA: Final = ("--badge", "1004")
LEASE: Final = ("--rule", "lease_ended", "--reason", "renewed, contract 4711")


def test_a_lead_lets_a_repair_go_on_and_the_product_tells_it(bench: Line) -> None:
    bench.refused("repair", "open", ENDED, *ANNA)
    done = bench.told("repair", "override", ENDED, *LEASE, *MARIA)
    (entry,) = done["recorded"]
    assert (entry["kind"], entry["subject"]) == ("rule.overridden", f"asset:{ENDED}")
    assert (entry["actor"], entry["payload"]["reason"]) == (
        "person:maria.ekdahl",
        "renewed, contract 4711",
    )
    assert done["product"]["verdict"] == "warning"
    told = bench.told("asset", ENDED)
    finding = next(one for one in told["findings"] if one["code"] == "lease_ended")
    assert finding["severity"] == "warn"
    assert finding["overridable"] is True
    assert finding["overridden"] == {
        "entry": entry["id"],
        "by": "Maria Ekdahl",
        "reason": "renewed, contract 4711",
    }
    assert finding["evidence"] == {
        "kind": "lease",
        "reference": "Nordfinans Leasing AB",
        "on": "2025-06-30",
    }
    assert finding["way_on"].startswith("Ask the lead")
    opened = bench.told("repair", "open", ENDED, *ANNA)
    assert opened["serial"] == ENDED
    assert bench.told("journal", "rebuild")["equal"] is True


def test_it_is_said_once_and_repeated_without_an_entry(bench: Line) -> None:
    first = bench.run("repair", "override", ENDED, *LEASE, *MARIA)
    again = bench.run("repair", "override", ENDED, *LEASE, *MARIA, language=SWEDISH)
    assert (first.code, again.code) == (0, 0)
    assert first.out == (
        f"Maria Ekdahl answers for P1 (lease_ended) on {ENDED}. The work may go on.\n"
    )
    assert again.out == f"En arbetsledare svarar redan för lease_ended på {ENDED}.\n"
    assert bench.told("repair", "override", ENDED, *LEASE, *MARIA)["recorded"] == []


def test_a_repair_is_named_by_its_number(bench: Line) -> None:
    bench.told("repair", "override", ENDED, *LEASE, *MARIA)
    number = bench.told("repair", "open", ENDED, *ANNA)["number"]
    done = bench.told("repair", "override", number, *LEASE, *MARIA)
    assert done["recorded"] == []
    assert done["product"]["asset"]["serial"] == ENDED


def test_a_technician_and_a_rule_that_holds_are_refused_in_words(bench: Line) -> None:
    said = bench.refused("repair", "override", ENDED, *LEASE, *ANNA)
    assert said == "Only a lead may answer for a rule; Anna Lindqvist is none.\n"
    words = ("--rule", "owner_other", "--reason", "he asked nicely")
    assert "Nobody may answer for P1" in bench.refused(
        "repair", "override", SOMEBODY_ELSES, *words, *MARIA
    )
    bench.refused("repair", "override", "NOSUCH12", *LEASE, *MARIA)
    assert bench.told("asset", ENDED)["verdict"] == "blocked"


def test_a_finding_that_rests_on_nothing_recorded_says_so(bench: Line) -> None:
    (finding,) = bench.told("asset", "C02NEW000001")["findings"]
    assert finding["evidence"] == {"kind": "register", "reference": "", "on": None}
    assert (finding["overridable"], finding["overridden"]) == (False, None)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001], ids=len)
def test_a_reason_is_a_sentence(bench: Line, reason: str) -> None:
    words = ("--rule", "lease_ended", "--reason", reason)
    said = bench.run("repair", "override", ENDED, *words, *MARIA)
    assert (said.code, said.out) == (2, "")
    assert "A text of 1 to 1000 characters" in said.err
