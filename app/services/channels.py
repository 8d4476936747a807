"""The other channels that ship with the program: who repairs otherwise is data, not code."""

import tomllib
from functools import cache

from app.domain.programme.channels import Channel, channels_of
from app.resources import resource


@cache
def shipped_channels() -> tuple[Channel, ...]:
    """The channels that Apple has authorised (``resources/channels/apple.toml``)."""
    return channels_of(tomllib.loads(resource("channels", "apple.toml").read_text("utf-8")))
