"""The command ``account-service``: arguments in, an exit code out."""

import sys
from collections.abc import Sequence

from account_service.cli.common import FAILED, WRONG_USAGE, UsageError, complain
from account_service.cli.parser import Command, build_parser
from account_service.cli.texts import text_of
from account_service.errors import ServiceError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: The arguments without the program's name; the process's own by default.

    Returns:
        0 done, 1 the work failed, 2 wrong usage.
    """
    arguments = build_parser().parse_args(argv)
    run: Command = arguments.run
    try:
        return run(arguments)
    except UsageError as error:
        complain(str(error))
        return WRONG_USAGE
    except ServiceError as error:
        complain(text_of(error))
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
