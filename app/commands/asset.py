"""``asset ID``: what a scan of ID would show."""

from collections.abc import Sequence

from app.commands.console import answer, parser_of, readable, words_of
from app.commands.documents import product_document
from app.commands.homes import opened
from app.domain import barcodes
from app.services.opening import product_card
from app.services.saying import say_finding


def run(words: Sequence[str]) -> int:
    """Show a product, its verdict and every reason."""
    parser = parser_of("asset")
    parser.add_argument("id", type=readable, metavar="ID")
    args = parser.parse_args(words)
    texts = words_of()
    with opened() as home, home.store.reading() as reader:
        values = [one.value for one in barcodes.read(args.id.encode()).candidates]
        known = next((value for value in values if reader.asset(value) is not None), values[0])
        card = product_card(reader, known, home.rules(reader))
    name = card.asset.model if card.asset is not None else known
    lines = [f"{name}: {texts.say(f'verdict.{card.verdict.value}')}"]
    lines += [f"  {one.rule} {say_finding(texts, one)}" for one in card.findings]
    answer(product_document(card, texts), as_json=args.json, text="\n".join(lines))
    return 0
