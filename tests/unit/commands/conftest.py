"""A command line with a home and one without."""

from pathlib import Path

import pytest

from tests.unit.commands.lines import Line


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
