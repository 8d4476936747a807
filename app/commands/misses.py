"""What a profile's check says of each sample that it misses: as words, and as JSON."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Final

from app.devices import Miss
from app.domain.esd import Measurement
from app.domain.line_fault import LineFault
from app.texts import Texts

_FAULTS: Final = ("fault", "no_fault", "framing")
_UNKNOWN: Final = ("unknown_channel", "unknown_unit", "unknown_result", "unknown_status")
_SHOWN: Final = 60


def say_miss(texts: Texts, miss: Miss) -> str:
    """Why a sample is missed, in one line: what, what instead, and where it goes astray."""
    code, _, token = miss.given.partition(": ")
    parts = [texts.say(f"miss.{miss.reason}", code=miss.given)]
    if miss.reason not in _FAULTS:
        key = "miss.counts" if miss.reason == "count" else "miss.values"
        parts.append(texts.say(key, wanted=miss.wanted, given=miss.given))
    if code in _UNKNOWN and token:
        parts.append(texts.say("miss.unknown", token=token))
    parts += _astray(texts, miss)
    return "; ".join(parts)


def _astray(texts: Texts, miss: Miss) -> Iterable[str]:
    hint = miss.hint
    if hint is None:
        return
    if hint.column == 1:
        yield texts.say("miss.matched_nothing", pattern=hint.pattern)
    else:
        matched = hint.matched[-_SHOWN:]
        yield texts.say(
            "miss.matched", pattern=hint.pattern, matched=matched, column=hint.column - 1
        )
    if not hint.wanted:
        yield texts.say("miss.too_long", found=hint.found)
    elif hint.found:
        yield texts.say("miss.goes_on", found=hint.found, wanted=hint.wanted)
    else:
        yield texts.say("miss.ends", wanted=hint.wanted)


def miss_document(miss: Miss) -> dict[str, object]:
    """One missed sample."""
    return {
        "line": miss.line,
        "raw_hex": miss.raw.hex(),
        "expected": _told(miss.expected),
        "actual": _told(miss.actual),
        "reason": miss.reason,
        "wanted": miss.wanted,
        "given": miss.given,
        "hint": asdict(miss.hint) if miss.hint is not None else None,
    }


def _told(result: tuple[Measurement | LineFault, ...] | LineFault) -> object:
    if isinstance(result, LineFault):
        return asdict(result)
    return [asdict(one) if isinstance(one, LineFault) else _measured(one) for one in result]


def _measured(one: Measurement) -> dict[str, object]:
    return {
        "channel": one.channel,
        "ohm": one.ohm,
        "over_range": one.over_range,
        "under_range": one.under_range,
        "tester_verdict": one.tester_verdict,
        "operator": one.operator,
        "device_time": one.device_time,
        "indicative": one.around.indicative,
        "celsius": one.around.celsius,
        "humidity": one.around.humidity,
    }
