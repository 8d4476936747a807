"""ESD: what a tester measured, what the limits are, and who may open a device.

Limits come from the programme's policy file (facts on the programme, section 5), never from code.
The tester's verdict and ours are kept apart; over range is a fail, not a gap.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

WRIST: Final = "wrist"
"""The channel of a wrist strap system, worn."""
WORN: Final = frozenset({WRIST, "left_foot", "right_foot", "feet"})
"""The channels that are measured on a person."""


class EsdVerdict(StrEnum):
    """What a reading says, by the tester or by us."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL_LOW = "fail_low"
    FAIL_HIGH = "fail_high"
    INVALID = "invalid"
    """No verdict: no limit for the channel, or the tester's calibration has run out."""


class Source(StrEnum):
    """Where a value comes from."""

    TESTER = "tester"
    """A tester sent it."""
    MANUAL = "manual"
    """A person read it off a display and typed it; a second person has to confirm it."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What surrounds a measurement and decides whether it counts.

    Attributes:
        source: Where the value comes from.
        indicative: The instrument is no ESD tester, such as a multimeter: its value shows the order
            of magnitude and never passes anybody or anything.
        confirmed_by: The badge of the second person who saw a typed value; empty for none.
        taken_at: The tester's own time, in the site's local time without a zone; None where it
            writes none.
        fresh_for: How old the reading may be when it arrives; None where nothing is asked.
        celsius: Temperature as the tester tells it, with a decimal point; None where it does not.
        humidity: Relative humidity in percent, likewise.
    """

    source: Source = Source.TESTER
    indicative: bool = False
    confirmed_by: str = ""
    taken_at: datetime | None = None
    fresh_for: timedelta | None = None
    celsius: str | None = None
    humidity: str | None = None


AS_SENT: Final = Circumstances()
"""A plain reading of a tester."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One channel of one test, as the tester told it.

    Attributes:
        channel: What was measured: ``wrist``, ``left_foot``, ``right_foot``, ``surface`` ...
        ohm: Resistance in whole ohm; None when out of the tester's range.
        over_range: The tester said that the value is above what it can measure.
        under_range: The tester said that the value is below what it can measure.
        tester_verdict: The tester's own verdict; None where it gives none.
        operator: Whom the tester says it measured (its own user id), None where it does not say.
        device_time: The tester's own time as it wrote it, None where it writes none.
        around: What surrounds it.
    """

    channel: str
    ohm: int | None
    over_range: bool = False
    under_range: bool = False
    tester_verdict: EsdVerdict | None = None
    operator: str | None = None
    device_time: str | None = None
    around: Circumstances = AS_SENT


@dataclass(frozen=True, slots=True)
class EsdLimit:
    """One row of the policy: the limits of a channel.

    Attributes:
        channel: The channel it holds for.
        low_ohm: The lowest resistance that passes, None for no lower limit.
        high_ohm: The upper limit.
        high_inclusive: Whether exactly ``high_ohm`` passes (IEC footwear) or not (wrist strap).
        valid_for: How long a pass holds.
        standard: The standard and edition that the limits come from.
    """

    channel: str
    low_ohm: int | None
    high_ohm: int
    high_inclusive: bool
    valid_for: timedelta
    standard: str


@dataclass(frozen=True, slots=True)
class Tester:
    """An ESD tester of the equipment register.

    Attributes:
        id: Its equipment id.
        name: Maker and model.
        serial: Its serial number.
        calibration_due: The last day on which its calibration holds; None when unknown, which
            counts as run out.
    """

    id: str
    name: str
    serial: str
    calibration_due: date | None

    def calibrated_on(self, day: date) -> bool:
        """Whether the calibration still holds on a day (the due date itself included)."""
        return self.calibration_due is not None and day <= self.calibration_due


def judge(measurement: Measurement, limit: EsdLimit | None, *, calibrated: bool) -> EsdVerdict:
    """Our own verdict on a measurement.

    A tester that fails the person is believed even where the number would pass; a tester that
    passes is not enough, and what only indicates never passes.
    """
    if limit is None or not calibrated or measurement.around.indicative:
        return EsdVerdict.INVALID
    own = _by_limit(measurement, limit)
    tester = measurement.tester_verdict
    if own is EsdVerdict.PASS and tester is not None:
        return tester
    return own


def _by_limit(measurement: Measurement, limit: EsdLimit) -> EsdVerdict:
    if measurement.over_range:
        return EsdVerdict.FAIL_HIGH
    if measurement.under_range:
        return EsdVerdict.FAIL_LOW
    ohm = measurement.ohm
    if ohm is None:
        return EsdVerdict.INVALID
    if limit.low_ohm is not None and ohm < limit.low_ohm:
        return EsdVerdict.FAIL_LOW
    if ohm > limit.high_ohm or (ohm == limit.high_ohm and not limit.high_inclusive):
        return EsdVerdict.FAIL_HIGH
    return EsdVerdict.PASS


def staleness(taken_at: datetime, received_at: datetime, fresh_for: timedelta) -> str | None:
    """Why a tester's own time speaks against a reading: a code, or None if it does not.

    Args:
        taken_at: When the tester says it measured, aware.
        received_at: When the bench got it, aware.
        fresh_for: How far the two may be apart.

    Codes: ``esd_reading_old`` (it was measured too long ago), ``esd_reading_ahead`` (the tester's
    clock is ahead of the bench's by more than that, so that its age cannot be known).
    """
    age = received_at - taken_at
    if age > fresh_for:
        return "esd_reading_old"
    return "esd_reading_ahead" if -age > fresh_for else None


@dataclass(frozen=True, slots=True)
class EsdState:
    """A technician's ESD standing: the fold of their ``esd.measured`` entries.

    Attributes:
        person_id: Whose.
        reading_id: The entry of the latest reading.
        verdict: Our verdict on it.
        ohm: Its value, None when out of range.
        over_range: Whether it was above the tester's range.
        measured_at: When, UTC.
        valid_until: When the pass ends; equal to ``measured_at`` for a reading that did not pass.
        tester_id: With which tester.
    """

    person_id: str
    reading_id: str
    verdict: EsdVerdict
    ohm: int | None
    over_range: bool
    measured_at: datetime
    valid_until: datetime
    tester_id: str


def esd_gap(state: EsdState | None, person_id: str, now: datetime) -> str | None:
    """Why a person may not do internal work now: a code, or None if they may.

    Codes: ``esd_missing``, ``esd_other_person``, ``esd_failed``, ``esd_invalid`` (tester out of
    calibration or no limit), ``esd_stale`` (the validity has run out, or the clock was set back to
    before the reading).
    """
    if state is None:
        return "esd_missing"
    if state.person_id != person_id:
        return "esd_other_person"
    if state.verdict is EsdVerdict.INVALID:
        return "esd_invalid"
    if state.verdict is not EsdVerdict.PASS:
        return "esd_failed"
    if not state.measured_at <= now < state.valid_until:
        return "esd_stale"
    return None
