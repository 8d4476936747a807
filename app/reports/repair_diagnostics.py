"""The diagnostic results of the repair report: what was found before and after the work (P7)."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from app.domain.diagnostics.run import Answer, DiagnosticsRun, Outcome, Source
from app.reports.flow import Flow
from app.reports.lines import BAD, BODY, DOUBT, GOOD, LABEL, MISSING, STRONG, Run
from app.reports.page import Style
from app.reports.wording import Wording
from app.services.report_model import RepairReport, RunLine

_STYLES: Final[Mapping[Outcome, Style]] = MappingProxyType(
    {Outcome.NO_ISSUE: GOOD, Outcome.FAULT: BAD, Outcome.SAFETY: BAD}
)
_SHOWN_DIGITS: Final = 16


def diagnostics(flow: Flow, report: RepairReport, words: Wording) -> None:
    """Every run of a diagnostic tool, with what it did not tell."""
    flow.heading(words.say("diagnostics"))
    if not report.runs:
        flow.paragraph([Run(words.say("diagnostics.none"), MISSING)])
        return
    flow.grid(
        (
            (words.say("diagnostics.when"), 0.3),
            (words.say("diagnostics.tool"), 0.3),
            (words.say("diagnostics.found"), 0.4),
        ),
        (_line(one, words) for one in report.runs),
    )


def _line(line: RunLine, words: Wording) -> Sequence[Sequence[Run]]:
    run = line.run
    when = [
        Run(words.named("diagnostics.stage", line.stage.value), STRONG),
        Run(words.instant(line.at)),
        words.actor(line.actor),
    ]
    if line.overtaken:
        when.append(Run(words.say("diagnostics.overtaken"), MISSING))
    tool = [Run(_word(words, "source", run.source.value))]
    if run.source is not Source.APPLE_DIAGNOSTICS:
        tool += [
            _told(words, run.device.model, words.say("diagnostics.model")),
            _told(words, run.device.system, words.say("diagnostics.system")),
        ]
    if line.sha256:
        short = line.sha256[:_SHOWN_DIGITS]
        tool.append(Run(short, LABEL, words.say("diagnostics.file")))
    found = _codes(run, words) if run.source is Source.APPLE_DIAGNOSTICS else _state(run, words)
    return (when, tool, list(found))


def _codes(run: DiagnosticsRun, words: Wording) -> Iterator[Run]:
    for one in run.codes:
        component = _word(words, "component", one.component)
        said = f"{component}: {_word(words, 'outcome', one.outcome.value)}"
        yield Run(said, _STYLES.get(one.outcome, DOUBT), one.code)
    if run.unread:
        yield Run(words.texts.count("report.diagnostics.unread", run.unread), MISSING)


def _state(run: DiagnosticsRun, words: Wording) -> Iterator[Run]:
    """The battery, the drives and the lock; what the tool did not tell is said to be unknown."""
    battery = run.battery
    name = words.say("diagnostics.battery")
    if battery.present is Answer.NO:
        yield Run(words.say("diagnostics.battery.none"), label=name)
    else:
        yield _outcome(words, battery.health, name)
        percent = battery.capacity_percent
        share = None if percent is None else f"{percent}\N{NO-BREAK SPACE}%"
        yield _told(words, share, words.say("diagnostics.capacity"))
        cycles = None if battery.cycles is None else str(battery.cycles)
        yield _told(words, cycles, words.say("diagnostics.cycles"))
    if run.source is Source.SYSTEM_PROFILER:
        for health in [one.health for one in run.disks] or [Outcome.UNKNOWN]:
            yield _outcome(words, health, words.say("diagnostics.storage"))
        lock = run.device.locked
        style = MISSING if lock is Answer.UNKNOWN else BODY
        yield Run(_word(words, "answer", lock.value), style, words.say("diagnostics.lock"))


def _outcome(words: Wording, outcome: Outcome, label: str) -> Run:
    if outcome is Outcome.UNKNOWN:
        return _told(words, None, label)
    return Run(_word(words, "outcome", outcome.value), _STYLES.get(outcome, DOUBT), label)


def _told(words: Wording, value: str | None, label: str) -> Run:
    """A value, or in words that it is unknown."""
    return words.missing("diagnostics.unknown", label) if value is None else Run(value, label=label)


def _word(words: Wording, group: str, code: str) -> str:
    """The word for a code; a code of a newer bench without a word stands as it is."""
    key = f"diagnostics.{group}.{code}"
    return words.texts.say(key) if words.texts.has(key) else code
