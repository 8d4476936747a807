"""The one gate of work on a product, with what the store knows and what leads answered for."""

from collections.abc import Iterable
from datetime import date

from app.domain.equipment import EquipmentKind
from app.domain.esd import EsdState, Tester
from app.domain.repairs import Repair
from app.domain.site_days import site_day
from app.domain.verdicts import (
    OVERRIDDEN,
    Finding,
    PartAtHand,
    RuleOverride,
    Work,
    WorkGate,
    overrides_of,
    work_gate,
)
from app.services.answering import refused, refused_by
from app.services.calendar import zone_of
from app.services.out_of_order import days_out_of_order, is_within
from app.services.ports import Reader
from app.services.session import Rules, Session
from app.services.views import Feedback


def overrides_for(
    reader: Reader, findings: Iterable[Finding], serial: str, repair: Repair | None = None
) -> tuple[RuleOverride, ...]:
    """What leads have answered for, where it matters to some findings.

    The journal is asked only where there is something that somebody may have answered for.

    Args:
        reader: The store.
        findings: What the rules say of the product, or of work on it.
        serial: The product's; what was answered for under a serial that it had before holds too.
        repair: The repair that the work belongs to, whose overrides count beside the product's.
    """
    if not any(one.blocks and one.overridable for one in findings):
        return ()
    product = reader.asset(serial)
    former = [one.value for one in product.former] if product is not None else []
    subjects = [f"asset:{name}" for name in dict.fromkeys((serial, *former))]
    subjects += [f"repair:{repair.id}"] if repair is not None else []
    told = (entry for subject in subjects for entry in reader.told(subject, OVERRIDDEN))
    return overrides_of(told)


def gate_of(
    reader: Reader,
    session: Session,
    repair: Repair,
    rules: Rules,
    *,
    internal: bool = True,
    part: PartAtHand | None = None,
) -> WorkGate | None:
    """Judge the work of who is signed in on a repair; None where nobody is.

    Args:
        reader: The store, in the transaction that the work would be recorded in.
        session: Whose work.
        repair: On what.
        rules: What to judge by.
        internal: Whether the device is opened; without that, ESD does not count.
        part: What is to be fitted.
    """
    person = reader.person(session.person_id or "")
    if person is None:
        return None
    state = reader.esd_state(person.id) if internal else None
    day = _day_of(reader, state)
    work = Work(
        asset=reader.asset(repair.serial),
        person=person,
        esd=state,
        part=part,
        internal=internal,
        tester=_tester(reader, state, day),
        read_on=day,
    )
    gate = work_gate(work, rules.policy, now=rules.now, today=rules.today)
    return gate.lifted(overrides_for(reader, gate.findings, repair.serial, repair))


def gate_refusal(
    reader: Reader,
    session: Session,
    repair: Repair,
    rules: Rules,
    *,
    internal: bool = True,
    part: PartAtHand | None = None,
) -> Feedback | None:
    """Why the gate is shut, and the one thing to do; None where it is open.

    The arguments are those of `gate_of`.
    """
    gate = gate_of(reader, session, repair, rules, internal=internal, part=part)
    if gate is None:
        return refused("sign_in_first", way_on="scan_badge")
    return refused_by(gate.refusal) if gate.refusal is not None else None


def _tester(reader: Reader, state: EsdState | None, day: date | None) -> Tester | None:
    """The tester of a reading, as the register knows it now.

    One that was out of order on that day is no better than one whose calibration nobody knows.
    """
    piece = reader.piece(state.tester_id) if state is not None else None
    if piece is None or day is None or piece.kind != EquipmentKind.ESD_TESTER:
        return None
    is_bad = is_within(days_out_of_order(reader, piece.id), day)
    return Tester(piece.id, piece.name, piece.serial, None if is_bad else piece.calibration_due)


def _day_of(reader: Reader, state: EsdState | None) -> date | None:
    """The site's day of a reading."""
    return None if state is None else site_day(state.measured_at, zone_of(reader))
