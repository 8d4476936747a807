"""P15: the channels that Apple has authorised for those who do not qualify, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.policy.fields import Fields


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to have a product repaired.

    Attributes:
        key: Its name; ``channel.<key>`` and ``channel.<key>.how`` are its texts.
        title: What its page is called.
        url: Where it is found.
    """

    key: str
    title: str
    url: str


def channels_of(table: Mapping[str, object]) -> tuple[Channel, ...]:
    """The channels of a parsed file, in its order.

    Raises:
        PolicyInvalidError: A field is missing, of the wrong form, or nobody's.
    """
    top = Fields(table)
    top.only("channel")
    return tuple(_channel(one) for one in top.tables("channel", "key"))


def _channel(item: Fields) -> Channel:
    item.only("key", "title", "url")
    return Channel(item.text("key"), item.text("title"), item.text("url"))
