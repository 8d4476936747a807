"""The command line: every job without a window, for scripts and tests (design, section 7).

A module per word after ``repair-bench``, each with ``run(words) -> exit code``.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Word:
    """One word after ``repair-bench``.

    Attributes:
        module: The module of this package that runs it.
        text: Key of its one line of help.
    """

    module: str
    text: str


COMMANDS: Final = MappingProxyType(
    {
        "window": Word("window", "cli.window"),
        "demo": Word("demo", "cli.demo"),
        "init": Word("init", "cli.init"),
        "import": Word("importing", "cli.import"),
        "register": Word("register", "cli.register"),
        "asset": Word("asset", "cli.asset"),
        "scan": Word("scan", "cli.scan"),
        "devices": Word("devices", "cli.devices"),
        "bench": Word("bench", "cli.bench"),
        "repair": Word("repair", "cli.repair"),
        "diagnostics": Word("diagnostics", "cli.diagnostics"),
        "esd": Word("esd", "cli.esd"),
        "people": Word("people", "cli.people"),
        "equipment": Word("equipment", "cli.equipment"),
        "recall": Word("recall", "cli.recall"),
        "report": Word("report", "cli.report"),
        "programme": Word("programme", "cli.programme"),
        "enrol": Word("enrol", "cli.enrol"),
        "sync": Word("sync", "cli.sync"),
        "tidy": Word("tidy", "cli.tidy"),
        "conflicts": Word("conflicts", "cli.conflicts"),
        "journal": Word("journal", "cli.journal"),
        "backup": Word("backup", "cli.backup"),
        "restore": Word("restore", "cli.restore"),
    }
)
"""Every word, in the order of the help."""


def usage() -> str:
    """The list of words with what each does."""
    from app.commands.console import words_of

    texts = words_of()
    lines = [texts.say("cli.usage"), ""]
    lines += [f"  {name:<12} {texts.say(word.text)}" for name, word in COMMANDS.items()]
    return "\n".join([*lines, ""])
