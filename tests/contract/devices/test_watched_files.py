"""Testers whose own software exports to a file: the files are real."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.devices.errors import WireCode, WireError
from app.devices.profiles import load_profile
from app.devices.spec import device_spec
from app.devices.wire.framing import Framing
from app.devices.wire.opening import open_wire
from app.domain.frames import FrameFault
from tests.contract.devices.rig import Told
from tests.contract.devices.tester_rig import (
    ABSENT,
    LINES,
    LOST,
    READY,
    bench,
    spec_of,
)


@contextmanager
def watching(path: Path, framing: Framing = LINES, query: str = "") -> Generator[Told]:
    with bench(spec_of(f"file:{path}{query}", framing)) as told:
        yield told


def append(path: Path, data: bytes) -> None:
    with path.open("ab") as stream:
        stream.write(data)


def test_only_what_is_appended_from_now_on_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"old\r\n")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"one\r\ntw")
        told.until_frames(1)
        append(path, b"o\r\n")
        told.until_frames(2)
    assert told.raws() == [b"one", b"two"]


def test_half_a_line_that_stood_there_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"old\nha")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"lf\n")
        told.until_frames(1)
    assert told.raws() == [b"half"]


def test_a_file_is_read_from_its_start_where_that_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"old\n")
    with watching(path, query="?from=start") as told:
        told.until_frames(1)
    assert told.raws() == [b"old"]


def test_a_file_that_appears_later_is_new_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    with watching(path) as told:
        told.until_status(ABSENT)
        path.write_bytes(b"first\n")
        told.until_frames(1)
    assert told.raws() == [b"first"]


def test_a_rotated_file_is_read_to_its_end_and_the_next_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"one\n")
        told.until_frames(1)
        append(path, b"two\n")
        path.rename(tmp_path / "export.1")
        path.write_bytes(b"three\n")
        told.until_frames(3)
    assert told.raws() == [b"one", b"two", b"three"]


def test_a_file_that_is_cut_short_is_read_from_its_start(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"one\n")
        told.until_frames(1)
        path.write_bytes(b"2\n")
        told.until_frames(2)
    assert told.raws() == [b"one", b"2"]


def test_a_file_written_anew_with_the_old_lines_in_front_gives_only_the_new(
    tmp_path: Path,
) -> None:
    path, new = tmp_path / "export.csv", tmp_path / "new.csv"
    path.write_bytes(b"one\ntwo\n")
    with watching(path) as told:
        told.until_status(READY)
        new.write_bytes(b"one\ntwo\nthree\n")
        new.replace(path)
        told.until_frames(1)
        path.write_bytes(b"something else altogether\n")
        told.until_frames(2)
    assert told.raws() == [b"three", b"something else altogether"]


def test_half_a_line_never_runs_into_another_file(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"one\nWRIST;1")
        told.until_frames(1)
        path.write_bytes(b"\n")
        append(path, b"05;PASS\n")
        told.until_frames(2)
    assert [(frame.raw, frame.fault) for frame in told.frames][:2] == [
        (b"one", None),
        (b"WRIST;1", FrameFault.CUT_OFF),
    ]
    assert all(not frame.raw.startswith(b"WRIST;105") for frame in told.frames)


def test_a_file_that_goes_away_in_a_line_comes_back_with_the_whole_line(tmp_path: Path) -> None:
    path, aside = tmp_path / "export.csv", tmp_path / "aside.csv"
    path.write_bytes(b"one\n")
    with watching(path) as told:
        told.until_status(READY)
        append(path, b"tw")
        told.until(lambda all_: all_.statuses()[-1] is READY)
        path.rename(aside)
        told.until_status(LOST)
        append(aside, b"o\n")
        aside.rename(path)
        told.until(lambda all_: b"two" in all_.raws())
    assert [frame.raw for frame in told.frames if frame.fault is None] == [b"two"]


def test_utf_16_lines_are_cut_at_characters(tmp_path: Path) -> None:
    profile = load_profile("generic-export-file")
    path = tmp_path / "export.csv"
    path.write_bytes("\ufeffDatum\tTid\r\n".encode("utf-16-le"))
    line = "02.03.2026\t08:15:00\t1001\tHandled\t1 050,5 k\u2126\tGodk\u00e4nd \u0a0d\u0d0a\r\n"
    raw = line.encode("utf-16-le")
    with bench(device_spec("esd-1", f"file:{path}", profile)) as told:
        told.until_status(READY)
        for at in range(0, len(raw), 7):
            append(path, raw[at : at + 7])
        told.until_frames(1)
    assert told.raws() == [raw[:-4]]


def test_a_pipe_is_no_file_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WireError) as opening:
        open_wire(spec_of(f"file:{tmp_path}/pipe"))
    assert opening.value.reason is WireCode.REFUSED


def test_a_folder_is_no_file_and_nothing_is_written_to_one(tmp_path: Path) -> None:
    with pytest.raises(WireError) as opening:
        open_wire(spec_of(f"file:{tmp_path}"))
    assert opening.value.reason is WireCode.REFUSED
    with pytest.raises(WireError) as missing:
        open_wire(spec_of(f"file:{tmp_path}/none/x"))
    assert missing.value.reason is WireCode.ABSENT
    path = tmp_path / "x"
    path.write_bytes(b"")
    wire = open_wire(spec_of(f"file:{path}", Framing(idle=0.02)))
    wire.cancel()
    assert wire.read() == b""
    with pytest.raises(WireError) as writing:
        wire.write(b"A")
    wire.close()
    with pytest.raises(WireError) as closed:
        wire.read()
    assert [writing.value.reason, closed.value.reason] == [WireCode.REFUSED, WireCode.LOST]
