"""What the bench is in the middle of: the context that gives a scan its meaning."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from app.domain.equipment_labels import PieceAtHand
from app.domain.journal import Entry
from app.domain.pins import PinRequired, PinWait
from app.domain.policy import Policy
from app.domain.resistor import TesterCheck
from app.domain.site_days import site_day
from app.domain.typed_readings import TypedReading
from app.services.calendar import site_zone
from app.services.ports import Ids
from app.services.views import Feedback, PendingPart, Screen


@dataclass(frozen=True, slots=True)
class Session:
    """The bench's place in the work. It is never in the journal: losing it loses no work.

    Attributes:
        screen: Which screen the work is at.
        person_id: Who is signed in.
        identifier: The product that is shown, as it was scanned.
        repair_id: The repair in hand.
        part: The part that is being fitted.
        awaiting_signature: Whether a badge now signs.
        radios: The product's new IMEIs, MEID and EID, as far as they were scanned; None while none
            are expected.
        check: A check of the tester with a known resistor, which the next reading is taken for.
        testing: A piece of equipment that the next reading is of.
        typed: A typed reading that waits for a second person's badge.
        pin: A badge was scanned, and its PIN is asked for.
        locked_out: Whose badge was scanned last, where wrong PINs lock them out.
        locked: The session of a person who locked the bench or signed out, to come back to.
    """

    screen: Screen = Screen.SIGN_IN
    person_id: str | None = None
    identifier: str | None = None
    repair_id: str | None = None
    part: PendingPart | None = None
    awaiting_signature: bool = False
    radios: tuple[str, ...] | None = None
    check: TesterCheck | None = None
    testing: PieceAtHand | None = None
    typed: TypedReading | None = None
    pin: PinWait | None = None
    locked_out: PinWait | None = None
    locked: "Session | None" = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What a handler judges by, at one moment.

    Attributes:
        policy: The programme's rules.
        now: This moment, UTC.
        today: The site's local day.
        ids: New identities.
        pin_required: Of whom a PIN is demanded beside the badge.
    """

    policy: Policy
    now: datetime
    today: date
    ids: Ids
    pin_required: PinRequired = PinRequired.NEVER


def rules_at(policy: Policy, now: datetime, time_zone: str, ids: Ids) -> Rules:
    """The rules at one moment of a site; an unknown time zone counts days in UTC."""
    return Rules(policy, now, site_day(now, site_zone(time_zone) or UTC), ids)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler did.

    Attributes:
        session: The bench's place afterwards.
        feedback: The answer for the technician.
        entries: What it appended.
        report_for: A repair whose report is to be made now.
    """

    session: Session
    feedback: Feedback
    entries: tuple[Entry, ...] = field(default=())
    report_for: str = ""
