"""What a repair report says, before any language, page or typeface: frozen rows for a renderer.

Instants are in the site's time zone. What is missing is an empty text, a None or an empty tuple
here, and `RepairReport.gaps` names it: a renderer says it in words.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.domain.diagnostics.record import Stage
from app.domain.diagnostics.run import DiagnosticsRun
from app.domain.esd import EsdVerdict
from app.domain.people import Certification
from app.domain.products import Asset
from app.domain.repairs import Step
from app.services.ports import Organisation


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something.

    Attributes:
        id: The person's id; ``bench`` for the program itself.
        name: As printed; empty for somebody whom the register does not hold.
    """

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step taken: where the repair came to, with its GSX status (empty for none)."""

    step: Step
    gsx: str
    at: datetime
    actor: Actor


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part that was fitted, with the purchase that makes it genuine (P4).

    Attributes:
        number: Part number.
        name: Its name, empty when nobody knows it.
        kgb: Serial of the part put in.
        kbb: Serial of the part taken out.
        order: Purchase order.
        delivery: Delivery note.
        source: ``apple`` or another seller; empty when not on record.
        received_on: When the part came, None when no purchase of this serial is on record.
        at: When it was fitted; None when the entry is not at hand.
        actor: Who fitted it; None as above.
    """

    number: str
    name: str
    kgb: str
    kbb: str
    order: str
    delivery: str
    source: str
    received_on: date | None
    at: datetime | None
    actor: Actor | None

    @property
    def is_traced(self) -> bool:
        """Whether the purchase is on record in full."""
        return bool(self.order and self.delivery and self.source and self.received_on)


@dataclass(frozen=True, slots=True)
class RunLine:
    """What a diagnostic tool found (P7).

    Attributes:
        run: What it found.
        stage: Before or after the work.
        at: When it was recorded.
        actor: Who recorded it; ``bench`` where it came by the watched folder.
        sha256: Of the file that it came from; empty for codes.
        overtaken: Whether a part was fitted after it, so that it proves nothing of that part.
    """

    run: DiagnosticsRun
    stage: Stage
    at: datetime
    actor: Actor
    sha256: str
    overtaken: bool = False


@dataclass(frozen=True, slots=True)
class LimitLine:
    """The limits that a reading was judged by, as stored with it. Resistance in ohm."""

    low_ohm: int | None
    high_ohm: int | None
    high_inclusive: bool
    standard: str
    profile: str


@dataclass(frozen=True, slots=True)
class EsdLine:
    """An ESD reading that guarded work on the product, or was taken during it.

    Attributes:
        entry_id: Its journal entry.
        person: Whom it measured.
        at: When.
        channel: ``wrist``, ``left_foot`` ...
        ohm: Resistance in ohm; None when out of range or not on record.
        over_range: Above what the tester can measure.
        under_range: Below what the tester can measure.
        verdict: Ours.
        tester_verdict: The tester's own, None where it gave none.
        limit: What it was judged by; None when not on record.
        valid_until: When the pass ends.
        tester_id: Equipment id of the tester.
        tester_name: Its maker and model.
        tester_serial: Its serial number.
        calibration_due: Last day of its calibration, as known at the reading.
        guarded: How many pieces of work it guarded.
        typed: Whether somebody typed it off the tester's display.
        confirmed_by: The second person who saw a typed value; None where nobody did.
        doubt: Why it does not count though its value may pass (`app.services.doubting`); empty
            where nothing speaks against it.
    """

    entry_id: UUID
    person: Actor
    at: datetime
    channel: str
    ohm: int | None
    over_range: bool
    under_range: bool
    verdict: EsdVerdict
    tester_verdict: EsdVerdict | None
    limit: LimitLine | None
    valid_until: datetime
    tester_id: str
    tester_name: str
    tester_serial: str
    calibration_due: date | None
    guarded: int
    typed: bool = False
    confirmed_by: Actor | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class UnguardedWork:
    """Internal work that no valid ESD reading guarded.

    Attributes:
        actor: Who worked.
        code: Why not (`app.domain.esd.esd_gap`).
        count: How many pieces of work.
        first: The first of them.
        last: The last of them.
    """

    actor: Actor
    code: str
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class EsdRecord:
    """Everything about ESD on a report.

    Attributes:
        work: How many pieces of internal work are on record (taken into repair, part fitted).
        readings: The readings, in canonical order.
        unguarded: The work that none of them guarded.
    """

    work: int
    readings: tuple[EsdLine, ...]
    unguarded: tuple[UnguardedWork, ...]


@dataclass(frozen=True, slots=True)
class FindingLine:
    """What a rule said when the repair was opened, or what a lead answered for later.

    Attributes:
        rule: The programme's point.
        severity: ``block`` or ``warn``.
        code: Which rule.
        overridden_by: The lead who answered for it, empty where nobody had to.
        reason: Why, in the lead's words.
    """

    rule: str
    severity: str
    code: str
    overridden_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note, with when and by whom."""

    text: str
    at: datetime
    actor: Actor


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """An entry that did not fit and that a lead has not settled.

    Attributes:
        code: Why it did not fit.
        kind: The entry's kind; empty when it is not at hand.
        at: When it was recorded, None as above.
        actor: Who recorded it, None as above.
        entry_id: The entry.
    """

    code: str
    kind: str
    at: datetime | None
    actor: Actor | None
    entry_id: str


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """Somebody who worked on the repair.

    Attributes:
        actor: Who.
        tech_id: GSX technician id, empty when not on record.
        responsible: Whether they opened the repair.
        certifications: Those that covered the product's family on the day of receipt.
    """

    actor: Actor
    tech_id: str
    responsible: bool
    certifications: tuple[Certification, ...]


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A signature by badge.

    Attributes:
        actor: Who signed.
        at: When.
        content_hash: The journal hash up to which it covers the repair.
        found: Whether an entry of the repair has that hash.
        later: How many entries came after that one, other than the signing and the signer's
            completing of the repair: they are not covered. All of them where it is not found.
    """

    actor: Actor
    at: datetime
    content_hash: str
    found: bool
    later: int


@dataclass(frozen=True, slots=True)
class JournalMark:
    """The newest entry that a report covers: whoever holds it can check the whole chain before it.

    Attributes:
        bench_id: Whose chain.
        seq: The entry's place.
        hash: Its hash, 64 hex digits.
        at: When it was recorded.
    """

    bench_id: UUID
    seq: int
    hash: str
    at: datetime

    @property
    def code(self) -> str:
        """What the printed code carries: ``RBJ1:<bench_id>:<seq>:<hash>``."""
        return f"RBJ1:{self.bench_id}:{self.seq}:{self.hash}"


@dataclass(frozen=True, slots=True)
class RepairReport:
    """One repair, ready to be drawn.

    Attributes:
        organisation: Whose repair.
        zone: The time zone of every instant here: the site's, or ``UTC``.
        zone_known: False where this computer does not know the site's time zone.
        repair_id: UUID text.
        number: Short number.
        serial: The product's serial; the new one where the unit was replaced.
        step: Where the repair stands.
        gsx: The step's GSX status, empty for none.
        opened_at: When the product was received.
        product: The register's row, None where it has none.
        symptom: The symptom's key or words, empty when not recorded.
        diagnosis: A reference code or words, empty when not recorded.
        steps: Every step taken.
        parts: Every part fitted and kept.
        esd: The readings that guarded the work, and the work that none guarded.
        findings: What the rules said at opening; None when that is not on record.
        policy_edition: Region and edition of the policy that judged the repair at opening, empty
            when not on record.
        policy_now: Region and edition of the policy in force on this bench.
        notes: The notes.
        conflicts: What is not settled.
        workers: Who worked on it, who opened it first.
        signature: None while unsigned.
        mark: The newest entry covered.
        runs: What diagnostic tools found, in order.
        gaps: Codes of what is missing (`app.services.repair_report.GAPS`).
        former: What the product was called until this repair gave it other numbers.
    """

    organisation: Organisation
    zone: str
    zone_known: bool
    repair_id: str
    number: str
    serial: str
    step: Step
    gsx: str
    opened_at: datetime
    product: Asset | None
    symptom: str
    diagnosis: str
    steps: tuple[StepLine, ...]
    parts: tuple[PartLine, ...]
    esd: EsdRecord
    findings: tuple[FindingLine, ...] | None
    policy_edition: str
    policy_now: str
    notes: tuple[NoteLine, ...]
    conflicts: tuple[ConflictLine, ...]
    workers: tuple[WorkerLine, ...]
    signature: SignatureLine | None
    mark: JournalMark
    runs: tuple[RunLine, ...] = ()
    gaps: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
