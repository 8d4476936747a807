"""``repair diagnostics``: the diagnostic results on a repair, and a file of them onto it."""

import argparse
from pathlib import Path

from app.bootstrap import Home
from app.commands.console import CommandFailedError, answer, readable
from app.commands.results import recorded_told, refusal_of, results_of, run_lines
from app.domain.repairs import Repair
from app.services.diagnosing import import_results, runs_of
from app.services.saying import say_feedback, say_way_on
from app.services.views import Tone
from app.texts import Texts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``repair diagnostics``; a file needs somebody who brings it."""
    parser.add_argument("number", type=readable, metavar="NUMBER")
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
    parser.add_argument("--badge", type=readable, metavar="NUMBER")


def bring(home: Home, repair: Repair, args: argparse.Namespace, texts: Texts) -> int:
    """Record a file on a repair where one is named, and tell what is on record."""
    said = _recorded(home, repair, args, texts) if args.file is not None else ""
    with home.store.reading() as reader:
        runs = runs_of(reader, repair)
    document = {
        "repair": repair.number,
        "serial": repair.serial,
        "runs": [recorded_told(one) for one in runs],
    }
    lines = [said] if said else []
    for one in runs:
        stage = texts.say(f"report.diagnostics.stage.{one.stage.value}")
        head, *found = run_lines(one.run, texts)
        lines += [f"{stage}: {head}", *found]
    text = "\n".join(lines) or texts.say("report.diagnostics.none")
    answer(document, as_json=args.json, text=text)
    return 0


def _recorded(home: Home, repair: Repair, args: argparse.Namespace, texts: Texts) -> str:
    """Record a file; what the bench says to it.

    Raises:
        CommandFailedError: Nobody has that badge, or the file is refused.
    """
    results = results_of(args.file, texts)
    with home.store.writing() as tx:
        person = tx.person_by_badge(args.badge)
        if person is None:
            raise CommandFailedError("feedback.badge_unknown", badge=args.badge)
        imported = import_results(tx, repair, results, f"person:{person.id}")
    if imported.feedback.tone is Tone.REFUSED:
        raise refusal_of(imported.feedback, texts)
    said = f"{say_feedback(texts, imported.feedback)} {say_way_on(texts, imported.feedback)}"
    return said.strip()
