"""The udev rules are well formed, and do what they are there for and nothing else."""

import re
import shutil
import subprocess
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

import pytest

from app.devices.scanner import modes

RULES: Final = Path(__file__).parents[3] / "installer" / "udev" / "70-repair-bench.rules"
TOKEN: Final = re.compile(r'([A-Z]+)(?:\{([A-Za-z0-9_/.]+)\})?(==|!=|\+=|-=|:=|=)"([^"\\]*)"')
COMPARED: Final = {"ACTION", "KERNEL", "SUBSYSTEM", "ATTR", "ATTRS", "ENV"}
GIVEN: Final = {"TAG", "ENV", "GOTO", "LABEL"}
WITH_NAME: Final = {"ATTR", "ATTRS", "ENV"}


@dataclass(frozen=True)
class Token:
    key: str
    name: str
    operator: str
    value: str


@dataclass
class Device:
    """A device as udev sees it: its own attributes, and those of its parents."""

    kernel: str
    subsystem: str
    vendor: str
    action: str = "add"
    env: dict[str, str] = field(default_factory=dict[str, str])
    tags: set[str] = field(default_factory=set[str])

    def value(self, token: Token) -> str:
        match token.key:
            case "ACTION":
                return self.action
            case "KERNEL":
                return self.kernel
            case "SUBSYSTEM":
                return self.subsystem
            case "ENV":
                return self.env.get(token.name, "")
            case "ATTR":  # only the USB device itself has it
                return self.vendor if self.env.get("DEVTYPE") == "usb_device" else ""
            case _:
                return self.vendor


def tokens_of(line: str) -> list[Token]:
    """Read a rule as strictly as udev would like it to be written."""
    tokens: list[Token] = []
    at = 0
    while at < len(line):
        found = TOKEN.match(line, at)
        assert found is not None, f"no token at {at}: {line}"
        tokens.append(Token(found[1], found[2] or "", found[3], found[4]))
        at = found.end()
        if at < len(line):
            assert line.startswith(", ", at), f"no comma and space at {at}: {line}"
            at += 2
    return tokens


def rules() -> list[list[Token]]:
    lines = RULES.read_text(encoding="ascii").splitlines()
    return [tokens_of(line) for line in lines if line and not line.startswith("#")]


def applied(device: Device) -> Device:
    """What the rules make of a device."""
    skip_to = ""
    for rule in rules():
        labels = {token.value for token in rule if token.key == "LABEL"}
        if skip_to and skip_to not in labels:
            continue
        skip_to = ""
        compared = [token for token in rule if token.operator in {"==", "!="}]
        if not all(
            fnmatchcase(device.value(each), each.value) == (each.operator == "==")
            for each in compared
        ):
            continue
        for token in rule:
            if token.key == "GOTO":
                skip_to = token.value
            elif token.key == "TAG":
                device.tags.add(token.value)
            elif token.key == "ENV" and token.operator == "=":
                device.env[token.name] = token.value
    assert not skip_to, "a label is missing"
    return device


def vendors() -> list[str]:
    return sorted({token.value for rule in rules() for token in rule if token.name == "idVendor"})


def test_each_rule_uses_its_keys_as_udev_knows_them() -> None:
    for rule in rules():
        for token in rule:
            is_compared = token.operator in {"==", "!="}
            assert token.key in (COMPARED if is_compared else GIVEN), token
            assert (token.key in WITH_NAME) == bool(token.name), token
            assert is_compared or token.operator == ("+=" if token.key == "TAG" else "="), token
            assert token.name != "idVendor" or re.fullmatch("[0-9a-f]{4}", token.value), token


def test_the_file_comes_before_the_one_that_grants_what_it_asks_for() -> None:
    assert RULES.name < "73-seat-late.rules"
    assert RULES.read_bytes().endswith(b"\n")


def test_every_maker_whose_modes_are_known_is_in_it() -> None:
    known = {modes.NEWLAND, modes.SYMBOL, modes.CODE}
    assert {f"{vendor:04x}" for vendor in known} <= set(vendors())


@pytest.mark.parametrize("vendor", vendors())
def test_whoever_sits_there_may_open_the_scanner(vendor: str) -> None:
    assert applied(Device("hidraw3", "hidraw", vendor)).tags == {"uaccess"}
    port = applied(Device("ttyACM0", "tty", vendor))
    assert port.tags == {"uaccess"}
    assert port.env["ID_MM_DEVICE_IGNORE"] == "1"


@pytest.mark.parametrize("vendor", vendors())
def test_modemmanager_leaves_the_scanner_alone(vendor: str) -> None:
    unit = applied(Device("1-2", "usb", vendor, env={"DEVTYPE": "usb_device"}))
    assert unit.env["ID_MM_DEVICE_IGNORE"] == "1"
    assert unit.tags == set()


@pytest.mark.parametrize(
    "device",
    [
        Device("hidraw3", "hidraw", "046d"),  # somebody else's
        Device("ttyACM0", "tty", "2341"),
        Device("ttyS0", "tty", "0c2e"),
        Device("event4", "input", "0c2e"),  # the keys that it types are not opened to anybody
        Device("hidraw3", "hidraw", "0c2e", action="remove"),
    ],
)
def test_nothing_else_is_touched(device: Device) -> None:
    assert applied(device).tags == set()
    assert device.env == {}


def test_udev_itself_finds_nothing_to_say() -> None:
    udevadm = shutil.which("udevadm")
    if (
        udevadm is None
        or "verify"
        not in subprocess.run(
            [udevadm, "--help"], capture_output=True, text=True, check=False
        ).stdout
    ):
        pytest.skip("this system's udevadm cannot verify rules (systemd 254 and later can)")
    done = subprocess.run([udevadm, "verify", RULES], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
