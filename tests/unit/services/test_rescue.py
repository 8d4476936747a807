"""Frames that were never written come back at the next start, whatever happened to their file."""

import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.frames import DeviceRole, Frame, FrameFault
from app.services.rescue import forget_taken, keep_frames, kept_frames, take_frames

SCAN = Frame(
    "scanner-1", DeviceRole.SCANNER, b"\x00\xffOCDONEX", datetime(2026, 11, 23, 12, tzinfo=UTC), 7
)
READING = replace(
    SCAN, device="esd-1", role=DeviceRole.ESD_TESTER, fault=FrameFault.CUT_OFF, aim="]d2"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "unsaved"


def test_frames_come_back_as_they_were_and_in_order(file: Path) -> None:
    keep_frames(file, [SCAN, READING])
    keep_frames(file, [SCAN])
    assert list(kept_frames(file)) == [SCAN, READING, SCAN]


def test_without_a_file_nothing_comes_back(file: Path) -> None:
    assert list(kept_frames(file)) == []


def test_a_line_that_a_power_cut_left_half_written_spoils_no_other(file: Path) -> None:
    keep_frames(file, [SCAN, READING])
    whole = file.read_bytes()
    file.write_bytes(whole[:-40])
    keep_frames(file, [READING])
    assert list(kept_frames(file)) == [SCAN, READING]


def test_only_the_owner_reads_what_was_scanned(file: Path) -> None:
    keep_frames(file, [SCAN])
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        keep_frames(tmp_path / "gone" / "unsaved", [SCAN])


@pytest.mark.parametrize(
    "line",
    [
        b"\xff\xfe",
        b"null",
        b'"text"',
        b"[1, 2]",
        b"[" * 100_000,
        b'{"device": "a"}',
        b'{"device":"a","role":"boss","raw_hex":"","received_at":"","seq":1,"aim":null,"fault":null}',
        b'{"device":"a","role":"esd","raw_hex":"x","received_at":"","seq":1,"aim":null,"fault":null}',
        (
            b'{"device":"a","role":"esd","raw_hex":"00","seq":Infinity,"aim":null,"fault":null,'
            b'"received_at":"2026-11-23T12:00:00.000000Z"}'
        ),
    ],
)
def test_garbage_in_the_file_is_passed_over(file: Path, line: bytes) -> None:
    keep_frames(file, [SCAN])
    with file.open("ab") as stream:
        stream.write(line + b"\n")
    keep_frames(file, [READING])
    assert list(kept_frames(file)) == [SCAN, READING]


@given(st.binary())
def test_any_bytes_in_the_file_raise_nothing(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.mktemp("rescue") / "unsaved"
    path.write_bytes(raw)
    assert list(kept_frames(path)) == []


def test_taken_frames_stay_until_they_are_in_the_journal(file: Path) -> None:
    keep_frames(file, [SCAN])
    assert take_frames(file) == (SCAN,)
    keep_frames(file, [READING])
    assert take_frames(file) == (SCAN, READING)
    forget_taken(file)
    assert take_frames(file) == ()


def test_forgetting_what_was_never_taken_is_fine(file: Path) -> None:
    forget_taken(file)
    assert take_frames(file) == ()
