"""The one gate: open for what nothing speaks against, and for nothing else."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.esd import EsdVerdict
from app.domain.journal import Entry, Json
from app.domain.policy import RANK, Answerable, Policy, Severity
from app.domain.products import Asset, Coverage, FindMy, Ownership
from app.domain.verdicts import (
    OVERRIDDEN,
    Finding,
    RuleOverride,
    Work,
    WorkGate,
    lift,
    override_payload,
    overrides_of,
    product_findings,
    work_gate,
)
from tests.unit.domain.verdict_samples import (
    ALVA,
    LOT,
    NOW,
    OURS,
    PART,
    PASSED,
    TODAY,
    WORK,
    YESTERDAY,
    policy_in,
)

SWEDEN = policy_in("se")


def judged(work: Work, policy: Policy = SWEDEN, later: timedelta = timedelta(0)) -> WorkGate:
    return work_gate(work, policy, now=NOW + later, today=TODAY)


def test_the_gate_opens_where_product_technician_strap_and_part_are_in_order() -> None:
    gate = judged(WORK)
    assert gate.is_open
    assert gate.findings == ()
    assert gate.refusal is None


def test_each_thing_alone_shuts_the_gate_and_is_named() -> None:
    shut = {
        "not_in_register": replace(WORK, asset=None),
        "owner_other": replace(WORK, asset=replace(OURS, ownership=Ownership.OTHER)),
        "not_certified": replace(WORK, person=replace(ALVA, certifications=())),
        "esd_missing": replace(WORK, esd=None),
        "tester_unknown": replace(WORK, tester=None),
        "part_not_purchased": replace(WORK, part=replace(PART, lot=None)),
    }
    for code, work in shut.items():
        gate = judged(work)
        assert not gate.is_open
        assert [one.code for one in gate.blocking] == [code]
        assert gate.refusal is not None
        assert gate.refusal.code == code


def test_what_is_to_be_done_first_is_product_then_person_then_strap_then_part() -> None:
    work = Work(
        replace(OURS, ownership=Ownership.OTHER),
        replace(ALVA, certifications=()),
        None,
        replace(PART, lot=None),
    )
    order = ["owner_other", "not_certified", "esd_missing", "part_not_purchased"]
    assert [one.code for one in judged(work).blocking] == order
    mended = (
        replace(work, asset=OURS),
        replace(work, asset=OURS, person=ALVA),
        replace(work, asset=OURS, person=ALVA, esd=PASSED),
    )
    refusals = [judged(one).refusal for one in (work, *mended)]
    assert [one.code for one in refusals if one is not None] == order


def test_work_that_does_not_open_the_device_asks_for_no_strap() -> None:
    outside = replace(WORK, esd=None, internal=False)
    assert judged(outside).is_open
    assert not judged(replace(outside, asset=None)).is_open


def test_work_without_a_part_asks_for_no_purchase() -> None:
    assert judged(replace(WORK, part=None)).is_open


def test_the_tester_is_judged_only_of_a_reading_that_would_open_the_gate() -> None:
    failed = replace(WORK, esd=replace(PASSED, verdict=EsdVerdict.FAIL_LOW), tester=None)
    assert [one.code for one in judged(failed).findings] == ["esd_failed"]
    assert judged(replace(WORK, tester=None, read_on=None)).is_open


# ----------------------------------------------------------------------
# A lead's word
# ----------------------------------------------------------------------


def entry(payload: Mapping[str, Json], kind: str = OVERRIDDEN, subject: str = "repair:r1") -> Entry:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return Entry(UUID(int=9), UUID(int=1), 1, kind, subject, "person:eva", at, 1, payload, "0" * 64)


LEASE_OVER = replace(OURS, ownership=Ownership.LEASED, lessor="Leasing AB", leased_until=YESTERDAY)
(ENDED,) = product_findings(LEASE_OVER, SWEDEN, TODAY)
SAID = override_payload(ENDED, reason="The new contract is signed", lead_id="eva", lead_name="Eva")


def test_a_lead_s_word_is_read_from_its_entry() -> None:
    assert overrides_of([entry({}, "repair.noted"), entry(SAID)]) == (
        RuleOverride(
            entry_id=str(UUID(int=9)),
            subject="repair:r1",
            code="lease_ended",
            fields=(("until", "2026-11-22"),),
            reason="The new contract is signed",
            lead_id="eva",
            lead_name="Eva",
            rule="P1",
        ),
    )


@pytest.mark.parametrize(
    "change",
    [
        {"code": ""},
        {"code": 7},
        {"reason": ""},
        {"reason": None},
        {"person": ""},
        {"person": []},
        {"fields": None},
        {"fields": "until"},
    ],
)
def test_an_entry_that_does_not_say_what_why_and_who_lifts_nothing(
    change: dict[str, Json],
) -> None:
    assert overrides_of([entry({**SAID, **change})]) == ()


def test_a_lifted_finding_warns_and_says_who_answers_for_it() -> None:
    overrides = overrides_of([entry(SAID)])
    gate = judged(replace(WORK, asset=LEASE_OVER))
    assert not gate.is_open
    lifted = gate.lifted(overrides)
    assert lifted.is_open
    (finding,) = lifted.findings
    assert (finding.code, finding.severity) == ("lease_ended", Severity.WARN)
    assert finding.lifted == overrides[0]


def test_another_day_is_another_matter() -> None:
    earlier = replace(LEASE_OVER, leased_until=YESTERDAY - timedelta(days=1))
    findings = product_findings(earlier, SWEDEN, TODAY)
    assert lift(findings, overrides_of([entry(SAID)])) == findings


def test_a_warning_is_not_lifted_for_it_stops_nothing() -> None:
    findings = product_findings(replace(OURS, proof=""), SWEDEN, TODAY)
    (finding,) = findings
    said = override_payload(finding, reason="seen", lead_id="eva", lead_name="Eva")
    assert lift(findings, overrides_of([entry(said)])) == findings


@pytest.mark.parametrize("code", sorted(RANK.keys() & SWEDEN.rows.keys()))
@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("overridable", [True, False])
def test_only_what_blocks_and_may_be_answered_for_is_lifted(
    code: str, severity: Severity, *, overridable: bool
) -> None:
    """Whatever an entry says, and whatever the finding is."""
    finding = Finding(SWEDEN.rows[code].rule, severity, code, overridable=overridable)
    said = override_payload(finding, reason="because", lead_id="eva", lead_name="Eva")
    (told,) = lift((finding,), overrides_of([entry(said)]))
    may = severity is Severity.BLOCK and overridable
    assert (told.lifted is not None) is may
    assert told.severity is (Severity.WARN if may else severity)


# ----------------------------------------------------------------------
# Whatever comes together
# ----------------------------------------------------------------------

ISSUERS = [None, "apple", "Seller AB", ""]


@st.composite
def assets(draw: st.DrawFn) -> Asset:
    issuer = draw(st.sampled_from(ISSUERS))
    return replace(
        OURS,
        ownership=draw(st.sampled_from(Ownership)),
        leased_until=draw(st.sampled_from([None, YESTERDAY, TODAY])),
        maker=draw(st.sampled_from(["apple", "hp", ""])),
        family=draw(st.sampled_from([OURS.family, None])),
        coverages=() if issuer is None else (Coverage(issuer, "LI", None, None, "", None),),
        find_my=draw(st.sampled_from(FindMy)),
        proof=draw(st.sampled_from(["PO", ""])),
    )


WORKS = st.builds(
    Work,
    asset=st.none() | st.just(OURS) | assets(),
    person=st.sampled_from([ALVA, replace(ALVA, certifications=())]),
    esd=st.sampled_from(
        [
            None,
            PASSED,
            replace(PASSED, verdict=EsdVerdict.FAIL_HIGH),
            replace(PASSED, person_id="p2"),
        ]
    ),
    part=st.sampled_from([None, PART, replace(PART, lot=None), replace(PART, used_in="R1")])
    | st.just(replace(PART, lot=replace(LOT, order=""))),
    internal=st.booleans(),
    tester=st.sampled_from([None, WORK.tester]),
    read_on=st.sampled_from([None, YESTERDAY, TODAY]),
)
LENIENT = st.lists(
    st.tuples(
        st.sampled_from(sorted(SWEDEN.rows)), st.sampled_from(Severity), st.sampled_from(Answerable)
    ),
    max_size=6,
)


def edited(changes: list[tuple[str, Severity, Answerable]]) -> Policy:
    """Rules as no file may say them: the gate does not rely on the file."""
    rows = {
        code: replace(SWEDEN.rows[code], severity=severity, override=override)
        for code, severity, override in changes
    }
    return replace(SWEDEN, rows={**SWEDEN.rows, **rows})


def word_on(finding: Finding) -> RuleOverride:
    said = override_payload(finding, reason="because", lead_id="eva", lead_name="Eva")
    return overrides_of([entry(said)])[0]


@given(work=WORKS, hours=st.integers(-1, 13), changes=LENIENT)
def test_the_gate_never_opens_with_a_blocking_finding(
    work: Work, hours: int, changes: list[tuple[str, Severity, Answerable]]
) -> None:
    gate = judged(work, edited(changes), timedelta(hours=hours))
    blocking = [one for one in gate.findings if one.severity is Severity.BLOCK]
    assert gate.is_open is not bool(blocking)
    assert (gate.refusal is None) is gate.is_open
    ranks = [RANK[one.code] for one in blocking]
    assert gate.refusal is None or RANK[gate.refusal.code] == min(ranks)


@given(work=WORKS, hours=st.integers(-1, 13))
def test_by_the_shipped_rules_the_gate_opens_only_for_what_is_in_order(
    work: Work, hours: int
) -> None:
    gate = judged(work, SWEDEN, timedelta(hours=hours))
    if not gate.is_open:
        return
    assert work.asset is not None
    assert work.asset.maker == "apple"
    assert work.asset.family is not None
    assert work.asset.ownership in {Ownership.OWNED, Ownership.LEASED}
    assert work.person.certifications
    assert not work.internal or (work.esd == PASSED and 0 <= hours < 12)
    assert work.part in {None, PART}


@given(work=WORKS, hours=st.integers(-1, 13), changes=LENIENT, more=st.data())
def test_lifting_never_lifts_what_nobody_may_answer_for(
    work: Work,
    hours: int,
    changes: list[tuple[str, Severity, Answerable]],
    more: st.DataObject,
) -> None:
    gate = judged(work, edited(changes), timedelta(hours=hours))
    said = [word_on(one) for one in gate.findings]
    overrides = more.draw(st.lists(st.sampled_from(said))) if said else []
    answered = {one.code for one in overrides}
    lifted = gate.lifted(overrides)
    assert [one.code for one in lifted.findings] == [one.code for one in gate.findings]
    for before, after in zip(gate.findings, lifted.findings, strict=True):
        if before.blocks and before.overridable and before.code in answered:
            assert not after.blocks
            assert after.lifted is not None
        else:
            assert after == before


def test_a_product_without_a_family_never_passes_without_a_certificate() -> None:
    """The technician cannot be judged without a family, so no file may let one pass."""
    nobody = replace(ALVA, certifications=())
    assert not judged(replace(WORK, asset=replace(OURS, family=None), person=nobody)).is_open
