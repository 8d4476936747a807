"""One frame, one durable transaction: record it, find out what it means, do it, answer.

The entry that tells of the scan or reading comes first; what it led to follows in the same
transaction, so that both are there after a power cut, or neither.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from app.domain import barcodes
from app.domain.barcodes import Candidate, Reading
from app.domain.candidates import Doubt
from app.domain.diagnostics.codes import result_link
from app.domain.frames import DeviceRole, Frame, FrameFault
from app.domain.journal import Draft, Json
from app.domain.line_fault import LineFault
from app.services.answering import refused, repeated
from app.services.checking import check_tester, waiting_check
from app.services.measuring import (
    MAX_RECORDED,
    record_ignored,
    record_readings,
    record_unreadable,
)
from app.services.piece_testing import take_test
from app.services.ports import EsdDecoder, Reader, Store, Transaction
from app.services.routing import route
from app.services.session import Answer, Rules, Session
from app.services.viewing import view_of
from app.services.views import Outcome

REPEAT_WITHIN: Final = timedelta(seconds=1)
"""The same bytes from the same scanner within this time are one pull of the trigger."""
MAX_CANDIDATES: Final = 4


@dataclass(frozen=True, slots=True)
class Recorded:
    """A frame that is committed.

    Attributes:
        answer: What it did.
        rules: What was judged by, at the moment of its last entry.
    """

    answer: Answer
    rules: Rules


@dataclass(frozen=True, slots=True)
class Handled:
    """A frame's outcome, and the bench's place afterwards."""

    outcome: Outcome
    session: Session


def handle(
    store: Store,
    session: Session,
    frame: Frame,
    rules: Rules,
    *,
    decoder: EsdDecoder | None = None,
    previous: Frame | None = None,
    late: bool = False,
) -> Handled:
    """Record a frame, do what it means, and make the picture of it: `record`, then `shown`.

    Raises:
        StoreFaultError: The environment kept it from being written, or from being shown.
    """
    recorded = record(
        store, session, frame, lambda _: rules, decoder=decoder, previous=previous, late=late
    )
    return Handled(shown(store, recorded), recorded.answer.session)


def record(
    store: Store,
    session: Session,
    frame: Frame,
    rules_of: Callable[[Reader], Rules],
    *,
    decoder: EsdDecoder | None = None,
    previous: Frame | None = None,
    late: bool = False,
) -> Recorded:
    """Record a frame and do what it means, in one durable transaction.

    Args:
        store: The local store.
        session: The bench's place before it.
        frame: What a device, a button or a keyboard sent.
        rules_of: What to judge by, in the transaction's view of the store.
        decoder: Reads the frame where it comes from an ESD tester.
        previous: The frame before it from the same device.
        late: It was rescued from a program that ended: nobody stands behind it now, so it is
            recorded and changes nothing. A reading still counts for the person it names, from when
            it was taken.

    Raises:
        StoreFaultError: The environment kept it from being written; nothing was, and the frame can
            be handled again.
    """
    with store.writing() as tx:
        rules = rules_of(tx)
        if frame.role is DeviceRole.ESD_TESTER:
            answer = _reading(tx, Session() if late else session, frame, rules, decoder)
        elif late:
            answer = _late_scan(tx, frame)
        else:
            answer = _scan(tx, session, frame, rules, previous)
        if late:
            answer = replace(answer, session=session)
        at = max(rules.now, answer.entries[-1].recorded_at)
    return Recorded(answer, replace(rules, now=at))


def shown(store: Store, recorded: Recorded) -> Outcome:
    """The outcome of a frame that is committed, with the picture to paint.

    Raises:
        StoreFaultError: The environment kept the picture from being made. The frame stays written,
            and is not to be handled again; only this may be tried again.
    """
    answer, rules = recorded.answer, recorded.rules
    with store.reading() as reader:
        view = view_of(reader, answer.session, rules)
    return Outcome(answer.feedback, view, answer.entries, rules.now, answer.report_for)


def _late_scan(tx: Transaction, frame: Frame) -> Answer:
    payload = _scanned(frame, barcodes.read(frame.raw, frame.aim))
    entry = tx.append(Draft("scan.recorded", f"bench:{tx.bench_id}", "bench", payload), frame)
    return Answer(Session(), refused("scan_late", way_on="scan_again"), (entry,))


def _scan(
    tx: Transaction, session: Session, frame: Frame, rules: Rules, previous: Frame | None
) -> Answer:
    reading = barcodes.read(frame.raw, frame.aim)
    actor = f"person:{session.person_id}" if session.person_id is not None else "bench"
    draft = Draft("scan.recorded", f"bench:{tx.bench_id}", actor, _scanned(frame, reading))
    entry = tx.append(draft, frame)
    if frame.fault is not None:
        code = "frame_cut_off" if frame.fault is FrameFault.CUT_OFF else "frame_oversize"
        answer = Answer(session, refused(code, way_on="scan_again"))
    elif previous is not None and _is_repeat(frame, previous):
        answer = Answer(session, repeated("scanned_twice"))
    else:
        answer = route(tx, session, frame, reading, rules)
    return replace(answer, entries=(entry, *answer.entries))


def _is_repeat(frame: Frame, previous: Frame) -> bool:
    """Whether a frame only echoes the one before; a broken one was not acted on, so it is none."""
    gap = frame.received_at - previous.received_at
    same = frame.raw == previous.raw and previous.fault is None
    return same and timedelta(0) <= gap < REPEAT_WITHIN


def _scanned(frame: Frame, reading: Reading) -> dict[str, Json]:
    # A SIM card's number is private, and so may be what a result's link says besides its codes: the
    # frame keeps it on this bench, no entry carries it away.
    private = Doubt.ICCID in reading.warnings or result_link(reading.best.value) is not None
    told: tuple[Candidate, ...] = () if private else reading.candidates[:MAX_CANDIDATES]
    candidates: list[Json] = [{"kind": one.kind.value, "value": one.value} for one in told]
    return {
        "device": frame.device,
        "raw_hex": "" if private else frame.raw[:MAX_RECORDED].hex(),
        "size": len(frame.raw),
        "aim": reading.aim,
        "fault": frame.fault.value if frame.fault is not None else None,
        "format": reading.format.value,
        "candidates": candidates,
        "warnings": list(reading.warnings),
    }


def _reading(
    tx: Transaction, session: Session, frame: Frame, rules: Rules, decoder: EsdDecoder | None
) -> Answer:
    if frame.fault is not None:
        return record_unreadable(tx, session, frame, LineFault(frame.fault.value))
    read = decoder(frame) if decoder is not None else LineFault("no_profile")
    if isinstance(read, LineFault):
        return record_unreadable(tx, session, frame, read)
    if not read:
        return record_ignored(tx, session, frame)
    check = waiting_check(session, rules)
    checked = check_tester(tx, session, frame, read, check) if check is not None else None
    tested = checked or take_test(tx, session, frame, read, rules)
    return tested or record_readings(tx, session, frame, read, rules)
