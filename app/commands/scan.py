"""``scan``: what the bytes of a barcode mean, recorded nowhere."""

import os
from collections.abc import Sequence

from app.commands.console import answer, parser_of, readable, words_of
from app.domain import barcodes


def run(words: Sequence[str]) -> int:
    """Tell what a text or bytes mean."""
    parser = parser_of("scan")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("text", nargs="?", metavar="TEXT")
    source.add_argument("--hex", metavar="BYTES")
    parser.add_argument("--aim", metavar="ID")
    args = parser.parse_args(words)
    if args.hex is not None:
        try:
            raw = bytes.fromhex(args.hex)
        except ValueError:
            parser.error(words_of().say("cli.wrong.hex", value=readable(args.hex)))
    else:
        raw = os.fsencode(args.text)  # the bytes as the shell gave them
    reading = barcodes.read(raw, args.aim)
    # always one JSON document: the meaning of bytes has no other form
    answer(barcodes.as_json(reading), as_json=True, text="")
    return 0
