"""Holding the devices of this bench; what keeps them from being read is told in words."""

from collections.abc import Generator
from contextlib import contextmanager

from app import bootstrap
from app.commands.console import CommandFailedError, words_of
from app.devices import AddressError, DeviceError, ProfileError
from app.settings import Settings


@contextmanager
def devices_held(settings: Settings) -> Generator[None]:
    """Hold this home's devices until the block ends.

    Raises:
        CommandFailedError: Another program holds them, or one is set in a way that can never work.
    """
    try:
        with bootstrap.held(settings):
            yield
    except bootstrap.InUseError as error:
        raise CommandFailedError("cli.second_instance", path=settings.home) from error
    except (AddressError, ProfileError) as error:
        raise CommandFailedError("cli.said", text=device_reason(error)) from error


def device_reason(error: DeviceError) -> str:
    """Why an address or a profile cannot be used, in a sentence."""
    if isinstance(error, ProfileError):
        sentence = words_of().say(
            f"profile.{error.code}", detail=error.detail, field=error.field or error.path or ""
        )
        return f"{error.path}: {sentence}" if error.path is not None else sentence
    return words_of().say(f"address.{error.code}", detail=error.detail)
