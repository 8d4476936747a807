"""The command table: every verb once, with the code of its barcode, its key and its icon.

The barcode is the label of `app.domain.labels` with this code as its body; the words are the texts
``command.<key>``. Symptoms are commands too, so that a printed sheet is enough to describe a
fault.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Verb(StrEnum):
    """What a command does; the value is the body of its barcode."""

    OPEN = "OPEN"
    DIAGNOSED = "DIAG"
    WORK = "WORK"
    READY = "READY"
    DONE = "DONE"
    CANCEL = "CANCEL"
    UNDO = "UNDO"
    HOME = "HOME"
    LOCK = "LOCK"
    REPORT = "REPORT"
    RADIO = "RADIO"
    """A new board brought a new IMEI, MEID or EID: what is scanned next is that."""
    DEVICES = "DEVICES"
    """Scanner and tester: what they say, and their tests."""
    BOARD = "BOARD"
    """One of the lead's boards: the register, people, equipment, the programme, import, recall."""
    SYMPTOM = "SYM"
    """Followed by two digits: the symptom's number."""


@dataclass(frozen=True, slots=True)
class Command:
    """One verb as the technician meets it.

    Attributes:
        code: The body of its barcode.
        verb: What it does.
        key: Its words: ``command.<key>`` and ``command.<key>.tip``.
        icon: Name of its icon.
        shortcut: Its key, in Qt's portable text; empty for none. Ctrl+], Ctrl+6 and Ctrl+D are
            never used: scanners type them.
        argument: The symptom's key for a symptom, a board's name for a board, else empty.
    """

    code: str
    verb: Verb
    key: str
    icon: str
    shortcut: str = ""
    argument: str = ""


SYMPTOMS: Final = (
    "no_power",
    "battery_swollen",
    "battery_drains",
    "display_cracked",
    "display_dark",
    "no_charge",
    "keyboard",
    "camera",
    "sound",
    "other",
)
"""Keys of the symptoms, in the order of their numbers from 1; the words are ``symptom.<key>``."""

IMPORT: Final = "import"
"""The argument of the command that shows the import of products."""
RECALL: Final = "recall"
"""The argument of the command that shows the recall."""
_VERBS: Final = (
    Command("OPEN", Verb.OPEN, "open", "folder-plus", "F2"),
    Command("DIAG", Verb.DIAGNOSED, "diagnosed", "stethoscope", "F3"),
    Command("WORK", Verb.WORK, "work", "wrench", "F4"),
    Command("READY", Verb.READY, "ready", "flag", "F5"),
    Command("DONE", Verb.DONE, "done", "check", "F6"),
    Command("CANCEL", Verb.CANCEL, "cancel", "x-circle"),
    Command("UNDO", Verb.UNDO, "undo", "undo", "Ctrl+Z"),
    Command("HOME", Verb.HOME, "home", "home", "Esc"),
    Command("LOCK", Verb.LOCK, "lock", "lock", "Ctrl+L"),
    Command("REPORT", Verb.REPORT, "report", "file-text", "Ctrl+P"),
    Command("NEWIMEI", Verb.RADIO, "new_imei", "barcode", "Shift+F6"),
    Command("DEVICES", Verb.DEVICES, "devices", "scanner", "F9"),
    Command("REGISTER", Verb.BOARD, "register", "barcode", "F7", "register"),
    Command("GEAR", Verb.BOARD, "equipment", "gauge", "F8", "equipment"),
    Command("PEOPLE", Verb.BOARD, "people", "person", "Shift+F7", "people"),
    Command("PROGRAMME", Verb.BOARD, "programme", "file-text", "Shift+F8", "programme"),
    Command("IMPORT", Verb.BOARD, "import", "import", "Shift+F9", IMPORT),
    Command("RECALL", Verb.BOARD, "recall", "search", "Shift+F11", RECALL),
)

COMMANDS: Final = MappingProxyType(
    {
        command.code: command
        for command in (
            *_VERBS,
            *(
                Command(f"SYM{number:02}", Verb.SYMPTOM, f"symptom.{key}", "activity", "", key)
                for number, key in enumerate(SYMPTOMS, 1)
            ),
        )
    }
)
"""Every command by the body of its barcode."""

DEVICE_COMMANDS: Final = MappingProxyType(
    {
        command.code: command
        for command in (
            Command("DEVTEST", Verb.DEVICES, "devices_test", "barcode", "F10", "test"),
            Command("DEVCHECK", Verb.DEVICES, "devices_check", "gauge", "F11", "check"),
            Command("DEVSETUP", Verb.DEVICES, "devices_setup", "wrench", "F12", "setup"),
            Command("DEVSHEET", Verb.DEVICES, "devices_sheet", "file-text", "Ctrl+T", "sheet"),
        )
    }
)
"""What can be done with the devices; their barcodes are on the test sheet, not among the work's."""
