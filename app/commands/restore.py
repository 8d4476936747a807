"""``restore FILE``: put a backup in place; the bench gets a new identity and loses nothing."""

from collections.abc import Sequence
from pathlib import Path

from app import bootstrap
from app.commands.console import answer, parser_of, words_of
from app.commands.homes import passphrase, settings_here


def run(words: Sequence[str]) -> int:
    """Restore; what was there before is kept beside it."""
    parser = parser_of("restore")
    parser.add_argument("file", type=Path, metavar="FILE")
    args = parser.parse_args(words)
    settings = settings_here()
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with bootstrap.held(settings):
        restored = bootstrap.restore(settings, args.file, passphrase)
    document = {
        "path": str(args.file),
        "bench_id": str(restored.bench_id),
        "entries": restored.entries,
        "aside": str(restored.replaced) if restored.replaced is not None else None,
    }
    key = "cli.restored" if restored.replaced is not None else "cli.restored_anew"
    text = words_of().say(key, path=args.file, aside=restored.replaced)
    answer(document, as_json=args.json, text=text)
    return 0
