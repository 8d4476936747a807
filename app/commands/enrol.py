"""``enrol URL CODE``: join an account service with a one-time code."""

import socket
from collections.abc import Sequence

from app import bootstrap
from app.commands.console import answer, parser_of, words_of
from app.commands.homes import opened
from app.sync.credentials import sign_out


def run(words: Sequence[str]) -> int:
    """Trade the code for a token, which goes to where this bench keeps its secrets.

    With a new identity the bench leaves its old one to whoever else writes under it, and sends
    under the new one what the service never had. Where the enrolment then fails it stays signed out
    and loses nothing.
    """
    parser = parser_of("enrol")
    parser.add_argument("url", metavar="URL")
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("--name", default=socket.gethostname(), metavar="NAME")
    parser.add_argument(
        "--new-identity", action="store_true", help=words_of().say("cli.new_identity")
    )
    args = parser.parse_args(words)
    with opened() as home:
        if args.new_identity:
            sign_out(home.store.vault)
            home.store.new_identity()
        credentials = bootstrap.enrol(home.store, args.url, args.code, args.name)
        bench = str(home.store.bench_id)
    document = {
        "url": credentials.url,
        "organisation": credentials.organisation_name,
        "bench": bench,
    }
    text = words_of().say("cli.enrolled", organisation=credentials.organisation_name)
    answer(document, as_json=args.json, text=text)
    return 0
