"""``bench enrol-code|list|revoke``."""

import argparse
import secrets
from datetime import timedelta

from account_service.cli.common import DONE, opened, say, say_json
from account_service.clock import system_clock
from account_service.services import enrolling
from account_service.services.organisations import named


def run_enrol_code(arguments: argparse.Namespace) -> int:
    """Make a one-time code and show it, once."""
    with opened(arguments) as database:
        issued = enrolling.issue_code(
            database,
            named(database, arguments.organisation).organisation_id,
            valid=timedelta(minutes=arguments.valid_minutes),
            now=system_clock(),
            random=secrets.token_bytes,
        )
    if arguments.json:
        say_json({"code": issued.code, "expires_at": issued.expires_at})
    else:
        say(issued.code)
    return DONE


def run_list(arguments: argparse.Namespace) -> int:
    """List an organisation's benches."""
    with opened(arguments) as database:
        benches = enrolling.list_benches(
            database, named(database, arguments.organisation).organisation_id
        )
    if arguments.json:
        shown = [
            {
                "bench_id": bench.bench_id,
                "name": bench.name,
                "enrolled_at": bench.enrolled_at,
                "revoked_at": bench.revoked_at,
                "last_seq": bench.last_seq,
            }
            for bench in benches
        ]
        say_json({"benches": shown})
    else:
        for bench in benches:
            state = "revoked" if bench.revoked_at else "enrolled"
            say(f"{bench.bench_id}  {state:<8}  {bench.last_seq:>9}  {bench.name}")
    return DONE


def run_revoke(arguments: argparse.Namespace) -> int:
    """Shut a bench out."""
    with opened(arguments) as database:
        organisation = named(database, arguments.organisation)
        enrolling.revoke(
            database, organisation.organisation_id, arguments.bench.lower(), system_clock()
        )
    return DONE
