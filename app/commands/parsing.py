"""A command's parser: what is typed wrong is told in the person's language.

The standard library's parser speaks English alone. What it says is known by its form and said again
in our words; a form that is not known stands as it came.
"""

import re
from argparse import ArgumentParser
from typing import Final, NoReturn

from typing_extensions import override

from app.commands.console import readable, words_of

_ARGUMENT: Final = re.compile(r"argument (?P<name>.+?): (?P<said>.+)", re.DOTALL)
_FORMS: Final = tuple(
    (key, re.compile(form, re.DOTALL))
    for key, form in (
        ("required", r"the following arguments are required: (?P<names>.+)"),
        ("unknown", r"unrecognized arguments: (?P<names>.+)"),
        ("one_of", r"one of the arguments (?P<names>.+) is required"),
        ("not_with", r"not allowed with argument (?P<names>.+)"),
        ("choice", r"invalid choice: (?P<value>.+) \(choose from (?P<names>.+)\)"),
        ("number", r"invalid int value: (?P<value>.+)"),
        ("expected", r"expected (?:one|at least one) argument"),
        ("none_expected", r"ignored explicit argument (?P<value>.+)"),
    )
)
"""What `argparse` says of an argument, or of all of them, and the key of our own words."""


class Parser(ArgumentParser):
    """An `ArgumentParser` that speaks with the catalogue; its subparsers do, too."""

    def __init__(
        self, prog: str, description: str | None = None, *, allow_abbrev: bool = False
    ) -> None:
        super().__init__(prog, description=description, add_help=False, allow_abbrev=allow_abbrev)
        self.add_argument("-h", "--help", action="help", help=words_of().say("cli.help"))

    @override
    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words, in the person's language; exit code 2."""
        said = words_of().say("cli.wrong", command=self.prog, said=said_again(readable(message)))
        self.exit(2, f"{self.format_usage()}{said}\n")

    @override
    def format_usage(self) -> str:
        """How the command is called."""
        return _headed(super().format_usage())

    @override
    def format_help(self) -> str:
        """The whole help."""
        return _headed(super().format_help())


def said_again(message: str) -> str:
    """What `argparse` says, in the person's language; what is said in it already stays."""
    found = _ARGUMENT.fullmatch(message)
    if found is None:
        return _said(message)
    return words_of().say("cli.wrong.argument", name=found["name"], said=_said(found["said"]))


def _said(message: str) -> str:
    for key, form in _FORMS:
        found = form.fullmatch(message)
        if found is not None:
            fields = {name: value.replace("'", "") for name, value in found.groupdict().items()}
            return words_of().say(f"cli.wrong.{key}", **fields)
    return message


def _headed(text: str) -> str:
    """A usage or a help with its headings in the person's language, the usage's lines in column."""
    usage, blank, rest = text.partition("\n\n")
    first, *others = usage.split("\n")
    told = first.replace("usage", words_of().say("cli.help.usage"), 1)
    further = " " * (len(told) - len(first))
    usage = "\n".join([told, *(f"{further}{line}" if line else "" for line in others)])
    for heading in ("positional arguments", "options"):
        said = words_of().say(f"cli.help.{heading.replace(' ', '_')}")
        rest = re.sub(rf"^{heading}:$", f"{said}:", rest, flags=re.MULTILINE)
    return f"{usage}{blank}{rest}"
