"""A lead answers for a rule: who may, for what, and how far it reaches."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.domain.policy import PolicyRow
from app.domain.verdicts import Verdict
from app.services.overriding import MAX_REASON, Overridden, Override, override_rule
from app.services.playing import command
from app.services.views import Tone
from tests.unit.services import desk as bench
from tests.unit.services.desk import ANNA, CLEO, ENDED, MAC, UNKNOWN_OWNER, Desk, asset, field_of


def answer_for(
    desk: Desk,
    named: str,
    code: str,
    badge: str = CLEO,
    reason: str = "The contract was renewed",
) -> Overridden:
    rules = desk.rules
    with desk.store.writing() as tx:
        return override_rule(tx, Override(named, code, badge, reason), rules)


def told(done: Overridden) -> tuple[str, str]:
    return done.feedback.tone.value, done.feedback.code


def test_a_lead_s_word_opens_the_way_for_a_product(desk: Desk) -> None:
    desk.sign_in()
    assert desk.scan(ENDED).feedback.code == "finding.lease_ended"
    done = answer_for(desk, ENDED, "lease_ended")
    assert told(done) == ("accepted", "override_recorded")
    (entry,) = done.entries
    assert (entry.kind, entry.subject, entry.actor) == (
        "rule.overridden",
        f"asset:{ENDED}",
        "person:cleo",
    )
    assert entry.payload == {
        "rule": "P1",
        "code": "lease_ended",
        "fields": {"until": "2026-11-22"},
        "reason": "The contract was renewed",
        "person": "cleo",
        "person_name": "Cleo",
    }
    desk.measure()
    shown = desk.scan(ENDED)
    assert shown.feedback.tone is Tone.ASKED
    assert shown.view.product is not None
    (finding,) = shown.view.product.findings
    assert finding.lifted is not None
    opened = desk.scan(command("OPEN"))
    assert opened.entries[-1].payload["findings"] == [
        {
            "rule": "P1",
            "severity": "warn",
            "code": "lease_ended",
            "override": str(entry.id),
            "overridden_by": "Cleo",
            "reason": "The contract was renewed",
        }
    ]
    assert desk.do("SYM01", "DIAG", "WORK").feedback.code == "step_taken"
    assert desk.fit().feedback.code == "part_fitted"


def test_a_word_for_one_product_says_nothing_of_another(desk: Desk) -> None:
    desk.put(asset("C02ENDED0002", ownership="leased", leased_until="2026-11-22"))
    desk.sign_in()
    answer_for(desk, ENDED, "lease_ended")
    assert desk.scan("C02ENDED0002").feedback.code == "finding.lease_ended"


def test_a_lease_that_ends_on_another_day_is_another_matter(desk: Desk) -> None:
    desk.sign_in()
    answer_for(desk, ENDED, "lease_ended")
    desk.put(asset(ENDED, ownership="leased", leased_until="2026-11-20"))
    assert desk.scan(ENDED).feedback.code == "finding.lease_ended"


def test_a_word_for_a_repair_holds_for_that_repair_alone(desk: Desk) -> None:
    desk.open()
    desk.do("SYM01", "DIAG")
    desk.put(asset(MAC, ownership="unknown"))
    assert desk.do("WORK").feedback.code == "finding.owner_unknown"
    number = desk.repair.number
    done = answer_for(desk, number, "owner_unknown", reason="  Seen on the order  ")
    assert done.entries[0].subject == f"repair:{desk.repair.id}"
    assert done.entries[0].payload["reason"] == "Seen on the order"
    assert field_of(done.feedback, "named") == number
    going_on = desk.do("WORK")
    assert going_on.feedback.code == "step_taken"
    assert going_on.view.product is not None
    assert going_on.view.product.verdict is Verdict.WARNING, "the card says what the gate does"
    assert told(answer_for(desk, desk.repair.id, "owner_unknown")) == (
        "repeated",
        "override_already",
    )
    desk.do("DIAG", "CANCEL")
    assert desk.scan(MAC).feedback.code == "finding.owner_unknown"


def test_a_word_for_a_finished_repair_comes_too_late(desk: Desk) -> None:
    desk.open()
    desk.do("CANCEL")
    number = desk.repair.number
    assert told(answer_for(desk, number, "owner_unknown")) == ("refused", "repair_closed")


@pytest.mark.parametrize(
    ("named", "code", "badge", "reason", "answer"),
    [
        (ENDED, "lease_ended", ANNA, "why", "override_lead_only"),
        (ENDED, "lease_ended", "9999", "why", "badge_unknown"),
        (ENDED, "lease_ended", CLEO, " ", "override_reason"),
        (ENDED, "lease_ended", CLEO, "x" * (MAX_REASON + 1), "override_reason"),
        (ENDED, "moon", CLEO, "why", "rule_unknown"),
        (ENDED, "owner_other", CLEO, "why", "rule_not_answerable"),
        (ENDED, "esd_missing", CLEO, "why", "rule_not_answerable"),
        (ENDED, "installed_base", CLEO, "why", "rule_not_answerable"),
        (ENDED, "owner_unknown", CLEO, "why", "rule_not_broken"),
        ("C02NEW000001", "lease_ended", CLEO, "why", "override_of_nothing"),
        (bench.NO_PROOF, "no_proof", CLEO, "why", "rule_not_broken"),
    ],
)
def test_what_nobody_may_is_refused_and_nothing_is_recorded(
    desk: Desk, named: str, code: str, badge: str, reason: str, answer: str
) -> None:
    done = answer_for(desk, named, code, badge, reason)
    assert told(done) == ("refused", answer)
    assert done.entries == ()


def test_the_longest_reason_is_taken_whole(desk: Desk) -> None:
    done = answer_for(desk, UNKNOWN_OWNER, "owner_unknown", reason="x" * MAX_REASON)
    assert done.feedback.tone is Tone.ACCEPTED


def test_an_entry_against_a_rule_that_nobody_may_answer_for_lifts_nothing(desk: Desk) -> None:
    """A newer or another bench may have written it by other rules; ours hold here."""
    answer_for(desk, UNKNOWN_OWNER, "owner_unknown")
    row = desk.policy.rows["owner_unknown"]
    strict = PolicyRow(row.code, row.rule, row.severity, None, "", row.source)
    desk.policy = replace(desk.policy, rows={**desk.policy.rows, row.code: strict})
    desk.sign_in()
    assert desk.scan(UNKNOWN_OWNER).feedback.code == "finding.owner_unknown"


# ----------------------------------------------------------------------
# The gate's edges in the site's own time
# ----------------------------------------------------------------------


@pytest.fixture
def at_dan_s_last_second(desk: Desk) -> Desk:
    """The third scan falls in the last second of his certificate, by the time of Stockholm."""
    desk.clock.moment = datetime.fromisoformat("2026-11-22T22:59:56+00:00")
    desk.clock.step = timedelta(0)
    desk.between = timedelta(seconds=1)
    return desk


def test_a_certificate_holds_through_its_last_second_in_the_site_s_time(
    at_dan_s_last_second: Desk,
) -> None:
    desk = at_dan_s_last_second
    desk.scans(bench.badge(bench.DAN), MAC)
    opened = desk.scan(command("OPEN"))
    assert opened.entries[-1].kind == "repair.opened"


def test_a_certificate_has_ended_in_the_next_second(at_dan_s_last_second: Desk) -> None:
    desk = at_dan_s_last_second
    desk.clock.moment += timedelta(seconds=1)
    desk.scans(bench.badge(bench.DAN), MAC)
    assert desk.scan(command("OPEN")).feedback.code == "finding.not_certified"


def test_a_tester_that_turns_out_uncalibrated_shuts_the_gate_again(desk: Desk) -> None:
    desk.open()
    desk.do("SYM01", "DIAG")
    desk.put(bench.tester(bench.TESTER, "2026-11-22"))
    stopped = desk.do("WORK").feedback
    assert stopped.code == "finding.tester_out_of_calibration"
    assert stopped.way_on == "tester_out_of_calibration"
    desk.put(bench.tester(bench.TESTER, "2026-11-23"))
    assert desk.do("WORK").feedback.code == "step_taken"


def test_a_tester_that_left_the_register_shuts_the_gate(desk: Desk) -> None:
    desk.open()
    desk.do("SYM01", "DIAG")
    desk.without("equipment", bench.TESTER)
    assert desk.do("WORK").feedback.code == "finding.tester_unknown"


def test_what_is_no_tester_any_more_passes_nobody(desk: Desk) -> None:
    desk.open()
    desk.do("SYM01", "DIAG")
    mended = bench.tester(bench.TESTER, "2027-03-31").value or {}
    desk.put(bench.row("equipment", bench.TESTER, **{**mended, "kind": "tool"}))
    assert desk.do("WORK").feedback.code == "finding.tester_unknown"
