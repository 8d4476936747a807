"""``system_profiler -json`` (or ``-xml``) of a Mac, by an allow list of keys.

Source: the facts on the programme, section 4. A report of the least detail lacks the serial and
Activation Lock; the largest capacity is a text; desktops have no battery. Names of the computer,
its users and volumes, and every network address, are never looked at.
"""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias, cast

from app.domain.diagnostics import clean
from app.domain.diagnostics.run import Answer, Battery, Device, DiagnosticsRun, Disk, Source

HARDWARE: Final = "SPHardwareDataType"
SOFTWARE: Final = "SPSoftwareDataType"
POWER: Final = "SPPowerDataType"
NVME: Final = "SPNVMeDataType"
SECTIONS: Final = (HARDWARE, SOFTWARE, POWER, NVME)
_DESKTOPS: Final = ("imac", "mac mini", "mac pro", "mac studio", "macmini", "macpro")
_DETACHABLE: Final = "detachable_drive"
_MOST_ITEMS: Final = 64
_MOST_DISKS: Final = 16

_Item: TypeAlias = Mapping[str, object]
_NOTHING: Final[_Item] = {}


def mac_run(tree: object) -> DiagnosticsRun | None:
    """The run that a report tells of; None where the tree is no such report."""
    sections = _sections(tree)
    if not sections:
        return None
    hardware = next(_items(sections.get(HARDWARE)), _NOTHING)
    software = next(_items(sections.get(SOFTWARE)), _NOTHING)
    device = Device(
        serial=clean.serial(hardware.get("serial_number")),
        model=clean.model(hardware.get("machine_model")),
        model_number=clean.model_number(hardware.get("model_number")),
        chip=clean.chip(hardware.get("chip_type")) or clean.chip(hardware.get("cpu_type")),
        memory_gb=clean.gigabytes(hardware.get("physical_memory")),
        system=clean.mac_system(software.get("os_version")),
        locked=clean.activation_lock(hardware.get("activation_lock_status")),
    )
    battery = _battery(sections.get(POWER), hardware)
    disks = tuple(_disks(sections.get(NVME)))[:_MOST_DISKS]
    return DiagnosticsRun(Source.SYSTEM_PROFILER, device, battery, disks)


def _sections(tree: object) -> dict[str, object]:
    """The sections that are known, by name; the XML form has them in a list."""
    listed = {str(one.get("_dataType")): one.get("_items") for one in _items(tree)}
    table = listed or _item(tree)
    return {name: table[name] for name in SECTIONS if name in table}


def _items(value: object) -> Iterator[_Item]:
    """The tables of a list, as many as a report can hold."""
    items = cast("list[object]", value)[:_MOST_ITEMS] if isinstance(value, list) else []
    return (table for table in map(_item, items) if table)


def _item(value: object) -> _Item:
    return cast("dict[str, object]", value) if isinstance(value, dict) else _NOTHING


def _battery(section: object, hardware: _Item) -> Battery:
    for item in _items(section):
        health = _item(item.get("sppower_battery_health_info"))
        made = _item(item.get("sppower_battery_model_info"))
        if health or made:
            charge = _item(item.get("sppower_battery_charge_info"))
            capacity = health.get("sppower_battery_health_maximum_capacity")
            return Battery(
                present=Answer.YES,
                health=clean.battery_health(health.get("sppower_battery_health")),
                capacity_percent=clean.percent(capacity),
                charge_percent=clean.percent(charge.get("sppower_battery_state_of_charge")),
                cycles=clean.whole(health.get("sppower_battery_cycle_count"), clean.MOST_CYCLES),
                serial=clean.component_serial(made.get("sppower_battery_serial_number")),
            )
    names = (hardware.get("machine_name"), hardware.get("machine_model"))
    desktop = any(isinstance(one, str) and one.lower().startswith(_DESKTOPS) for one in names)
    # a portable whose battery is not told may well have a dead one: that is not "none"
    return Battery(present=Answer.NO if desktop else Answer.UNKNOWN)


def _disks(section: object) -> Iterator[Disk]:
    """The drives inside, each below its controller.

    One counts where the report says that it cannot be detached, or where Apple built it: a good
    drive on a cable must not stand for the one inside.
    """
    for controller in _items(section):
        below = list(_items(controller.get("_items")))
        for item in below or [controller]:
            model, detachable = clean.disk_model(item.get("device_model")), item.get(_DETACHABLE)
            if detachable == "no" or (model is not None and detachable != "yes"):
                yield Disk(
                    model=model,
                    size_bytes=clean.whole(item.get("size_in_bytes"), clean.MOST_BYTES),
                    health=clean.disk_health(item.get("smart_status")),
                )
