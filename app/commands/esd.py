"""``esd``: the readings on record, and one typed in from a tester without a wire."""

import argparse
from collections.abc import Sequence
from typing import Final

from app.bootstrap import Home
from app.commands.console import CommandFailedError, answer, parser_of, readable, speak, words_of
from app.commands.documents import bench_event
from app.commands.homes import opened
from app.commands.scans import badge_scan
from app.domain.esd import WRIST, Measurement
from app.domain.frames import DeviceRole, Frame
from app.domain.journal import Entry, instant_text
from app.services.handling import handle
from app.services.playing import play
from app.services.saying import say_feedback
from app.services.session import Session, rules_at
from app.services.views import Tone

MAX_OHM: Final = 10**15
"""No tester shows more."""


def run(words: Sequence[str]) -> int:
    """List a person's readings, or record one."""
    parser = parser_of("esd")
    actions = parser.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list")
    record = actions.add_parser("record")
    record.add_argument("--ohm", required=True, type=_ohm, metavar="OHM|OL")
    record.add_argument("--channel", type=readable, default=WRIST)
    record.add_argument("--device", type=readable, default="esd-1")
    for action in (listing, record):
        action.add_argument("--badge", required=True, type=readable, metavar="NUMBER")
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    args = parser.parse_args(words)
    with opened() as home:
        return _list(home, args) if args.action == "list" else _record(home, args)


def _ohm(text: str) -> int | None:
    if text.upper() == "OL":
        return None
    value = int(text)
    if not 0 <= value <= MAX_OHM:
        raise ValueError(text)
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
    """Sign in, then record what was typed as if the tester had sent it."""
    (signed_in,) = play(home.store, home.policy, home.clock, home.ids, [badge_scan(args.badge)])
    person = signed_in.view.person
    if person is None:
        raise CommandFailedError("feedback.badge_unknown", badge=args.badge)
    measurement = Measurement(args.channel, args.ohm, over_range=args.ohm is None)
    now = home.clock.now()
    raw = f"{args.channel} {'OL' if args.ohm is None else args.ohm}".encode()
    frame = Frame(args.device, DeviceRole.ESD_TESTER, raw, now, 1)
    with home.store.reading() as reader:
        zone = reader.organisation().time_zone
    handled = handle(
        home.store,
        Session(screen=signed_in.view.screen, person_id=person.id),
        frame,
        rules_at(home.policy, now, zone, home.ids),
        decoder=lambda frame: (measurement,),
    )
    feedback = handled.outcome.feedback
    text = say_feedback(words_of(), feedback)
    refused = feedback.tone is Tone.REFUSED
    if args.json or not refused:
        answer(bench_event(handled.outcome.entries[0]), as_json=args.json, text=text)
    if refused:  # it is on record, and it opens nothing
        speak(text)
    return 1 if refused else 0
