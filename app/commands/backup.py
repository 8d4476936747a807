"""``backup FILE``: an encrypted, verified copy of the store."""

from collections.abc import Sequence
from pathlib import Path

from app.commands.console import answer, parser_of, words_of
from app.commands.homes import opened


def run(words: Sequence[str]) -> int:
    """Write the copy; it opens with this bench's key."""
    parser = parser_of("backup")
    parser.add_argument("file", type=Path, metavar="FILE")
    args = parser.parse_args(words)
    with opened() as home:
        home.store.back_up(args.file)
    text = words_of().say("cli.backed_up", path=args.file)
    answer({"path": str(args.file), "verified": True}, as_json=args.json, text=text)
    return 0
