"""Where the files that ship with the program lie: policies, profiles, texts, fonts, sounds."""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).parent
_INSTALLED: Final = _PACKAGE / "_resources"
_CHECKOUT: Final = _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder, in a checkout as in an installed package."""
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    return root.joinpath(*parts)
