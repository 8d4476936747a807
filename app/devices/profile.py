"""A profile: what an organisation writes once about a scanner or a tester.

A small TOML file. It is read strictly: an unknown key or a wrong type is refused with its place,
because a setting that is silently ignored is a reading that is silently wrong.
"""

import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app.devices.errors import ProfileError
from app.devices.esd.dialogue import Dialogue, read_dialogue
from app.devices.esd.grammar import Grammar, Sample
from app.devices.esd.notation import ENCODINGS, read_grammar
from app.devices.esd.samples import read_samples
from app.devices.line_notation import read_framing, read_line_settings, read_poll
from app.devices.scanner.settings import HidSettings, read_hid
from app.devices.toml_table import Table
from app.devices.wire.address import LineSettings
from app.devices.wire.framing import Framing
from app.devices.wire.polling import Poll
from app.domain.frames import DeviceRole

LARGEST_BYTES: Final = 65536
SCHEMA: Final = 1
PROFILED: Final = (DeviceRole.SCANNER, DeviceRole.ESD_TESTER)
"""The roles that speak in messages; a server or a folder has no profile."""
_WITHIN: Final = range(86401)


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of device speaks.

    Attributes:
        name: Its name, that of the file.
        role: What such a device is there for.
        titles: What people call it: pairs of language and text.
        line: The line settings.
        framing: How it marks its messages.
        grammar: How its lines are to be read; None for a scanner, whose data speaks for itself.
        samples: Lines that test the profile.
        hid: What it adds to the descriptor of a HID scanner.
        poll: How it is asked; None where it speaks by itself.
        dialogue: How it is asked for one measurement; None where it cannot be.
        repeats: Within how many seconds the same message is the same test once more; 0 for never.
    """

    name: str
    role: DeviceRole
    titles: tuple[tuple[str, str], ...]
    line: LineSettings
    framing: Framing
    grammar: Grammar | None = None
    samples: tuple[Sample, ...] = ()
    hid: HidSettings = field(default_factory=HidSettings)
    poll: Poll | None = None
    dialogue: Dialogue | None = None
    repeats: int = 0

    def title(self, language: str) -> str:
        """What people call it in a language, or else in any."""
        titles = dict(self.titles)
        return titles.get(language) or next(iter(titles.values()), self.name)

    def on_channel(self, channel: str) -> "Profile":
        """The same for another channel than its own, where its messages do not name one."""
        if self.grammar is None:
            return self
        return replace(self, grammar=replace(self.grammar, channel=channel))


def read_profile(path: Path) -> Profile:
    """Read a profile's file.

    Raises:
        ProfileError: There is no such file, or it is no valid profile.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        code = "not_found" if isinstance(error, FileNotFoundError) else "unreadable"
        raise ProfileError(code, str(error), path=path) from error
    try:
        return parse_profile(raw, path.stem)
    except ProfileError as error:
        error.path = path
        raise


def parse_profile(raw: bytes, name: str) -> Profile:
    """Read a profile from its text.

    Raises:
        ProfileError: It is no valid profile.
    """
    if len(raw) > LARGEST_BYTES:
        raise ProfileError("too_large", str(LARGEST_BYTES))
    try:
        text = raw.decode()
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no UTF-8, no TOML, nested without end
        raise ProfileError("syntax", str(error), line=_line_of(error, raw)) from error
    return _profile(Table(content, text), name)


def _profile(table: Table, name: str) -> Profile:
    if table.integer("schema") != SCHEMA:
        raise table.fault("bad_value", "schema", f"not {SCHEMA}")
    role = DeviceRole(table.choice("role", PROFILED))
    titles = table.texts("title")
    line = read_line_settings(table.table("serial"))
    encoding = "ascii"
    if role is DeviceRole.ESD_TESTER:  # what is text decides what a terminator is
        encoding = table.table("line").choice("encoding", ENCODINGS, encoding)
    framing = read_framing(table.table("framing"), role, encoding)
    plain = Profile(name, role, titles, line, framing)
    if role is DeviceRole.SCANNER:
        profile = replace(plain, hid=read_hid(table.table("hid")))
    else:
        profile = _tester(table, plain, encoding)
    table.finish()
    return profile


def _tester(table: Table, plain: Profile, encoding: str) -> Profile:
    poll, framing = read_poll(table.table("poll"), plain.framing)
    repeats = table.table("repeats")
    within = repeats.integer("within_s", 0, _WITHIN)
    repeats.finish()
    return replace(
        plain,
        framing=framing,
        grammar=read_grammar(table, framing.maximum),
        samples=read_samples(table, encoding),
        poll=poll,
        dialogue=read_dialogue(table.table("dialogue")),
        repeats=within,
    )


def _line_of(error: Exception, raw: bytes) -> int | None:
    """The line that a TOML error names in its words; Python 3.11 keeps it nowhere else."""
    if "(at end of document)" in str(error):
        return raw.count(b"\n") + 1
    before, found, after = str(error).partition("(at line ")
    number = after.partition(",")[0]
    return int(number) if before and found and number.isdecimal() else None
