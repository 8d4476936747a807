"""``restore FILE``: put a backup in place; the bench gets a new identity and loses nothing."""

from collections.abc import Sequence
from pathlib import Path

from app import bootstrap
from app.commands.console import answer, parser_of, words_of
from app.commands.homes import homed_settings, passphrase


def run(words: Sequence[str]) -> int:
    """Restore; what was there before is kept beside it."""
    parser = parser_of("restore")
    parser.add_argument("file", type=Path, metavar="FILE")
    args = parser.parse_args(words)
    settings = homed_settings()
    with bootstrap.held(settings):
        restored = bootstrap.restore(settings, args.file, passphrase)
    document = {
        "path": str(args.file),
        "bench_id": str(restored.bench_id),
        "entries": restored.entries,
        "aside": str(restored.replaced),
    }
    text = words_of().say("cli.restored", path=args.file, aside=restored.replaced)
    answer(document, as_json=args.json, text=text)
    return 0
