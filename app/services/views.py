"""What the window, the headless bench and the tests are told: frozen pictures of a moment."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.esd import EsdLimit, EsdState
from app.domain.journal import Entry
from app.domain.people import Person
from app.domain.pins import PinWait
from app.domain.products import Asset
from app.domain.repairs import Repair
from app.domain.resistor import TesterCheck
from app.domain.typed_readings import TypedReading
from app.domain.verdicts import Finding, Verdict


class Screen(StrEnum):
    """Which screen the work is at; a scan moves between them, focus never does."""

    SIGN_IN = "sign_in"
    ESD_GATE = "esd_gate"
    HOME = "home"
    REPAIR = "repair"


class Tone(StrEnum):
    """How a scan was answered: each has a tone, a colour, a shape and a word."""

    ACCEPTED = "accepted"
    REPEATED = "repeated"
    REFUSED = "refused"
    ASKED = "asked"
    """The scan was taken, and the bench waits for one more to know what is meant."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """The answer to one scan, reading or command.

    Attributes:
        tone: The kind of answer.
        code: Key of the sentence: ``feedback.<code>``; what happened, or what was refused and why.
        fields: What the sentence names.
        way_on: Key of what to do now: ``way_on.<code>``; empty where nothing is needed.
        can_undo: Whether UNDO takes it back.
    """

    tone: Tone
    code: str
    fields: tuple[tuple[str, str], ...] = ()
    way_on: str = ""
    can_undo: bool = False


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A scanned product with everything that speaks for or against working on it.

    Attributes:
        identifier: What was scanned.
        asset: The register's row, None where it has none.
        verdict: All findings in one word.
        findings: Each rule's word.
        open_repairs: Repairs of this product that are not finished.
    """

    identifier: str
    asset: Asset | None
    verdict: Verdict
    findings: tuple[Finding, ...]
    open_repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True)
class PendingPart:
    """A part that is being fitted: the label was scanned, the serials are still to come.

    Attributes:
        number: The part number.
        name: Its name in the catalogue.
        kgb: The new part's serial, empty until it is scanned.
        is_unit: Whether the product's own serial was scanned as the removed one: once more says
            that the whole unit is replaced.
    """

    number: str
    name: str
    kgb: str = ""
    is_unit: bool = False


@dataclass(frozen=True, slots=True)
class EsdStanding:
    """The signed-in technician's ESD standing, with the limits that apply.

    Attributes:
        state: The latest reading, None while there is none.
        limit: The limit of the wrist strap channel, None where the policy has none.
        gap: Why internal work is not allowed now (`app.domain.esd.esd_gap`), empty where it is.
    """

    state: EsdState | None
    limit: EsdLimit | None
    gap: str


@dataclass(frozen=True, slots=True)
class BenchView:
    """Everything that the window paints of the bench's work, at one moment.

    Attributes:
        screen: Which screen the work is at.
        person: Who is signed in.
        esd: Their ESD standing, None while nobody is signed in.
        product: The product that is shown.
        repair: The repair in hand.
        pending_part: The part that is being fitted.
        awaiting_signature: Whether a badge now signs the repair instead of signing in.
        awaits_radio: Whether an IMEI, MEID or EID that is scanned now is the product's new one.
        check: A check of the tester that waits for its reading.
        typed: A typed reading that waits for a second person's badge.
        pin: A PIN that is asked for: what is typed now is hidden, and is that.
        open_repairs: Every open repair of the bench, oldest first.
        timeline: The entries of the repair in hand, oldest first.
        names: The id and name of every person who did something in that timeline.
        time_zone: IANA name of the site's time zone, which times are shown in; empty for none.
    """

    screen: Screen
    person: Person | None = None
    esd: EsdStanding | None = None
    product: ProductCard | None = None
    repair: Repair | None = None
    pending_part: PendingPart | None = None
    awaiting_signature: bool = False
    awaits_radio: bool = False
    check: TesterCheck | None = None
    typed: TypedReading | None = None
    pin: PinWait | None = None
    open_repairs: tuple[Repair, ...] = ()
    timeline: tuple[Entry, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one scan, reading or command did.

    Attributes:
        feedback: The answer for the technician.
        view: The bench afterwards.
        entries: What was committed, in order; the first tells of the scan or reading itself.
        at: When it was committed, UTC.
        report_for: The id of a repair whose report is to be made now, empty for none.
    """

    feedback: Feedback
    view: BenchView
    entries: tuple[Entry, ...]
    at: datetime
    report_for: str = ""
