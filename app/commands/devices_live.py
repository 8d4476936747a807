"""``devices watch``, ``test`` and ``capture``: what the devices say, recorded nowhere."""

import argparse
import secrets
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast

from app.commands.console import CommandFailedError, answer, event, speak, words_of
from app.commands.devices_listening import Listener, listening, settings_of, until_stopped
from app.commands.writing import writing
from app.domain.frames import DeviceRole, DeviceState, Frame
from app.domain.scan_tests import (
    Grade,
    ScanTest,
    TestScan,
    control_text,
    judge_scan,
    judge_scanner,
)
from app.services.device_words import cure_of, state_word

if TYPE_CHECKING:
    from app.devices import Watch

SCANNER: Final = "scanner-1"


class Teller:
    """Tells what comes, a line for each event; one at a time, from any device's thread.

    Args:
        as_json: Lines of JSON on standard output, instead of words on it.
    """

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._turn = threading.Lock()
        self._words = words_of()
        self._watch: Watch | None = None

    def on_watch(self, watch: "Watch") -> None:
        """What knows how testers are read."""
        self._watch = watch

    def on_bytes(self, device: str, raw: bytes, sent: bool) -> None:
        """Bytes came or went."""
        kind = "sent" if sent else "bytes"
        self._tell({"event": kind, "device": device, **_bytes(raw)}, kind, _line(raw))

    def on_state(self, state: DeviceState) -> None:
        """A device changed its state."""
        cure = cure_of(state, self._words)
        document = {
            "event": "state",
            "device": state.device,
            "state": state.status.value,
            "cause": state.cause,
            "where": state.where,
            "cure": cure,
        }
        self._tell(document, "state", state=state_word(state, self._words), cure=cure)

    def on_frame(self, frame: Frame) -> None:
        """A frame came: tell it, and what it means."""
        means = self._means(frame)
        fault = frame.fault.value if frame.fault is not None else None
        document = {
            "event": "frame",
            "device": frame.device,
            **_bytes(frame.raw),
            "aim": frame.aim,
            "fault": fault,
            "means": means,
        }
        told = f"{frame.aim or ''}{_line(frame.raw)}{f'  ({fault})' if fault else ''}"
        self._tell(document, "frame", told)
        if not self._as_json:
            self._tell({"device": frame.device}, "means", means_line(means))

    def _means(self, frame: Frame) -> object:
        from app.devices.capture import measured
        from app.domain import barcodes

        if frame.role is DeviceRole.SCANNER:
            return barcodes.as_json(barcodes.read(frame.raw, frame.aim))
        decoder = self._watch.decoder(frame.device) if self._watch is not None else None
        return measured(decoder(frame)) if decoder is not None else None

    def _tell(self, document: Mapping[str, object], key: str, text: str = "", **more: str) -> None:
        with self._turn:
            if self._as_json:
                event(document)
                return
            fields = {"device": str(document["device"]), "text": text, **more}
            answer(None, as_json=False, text=self._words.say(f"cli.watch.{key}", **fields))


def _bytes(raw: bytes) -> dict[str, object]:
    return {"hex": raw.hex(), "text": raw.decode(errors="replace")}


def _line(raw: bytes) -> str:
    """Bytes for people: the text with its control characters named, and the bytes."""
    return f"{control_text(raw)}  [{raw.hex(' ')}]"


def means_line(means: object) -> str:
    """What a frame means, on a line."""
    if isinstance(means, list):
        return "; ".join(means_line(one) for one in cast("list[object]", means))
    if not isinstance(means, dict):
        return "-" if means is None else str(means)
    document = cast("dict[str, object]", means)
    found = document.get("candidates")
    if isinstance(found, list):
        pairs = cast("list[dict[str, str]]", found)
        return ", ".join(f"{one['kind']} {one['value']}" for one in pairs)
    told = ((key, value) for key, value in document.items())
    return ", ".join(
        f"{key} {value}" for key, value in told if value is not None and value is not False
    )


def watch(args: argparse.Namespace) -> int:
    """Tell all that comes until it is ended."""
    teller = Teller(as_json=args.json)
    listener = Listener(teller.on_frame, teller.on_state, teller.on_bytes, teller.on_watch)
    with until_stopped() as done, listening(settings_of(args), listener):
        speak(words_of().say("cli.watching"))
        done.wait(args.seconds)
    return 0


class Tester:
    """Collects the scans of the test sheet.

    Args:
        done: Is set when each code was scanned.
    """

    def __init__(self, done: threading.Event) -> None:
        self._done = done
        self.scans: list[TestScan] = []

    def on_frame(self, frame: Frame) -> None:
        """A frame came: if it is a code of the sheet, judge it."""
        found = judge_scan(frame.raw, frame.aim) if frame.role is DeviceRole.SCANNER else None
        if found is None:
            return
        self.scans.append(found)
        if {one.test for one in self.scans} == set(ScanTest):
            self._done.set()


def test(args: argparse.Namespace) -> int:
    """Let somebody scan the test sheet, and say how the scanner is set."""
    words = words_of()
    with until_stopped() as done:
        tester = Tester(done)
        listener = Listener(tester.on_frame, lambda state: speak(_state_line(state)))
        with listening(settings_of(args), listener) as seen:
            speak(words.say("cli.testing"))
            done.wait(args.seconds)
            heard = next((one.heard for one in seen.sight().devices if one.device == SCANNER), None)
    if not tester.scans:
        raise CommandFailedError("cli.test_nothing")
    rows = judge_scanner(tuple(tester.scans), heard.ended_by if heard is not None else None)
    document = [
        {
            "topic": row.topic,
            "grade": row.grade.value,
            "code": row.code,
            "value": row.value,
            "text": words.say(f"scan_test.{row.topic}.{row.code}", value=row.value),
        }
        for row in rows
    ]
    lines = [
        f"{row['grade']:8}  {words.say('scan_test.topic.' + str(row['topic']))}: {row['text']}"
        for row in document
    ]
    answer(document, as_json=args.json, text="\n".join(lines))
    return 1 if any(row.grade is Grade.BAD for row in rows) else 0


def _state_line(state: DeviceState) -> str:
    words = words_of()
    cure = cure_of(state, words)
    told = state_word(state, words)
    return words.say("cli.watch.state", device=state.device, state=told, cure=cure)


def capture(args: argparse.Namespace) -> int:
    """Write what one device sends, redacted, as lines that replay as a test."""
    from app.devices import capture_of, load_profile, redactor, written

    settings, words = settings_of(args), words_of()
    if bool(settings.scanner_url) == bool(settings.esd_url):
        raise CommandFailedError("cli.capture_one_device")
    is_scanner = bool(settings.scanner_url)
    name = settings.scanner_profile if is_scanner else settings.esd_profile
    listener = Listener(lambda _: None, lambda state: speak(_state_line(state)))
    with until_stopped() as done, listening(settings, listener) as seen:
        speak(words.say("cli.capturing"))
        done.wait(args.seconds)
    lines = [line for _, held in seen.logs().values() for line in held]
    if not lines:
        raise CommandFailedError("cli.capture_empty")
    profile = load_profile(name, settings.home)
    captured = capture_of(lines, profile, redactor(secrets.token_bytes(32)))
    with writing(args.file) as half:
        half.write_text("".join(f"{line}\n" for line in written(captured)), encoding="utf-8")
    count = len(captured.frames)
    document = {"path": str(args.file), "frames": count, "chunks": len(captured.chunks)}
    answer(document, as_json=args.json, text=words.count("cli.captured", count, path=args.file))
    return 0
