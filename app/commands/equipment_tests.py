"""``equipment test``: a piece was measured with a tester, or tried and looked at."""

import argparse

from app.bootstrap import Home
from app.commands.console import CommandFailedError, answer, readable, speak, words_of
from app.commands.documents import bench_event
from app.commands.esd import ohm_value
from app.commands.proving import vouched
from app.commands.typed import free_text
from app.domain.equipment import IN_SERVICE, Equipment, EquipmentKind
from app.domain.esd import Circumstances, Measurement, Source, Tester
from app.domain.esd_plan import channels_of
from app.domain.frames import DeviceRole, Frame
from app.services.piece_testing import Judged, Taken, record_measured, record_tried
from app.services.ports import Reader, Transaction
from app.services.saying import say_feedback
from app.services.session import Rules, Session
from app.services.views import Tone


def test_options(parser: argparse.ArgumentParser) -> None:
    """What a test is told by: a value with its tester, or whether the piece is in order."""
    told = parser.add_mutually_exclusive_group(required=True)
    told.add_argument("--ohm", type=ohm_value, metavar="OHM|OL")
    told.add_argument("--passed", action="store_true")
    told.add_argument("--failed", action="store_true")
    parser.add_argument("--tester", type=readable, default="", metavar="ID")
    parser.add_argument("--channel", type=readable, default="")
    parser.add_argument("--confirmed-by", type=readable, default="", metavar="NUMBER")
    parser.add_argument("--note", type=free_text, default="", metavar="TEXT")


def run_test(home: Home, args: argparse.Namespace) -> int:
    """Record a test; anybody who works here may."""
    if args.ohm is not None:
        vouched(home, args.badge, args.confirmed_by)
    with home.store.writing() as tx:
        rules = home.rules(tx)
        person, piece = tx.person_by_badge(args.badge), tx.piece(args.id)
        if person is None:
            raise CommandFailedError("feedback.badge_unknown", badge=args.badge)
        if piece is None:
            raise CommandFailedError("feedback.equipment_unknown", piece=args.id)
        session = Session(person_id=person.id)
        if args.ohm is None:
            told = record_tried(tx, session, piece, args.note, rules, passed=args.passed)
        else:
            told = _measured(tx, session, piece, args, rules)
    text = say_feedback(words_of(), told.feedback)
    refused = told.feedback.tone is Tone.REFUSED
    if args.json or not refused:
        answer(bench_event(told.entry), as_json=args.json, text=text)
    if refused:  # it is on record
        speak(text)
    return 1 if refused else 0


def _measured(
    tx: Transaction, session: Session, piece: Equipment, args: argparse.Namespace, rules: Rules
) -> Judged:
    """A value that somebody read off a tester's display."""
    channel = args.channel or next(iter(channels_of(piece, rules.policy.esd_tests)), "")
    around = Circumstances(source=Source.MANUAL, confirmed_by=args.confirmed_by)
    ohm: int | None = args.ohm.ohm
    measurement = Measurement(channel, ohm, over_range=ohm is None, around=around)
    tester = _tester(tx, args.tester)
    raw = f"{channel} {'OL' if ohm is None else ohm}".encode()
    frame = Frame(tester.id, DeviceRole.ESD_TESTER, raw, rules.now, 1)
    return record_measured(tx, session, piece, Taken(measurement, frame, tester=tester), rules)


def _tester(reader: Reader, equipment_id: str) -> Tester:
    """The tester that was measured with: the one that is named, else the only one.

    Raises:
        CommandFailedError: It is none, or it is not told which of several.
    """
    testers = [
        one
        for one in reader.equipment()
        if one.kind == EquipmentKind.ESD_TESTER
        and one.state in IN_SERVICE
        and (not equipment_id or one.id == equipment_id)
    ]
    if len(testers) != 1 and not equipment_id:
        known = ", ".join(one.id for one in testers) or "—"
        raise CommandFailedError("cli.which_tester", known=known)
    if not testers:
        raise CommandFailedError("cli.no_such_tester", tester=equipment_id)
    (one,) = testers
    return Tester(one.id, one.name, one.serial, one.calibration_due)
