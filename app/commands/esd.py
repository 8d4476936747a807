"""``esd``: the readings on record, one that was typed, one that an instrument is asked for."""

import argparse
import signal
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Final

from app.bootstrap import Home
from app.commands.console import CommandFailedError, answer, parser_of, readable, speak, words_of
from app.commands.documents import bench_event
from app.commands.holding import device_reason
from app.commands.homes import opened, settings_here
from app.commands.proving import vouched
from app.commands.scans import badge_scan
from app.domain.equipment import Equipment
from app.domain.esd import WORN, WRIST, Circumstances, Measurement, Source
from app.domain.esd_plan import channels_of
from app.domain.frames import DeviceRole, Frame
from app.domain.journal import Entry, instant_text
from app.domain.typed_readings import MAX_OHM, TypedValue, value_in
from app.services.handling import handle
from app.services.piece_testing import at_hand_of
from app.services.playing import play
from app.services.ports import EsdDecoder
from app.services.saying import say_feedback
from app.services.session import Session
from app.services.views import Tone

if TYPE_CHECKING:
    from app.devices import Profile

_STATUS: Final = {"refused": "wrong_mode", "ambiguous": "wrong_mode"}
"""What a wire's fault is called where it is not called as the device's state."""
_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def run(words: Sequence[str]) -> int:
    """List a person's readings, record one, or measure one."""
    parser = parser_of("esd")
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list")
    record = actions.add_parser("record")
    record.add_argument("--ohm", required=True, type=ohm_value, metavar="OHM|OL")
    record.add_argument("--channel", type=readable, default=WRIST)
    record.add_argument("--confirmed-by", type=readable, default="", metavar="NUMBER")
    measure = actions.add_parser("measure")
    measure.add_argument("--url", required=True, type=readable)
    measure.add_argument("--profile", required=True, type=readable, metavar="NAME")
    measure.add_argument("--channel", type=readable, default="")
    measure.add_argument("--piece", type=readable, default="", metavar="ID")
    for action in (record, measure):
        action.add_argument("--device", type=readable, default="esd-1")
    for action in (listing, record, measure):
        action.add_argument("--badge", required=True, type=readable, metavar="NUMBER")
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    args = parser.parse_args(words)
    runs = {"list": _list, "record": _record, "measure": _measure}
    with opened(args.badge) as home:
        return runs[args.action](home, args)


def ohm_value(text: str) -> TypedValue:
    """A value as a display shows it, by the grammar of what is typed into the window."""
    value = value_in(text)
    if value is None:
        raise argparse.ArgumentTypeError(
            words_of().say("cli.no_ohm", value=readable(text), most=MAX_OHM)
        )
    return value


def _list(home: Home, args: argparse.Namespace) -> int:
    with home.store.reading() as reader:
        person = reader.person_by_badge(args.badge)
        if person is None:
            raise CommandFailedError("feedback.badge_unknown", badge=args.badge)
        readings = [
            one for one in reader.timeline(f"person:{person.id}") if one.kind == "esd.measured"
        ]
    lines = [_line(one) for one in readings] or [words_of().say("cli.no_readings")]
    documents = [
        {**(bench_event(one) or {}), "at": instant_text(one.recorded_at)} for one in readings
    ]
    answer(documents, as_json=args.json, text="\n".join(lines))
    return 0


def _line(entry: Entry) -> str:
    told = entry.payload
    ohm = "OL" if told.get("over_range") else f"{told.get('ohm')} ohm"
    return f"{instant_text(entry.recorded_at)}  {told.get('channel')}  {ohm}  {told.get('verdict')}"


def _record(home: Home, args: argparse.Namespace) -> int:
    """Sign in, then record what was typed; a second person's badge vouches for it."""
    vouched(home, args.badge, args.confirmed_by)
    person_id = _signed_in(home, args.badge)
    around = Circumstances(source=Source.MANUAL, confirmed_by=args.confirmed_by)
    ohm: int | None = args.ohm.ohm
    measurement = Measurement(args.channel, ohm, over_range=ohm is None, around=around)
    raw = f"{args.channel} {'OL' if ohm is None else ohm}".encode()
    return _recorded(home, args, person_id, raw, lambda frame: (measurement,))


def _signed_in(home: Home, badge: str) -> str:
    (signed_in,) = play(home.store, home.programmes, home.clock, home.ids, [badge_scan(badge)])
    person = signed_in.view.person
    if person is None:
        raise CommandFailedError("feedback.badge_unknown", badge=badge)
    return person.id


def _recorded(
    home: Home,
    args: argparse.Namespace,
    person_id: str,
    raw: bytes,
    decoder: EsdDecoder,
    piece: Equipment | None = None,
) -> int:
    """Record a reading of who is signed in, or of a piece of equipment, and say what it did."""
    with home.store.reading() as reader:
        rules = home.rules(reader)
    frame = Frame(args.device, DeviceRole.ESD_TESTER, raw, rules.now, 1)
    at_hand = at_hand_of(piece, rules) if piece is not None else None
    session = Session(person_id=person_id, testing=at_hand)
    handled = handle(home.store, session, frame, rules, decoder=decoder)
    feedback = handled.outcome.feedback
    text = say_feedback(words_of(), feedback)
    refused = feedback.tone is Tone.REFUSED
    if args.json or not refused:
        answer(bench_event(handled.outcome.entries[0]), as_json=args.json, text=text)
    if refused:  # it is on record, and it opens nothing
        speak(text)
    return 1 if refused else 0


def _measure(home: Home, args: argparse.Namespace) -> int:
    """Ask an instrument for one measurement, and record its answer."""
    from app import devices

    try:
        profile = devices.load_profile(args.profile, settings_here().home)
        devices.check_address(args.url)
    except devices.DeviceError as error:
        raise CommandFailedError("cli.said", text=device_reason(error) or str(error)) from error
    piece, channel = _piece(home, args)
    profile = _for_channel(profile, channel)
    person_id = _signed_in(home, args.badge)
    raw = _asked(profile, args)
    return _recorded(home, args, person_id, raw, devices.decoder(profile), piece)


def _piece(home: Home, args: argparse.Namespace) -> tuple[Equipment | None, str]:
    """The piece that is measured, and on which channel.

    Raises:
        CommandFailedError: The register has none of that id, or nothing of it is measured there.
    """
    if not args.piece:
        return None, args.channel
    with home.store.reading() as reader:
        piece, rules = reader.piece(args.piece), home.rules(reader)
    if piece is None:
        raise CommandFailedError("feedback.equipment_unknown", piece=args.piece)
    channels = channels_of(piece, rules.policy.esd_tests)
    channel = args.channel or next(iter(channels), "")
    if channel not in channels:
        raise CommandFailedError("cli.not_of_piece", piece=args.piece, channel=channel or "—")
    return piece, channel


def _for_channel(profile: "Profile", channel: str) -> "Profile":
    """The profile for what is measured now.

    Raises:
        CommandFailedError: It cannot be asked, or not on a person.
    """
    from app import devices

    if profile.grammar is None or profile.dialogue is None:
        raise CommandFailedError("cli.no_dialogue", name=profile.name)
    told = profile.on_channel(channel) if channel else profile
    wanted = told.grammar.channel if told.grammar is not None else ""
    if profile.dialogue.kind == devices.HIGH_VOLTAGE and wanted in WORN:
        raise CommandFailedError("cli.no_person", name=profile.name, channel=wanted)
    return told


def _asked(profile: "Profile", args: argparse.Namespace) -> bytes:
    """The instrument's answer, as it came.

    Raises:
        CommandFailedError: There is none; whatever it did has been stopped, or it is told that not.
    """
    from app import devices

    spec = devices.device_spec(args.device, args.url, profile)
    try:
        with _breaking_off() as cancelled:
            return devices.measure_once(spec, profile, cancelled)
    except devices.InstrumentError as error:
        key = f"instrument.{error.code}"
        raise CommandFailedError(key, detail=error.detail) from error
    except devices.WireError as error:
        status = _STATUS.get(error.code, error.code)
        reason = words_of().say(f"device.status.{status}")
        raise CommandFailedError("cli.no_wire", reason=reason, detail=error.detail) from error


@contextmanager
def _breaking_off() -> Generator[threading.Event]:
    """An event that a signal sets: what has begun is ended in order, not cut down."""
    cancelled = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        cancelled.set()

    known = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in known}
    try:
        yield cancelled
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
