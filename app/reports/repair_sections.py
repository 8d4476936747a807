"""The sections of the repair report, each drawn from its rows of the model."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.domain.esd import EsdVerdict
from app.domain.people import Certification
from app.domain.products import Asset, Coverage, Ownership
from app.reports.flow import Fact, Flow
from app.reports.lines import BAD, BODY, DOUBT, GOOD, LABEL, MISSING, STRONG, Run
from app.reports.wording import Wording
from app.services.report_model import (
    ConflictLine,
    EsdLine,
    FindingLine,
    PartLine,
    RepairReport,
    UnguardedWork,
    WorkerLine,
)


def conflicts(flow: Flow, report: RepairReport, words: Wording) -> None:
    """What contradicts, at the front of the report; nothing where nothing does."""
    if not report.conflicts:
        return
    flow.heading(words.say("conflicts"))
    flow.paragraph([Run(words.say("conflicts.lead"), STRONG)])
    flow.gap(2)
    flow.grid(
        (
            (words.say("conflicts.what"), 0.37),
            (words.say("conflicts.when"), 0.29),
            (words.say("conflicts.entry"), 0.34),
        ),
        (_conflict(one, words) for one in report.conflicts),
    )


def _conflict(line: ConflictLine, words: Wording) -> Sequence[Sequence[Run]]:
    when = words.missing("not_on_record") if line.at is None else Run(words.instant(line.at))
    return (
        [Run(words.named("conflict", line.code), STRONG)],
        [when, words.actor(line.actor)],
        [words.value(line.kind), Run(line.entry_id, LABEL)],
    )


def product(flow: Flow, report: RepairReport, words: Wording) -> None:
    """What was repaired."""
    flow.heading(words.say("product"))
    serial = Fact(words.say("product.serial"), [words.value(report.serial, STRONG)])
    former = [Run(one) for one in report.former]
    before = (Fact(words.say("product.former"), former, span=3),) if former else ()
    asset = report.product
    if asset is None:
        flow.facts((serial, *before))
        flow.paragraph([Run(words.say("product.unknown"), MISSING)])
        return
    family = words.named("family", asset.family.value if asset.family else "none")
    imeis = [Run(imei) for imei in asset.imeis] or [Run(words.say("product.imei.none"))]
    flow.facts(
        (
            serial,
            Fact(words.say("product.model"), [words.value(asset.model)]),
            Fact(words.say("product.family"), [Run(family)]),
            Fact(words.say("product.maker"), [words.value(words.named("maker", asset.maker))]),
            Fact(words.say("product.tag"), [words.value(asset.tag)]),
            Fact(words.say("product.holder"), [words.value(asset.holder)]),
            Fact(words.say("product.imei"), imeis, span=3),
            *before,
        )
    )


def ownership(flow: Flow, report: RepairReport, words: Wording) -> None:
    """How the organisation holds the product (P1), its proof, and every coverage (P3)."""
    flow.heading(words.say("ownership"))
    asset = report.product
    if asset is None:
        flow.paragraph([words.missing("not_on_record")])
        return
    flow.facts(_held(asset, words))
    if not asset.coverages:
        flow.paragraph([Run(words.say("coverage.none"), MISSING)])
        return
    flow.grid(
        (
            (words.say("coverage.issuer"), 0.16),
            (words.say("coverage.kind"), 0.24),
            (words.say("coverage.from"), 0.13),
            (words.say("coverage.to"), 0.13),
            (words.say("coverage.source"), 0.2),
            (words.say("coverage.checked"), 0.14),
        ),
        (_coverage(one, words) for one in asset.coverages),
    )


def _held(asset: Asset, words: Wording) -> list[Fact]:
    style = BODY if asset.ownership in {Ownership.OWNED, Ownership.LEASED} else MISSING
    held = Run(words.named("ownership", asset.ownership.value), style)
    proof = Fact(words.say("ownership.proof"), [words.value(asset.proof)], span=2)
    facts = [Fact(words.say("ownership.held"), [held]), proof]
    if asset.ownership is Ownership.LEASED:
        until = words.value(words.day(asset.leased_until))
        facts += [
            Fact(words.say("ownership.lessor"), [words.value(asset.lessor)]),
            Fact(words.say("ownership.until"), [until]),
        ]
    return facts


def _coverage(coverage: Coverage, words: Wording) -> Sequence[Sequence[Run]]:
    return (
        [words.value(words.named("maker", coverage.issuer))],
        [words.value(words.named("coverage", coverage.kind))],
        [words.value(words.day(coverage.starts))],
        [words.value(words.day(coverage.ends))],
        [words.value(coverage.source)],
        [words.value(words.day(coverage.checked_on))],
    )


def fault(flow: Flow, report: RepairReport, words: Wording) -> None:
    """What was reported and what was found."""
    flow.heading(words.say("fault"))
    key = f"symptom.{report.symptom}"
    known = bool(report.symptom) and words.texts.has(key)
    symptom = words.texts.say(key) if known else report.symptom
    flow.facts(
        (
            Fact(words.say("fault.symptom"), [words.value(symptom)]),
            Fact(words.say("fault.diagnosis"), [words.value(report.diagnosis)], span=2),
        )
    )


def steps(flow: Flow, report: RepairReport, words: Wording) -> None:
    """Every step with its time."""
    flow.heading(words.say("steps"))
    if not report.steps:
        flow.paragraph([Run(words.say("steps.none"), MISSING)])
        return
    flow.grid(
        (
            (words.say("steps.time"), 0.32),
            (words.say("steps.step"), 0.25),
            (words.say("steps.gsx"), 0.13),
            (words.say("steps.by"), 0.3),
        ),
        (
            (
                [Run(words.instant(one.at))],
                [Run(words.named("step", one.step), STRONG)],
                [Run(one.gsx or words.say("gsx.none"), STRONG if one.gsx else LABEL)],
                [words.actor(one.actor)],
            )
            for one in report.steps
        ),
    )


def parts(flow: Flow, report: RepairReport, words: Wording) -> None:
    """What was put in and taken out, and where it was bought (P4)."""
    flow.heading(words.say("parts"))
    if not report.parts:
        flow.paragraph([Run(words.say("parts.none"))])
        return
    flow.paragraph([Run(words.say("parts.legend"), LABEL)])
    flow.grid(
        (
            (words.say("parts.part"), 0.25),
            (words.say("parts.serials"), 0.28),
            (words.say("parts.purchase"), 0.25),
            (words.say("parts.fitted"), 0.22),
        ),
        (_part(one, words) for one in report.parts),
    )


def _part(part: PartLine, words: Wording) -> Sequence[Sequence[Run]]:
    source = words.named("source", part.source)
    when = words.missing("not_on_record") if part.at is None else Run(words.instant(part.at))
    return (
        [words.value(part.number, STRONG), words.value(part.name)],
        [
            words.value(part.kgb, label=words.say("parts.kgb")),
            words.value(part.kbb, label=words.say("parts.kbb")),
        ],
        [
            words.value(part.order, label=words.say("parts.order")),
            words.value(part.delivery, label=words.say("parts.delivery")),
            words.value(words.day(part.received_on), label=words.say("parts.received")),
            words.value(source, label=words.say("parts.source")),
        ],
        [when, words.actor(part.actor)],
    )


def esd(flow: Flow, report: RepairReport, words: Wording) -> None:
    """The readings that guarded the work (P8), and the work that none guarded."""
    flow.heading(words.say("esd"))
    record = report.esd
    for one in record.unguarded:
        flow.paragraph([Run(_unguarded(one, words), MISSING)])
    if record.readings:
        flow.grid(
            (
                (words.say("esd.taken"), 0.3),
                (words.say("esd.value"), 0.29),
                (words.say("esd.limits"), 0.205),
                (words.say("esd.tester"), 0.205),
            ),
            (_reading(one, words) for one in record.readings),
        )
    elif record.work:
        flow.paragraph([Run(words.say("esd.none"), MISSING)])
    else:
        flow.paragraph([Run(words.say("esd.no_work"))])


def _unguarded(gap: UnguardedWork, words: Wording) -> str:
    return words.texts.count(
        "report.esd.unguarded",
        gap.count,
        name=words.actor(gap.actor).text,
        first=words.instant(gap.first),
        last=words.instant(gap.last),
        reason=words.named("finding", gap.code),
    )


def _reading(line: EsdLine, words: Wording) -> Sequence[Sequence[Run]]:
    guarded = (
        words.texts.count("report.esd.work", line.guarded)
        if line.guarded
        else words.say("esd.guarded.none")
    )
    limit = words.limit(line.limit) if line.limit else ""
    standard = line.limit.standard if line.limit else ""
    due = words.value(words.day(line.calibration_due), label=words.say("esd.due"))
    return (
        [
            words.actor(line.person),
            Run(words.instant(line.at)),
            Run(words.instant(line.valid_until), label=words.say("esd.until")),
            Run(guarded, label=words.say("esd.guarded")),
        ],
        [
            words.value(words.named("channel", line.channel)),
            _value(line, words),
            _verdict(line.verdict, words, "esd.ours"),
            _verdict(line.tester_verdict, words, "esd.testers"),
            *_seen(line, words),
        ],
        [
            words.value(limit),
            words.value(standard),
        ],
        [
            words.value(line.tester_name or line.tester_id),
            words.value(line.tester_serial, label=words.say("esd.serial")),
            due,
        ],
    )


def _seen(line: EsdLine, words: Wording) -> Iterator[Run]:
    """That a value was typed, who else saw it, and what speaks against the reading."""
    if line.typed:
        yield Run(words.say("esd.typed"), label=words.say("esd.source"))
    if line.confirmed_by is not None:
        yield replace(words.actor(line.confirmed_by), label=words.say("esd.confirmed_by"))
    elif line.typed and not line.doubt:
        yield words.missing("not_on_record", words.say("esd.confirmed_by"))
    if line.doubt:
        yield Run(words.named("doubt", line.doubt), DOUBT, words.say("esd.doubt"))


def _value(line: EsdLine, words: Wording) -> Run:
    if line.over_range:
        return Run(words.say("esd.over"), STRONG)
    if line.under_range:
        return Run(words.say("esd.under"), STRONG)
    if line.ohm is None:
        return words.missing("not_on_record")
    return Run(words.ohms(line.ohm), STRONG)


def _verdict(verdict: EsdVerdict | None, words: Wording, label: str) -> Run:
    if verdict is None:
        return Run(words.say("esd.no_verdict"), label=words.say(label))
    style = {EsdVerdict.PASS: GOOD, EsdVerdict.INVALID: DOUBT}.get(verdict, BAD)
    return Run(words.named("verdict", verdict), style, words.say(label))


def _said(line: FindingLine, words: Wording) -> list[Run]:
    """The rule's word; who answers for it, where a lead does."""
    said = [words.value(words.named("finding", line.code))]
    if line.overridden_by:
        fields = {"person": line.overridden_by, "reason": line.reason}
        said.append(Run(words.say("findings.overridden", **fields), LABEL))
    return said


def findings(flow: Flow, report: RepairReport, words: Wording) -> None:
    """What the rules said when the repair was opened, and by which edition."""
    flow.heading(words.say("findings"))
    if report.findings is None:
        flow.paragraph([Run(words.say("findings.missing"), MISSING)])
    elif not report.findings:
        flow.paragraph([Run(words.say("findings.none"))])
    else:
        flow.grid(
            (
                (words.say("findings.rule"), 0.1),
                (words.say("findings.severity"), 0.15),
                (words.say("findings.says"), 0.75),
            ),
            (
                (
                    [words.value(one.rule, STRONG)],
                    [words.value(words.named("severity", one.severity))],
                    _said(one, words),
                )
                for one in report.findings
            ),
        )
    if report.policy_edition:
        said = words.say("findings.policy", edition=_edition(report.policy_edition))
        flow.paragraph([Run(said, LABEL)])
    else:
        said = words.say("findings.policy.missing", now=_edition(report.policy_now))
        flow.paragraph([Run(said, MISSING)])


def _edition(told: str) -> str:
    """Region and edition: the region in capitals, as it is written everywhere else."""
    region, blank, edition = told.partition(" ")
    return f"{region.upper()}{blank}{edition}"


def notes(flow: Flow, report: RepairReport, words: Wording) -> None:
    """What people wrote."""
    flow.heading(words.say("notes"))
    if not report.notes:
        flow.paragraph([Run(words.say("notes.none"))])
        return
    flow.grid(
        ((words.say("notes.time"), 0.28), (words.say("notes.text"), 0.72)),
        (
            ([Run(words.instant(one.at)), words.actor(one.actor)], [words.value(one.text)])
            for one in report.notes
        ),
    )


def people(flow: Flow, report: RepairReport, words: Wording) -> None:
    """Who worked on it, and what they were certified for (P6)."""
    flow.heading(words.say("people"))
    if not report.workers:
        flow.paragraph([Run(words.say("people.nobody"), MISSING)])
        return
    flow.grid(
        (
            (words.say("people.name"), 0.32),
            (words.say("people.tech_id"), 0.22),
            (words.say("people.certification"), 0.46),
        ),
        (_worker(one, words) for one in report.workers),
    )


def _worker(line: WorkerLine, words: Wording) -> Sequence[Sequence[Run]]:
    who = [words.actor(line.actor)]
    if line.responsible:
        who.append(Run(words.say("people.responsible"), LABEL))
    held = [Run(_certification(one, words)) for one in line.certifications]
    return (who, [words.value(line.tech_id)], held or [words.missing("people.none")])


def _certification(one: Certification, words: Wording) -> str:
    start, end = words.day(one.valid_from), words.day(one.valid_until)
    key = "people.until" if end else "people.open_end"
    return words.say(key, name=one.name, start=start, end=end)
