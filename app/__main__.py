"""Command line in, window or command out.

Only the module of the command that was asked for is imported: the window's start-up is its imports.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

from app.commands import COMMANDS, usage
from app.commands.console import CommandFailedError, fail, speak


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command, or the window where none is named.

    Returns:
        0 done, 1 the work failed, 2 wrong usage (design, section 7).
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] == "window":
        return _run("window", words[1:])
    if words[0] in {"-h", "--help", "help"}:
        sys.stdout.write(usage())
        return 0
    if words[0] not in COMMANDS:
        speak(f"repair-bench: {words[0]}?\n{usage()}")
        return 2
    return _run(words[0], words[1:])


def _run(name: str, words: Sequence[str]) -> int:
    module = import_module(f"app.commands.{COMMANDS[name].module}")
    try:
        return int(module.run(words))
    except CommandFailedError as failure:
        return fail(failure)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:
        from app.commands.failures import failure_of

        failure = failure_of(error)
        if failure is None:
            raise
        return fail(failure)


if __name__ == "__main__":
    sys.exit(main())
