"""What the repair station works with: scanners, testers, mats, ground points, tools, servers.

What was tested, and what was missed, is told by the journal's entries
(`app.domain.equipment_tests`, `app.domain.missed_tests`); this module only says what a piece of
equipment is.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class EquipmentKind(StrEnum):
    """What a piece of equipment is; a rule of the programme asks for some of them (P7, P8)."""

    SCANNER = "scanner"
    ESD_TESTER = "esd_tester"
    ESD_MAT = "esd_mat"
    FLOOR_MAT = "floor_mat"
    WRIST_STRAP = "wrist_strap"
    GROUND_POINT = "ground_point"
    BENCH = "bench"
    TOOL = "tool"
    DIAGNOSTICS_SERVER = "diagnostics_server"
    OTHER = "other"


class EquipmentState(StrEnum):
    """Whether it is worked with."""

    IN_USE = "in_use"
    SPARE = "spare"
    AWAY = "away"
    """Out for repair or calibration."""
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Equipment:
    """A row of the equipment register.

    Attributes:
        id: Its equipment id.
        kind: What it is: an `EquipmentKind`, or what a newer program calls it.
        device: As which device it is connected to the bench, empty for none.
        name: Maker and model.
        serial: Its serial number.
        calibration_due: The last day on which its calibration holds, None when unknown.
        place: Where it stands or lies.
        state: Whether it is worked with.
        calibrated_on: When it was calibrated last.
        certificate: The number of the calibration certificate, or the name of its file.
        test_every_days: How often it is tested, 0 where the policy's own plan holds.
        note: What else is to be known.
    """

    id: str
    kind: str
    device: str
    name: str
    serial: str
    calibration_due: date | None
    place: str = ""
    state: EquipmentState = EquipmentState.IN_USE
    calibrated_on: date | None = None
    certificate: str = ""
    test_every_days: int = 0
    note: str = ""


IN_SERVICE: Final = frozenset({EquipmentState.IN_USE, EquipmentState.SPARE})
"""The states in which it has to be in order."""
