"""Every setting once: its type, its default and its meaning.

A home holds all of a bench's data (design, section 7): two homes never touch each other. The
settings of a home lie in ``settings.toml`` there; a missing file means the defaults, an unreadable
one is told and never overwritten.
"""

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from app.domain.pins import LockRules, PinRequired

HOME_VARIABLE: Final = "REPAIR_BENCH_HOME"


class SettingsInvalidError(ValueError):
    """A settings file that cannot be used.

    Attributes:
        path: The file.
        reason: What is wrong with it.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Settings:
    """What one bench is set to.

    Attributes:
        home: The folder of all its data.
        language: ``sv`` or ``en``; empty follows the system.
        theme: ``light``, ``dark`` or ``system``.
        scanner_url: Where the scanner is: a path or ``serial:///dev/ttyACM0?baud=9600``; empty for
            none.
        scanner_profile: How the scanner ends its messages.
        esd_url: Where the ESD tester is; empty for none.
        esd_profile: The line profile of the ESD tester.
        diagnostics_url: Where the diagnostics server is: ``https://host/page`` or
            ``tcp://host:port``; empty for none.
        diagnostics_folder: The folder that its results come to; empty for none.
        programme: Which policy file of ``resources/programmes`` applies.
        esd_footwear: Of whom the ESD plan asks a test of shoes or heel straps on each day of work:
            ``nobody``, ``everybody``, or badge numbers; empty for what the programme's plan says.
        lock_after_minutes: Idle time after which the bench locks; what was begun stays.
        pin_required: Whose badge asks for a PIN: ``never`` anybody's, a ``lead``'s, or ``always``.
        pin_tries: How many wrong PINs in a row lock somebody out.
        pin_wait_minutes: For how long, the first time, the next and so on; the last one holds from
            then on.
        sound: Whether tones are played; they are never the only signal.
        wedge: How a scanner in keyboard mode is told from a person who types: ``speed``,
            ``preamble``, ``field`` (only where a field for scans has the focus) or ``off``.
        wedge_layout: The layout that it types by: ``us``, ``gb``, ``se`` or ``de``.
        wedge_computer_layout: The computer's own; only where the system tells no key's place.
        wedge_preamble: What it types before each code.
        wedge_suffix: What it types after each code: ``auto``, ``cr``, ``tab`` or ``none``.
        wedge_characters: How many characters make a scan, its suffix among them.
        wedge_average_ms: How long one of them takes at most, on average.
    """

    home: Path
    language: str = ""
    theme: str = "system"
    scanner_url: str = ""
    scanner_profile: str = "serial-crlf"
    esd_url: str = ""
    esd_profile: str = "generic-wrist-line"
    diagnostics_url: str = ""
    diagnostics_folder: str = ""
    programme: str = "se"
    esd_footwear: str = ""
    lock_after_minutes: int = 15
    pin_required: str = "never"
    pin_tries: int = 5
    pin_wait_minutes: str = "1 5 15"
    sound: bool = True
    wedge: str = "speed"
    wedge_layout: str = "us"
    wedge_computer_layout: str = ""
    wedge_preamble: str = ""
    wedge_suffix: str = "auto"
    wedge_characters: int = 6
    wedge_average_ms: int = 30
    unknown: tuple[str, ...] = field(default=())

    @property
    def database(self) -> Path:
        """The encrypted store."""
        return self.home / "bench.db"

    @property
    def pin_of_whom(self) -> "PinRequired":
        """Of whom a PIN is demanded beside the badge.

        Raises:
            ValueError: `pin_required` is none of its words.
        """
        from app.domain.pins import PinRequired  # most benches demand none

        return PinRequired(self.pin_required)

    @property
    def pin_locks(self) -> "LockRules":
        """When wrong PINs lock somebody out, and for how long.

        Raises:
            ValueError: The figures are none, or would never lock anybody out.
        """
        from app.domain.pins import lock_rules

        return lock_rules(self.pin_tries, [int(one) for one in self.pin_wait_minutes.split()])

    @property
    def reports(self) -> Path:
        """Where reports are written."""
        return self.home / "reports"

    @property
    def logs(self) -> Path:
        """Where logs are written."""
        return self.home / "logs"

    @property
    def unsaved(self) -> Path:
        """Frames that the store could not take before the program ended."""
        return self.home / "unsaved.jsonl"

    @property
    def backups(self) -> Path:
        """Where backups are written."""
        return self.home / "backups"


def home_folder() -> Path:
    """The home that the environment names, else the platform's data folder."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("repair-bench", appauthor=False)


def load_settings(home: Path) -> Settings:
    """The settings of a home.

    Raises:
        SettingsInvalidError: The file is no TOML, or a value has the wrong type.
    """
    path = home / "settings.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings(home)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsInvalidError(path, str(error)) from error
    defaults = {one.name: one.default for one in fields(Settings)}
    del defaults["home"], defaults["unknown"]
    known: dict[str, object] = {}
    for key, value in table.items():
        if key not in defaults:
            continue
        default = defaults[key]
        if type(value) is not type(default):
            raise SettingsInvalidError(path, f"{key} is not a {type(default).__name__}")
        known[key] = value
    unknown = tuple(sorted(table.keys() - known.keys()))
    settings = Settings(home, **cast("dict[str, str]", known), unknown=unknown)  # pyright: ignore[reportArgumentType] - checked above against each default's type
    if any(key.startswith("pin_") for key in known):
        _check_pins(settings, path)
    if settings.esd_footwear.strip():
        _check_footwear(settings, path)
    return settings


def _check_footwear(settings: Settings, path: Path) -> None:
    """What two words say at once nobody can keep to.

    Raises:
        SettingsInvalidError: ``nobody`` or ``everybody`` stands beside somebody.
    """
    from app.domain.policy import asked_of

    try:
        asked_of(settings.esd_footwear.split())
    except ValueError as error:
        raise SettingsInvalidError(path, f"esd_footwear: {error}") from error


def _check_pins(settings: Settings, path: Path) -> None:
    """A misspelt word must not let everybody in without a PIN.

    Raises:
        SettingsInvalidError: What is said of PINs cannot be used.
    """
    try:
        _ = settings.pin_of_whom, settings.pin_locks
    except ValueError as error:
        raise SettingsInvalidError(path, f"pin: {error}") from error
