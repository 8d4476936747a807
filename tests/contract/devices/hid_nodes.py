"""The kernel's own list of HID devices, and how to wait for one to come or go."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.kernel.uevents import Uevents

NODES: Final = Path("/sys/class/hidraw")


def present() -> frozenset[str]:
    """The names of all nodes."""
    return frozenset(each.name for each in NODES.iterdir())


def path_after(plug: Callable[[], object]) -> str:
    """Plug something in and return the path of the node that came."""
    before = present()
    with Uevents() as events:
        plug()
        events.until("a HID device to come", lambda: bool(present() - before))
    (name,) = present() - before
    return f"/dev/{name}"


def gone_after(unplug: Callable[[], object], path: str) -> None:
    """Unplug something and wait until its node has gone."""
    name = Path(path).name
    with Uevents() as events:
        unplug()
        events.until(f"{path} to go", lambda: name not in present())
