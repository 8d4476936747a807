"""What the window knows while the devices are shown, as one frozen value. No Qt."""

from dataclasses import dataclass, field
from enum import Enum

from app.domain.frames import DeviceRole
from app.services.device_sight import BenchSight, SheetSight, TrialSight


class Shown(Enum):
    """What of the devices is shown."""

    LIVE = "live"
    """What they say now."""
    TEST = "test"
    """What the scans of the test sheet tell of the scanner."""
    CHECK = "check"
    """The check of the tester with a known resistor."""
    SETUP = "setup"
    """Finding them, step by step."""


class SetupStep(Enum):
    """How far the setting up is."""

    SCANNER = "scanner"
    TESTER = "tester"
    RECORD = "record"
    """A scan and a reading that the bench records."""

    @property
    def role(self) -> DeviceRole | None:
        """The device that the step is about."""
        roles = {SetupStep.SCANNER: DeviceRole.SCANNER, SetupStep.TESTER: DeviceRole.ESD_TESTER}
        return roles.get(self)


@dataclass(frozen=True, slots=True)
class Setup:
    """The setting up.

    Attributes:
        step: How far it is.
        trial: What is found, None before the first look.
        scans: Scans that the bench recorded since the last step began.
        readings: Readings, likewise.
    """

    step: SetupStep
    trial: TrialSight | None = None
    scans: int = 0
    readings: int = 0

    @property
    def is_done(self) -> bool:
        """Whether both are on record."""
        return self.step is SetupStep.RECORD and self.scans > 0 and self.readings > 0


@dataclass(frozen=True, slots=True)
class Panel:
    """The devices as they are shown.

    Attributes:
        shown: What of them.
        sight: The devices now.
        sheet: The test sheet.
        setup: The setting up, while it is shown.
        percent: The tolerance that is chosen for the check.
        layout: The keyboard layout by which a scanner types; empty where none is listened for.
        udev: The command that lets this user open the devices; empty where none helps.
    """

    shown: Shown = Shown.LIVE
    sight: BenchSight = field(default_factory=BenchSight)
    sheet: SheetSight = field(default_factory=SheetSight)
    setup: Setup | None = None
    percent: int = 5
    layout: str = ""
    udev: str = ""

    @property
    def is_testing(self) -> bool:
        """Whether scans go to the test."""
        return self.sight.test_seconds > 0


def first_step(set_up: tuple[DeviceRole, ...]) -> SetupStep:
    """Where the setting up begins, or is taken up again: what is set up is not asked for anew."""
    for step in (SetupStep.SCANNER, SetupStep.TESTER):
        if step.role not in set_up:
            return step
    return SetupStep.RECORD
