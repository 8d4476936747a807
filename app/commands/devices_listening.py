"""Listening to the devices for a command, recording nothing: what watch, test and capture share."""

import argparse
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from types import FrameType
from typing import TYPE_CHECKING, Final

from app import bootstrap
from app.commands.console import CommandFailedError, readable, words_of
from app.commands.holding import device_reason, devices_held
from app.commands.homes import settings_here
from app.domain.frames import DeviceState, Frame

if TYPE_CHECKING:
    from app.devices import DeviceSpec, Watch
    from app.settings import Settings

MOST_SECONDS: Final = 86_400
"""A day."""


def add_devices(parser: argparse.ArgumentParser) -> None:
    """The options that name devices, as `bench` has them, and for how long to listen."""
    parser.add_argument("--scanner", type=readable, metavar="URL")
    parser.add_argument("--scanner-profile", type=readable, metavar="NAME")
    parser.add_argument("--esd", type=readable, metavar="URL")
    parser.add_argument("--profile", type=readable, metavar="NAME")
    parser.add_argument("--seconds", type=_seconds, metavar="N")
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= MOST_SECONDS:
        said = words_of().say("cli.wrong.seconds", value=readable(text), most=MOST_SECONDS)
        raise argparse.ArgumentTypeError(said)
    return value


def settings_of(args: argparse.Namespace) -> "Settings":
    """The settings of the home, with the devices that were named instead.

    Where any was named, only those are listened to.
    """
    settings = settings_here()
    if args.scanner or args.esd:
        settings = replace(
            settings, scanner_url=args.scanner or "", esd_url=args.esd or "", diagnostics_url=""
        )
    given = {"scanner_profile": args.scanner_profile, "esd_profile": args.profile}
    return replace(settings, **{key: value for key, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom listening tells; each is called in a device's thread.

    Attributes:
        on_frame: A frame came.
        on_state: A device changed its state.
        on_bytes: Bytes came or went: the device, the bytes, and whether they were sent to it.
        on_watch: What notes it all, before anything is listened to.
    """

    on_frame: Callable[[Frame], None]
    on_state: Callable[[DeviceState], None]
    on_bytes: Callable[[str, bytes, bool], None] | None = None
    on_watch: "Callable[[Watch], None] | None" = None


@contextmanager
def listening(settings: "Settings", listener: Listener) -> Generator["Watch"]:
    """Listen to the devices until the block ends.

    Raises:
        CommandFailedError: None is set up, one is set up in a way that can never work, or another
            program of this home holds them.
    """
    from app.devices import Supervisor, Watch
    from app.services.device_sight import Direction

    specs = _specs(settings)
    clock = bootstrap.SystemClock()
    decoders = bootstrap.devices_of(settings)[1]
    watch = Watch(listener.on_frame, listener.on_state, clock, decoders)
    if listener.on_watch is not None:
        listener.on_watch(watch)

    def on_bytes(device: str, raw: bytes, direction: Direction) -> None:
        watch.octets(device, raw, direction)
        if listener.on_bytes is not None:
            listener.on_bytes(device, raw, direction is Direction.OUT)

    with ExitStack() as stack:
        if settings.home.exists():
            stack.enter_context(devices_held(settings))
        supervisor = Supervisor(specs, watch.frame, watch.state, clock, on_bytes=on_bytes)
        stack.callback(supervisor.stop)
        supervisor.start()
        yield watch


def _specs(settings: "Settings") -> "Sequence[DeviceSpec]":
    try:
        specs = bootstrap.devices_of(settings)[0]
    except Exception as error:
        reason = device_reason(error)
        if reason is None:
            raise
        raise CommandFailedError("cli.said", text=reason) from error
    if not specs:
        raise CommandFailedError("cli.no_devices")
    return specs


@contextmanager
def until_stopped() -> Generator[threading.Event]:
    """An event that is set when somebody ends the program."""
    done = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        done.set()

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield done
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
