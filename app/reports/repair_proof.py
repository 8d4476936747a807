"""The end of the repair report: who vouches for it, and how anybody can check it."""

from app.reports.codes import qr_modules
from app.reports.flow import GUTTER, INNER, LEFT, RIGHT, Fact, Flow
from app.reports.lines import LABEL, MISSING, Run
from app.reports.page import INK, MM, Box, Style
from app.reports.wording import Wording
from app.services.report_model import JournalMark, RepairReport

SIDE = 34 * MM
"""Of the QR code: modules of 0.7 mm, which a scanner reads at arm's length."""
QUIET_ZONE = 4
"""Modules of white that a QR code needs around it (ISO/IEC 18004)."""
FINE = Style(7.4)
CODE = Style(6.8)
"""The printed code is 110 to 126 characters long and stands on one line, to be copied."""


def signature(flow: Flow, report: RepairReport, words: Wording) -> None:
    """The signature by badge, or lines to sign on by hand."""
    flow.heading(words.say("signature"), follow=90)
    signed = report.signature
    if signed is None:
        flow.paragraph([Run(words.say("signature.none"), MISSING)])
        _lines(flow, words)
        return
    flow.facts(
        (
            Fact(words.say("signature.by"), [words.actor(signed.actor)]),
            Fact(words.say("signature.at"), [Run(words.instant(signed.at))], span=2),
            Fact(words.say("signature.covers"), [words.value(signed.content_hash, FINE)], span=3),
        )
    )
    if not signed.found:
        flow.paragraph([Run(words.say("signature.unfounded"), MISSING)])
    elif signed.later:
        later = words.texts.count("report.signature.later", signed.later)
        flow.paragraph([Run(later, MISSING)])


def _lines(flow: Flow, words: Wording) -> None:
    """Three lines for a pen."""
    flow.keep(48)
    flow.gap(30)
    width = (INNER - 2 * GUTTER) / 3
    for place, key in enumerate(("name", "print", "date")):
        left = LEFT + place * (width + GUTTER)
        flow.put(Box(left, flow.y, width, 0, stroke=INK))
        flow.text(left, flow.y + 9, words.say(f"signature.line.{key}"), LABEL)
    flow.gap(14)


def proof(flow: Flow, report: RepairReport, words: Wording) -> None:
    """The newest entry covered: as a code, in letters, and the command that checks both."""
    proof_of(flow, report.mark, words)


def proof_of(flow: Flow, mark: JournalMark, words: Wording) -> None:
    """An entry of the journal: as a code, in letters, and the command that checks both."""
    flow.heading(words.say("proof"), follow=SIDE + 44)
    top = flow.y
    modules = qr_modules(mark.code)
    quiet = SIDE / len(modules) * QUIET_ZONE
    flow.code(RIGHT - SIDE, top + 2, SIDE, modules)
    room = INNER - SIDE - quiet - GUTTER
    for key, text in (
        ("proof.bench", str(mark.bench_id)),
        ("proof.entry", str(mark.seq)),
        ("proof.hash", mark.hash),
    ):
        flow.paragraph([Run(words.say(key), LABEL), Run(text, FINE)], width=room)
    flow.paragraph([Run(words.say("proof.how"), LABEL)], width=room)
    flow.y = max(flow.y, top + SIDE + quiet)
    flow.paragraph([Run("repair-bench journal verify --code", FINE), Run(mark.code, CODE)])
