"""The site's calendar: rules count its days, not the computer's."""

from datetime import UTC, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from app.services.ports import Reader


@cache
def site_zone(name: str) -> tzinfo | None:
    """The time zone of that IANA name, None where this computer does not know it.

    Windows has no time zones of its own, and a minimal Linux may have none either.
    """
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # unknown; no name at all; a folder of zones
        return UTC if name == "UTC" else None


def zone_of(reader: Reader) -> tzinfo:
    """The site's time zone; UTC where it has none that this computer knows."""
    return site_zone(reader.organisation().time_zone) or UTC
