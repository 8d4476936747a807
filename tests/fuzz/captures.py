"""Files of captures: read back as they were written, replayed, or refused with their line."""

import json

from app.devices.capture import CaptureError, meaning, read_capture, replayed, written
from app.devices.profile import Profile
from app.devices.profiles import list_profiles
from app.domain.frames import DeviceRole
from tests.fuzz import testers
from tests.fuzz.target import Target


def scanner() -> Profile:
    found = (row.profile for row in list_profiles())
    return next(p for p in found if p is not None and p.role is DeviceRole.SCANNER)


SCANNER = scanner()


def seeds() -> tuple[bytes, ...]:
    scans = [
        {"capture": 1, "role": "scanner", "profile": "serial-crlf"},
        {"ms": 0, "fate": "chunk", "hex": b"]C0C02XK0ABJGH5\r\n".hex()},
        {"ms": 1, "fate": "given", "hex": b"C02XK0ABJGH5".hex(), "aim": "]C0", "means": {"a": 1}},
    ]
    lines = [
        {"capture": 1, "role": "esd", "profile": "generic-wrist-line"},
        {"ms": 0, "fate": "chunk", "hex": b"R= 1,05 MOhm  OK\r\n".hex()},
    ]
    strange = (
        [*scans[:1], {"ms": "soon", "fate": "chunk", "hex": ""}],  # was taken, and no replay could
        [*scans[:1], {"ms": 0, "fate": "given", "hex": "", "aim": 5}],
        [{"capture": 1, "role": "scanner", "profile": ["a"]}],
    )
    return tuple("\n".join(map(json.dumps, each)).encode() for each in (scans, lines, *strange))


def check(data: bytes) -> None:
    lines = data.decode(errors="replace").splitlines()
    try:
        capture = read_capture(lines)
    except CaptureError as error:
        at = error.line
    else:
        again = read_capture(written(capture))
        assert list(written(again)) == list(written(capture))
        profile = SCANNER if capture.role is DeviceRole.SCANNER else testers.profiles()[0]
        sent = sum(len(each.raw) for each in capture.chunks)
        assert sum(len(frame.raw) for frame in replayed(capture, profile)) <= sent
        for each in capture.frames:
            assert json.dumps(meaning(each.frame, profile), default=str)
        return
    assert 1 <= at <= len(lines) + 1


TOKENS = (
    *(b'{"ms": 0, "fate": "chunk", "hex": "', b'"}\n', b'"given"', b'"aim": "]C0"', b'"means": '),
    *(
        b'"cut_off"',
        b'"oversize"',
        b'"sent"',
        b"0d0a",
        b"1e400",
        b"-1",
        b"null",
        b"[]",
        b"NaN",
        b"\n",
    ),
    *(b'"capture": 1', b'"role": "esd"', b'"role": "scanner"', b'"profile": ', b"1" * 400),
)
TARGET = Target(seeds, check, TOKENS)
