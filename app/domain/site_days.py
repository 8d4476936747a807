"""The site's days: of a moment, and of days counted on. Pure."""

from datetime import date, datetime, timedelta, tzinfo


def site_day(at: datetime, zone: tzinfo) -> date:
    """The site's day of a moment.

    A bench whose clock stands at an end of the calendar, where a zone's distance leads out of it,
    has its day by UTC: whatever an entry says, it stops nobody.
    """
    try:
        return at.astimezone(zone).date()
    except OverflowError:
        return at.date()


def days_later(day: date, days: int) -> date:
    """So many days later; the calendar's last day where that is beyond it."""
    return day + timedelta(days=days) if days <= (date.max - day).days else date.max
