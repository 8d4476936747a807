"""What holds for every streaming device, over a fake port and over a real terminal."""

import errno
import threading

import pytest

from app.devices.supervisor import Supervisor
from app.devices.wire.base import Wire
from app.devices.wire.framing import Framing
from app.domain.frames import DeviceState, DeviceStatus, Frame, FrameFault
from tests.contract.devices.cables import NOISE_ROUNDS, Cable, FakeCable
from tests.contract.devices.rig import PATIENCE, TickingClock, Told, bench, spec_of

OPENING, READY, LOST = DeviceStatus.OPENING, DeviceStatus.READY, DeviceStatus.LOST
ABSENT, BUSY = DeviceStatus.ABSENT, DeviceStatus.BUSY


def test_a_message_becomes_a_frame_with_its_device_and_number(cable: Cable) -> None:
    with bench(cable) as (told, _):
        cable.write(b"C02XL0GTJGH5\r\n661-17578\r\n")
        first, second = told.until_frames(2)
    assert (first.device, first.role.value, first.raw, first.seq) == (
        "scanner-1",
        "scanner",
        b"C02XL0GTJGH5",
        1,
    )
    assert (second.raw, second.seq, second.fault) == (b"661-17578", 2, None)
    assert first.received_at < second.received_at


def test_each_state_is_told_once(cable: Cable) -> None:
    with bench(cable) as (told, supervisor):
        told.until_status(READY)
        cable.write(b"A\r")
        told.until_frames(1)
        assert [state.status for state in supervisor.states()] == [READY]
    assert told.statuses() == [OPENING, READY]
    assert {state.where for state in told.states} == {cable.path}
    assert told.states[0].at < told.states[1].at


def test_a_message_split_at_any_byte_is_one_frame(cable: Cable) -> None:
    with bench(cable) as (told, _):
        for at in range(1, 9):
            before = told.read
            cable.write(b"ABCDEF\r\n"[:at])
            told.until_read(before + at)
            cable.write(b"ABCDEF\r\n"[at:])
            told.until_read(before + 8)
        told.until_frames(8)
    assert told.raws() == [b"ABCDEF"] * 8


def test_a_burst_keeps_every_frame_in_order(cable: Cable) -> None:
    sent = [b"%06d" % number for number in range(5000)]
    with bench(cable) as (told, _):
        cable.write(b"\r\n".join(sent) + b"\r\n")
        told.until_frames(len(sent))
    assert told.raws() == sent
    assert [frame.seq for frame in told.frames] == list(range(1, len(sent) + 1))


def test_what_was_sent_before_the_port_was_opened_is_kept(cable: Cable) -> None:
    if not cable.keeps_early:
        pytest.skip("the driver of such a converter empties it when its port is opened")
    cable.write_early(b"EARLY\r\n")
    with bench(cable) as (told, _):
        told.until_frames(1)
    assert told.raws() == [b"EARLY"]


def test_a_missing_device_is_found_when_it_comes(cable: Cable) -> None:
    cable.unplug()
    with bench(cable) as (told, _):
        told.until_status(ABSENT)
        cable.plug()
        told.until_status(READY)
        cable.write(b"A\r")
        told.until_frames(1)
    assert told.statuses() == [OPENING, ABSENT, READY]


def test_unplugging_in_the_middle_of_a_frame_keeps_both_halves_apart(cable: Cable) -> None:
    with bench(cable) as (told, _):
        told.until_status(READY)
        cable.write(b"WHOLE\r\nHAL")
        told.until_read(10)
        cable.unplug()
        told.until_status(LOST)
        cable.plug()
        told.until_status(READY, 2)
        cable.write(b"NEXT\r\n")
        frames = told.until_frames(3)
    assert [(frame.raw, frame.fault) for frame in frames] == [
        (b"WHOLE", None),
        (b"HAL", FrameFault.CUT_OFF),
        (b"NEXT", None),
    ]
    assert told.statuses() == [OPENING, READY, LOST, READY]


def test_a_port_that_another_program_holds_is_busy_until_it_lets_go(cable: Cable) -> None:
    with cable.held_by_another():
        running = bench(cable)
        told, _ = running.__enter__()
        told.until_status(BUSY)
    told.until_status(READY)
    running.__exit__(None, None, None)
    assert told.statuses() == [OPENING, BUSY, READY]


def test_a_second_bench_does_not_share_the_bytes(cable: Cable) -> None:
    with bench(cable) as (told, _):
        told.until_status(READY)
        with bench(cable) as (second, _):
            second.until_status(BUSY)
            cable.write(b"MINE\r")
            told.until_frames(1)
        assert READY not in second.statuses()
        assert second.frames == []
    assert told.raws() == [b"MINE"]


def test_a_flood_without_a_terminator_is_kept_in_pieces(cable: Cable) -> None:
    noise = bytes(range(256)).replace(b"\r", b"").replace(b"\n", b"") * NOISE_ROUNDS
    framing = Framing(maximum=4096)
    with bench(cable, framing) as (told, _):
        cable.write(noise)
        cable.write(b"\rGOOD\r")
        told.until(lambda all_: all_.raws()[-1:] == [b"GOOD"])
    *pieces, good = told.frames
    assert b"".join(frame.raw for frame in pieces) == noise
    assert {frame.fault for frame in pieces} == {FrameFault.OVERSIZE}
    assert max(len(frame.raw) for frame in pieces) == 4096
    assert good.fault is None


@pytest.mark.parametrize(
    "raw",
    [b"\0\0A\0", b"\xff\xfe\x00\x41", "Räksmörgås".encode("utf-16-le"), bytes(range(14, 256))],
    ids=["NULs", "byte order mark", "UTF-16", "every byte"],
)
def test_bytes_that_are_no_text_are_kept_as_they_came(cable: Cable, raw: bytes) -> None:
    with bench(cable) as (told, _):
        cable.write(raw + b"\r\n")
        told.until_frames(1)
    assert told.raws() == [raw]


def test_stopping_wakes_a_silent_read(cable: Cable) -> None:
    with bench(cable) as (told, supervisor):
        told.until_status(READY)
        assert supervisor.stop(PATIENCE) == ()
    assert told.statuses() == [OPENING, READY]


def test_stopping_wakes_a_wait_for_a_missing_device(cable: Cable) -> None:
    cable.unplug()
    with bench(cable, hurried=False) as (told, supervisor):
        told.until_status(ABSENT)
        assert supervisor.stop(PATIENCE) == ()


def test_stopping_keeps_what_was_half_read(cable: Cable) -> None:
    with bench(cable) as (told, _):
        cable.write(b"HAL")
        told.until_read(3)
    assert [(frame.raw, frame.fault) for frame in told.frames] == [(b"HAL", FrameFault.CUT_OFF)]


def test_a_retry_does_not_wait_for_its_turn(cable: Cable) -> None:
    cable.unplug()
    hour = threading.Event()
    told = Told()

    def wait(event: threading.Event, seconds: float) -> bool:
        del seconds
        hour.set()
        return event.wait(3600)

    supervisor = Supervisor(
        [spec_of(cable)],
        told.on_frame,
        told.on_state,
        TickingClock(),
        opener=cable.open,
        wait=wait,
    )
    supervisor.start()
    assert hour.wait(PATIENCE)
    cable.plug()
    supervisor.retry()
    told.until_status(READY)
    assert supervisor.stop() == ()


def test_waits_grow_while_a_device_is_missing_and_begin_anew_after_it_worked(cable: Cable) -> None:
    cable.unplug()
    with bench(cable) as (told, _):
        told.until(lambda all_: len(all_.waits) >= 8)
        cable.plug()
        cable.write(b"A\r")
        told.until_frames(1)
        before = len(told.waits)
        cable.unplug()
        told.until(lambda all_: len(all_.waits) >= before + 2)
    assert told.waits[:8] == [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]
    assert told.waits[before : before + 2] == [0.1, 0.2]


def test_a_device_that_hangs_holds_up_no_other(cable: Cable) -> None:
    release = threading.Event()
    told = Told()
    hanging = spec_of(cable)
    hanging = type(hanging)("hanging", hanging.role, "/dev/hanging")

    def opener(spec: object) -> Wire:
        if spec is hanging:
            release.wait(PATIENCE)
        return cable.open(spec_of(cable))

    supervisor = Supervisor(
        [hanging, spec_of(cable)], told.on_frame, told.on_state, TickingClock(), opener=opener
    )
    supervisor.start()
    try:
        cable.write(b"A\r")
        told.until_frames(1)
        assert supervisor.stop(0.2) == ("hanging",)
        assert {state.device: state.status for state in supervisor.states()} == {
            "hanging": OPENING,
            "scanner-1": READY,
        }
    finally:
        release.set()
        assert supervisor.stop(PATIENCE) == ()


def test_a_bug_in_a_callback_ends_its_reader_loudly(
    cable: Cable, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", crashes.append)
    told = Told()

    def broken(frame: Frame) -> None:
        raise LookupError(frame.raw)

    supervisor = Supervisor(
        [spec_of(cable)], broken, told.on_state, TickingClock(), opener=cable.open
    )
    supervisor.start()
    cable.write(b"A\r")
    told.until_status(LOST)
    assert supervisor.stop() == ()
    assert [crash.exc_type for crash in crashes] == [LookupError]
    with bench(cable) as (again, _):  # the port was let go
        again.until_status(READY)


def test_silence_in_the_middle_of_a_frame_cuts_it_off(cable: Cable) -> None:
    with bench(cable, Framing(idle=0.02)) as (told, _):
        cable.write(b"HAL")
        told.until_frames(1)
        cable.write(b"WHOLE\r")
        told.until_frames(2)
    assert [(frame.raw, frame.fault) for frame in told.frames] == [
        (b"HAL", FrameFault.CUT_OFF),
        (b"WHOLE", None),
    ]


def test_silence_ends_a_frame_where_nothing_else_does(cable: Cable) -> None:
    with bench(cable, Framing(terminators=(), idle=0.02)) as (told, _):
        cable.write(b"A\rB")
        told.until_frames(1)
    assert [(frame.raw, frame.fault) for frame in told.frames] == [(b"A\rB", None)]


def test_a_state_callback_sees_the_same_state_as_the_snapshot(cable: Cable) -> None:
    seen: list[tuple[DeviceState, ...]] = []
    told = Told()

    def on_state(state: DeviceState) -> None:
        seen.append(supervisor.states())
        told.on_state(state)

    supervisor = Supervisor(
        [spec_of(cable)], told.on_frame, on_state, TickingClock(), opener=cable.open
    )
    supervisor.start()
    told.until_status(READY)
    assert supervisor.stop() == ()
    assert [each for (each,) in seen] == told.states


def test_two_devices_of_one_name_are_refused(cable: Cable) -> None:
    told = Told()
    with pytest.raises(ValueError, match="scanner-1, scanner-1"):
        Supervisor([spec_of(cable)] * 2, told.on_frame, told.on_state, TickingClock())


def test_a_supervisor_that_never_started_stops_at_once(cable: Cable) -> None:
    told = Told()
    supervisor = Supervisor([spec_of(cable)], told.on_frame, told.on_state, TickingClock())
    assert supervisor.stop() == ()
    assert supervisor.states() == ()


def test_a_port_that_the_user_may_not_open_is_told_until_it_may() -> None:
    cable = FakeCable()
    cable.refusal = errno.EACCES
    with bench(cable) as (told, _):
        told.until_status(DeviceStatus.DENIED)
        cable.refusal = None
        told.until_status(READY)
    assert told.statuses() == [OPENING, DeviceStatus.DENIED, READY]
