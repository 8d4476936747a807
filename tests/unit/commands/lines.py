"""The command line inside this process: quick, for many words and refusals."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import pytest

from app.__main__ import main
from app.texts import Language, texts

ENGLISH = "en_US.UTF-8"
SWEDISH = "sv_SE.UTF-8"
_NO_WORK = {"scan.recorded", "person.signed_in"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """The one JSON document that is on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Line:
    """A command line and the home that it works on."""

    home: Path
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    def run(self, *words: str, language: str = ENGLISH) -> Said:
        """Run a command."""
        for name in ("LC_ALL", "LC_MESSAGES"):
            self.patch.delenv(name, raising=False)
        self.patch.setenv("LANG", language)
        self.patch.setenv("REPAIR_BENCH_HOME", str(self.home))
        self.capture.readouterr()
        try:
            code = main(words)
        except SystemExit as left:  # as argparse leaves
            code = left.code if isinstance(left.code, int) else 1
        said = self.capture.readouterr()
        return Said(code, said.out, said.err)

    def at(self, home: Path) -> Self:
        """The command line of another home."""
        return replace(self, home=home)

    def told(self, *words: str) -> Any:  # noqa: ANN401 - JSON
        """Run a command that must succeed without a word on standard error; its JSON."""
        said = self.run(*words, "--json")
        assert said.code == 0, said.err
        assert said.err == ""
        return said.json

    def refused(self, *words: str) -> str:
        """Run a command that must fail, in both languages; what it says in English."""
        english, swedish = self.run(*words), self.run(*words, language=SWEDISH)
        for said in (english, swedish):
            assert said.code == 1, said
            assert said.out == ""
            assert said.err.strip()
        assert english.err != swedish.err
        return english.err

    def work(self) -> list[str]:
        """The kinds of what is recorded, without scans and who signed in."""
        out = self.home / "work.jsonl"
        self.told("journal", "export", "--out", str(out))
        lines = out.read_text(encoding="utf-8").splitlines()
        out.unlink()
        kinds = [json.loads(one)["kind"] for one in lines]
        return [one for one in kinds if one not in _NO_WORK]


def said(key: str, **fields: object) -> str:
    """A sentence in English, as a command ends with it."""
    return f"{texts(Language.ENGLISH).say(key, **fields)}\n"


@pytest.fixture
def line(
    isolated_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Line:
    """A command line without a home."""
    monkeypatch.delenv("REPAIR_BENCH_PASSPHRASE", raising=False)
    return Line(isolated_home, capsys, monkeypatch)


@pytest.fixture
def bench(line: Line) -> Line:
    """A command line with the sample organisation's home."""
    assert line.told("init", "--key", "file", "--demo-data")["rows"] > 0
    return line
