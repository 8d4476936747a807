"""Logs: JSON lines, bounded, without secrets; a folder that cannot be written means no log."""

import faulthandler
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import logs
from app.logs import logging_to, redacted

log = logging.getLogger("repair_bench.test")


@pytest.fixture(autouse=True)
def faults_as_before() -> Iterator[None]:
    """pytest has its own handler of crashes."""
    was = faulthandler.is_enabled()
    yield
    if was:
        faulthandler.enable(sys.__stderr__ or 2)


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "bench.log").read_text("utf-8").splitlines()]


def test_a_line_tells_when_where_and_what(tmp_path: Path) -> None:
    with logging_to(tmp_path / "logs"):
        log.info("%s scans", 3)
        log.debug("not this")
    (line,) = lines(tmp_path / "logs")
    assert line.keys() == {"at", "level", "subject", "thread", "message"}
    assert (line["level"], line["subject"], line["message"]) == (
        "INFO",
        "repair_bench.test",
        "3 scans",
    )
    assert line["at"].endswith("+00:00")


def test_nothing_is_logged_after_the_block(tmp_path: Path) -> None:
    handlers = list(logging.getLogger().handlers)
    with logging_to(tmp_path):
        pass
    log.warning("too late")
    assert lines(tmp_path) == []
    assert logging.getLogger().handlers == handlers


def test_an_error_comes_with_its_stack(tmp_path: Path) -> None:
    with logging_to(tmp_path):
        try:
            int("passphrase=hunter2hunter2")
        except ValueError:
            log.exception("it failed")
    (line,) = lines(tmp_path)
    assert "ValueError" in line["error"]
    assert "hunter2" not in line["error"]


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer abc123DEF456",
        "token=abc123DEF456",
        '{"token": "abc123DEF456"}',
        "PRAGMA key = \"x'abc123DEF456'\"",
        "passphrase: abc123DEF456",
    ],
)
def test_secrets_are_cut_out(text: str) -> None:
    assert "abc123DEF456" not in redacted(text)
    assert "***" in redacted(text)


def test_a_message_is_cut_at_its_longest() -> None:
    assert len(redacted("x" * 1_000_000)) == logs.MAX_MESSAGE


def test_bytes_that_are_no_text_are_logged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with logging_to(tmp_path):
        log.warning("the file \udcff")
    assert "udcff" in (tmp_path / "bench.log").read_text(encoding="utf-8")
    assert capsys.readouterr().err == ""


def test_logs_take_no_more_room_than_they_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 10_000)
    with logging_to(tmp_path):
        for _ in range(1000):
            log.warning("%s", "x" * 200)
    sizes = [path.stat().st_size for path in tmp_path.glob("bench.log*")]
    assert len(sizes) == logs.KEPT_FILES + 1
    assert max(sizes) <= 10_000


@pytest.mark.parametrize("obstacle", ["logs", "logs/bench.log/x", "logs/crash.txt/x"])
def test_a_folder_that_cannot_be_written_means_no_log(tmp_path: Path, obstacle: str) -> None:
    place = tmp_path / obstacle
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch()
    before = list(logging.getLogger().handlers)
    with logging_to(tmp_path / "logs"):
        log.warning("nobody reads it")
    assert logging.getLogger().handlers == before
