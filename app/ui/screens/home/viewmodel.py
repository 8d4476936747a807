"""What the home screen shows: a product with every reason of its verdict, or the open repairs."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.identifiers import device_serial
from app.domain.labels import LabelBodyError, LabelKind, label_text
from app.domain.policy import Severity
from app.domain.products import Asset, Ownership
from app.domain.repairs import Repair
from app.domain.verdicts import Finding, Verdict
from app.services.saying import say_finding
from app.services.views import BenchView, ProductCard
from app.ui.shell.rows import Prompt
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.colours import Level
from app.ui.wording import Wording, or_dash, shown

_VERDICTS: Final = {
    Verdict.ALLOWED: (Level.OK, "accepted"),
    Verdict.WARNING: (Level.ATTENTION, "warning"),
    Verdict.BLOCKED: (Level.STOP, "refused"),
}
_SEVERITIES: Final = {
    Severity.WARN: (Level.ATTENTION, "warning"),
    Severity.BLOCK: (Level.STOP, "refused"),
}
_COLUMNS: Final = ("number", "serial", "symptom", "step", "opened")


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule's word: its fill, its shape, the programme's point, the sentence."""

    level: Level
    icon: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ProductRows:
    """The product that was scanned."""

    model: str
    serial: str
    level: Level
    icon: str
    verdict: str
    reasons: tuple[Reason, ...]
    no_reasons: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HomeRows:
    """The home screen; ``product`` None while nothing is shown."""

    prompt: Prompt
    product: ProductRows | None
    jobs: TableRows


def home_rows(view: BenchView, wording: Wording, now: datetime) -> HomeRows:
    """The rows of the screen."""
    return HomeRows(
        prompt=_prompt(view.product, wording),
        product=product_rows(view.product, wording) if view.product is not None else None,
        jobs=jobs_table(view.open_repairs, wording, now),
    )


def _prompt(card: ProductCard | None, wording: Wording) -> Prompt:
    if card is None:
        return Prompt("barcode", wording.say("home.prompt"), wording.say("home.detail"))
    if card.verdict is Verdict.BLOCKED:
        return Prompt(
            "refused",
            wording.say("home.prompt.blocked"),
            wording.say("home.detail.blocked"),
            Level.STOP,
        )
    return Prompt("folder-plus", wording.say("home.prompt.open"), wording.say("home.detail.open"))


def product_rows(card: ProductCard, wording: Wording) -> ProductRows:
    """A product with every reason of its verdict."""
    level, icon = _VERDICTS[card.verdict]
    asset = card.asset
    return ProductRows(
        model=_model(asset, wording) if asset is not None else wording.say("product.unknown"),
        serial=shown(asset.serial if asset is not None else card.identifier),
        level=level,
        icon=icon,
        verdict=wording.say(f"verdict.{card.verdict.value}"),
        reasons=tuple(_reason(one, wording) for one in card.findings),
        no_reasons=wording.say("product.no_reasons"),
        facts=_facts(asset, wording) if asset is not None else (),
    )


def _model(asset: Asset, wording: Wording) -> str:
    """The model, with the serial that an old label still says."""
    serials = (one.value for one in asset.former if device_serial(one.value) is not None)
    former = next(serials, None)
    model = shown(asset.model)
    return model if former is None else wording.say("product.formerly", model=model, serial=former)


def _reason(finding: Finding, wording: Wording) -> Reason:
    level, icon = _SEVERITIES[finding.severity]
    fields = tuple((name, shown(value)) for name, value in finding.fields)
    lifted = finding.lifted
    if lifted is not None:
        who, why = shown(lifted.lead_name), shown(lifted.reason)
        lifted = replace(lifted, lead_name=who, reason=why)
    sentence = say_finding(wording.texts, replace(finding, fields=fields, lifted=lifted))
    return Reason(level, icon, finding.rule, sentence)


def _facts(asset: Asset, wording: Wording) -> tuple[tuple[str, str], ...]:
    held_by = (asset.holder, asset.department)
    return (
        (wording.say("product.ownership"), _ownership(asset, wording)),
        (wording.say("product.holder"), or_dash(", ".join(filter(None, held_by)))),
        (wording.say("product.tag"), or_dash(asset.tag)),
        (wording.say("product.coverage"), _coverage(asset, wording)),
        (wording.say("product.proof"), or_dash(proof_of(asset))),
        (wording.say("product.find_my"), wording.say(f"find_my.{asset.find_my.value}")),
    )


def proof_of(asset: Asset) -> str:
    """What proves that the organisation holds a product, in a few words; empty for nothing."""
    bought = asset.purchase
    day = bought.bought_on.isoformat() if bought.bought_on is not None else ""
    words = (bought.order or bought.document, bought.seller, day) if bought.is_proven else ()
    return asset.proof or ", ".join(filter(None, words))


def _ownership(asset: Asset, wording: Wording) -> str:
    word = wording.say(f"ownership.{asset.ownership.value}")
    if asset.ownership is not Ownership.LEASED or not asset.lessor:
        return word
    return wording.say(
        "ownership.leased.of", lessor=asset.lessor, until=wording.day(asset.leased_until)
    )


def _coverage(asset: Asset, wording: Wording) -> str:
    if not asset.coverages:
        return wording.say("product.coverage.unknown")
    return " · ".join(
        wording.say(
            "product.coverage.one",
            issuer=wording.word("issuer", one.issuer),
            kind=wording.word("coverage", one.kind),
            until=wording.day(one.ends),
        )
        for one in asset.coverages
    )


def jobs_table(repairs: tuple[Repair, ...], wording: Wording, now: datetime) -> TableRows:
    """Every open repair, oldest first; pressing a row is scanning the repair's tag."""
    return TableRows(
        title=wording.say("jobs.title"),
        headers=tuple(wording.say(f"jobs.{name}") for name in _COLUMNS),
        rows=tuple(_job(repair, wording, now) for repair in repairs),
        keys=tuple(_tag(repair) for repair in repairs),
        empty=wording.say("jobs.empty"),
        widths=(17, 22, 25, 19, 17),
    )


def _job(repair: Repair, wording: Wording, now: datetime) -> tuple[Cell, ...]:
    step = wording.say(f"step.{repair.step.value}")
    return (
        Cell(or_dash(repair.number)),
        Cell(or_dash(repair.serial)),
        Cell(wording.word("symptom", repair.symptom)),
        Cell(wording.count("conflicts", len(repair.conflicts)), Level.ATTENTION, "warning")
        if repair.conflicts
        else Cell(step),
        _received(repair.opened_at, wording, now),
    )


def _tag(repair: Repair) -> str:
    """The repair's tag as scanned; empty for one whose opening has not come yet."""
    try:
        return label_text(LabelKind.REPAIR_TAG, repair.number)
    except LabelBodyError:
        return ""


def _received(at: datetime, wording: Wording, now: datetime) -> Cell:
    day = wording.local_day(at)
    if day == wording.local_day(now):
        return Cell(wording.clock(at))
    return Cell(wording.day(day), note=wording.clock(at))
