"""What the ESD gate shows: the reading against its limits, until when it holds, whose it is."""

import math
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.esd import EsdLimit, EsdState, EsdVerdict
from app.domain.pins import PinWait
from app.domain.typed_readings import TypedReading
from app.services.views import BenchView
from app.ui.shell.rows import Prompt
from app.ui.shell.viewmodel import gap_now, pin_now, typed_now
from app.ui.theme.colours import Level
from app.ui.wording import Wording, or_dash

DECADES: Final = (4.0, 9.0)
"""What the scale shows: 10 kΩ to 1 GΩ, logarithmic."""

_LOOKS: Final = {
    EsdVerdict.PASS: (Level.OK, "accepted"),
    EsdVerdict.FAIL_LOW: (Level.STOP, "refused"),
    EsdVerdict.FAIL_HIGH: (Level.STOP, "refused"),
    EsdVerdict.INVALID: (Level.ATTENTION, "warning"),
}


@dataclass(frozen=True, slots=True)
class Scale:
    """The reading on a logarithmic scale; places are shares of its length, 0 to 1.

    Attributes:
        low: Where the allowed range begins.
        high: Where it ends.
        value: Where the reading lies, None while there is none.
        marks: Ticks: place and text.
        low_text: The lower limit.
        high_text: The upper limit.
    """

    low: float
    high: float
    value: float | None
    marks: tuple[tuple[float, str], ...]
    low_text: str
    high_text: str


@dataclass(frozen=True, slots=True)
class EsdGateRows:
    """The ESD gate.

    Attributes:
        prompt: What to do.
        reading: The value, large.
        reading_caption: What the value is.
        level: The verdict's fill.
        icon: The verdict's shape.
        verdict: The verdict's word.
        facts: Captions and values below.
        scale: The reading between its limits, None where the policy has none.
    """

    prompt: Prompt
    reading: str
    reading_caption: str
    level: Level
    icon: str
    verdict: str
    facts: tuple[tuple[str, str], ...]
    scale: Scale | None


def esd_gate_rows(view: BenchView, wording: Wording, now: datetime) -> EsdGateRows:
    """The rows of the screen."""
    esd = view.esd
    state = esd.state if esd is not None else None
    gap = gap_now(esd, now) if esd is not None else "esd_missing"
    limit = esd.limit if esd is not None else None
    level, icon, verdict = _verdict(state, gap, wording)
    person = view.person.name if view.person is not None else ""
    rows = EsdGateRows(
        prompt=_prompt(gap, wording),
        reading=reading_text(state, wording),
        reading_caption=wording.say("esd.reading"),
        level=level,
        icon=icon,
        verdict=verdict,
        facts=(
            (wording.say("esd.who"), or_dash(person)),
            (wording.say("esd.measured"), _when(state, wording, now)),
            (wording.say("esd.valid_until"), _until(state, gap, wording, now)),
            (wording.say("esd.limits"), limits_text(limit, wording)),
            (wording.say("esd.standard"), or_dash(limit.standard if limit is not None else "")),
            (wording.say("esd.tester"), or_dash(state.tester_id if state is not None else "")),
        ),
        scale=_scale(limit, state, wording) if limit is not None else None,
    )
    typed = typed_now(view, now)
    return rows if typed is None else _unconfirmed(rows, typed, pin_now(view, now), wording, now)


def _unconfirmed(
    rows: EsdGateRows,
    typed: TypedReading,
    pin: PinWait | None,
    wording: Wording,
    now: datetime,
) -> EsdGateRows:
    """A value that was typed stands where the reading will, until a second person confirms it."""
    ohm, until = wording.ohm(typed.ohm), wording.clock(typed.until)
    detail = wording.say("esd.detail.typed", ohm=ohm, time=until)
    prompt = Prompt("badge", wording.say("esd.prompt.typed"), detail, Level.ATTENTION)
    if pin is not None:
        wanted = wording.say("sign_in.pin", person=pin.name)
        prompt = Prompt("lock", wanted, wording.say("sign_in.pin.detail"), Level.ATTENTION)
    told = {
        wording.say("esd.measured"): wording.moment(typed.frame.received_at, now),
        wording.say("esd.valid_until"): or_dash(""),
        wording.say("esd.tester"): or_dash(""),
    }
    scale = rows.scale
    return replace(
        rows,
        prompt=prompt,
        reading=ohm,
        reading_caption=wording.say("esd.reading.typed"),
        level=Level.ATTENTION,
        icon="asked",
        verdict=wording.say("esd_verdict.typed"),
        facts=tuple((caption, told.get(caption, value)) for caption, value in rows.facts),
        scale=replace(scale, value=_place(typed.ohm)) if scale is not None else None,
    )


def _prompt(gap: str, wording: Wording) -> Prompt:
    if not gap:
        done = wording.say("esd.prompt.done"), wording.say("esd.detail.done")
        return Prompt("accepted", *done, Level.OK)
    return Prompt("strap", wording.say("esd.prompt"), wording.say(f"esd.detail.{gap}"))


def _verdict(state: EsdState | None, gap: str, wording: Wording) -> tuple[Level, str, str]:
    if state is None:
        return Level.NOTE, "ready", wording.say("esd_verdict.none")
    if state.verdict is EsdVerdict.PASS and gap:
        return Level.ATTENTION, "warning", wording.say(f"gap.{gap}")
    level, icon = _LOOKS[state.verdict]
    return level, icon, wording.say(f"esd_verdict.{state.verdict.value}")


def reading_text(state: EsdState | None, wording: Wording) -> str:
    """The value, or that it was beyond what the tester measures."""
    if state is not None and state.over_range:
        return wording.say("esd.over_range")
    return wording.ohm(state.ohm if state is not None else None)


def limits_text(limit: EsdLimit | None, wording: Wording) -> str:
    """The allowed range in words."""
    if limit is None:
        return wording.say("esd.no_limit")
    high = wording.ohm(limit.high_ohm)
    if limit.low_ohm is None:
        return wording.say("esd.limits.high", high=high)
    return wording.say("esd.limits.both", low=wording.ohm(limit.low_ohm), high=high)


def _when(state: EsdState | None, wording: Wording, now: datetime) -> str:
    return wording.moment(state.measured_at, now) if state is not None else or_dash("")


def _until(state: EsdState | None, gap: str, wording: Wording, now: datetime) -> str:
    if state is None or state.verdict is not EsdVerdict.PASS:
        return or_dash("")
    until = wording.moment(state.valid_until, now)
    return wording.say("esd.ended", time=until) if gap == "esd_stale" else until


def _scale(limit: EsdLimit, state: EsdState | None, wording: Wording) -> Scale:
    value: float | None = None
    if state is not None and state.over_range:
        value = 1.0
    elif state is not None and state.ohm is not None:
        value = _place(state.ohm)
    return Scale(
        low=_place(limit.low_ohm) if limit.low_ohm is not None else 0.0,
        high=_place(limit.high_ohm),
        value=value,
        marks=tuple((_place(10**n), wording.ohm(10**n)) for n in range(4, 10)),
        low_text=wording.ohm(limit.low_ohm) if limit.low_ohm is not None else "",
        high_text=wording.ohm(limit.high_ohm),
    )


def _place(ohm: int) -> float:
    """Where a resistance lies on the scale; beyond its ends, the end."""
    first, last = DECADES
    return min(1.0, max(0.0, (math.log10(max(ohm, 1)) - first) / (last - first)))
