"""``enrol URL CODE``: join an account service with a one-time code."""

import socket
from collections.abc import Sequence

from app import bootstrap
from app.commands.console import answer, parser_of, words_of
from app.commands.homes import opened


def run(words: Sequence[str]) -> int:
    """Trade the code for a token, which goes to where this bench keeps its secrets."""
    parser = parser_of("enrol")
    parser.add_argument("url", metavar="URL")
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("--name", default=socket.gethostname(), metavar="NAME")
    args = parser.parse_args(words)
    with opened() as home:
        credentials = bootstrap.enrol(home.store, args.url, args.code, args.name)
    document = {"url": credentials.url, "organisation": credentials.organisation_name}
    text = words_of().say("cli.enrolled", organisation=credentials.organisation_name)
    answer(document, as_json=args.json, text=text)
    return 0
