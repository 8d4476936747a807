"""``register``: products are searched and counted, and a lead changes one, at the command line."""

from collections.abc import Sequence

from app.commands.console import answer, parser_of, readable, words_of
from app.commands.homes import opened
from app.commands.register_changing import RUNS, changing_options
from app.domain.products import Asset, Family
from app.services.register_queries import RegisterPage, RegisterQuery


def run(words: Sequence[str]) -> int:
    """Search, count, or change a product."""
    parser = parser_of("register")
    actions = parser.add_subparsers(dest="action", required=True)
    for name in ("search", "count"):
        action = actions.add_parser(name)
        action.add_argument("--json", action="store_true", default=False)
        action.add_argument("--family", choices=[one.value for one in Family])
        if name == "search":
            action.add_argument("text", type=readable, metavar="TEXT")
            action.add_argument("--limit", type=int, default=20, metavar="N")
    for name in RUNS:
        changing_options(actions.add_parser(name), name)
    args = parser.parse_args(words)
    if args.action in RUNS:
        with opened(args.badge) as home:
            return RUNS[args.action](home, args)
    text = args.text.strip() if args.action == "search" else ""
    if args.action == "search" and not text:
        parser.error(words_of().say("register.no_text"))
    with opened() as home, home.store.reading() as reader:
        limit = max(0, args.limit) if text else 0
        family = Family(args.family) if args.family else None
        page = reader.register(RegisterQuery(text, family, limit=limit))
    document: dict[str, object] = {"total": page.total}
    if text:
        document |= {"more": page.is_cut, "products": [_product(one) for one in page.rows]}
    answer(document, as_json=args.json, text=_said(page, text))
    return 0


def _product(one: Asset) -> dict[str, object]:
    return {
        "serial": one.serial,
        "model": one.model,
        "family": one.family.value if one.family is not None else None,
        "holder": one.holder,
        "tag": one.tag,
        "department": one.department,
        "ownership": one.ownership.value,
    }


def _said(page: RegisterPage, text: str) -> str:
    texts = words_of()
    if text and not page.total:
        return texts.say("register.none", text=text)
    lines = [
        texts.say(
            "register.found",
            serial=one.serial,
            model=one.model or "-",
            holder=one.holder or "-",
            tag=one.tag or "-",
        )
        for one in page.rows
    ]
    key = "register.cut" if page.is_cut else "register.total"
    return "\n".join([*lines, texts.say(key, count=page.total)])
