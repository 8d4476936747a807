"""``asset ID``: what a scan of ID would show, who may repair it, and under what coverage."""

from collections.abc import Sequence
from datetime import date

from app.commands.console import answer, parser_of, readable, words_of
from app.commands.documents import product_document
from app.commands.homes import opened
from app.domain import barcodes
from app.domain.people import Person
from app.domain.products import Asset
from app.domain.verdicts import qualified
from app.services.opening import product_card
from app.services.ports import Reader
from app.services.saying import say_finding
from app.services.session import Rules


def run(words: Sequence[str]) -> int:
    """Show a product, its verdict and every reason."""
    parser = parser_of("asset")
    parser.add_argument("id", type=readable, metavar="ID")
    args = parser.parse_args(words)
    texts = words_of()
    with opened() as home, home.store.reading() as reader:
        values = [one.value for one in barcodes.read(args.id.encode()).candidates]
        known = next((value for value in values if reader.asset(value) is not None), values[0])
        rules = home.rules(reader)
        card = product_card(reader, known, rules)
        technicians = _technicians(reader, card.asset, rules)
    name = card.asset.model if card.asset is not None else known
    lines = [f"{name}: {texts.say(f'verdict.{card.verdict.value}')}"]
    lines += [f"  {one.rule} {say_finding(texts, one)}" for one in card.findings]
    if card.asset is not None:
        names = ", ".join(one.name for one in technicians)
        key = "asset.technicians" if technicians else "asset.no_technicians"
        lines.append(f"  P6 {texts.say(key, names=names)}")
    document = {
        **product_document(card, texts),
        "technicians": [{"id": one.id, "name": one.name} for one in technicians],
        "coverages": _coverages(card.asset, rules.today),
    }
    answer(document, as_json=args.json, text="\n".join(lines))
    return 0


def _technicians(reader: Reader, asset: Asset | None, rules: Rules) -> tuple[Person, ...]:
    """Who is certified for the product today; nobody for one of no family."""
    if asset is None or asset.family is None:
        return ()
    return qualified(reader.people(), asset.family, rules.policy, rules.today)


def _coverages(asset: Asset | None, today: date) -> list[dict[str, object]]:
    """Every coverage on record, and whether it holds today."""
    return [
        {
            "issuer": one.issuer,
            "kind": one.kind,
            "status": one.status.value,
            "starts": one.starts.isoformat() if one.starts is not None else None,
            "ends": one.ends.isoformat() if one.ends is not None else None,
            "source": one.source,
            "checked_on": one.checked_on.isoformat() if one.checked_on is not None else None,
            "active": one.active_on(today),
        }
        for one in (asset.coverages if asset is not None else ())
    ]
