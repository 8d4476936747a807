"""How the store writes values, and reads them back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import wraps
from typing import Final, ParamSpec, TypeVar

from app.services.ports import StoreFaultError

_P = ParamSpec("_P")
_T = TypeVar("_T")
ESD_TESTER: Final = "esd_tester"
"""The kind of equipment that `app.data.registers.tester` answers with."""
SERIAL_RANK: Final = 0
IMEI_RANK: Final = 1
TAG_RANK: Final = 2
MEID_RANK: Final = 3
EID_RANK: Final = 4
FORMER_RANK: Final = 5
"""How an asset's identifiers rank: a text that is several assets' is the first one's."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def micros(instant: datetime) -> int:
    """An aware instant as whole microseconds since 1970 UTC."""
    return (instant - _EPOCH) // _MICROSECOND


def instant(value: int) -> datetime:
    """The instant of `micros`.

    Raises:
        OverflowError: It is outside the years that a datetime can say.
    """
    return _EPOCH + timedelta(microseconds=value)


def day(value: str | None) -> date | None:
    """A stored day."""
    return None if value is None else date.fromisoformat(value)


def day_text(value: date | None) -> str | None:
    """A day as it is stored."""
    return None if value is None else value.isoformat()


def as_stored(decode: Callable[_P, _T]) -> Callable[_P, _T]:
    """Take what a stored row cannot be read as for damage.

    SQLCipher gives a page of zeros for a page of zeros, so a row can be wrong without its noticing.

    Raises:
        StoreFaultError: ``corrupt``, where the function says that a value is none of its own.
    """

    @wraps(decode)
    def decoded(*values: _P.args, **named: _P.kwargs) -> _T:
        try:
            return decode(*values, **named)
        except (ValueError, TypeError, OverflowError) as error:
            raise StoreFaultError("corrupt", f"{type(error).__name__}: {error}") from error

    return decoded
