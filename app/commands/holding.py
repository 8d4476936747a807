"""Holding the devices of this bench; what keeps them from being read is told in words."""

from collections.abc import Generator
from contextlib import contextmanager

from app import bootstrap
from app.commands.console import CommandFailedError, words_of
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
    except Exception as error:
        reason = device_reason(error)
        if reason is None:
            raise
        raise CommandFailedError("cli.said", text=reason) from error


def device_reason(error: Exception) -> str | None:
    """Why an address or a profile cannot be used, in a sentence; None where it is neither."""
    from app.devices import AddressError, ProfileError  # only a bench with devices imports them

    if isinstance(error, ProfileError):
        sentence = words_of().say(
            f"profile.{error.code}", detail=error.detail, field=error.field or error.path or ""
        )
        if error.path is None:
            return sentence
        place = f"{error.path}:{error.line}" if error.line is not None else f"{error.path}"
        return f"{place}: {sentence.rstrip()}"
    if isinstance(error, AddressError):
        return words_of().say(f"address.{error.code}", detail=error.detail)
    return None
