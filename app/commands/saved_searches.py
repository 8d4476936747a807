"""Keeps the searches of the register that somebody saved, in a file of the home.

They are a convenience: a file that cannot be read is as one that is not there, and is told in the
log alone.
"""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast

from app.domain.products import Family
from app.services.office_sight import MOST_SAVED, SavedSearch
from app.services.placing import placed

log = logging.getLogger("repair_bench.office")

FILE: Final = "register-searches.json"
_LONGEST: Final = 80
"""Characters of a text, as many as the field takes."""
_BIGGEST: Final = 10_000
"""Bytes of the file."""


def read_searches(home: Path) -> tuple[SavedSearch, ...]:
    """Every search that was saved, the oldest first."""
    path = home / FILE
    try:
        if not path.exists() or path.stat().st_size > _BIGGEST:
            return ()
        listed: object = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        log.exception("%s cannot be read", path)
        return ()
    items = cast("list[Any]", listed) if isinstance(listed, list) else []
    found = (_search_of(one) for one in items[:MOST_SAVED])
    return tuple(one for one in found if one is not None)


def _search_of(one: object) -> SavedSearch | None:
    told = cast("dict[str, Any]", one) if isinstance(one, dict) else {}
    text, family = told.get("text"), told.get("family")
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    known = isinstance(family, str) and family in set(Family)
    return SavedSearch(text, Family(family) if known else None)


def write_searches(home: Path, searches: Sequence[SavedSearch]) -> None:
    """Keep these and no others; where the file cannot be written, they last until the end."""
    path = home / FILE
    listed = [{"text": one.text, "family": one.family} for one in searches]
    try:
        with placed(path) as half:
            half.write_text(json.dumps(listed), encoding="utf-8")
    except OSError:
        log.exception("%s cannot be written", path)
