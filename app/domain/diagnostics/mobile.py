"""``ideviceinfo`` of an iPhone or iPad, as text or property list, by an allow list of keys.

Source: the facts on the programme, section 4. The device's own name, its telephone number, its SIM
card's numbers, its addresses and identifiers of its owner are never looked at.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, cast

from app.domain.diagnostics import clean
from app.domain.diagnostics.run import Answer, Battery, Device, DiagnosticsRun, Source

_LINE: Final = re.compile(r"([A-Za-z][A-Za-z0-9]{2,63}): (.{1,200})")
_MARKS: Final = frozenset(
    {"SerialNumber", "ProductType", "ModelNumber", "HasBattery", "BatteryCurrentCapacity"}
)
"""Keys of which each tells that it was this tool that wrote a text."""


def fields_of(lines: Iterable[str]) -> dict[str, str]:
    """The fields of the tool's text: its lines that are not indented.

    A key that is told twice with two values is left out: a device's name may hold line ends, and so
    pretend to be any field.
    """
    fields: dict[str, str] = {}
    doubtful: set[str] = set()
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        key, value = found[1], found[2].strip()
        if fields.setdefault(key, value) != value:
            doubtful.add(key)
    return {key: value for key, value in fields.items() if key not in doubtful}


def mobile_run(tree: object) -> DiagnosticsRun | None:
    """The run that the fields tell of; None where they are of another tool."""
    if not isinstance(tree, dict):
        return None
    fields = cast("dict[str, object]", tree)
    if not _MARKS & fields.keys():
        return None
    device = Device(
        serial=clean.serial(fields.get("SerialNumber")),
        imeis=_imeis(fields),
        model=clean.model(fields.get("ProductType")),
        model_number=clean.model_number(fields.get("ModelNumber"), fields.get("RegionInfo")),
        board_serial=clean.component_serial(fields.get("MLBSerialNumber")),
        system=clean.version(fields.get("ProductVersion")),
        activated=clean.activation(fields.get("ActivationState")),
    )
    return DiagnosticsRun(Source.IDEVICEINFO, device, _battery(fields))


def _imeis(fields: Mapping[str, object]) -> tuple[str, ...]:
    name = "InternationalMobileEquipmentIdentity"
    told = (clean.imei(fields.get(key)) for key in (name, f"{name}2"))
    return tuple(dict.fromkeys(one for one in told if one is not None))


def _battery(fields: Mapping[str, object]) -> Battery:
    charge = clean.percent(fields.get("BatteryCurrentCapacity"))
    present = clean.yes_or_no(fields.get("HasBattery"))
    if present is Answer.UNKNOWN and charge is not None:
        present = Answer.YES
    # the tool tells how full a battery is and never how good: its health stays unknown
    return Battery(present=present, charge_percent=charge)
