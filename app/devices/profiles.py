"""Finds profiles: the organisation's own, those that ship with the program, or a file."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.devices.errors import ProfileError
from app.devices.profile import Profile, read_profile
from app.domain.frames import DeviceRole
from app.resources import resource

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII | re.IGNORECASE)
_SHIPPED: Final = ("scanners", "esd")
_FOLDER: Final = "profiles"


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """A profile that can be chosen, or one that is broken.

    Attributes:
        name: What it is chosen by.
        path: Its file.
        shipped: Whether it came with the program.
        profile: What it says; None when it is broken.
        fault: Why it is broken; None when it is not.
    """

    name: str
    path: Path
    shipped: bool
    profile: Profile | None
    fault: ProfileError | None = None

    @property
    def role(self) -> DeviceRole | None:
        """What it is for; None when it is broken."""
        return self.profile.role if self.profile else None


def load_profile(name: str | Path, home: Path | None = None) -> Profile:
    """Read a profile by its name, or from a file.

    Args:
        name: A name such as ``generic-wrist-line``, or the path of a ``.toml`` file.
        home: The bench's home: a profile in its folder ``profiles`` goes before a shipped one.

    Raises:
        ProfileError: There is none of that name, or it is not valid.
    """
    if isinstance(name, Path) or not _NAME.fullmatch(name):
        return read_profile(Path(name))
    for folder, _ in _folders(home):
        path = folder / f"{name}.toml"
        if path.is_file():
            return read_profile(path)
    raise ProfileError("not_found", name)


def list_profiles(home: Path | None = None) -> tuple[ProfileRow, ...]:
    """All profiles by name, broken ones too; of one name the one that `load_profile` takes."""
    rows: dict[str, ProfileRow] = {}
    for folder, shipped in _folders(home):
        for path in sorted(folder.glob("*.toml")):
            rows.setdefault(path.stem, _row(path, shipped=shipped))
    return tuple(rows[name] for name in sorted(rows))


def _row(path: Path, *, shipped: bool) -> ProfileRow:
    try:
        return ProfileRow(path.stem, path, shipped, read_profile(path))
    except ProfileError as error:
        return ProfileRow(path.stem, path, shipped, None, error)


def _folders(home: Path | None) -> tuple[tuple[Path, bool], ...]:
    own = ((home / _FOLDER, False),) if home is not None else ()
    return own + tuple((resource("devices", each), True) for each in _SHIPPED)
