"""A bench that demands PINs: asked after the badge, checked beside the store, recorded nowhere."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from app.data.pin_hashes import Argon2Hasher
from app.data.vault import DatabaseVault
from app.domain.frames import DeviceRole, Frame, FrameFault
from app.domain.labels import LabelKind, label_text
from app.domain.people import Person
from app.domain.pins import PinRequired, lock_rules
from app.services import bench as benches
from app.services.bench import Bench
from app.services.pin_gate import PinGate
from app.services.pins import PinDesk
from app.services.playing import badge, command
from app.services.ports import Store
from app.services.typing_in import KEYBOARD
from app.services.views import Outcome, Screen, Tone
from tests.unit.services.desk import ANNA, BO, CLEO, MAC, PASSING, TESTER, Desk
from tests.unit.services.told import DISK_FULL, FailingStore, Told

RIGHT, WRONG = "2580", "2581"
MINUTE = timedelta(minutes=1)


@dataclass
class GatedHasher:
    """The real hasher, which a test can hold up, or break."""

    real: Argon2Hasher = field(default_factory=lambda: Argon2Hasher(1, 8, 1))
    begun: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    broken: Exception | None = None

    def hash(self, pin: str) -> str:
        self.begun.set()
        self.go_on.wait()
        return self.real.hash(pin)

    def verify(self, kept: str, pin: str) -> bool:
        self.begun.set()
        self.go_on.wait()
        if self.broken is not None:
            raise self.broken
        return self.real.verify(kept, pin)


@dataclass
class Guarded:
    """A bench with PINs, and whom it tells."""

    desk: Desk
    told: Told
    hasher: GatedHasher = field(default_factory=GatedHasher)
    seconds: float = 0.0
    pins: PinDesk = field(init=False)
    gate: PinGate = field(init=False)
    bench: Bench = field(init=False)
    numbers: int = 0

    def __post_init__(self) -> None:
        self.pins = PinDesk(
            lambda: DatabaseVault(self.desk.store.database),
            self.hasher,
            lock_rules(3, (1, 5)),
            self.desk.clock,
            lambda: self.seconds,
        )
        self.hasher.go_on.set()
        for person in ("anna", "cleo"):
            self.pins.keep(person, self.pins.hashed(RIGHT))
        self.hasher.begun.clear()

    def start(
        self, required: PinRequired = PinRequired.ALWAYS, store: Store | None = None
    ) -> "Guarded":
        self.gate = PinGate(self.pins, required)
        self.bench = Bench(
            lambda: store or self.desk.store,
            self.desk.policy,
            self.desk.clock,
            self.desk.ids,
            self.told.listeners(),
            {TESTER: lambda _: (PASSING,)},
            self.gate,
        )
        self.bench.start()
        return self

    def answered(self, give: Callable[[], None]) -> Outcome:
        """Give it something and wait for the answer."""
        before = len(self.told.outcomes)
        give()
        self.told.until(lambda: len(self.told.outcomes) > before)
        return self.told.outcomes[-1][0]

    def scan(self, text: str, device: str = "scanner-1") -> Outcome:
        return self.answered(lambda: self.bench.submit(self.frame(text, device)))

    def frame(self, text: str, device: str = "scanner-1") -> Frame:
        self.desk.clock.moment += timedelta(seconds=2)
        self.seconds += 2
        self.numbers += 1
        raw = text.encode()
        return Frame(device, DeviceRole.SCANNER, raw, self.desk.clock.moment, self.numbers)

    def badge(self, number: str) -> Outcome:
        return self.scan(badge(number))

    def pin(self, text: str) -> Outcome:
        return self.answered(lambda: self.bench.pin(text))

    def person_of(self, person_id: str) -> Person | None:
        return self.bench.call(lambda store: _person(store, person_id)).result()

    def until_checked(self) -> None:
        """Wait until what is being checked is settled."""
        self.gate.stop()
        self.bench.call(lambda _: None).result()

    def passes(self, time: timedelta) -> None:
        self.desk.clock.moment += time
        self.seconds += time.total_seconds()

    def everything_written(self) -> str:
        """All that lies in the store, as text: entries, frames, secrets."""
        lines: list[str] = []
        for (table,) in self.desk.store.database.bare.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            for row in self.desk.store.database.bare.execute(f"SELECT * FROM {table}").fetchall():  # noqa: S608 - SQLite's own names
                lines += [
                    one.decode(errors="replace") if isinstance(one, bytes) else str(one)
                    for one in row
                ]
        return "\n".join(lines)


def _person(store: Store, person_id: str) -> Person | None:
    with store.reading() as reader:
        return reader.person(person_id)


@pytest.fixture
def guarded(desk: Desk, told: Told, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guarded]:
    """A bench that is not started yet."""
    monkeypatch.setattr(benches, "RETRY_SECONDS", 0.001)
    made = Guarded(desk, told)
    yield made
    made.hasher.go_on.set()
    made.bench.stop()


def test_a_badge_asks_for_the_pin_and_the_right_one_signs_in(guarded: Guarded) -> None:
    guarded.start()
    asked = guarded.badge(ANNA)
    assert (asked.feedback.tone, asked.feedback.code) == (Tone.ASKED, "pin_asked")
    assert (asked.view.person, asked.view.screen) == (None, Screen.SIGN_IN)
    assert asked.view.pin is not None
    assert asked.view.pin.name == "Anna"
    assert [one.kind for one in asked.entries] == ["scan.recorded"]
    in_ = guarded.pin(RIGHT)
    assert in_.feedback.code == "signed_in"
    assert in_.view.person is not None
    assert in_.view.person.id == "anna"
    assert in_.view.pin is None
    assert [(one.kind, one.actor) for one in in_.entries] == [("person.signed_in", "person:anna")]


def test_neither_pin_nor_try_is_recorded_anywhere(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    told = [guarded.pin("71940325"), guarded.scan("71940326"), guarded.scan("71940327", KEYBOARD)]
    assert [one.entries for one in told] == [(), (), ()]
    guarded.bench.stop()
    written = guarded.everything_written()
    for pin in ("71940325", "71940326", "71940327"):
        assert pin not in written
        assert pin.encode().hex() not in written
    assert '"wrong": 3' in written
    assert [frame.raw for _, frame in guarded.told.outcomes[1:]] == [b"", b"", b""]


def test_digits_are_taken_for_a_pin_before_any_badge(guarded: Guarded) -> None:
    guarded.start()
    early = guarded.scan(RIGHT, KEYBOARD)
    assert (early.feedback.code, early.entries) == ("pin_not_asked", ())
    assert guarded.scan("12345678901").entries, "no PIN is as long"
    assert guarded.bench is not None
    cut = replace(guarded.frame(RIGHT), fault=FrameFault.CUT_OFF)
    assert guarded.answered(lambda: guarded.bench.submit(cut)).entries


def test_somebody_who_works_scans_digits_as_ever(guarded: Guarded) -> None:
    guarded.start(PinRequired.LEAD)
    assert guarded.badge(ANNA).feedback.code == "signed_in"
    assert [one.kind for one in guarded.scan("00471").entries] == ["scan.recorded"]
    assert guarded.badge(CLEO).feedback.code == "pin_asked"
    assert guarded.scan(RIGHT).view.person == guarded.person_of("cleo")


def test_a_wrong_pin_says_how_many_tries_are_left_and_the_last_locks(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    first, second, third = (guarded.pin(WRONG) for _ in range(3))
    assert [one.feedback.code for one in (first, second, third)] == [
        "pin_wrong",
        "pin_wrong",
        "pin_locked",
    ]
    assert [dict(one.feedback.fields).get("left") for one in (first, second)] == ["2", "1"]
    assert second.view.pin is not None
    assert third.view.pin is None
    # 12:00 and some seconds in UTC is 13:00 in Stockholm; the first free minute is told
    assert dict(third.feedback.fields) == {"person": "Anna", "until": "13:02", "minutes": "1"}


def test_whoever_is_locked_out_is_told_at_the_badge_until_the_time_is_over(
    guarded: Guarded,
) -> None:
    guarded.start()
    guarded.badge(ANNA)
    for _ in range(3):
        guarded.pin(WRONG)
    told = guarded.badge(ANNA)
    assert (told.feedback.code, told.view.pin) == ("pin_locked", None)
    assert [one.kind for one in told.entries] == ["scan.recorded"]
    assert guarded.pin(RIGHT).feedback.code == "pin_not_asked"
    guarded.passes(MINUTE)
    guarded.badge(ANNA)
    assert guarded.pin(RIGHT).feedback.code == "signed_in"


def test_a_lock_that_another_program_set_holds_while_the_pin_is_asked_for(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    for _ in range(3):
        guarded.bench.call(lambda _: guarded.pins.check("anna", WRONG)).result()
    assert guarded.pin(RIGHT).feedback.code == "pin_locked"


def test_a_whole_minute_is_told_as_it_is(guarded: Guarded) -> None:
    guarded.desk.clock.moment -= timedelta(seconds=2)
    guarded.start()
    guarded.badge(ANNA)
    told = [guarded.pin(WRONG) for _ in range(3)][-1]
    assert dict(told.feedback.fields)["until"] == "13:01"


def test_without_a_pin_nobody_gets_in_where_one_is_demanded(guarded: Guarded) -> None:
    guarded.start()
    told = guarded.badge(BO)
    assert (told.feedback.code, told.feedback.way_on) == ("pin_missing", "pin_missing")
    assert (told.view.pin, told.view.person) == (None, None)


def test_whoever_works_goes_on_until_the_pin_of_the_next_is_right(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.pin(RIGHT)
    assert guarded.badge(ANNA).feedback.code == "already_signed_in"
    asked = guarded.badge(CLEO)
    assert asked.view.person == guarded.person_of("anna")
    assert guarded.scan(MAC).view.pin is None, "a product is Anna's work: the PIN is given up"
    assert guarded.pin(RIGHT).feedback.code == "pin_not_asked"
    guarded.badge(CLEO)
    changed = guarded.pin(RIGHT)
    assert changed.view.person == guarded.person_of("cleo")
    assert [one.kind for one in changed.entries] == ["person.signed_out", "person.signed_in"]
    guarded.badge(ANNA)
    assert guarded.pin(RIGHT).view.product is not None, "her place waited for her"


def test_a_lock_of_the_bench_is_undone_by_badge_and_pin(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.pin(RIGHT)
    guarded.badge(CLEO)
    locked = guarded.answered(lambda: guarded.bench.command("LOCK"))
    assert (locked.feedback.code, locked.view.pin) == ("locked", None)
    assert guarded.badge(ANNA).feedback.code == "pin_asked"
    assert guarded.answered(lambda: guarded.bench.command("LOCK")).view.pin is None
    guarded.badge(ANNA)
    assert guarded.pin(RIGHT).feedback.code == "signed_in"


@pytest.mark.parametrize("code", ["HOME", "UNDO"])
def test_home_and_undo_give_the_pin_up(guarded: Guarded, code: str) -> None:
    guarded.start()
    guarded.badge(ANNA)
    told = guarded.answered(lambda: guarded.bench.command(code))
    assert (told.feedback.code, told.view.pin) == ("pin_dropped", None)


def test_another_scan_waits_for_the_pin(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    for text in (MAC, command("OPEN")):
        told = guarded.scan(text)
        assert (told.feedback.code, told.feedback.way_on) == ("pin_first", "type_pin")
        assert told.view.pin is not None
    assert guarded.pin(RIGHT).feedback.code == "signed_in"


def test_a_pin_is_waited_for_two_minutes(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.passes(timedelta(minutes=2))
    assert guarded.pin(WRONG).feedback.code == "pin_wrong"
    guarded.passes(timedelta(minutes=2, seconds=1))
    assert guarded.pin(RIGHT).feedback.code == "pin_expired"
    assert guarded.pin(RIGHT).feedback.code == "pin_not_asked"
    guarded.badge(ANNA)
    guarded.passes(timedelta(minutes=3))
    assert guarded.scan(MAC).feedback.code == "sign_in_first"


@pytest.mark.parametrize("text", ["25a0", "258", "123456789", ""])
def test_what_is_no_pin_is_not_tried(guarded: Guarded, text: str) -> None:
    guarded.start()
    guarded.badge(ANNA)
    told = guarded.pin(text)
    assert (told.feedback.code, told.entries) == ("pin_form", ())
    assert told.view.pin is not None
    assert guarded.pins.standing("anna").wrong == 0


def test_another_badge_can_be_typed_in_place_of_the_pin(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    told = guarded.pin(label_text(LabelKind.BADGE, CLEO))
    assert told.view.pin is not None
    assert told.view.pin.name == "Cleo"


def test_one_pin_is_checked_at_a_time_and_scans_go_on_meanwhile(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.hasher.go_on.clear()
    guarded.bench.pin(WRONG)
    guarded.hasher.begun.wait()
    assert guarded.pin(RIGHT).feedback.code == "pin_checking"
    assert guarded.scan(MAC).feedback.code == "pin_first"
    assert guarded.answered(guarded.hasher.go_on.set).feedback.code == "pin_wrong"
    assert guarded.pins.standing("anna").wrong == 1


@pytest.mark.parametrize("other", [BO, CLEO])
def test_a_right_pin_signs_nobody_in_who_is_not_asked_any_more(
    guarded: Guarded, other: str
) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.hasher.go_on.clear()
    guarded.bench.pin(RIGHT)
    guarded.hasher.begun.wait()
    guarded.badge(other)
    guarded.hasher.go_on.set()
    guarded.until_checked()
    assert guarded.told.codes()[-1] in {"pin_missing", "pin_asked"}
    assert "signed_in" not in guarded.told.codes()


def test_a_person_whom_the_register_lost_meanwhile_is_not_signed_in(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.bench.call(lambda _: guarded.desk.without("people", "anna")).result()
    told = guarded.pin(RIGHT)
    assert (told.feedback.code, told.view.person, told.view.pin) == ("pin_person_gone", None, None)


def locked_out(guarded: Guarded, number: str = ANNA) -> Outcome:
    """Try until it is locked."""
    guarded.badge(number)
    return [guarded.pin(WRONG) for _ in range(3)][-1]


def test_a_lead_who_sees_that_somebody_is_locked_out_lets_them_try_again(
    guarded: Guarded,
) -> None:
    guarded.start()
    guarded.badge(CLEO)
    guarded.pin(RIGHT)
    told = locked_out(guarded)
    assert (told.feedback.code, told.feedback.way_on) == ("pin_locked", "pin_unlock")
    assert told.feedback.can_undo
    assert guarded.badge(ANNA).feedback.can_undo
    undone = guarded.answered(lambda: guarded.bench.command("UNDO"))
    assert (undone.feedback.code, undone.feedback.way_on) == ("pin_unlocked", "scan_badge")
    assert [(one.kind, one.subject, one.actor) for one in undone.entries[1:]] == [
        ("person.pin_unlocked", "person:anna", "person:cleo")
    ]
    guarded.badge(ANNA)
    assert guarded.pin(RIGHT).feedback.code == "signed_in"


def test_whoever_is_no_lead_unlocks_nobody(guarded: Guarded) -> None:
    guarded.start()
    guarded.pins.keep("bo", guarded.pins.hashed(RIGHT))
    guarded.badge(BO)
    guarded.pin(RIGHT)
    told = locked_out(guarded)
    assert (told.feedback.way_on, told.feedback.can_undo) == ("pin_locked", False)
    assert guarded.answered(lambda: guarded.bench.command("UNDO")).feedback.code == "no_repair"
    assert guarded.pins.standing("anna").is_locked


def test_undo_unlocks_nobody_once_the_lead_has_gone_on(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(CLEO)
    guarded.pin(RIGHT)
    locked_out(guarded)
    guarded.scan(MAC)
    assert guarded.answered(lambda: guarded.bench.command("UNDO")).feedback.code == "no_repair"
    guarded.badge(ANNA)
    guarded.passes(timedelta(minutes=3))
    assert guarded.answered(lambda: guarded.bench.command("UNDO")).feedback.code == "no_repair"


def test_nobody_unlocks_at_a_locked_bench(guarded: Guarded) -> None:
    guarded.start()
    assert not locked_out(guarded).feedback.can_undo
    assert guarded.answered(lambda: guarded.bench.command("UNDO")).feedback.code == "sign_in_first"


def to_sign(guarded: Guarded) -> None:
    """Bring a repair of Anna's to its signature."""
    guarded.badge(ANNA)
    guarded.pin(RIGHT)
    strap = replace(guarded.frame("W 1.00 M PASS", TESTER), role=DeviceRole.ESD_TESTER)
    guarded.answered(lambda: guarded.bench.submit(strap))
    guarded.scan(MAC)
    for code in ("OPEN", "SYM01", "DIAG", "WORK", "DONE"):
        guarded.scan(command(code))
    assert guarded.told.outcomes[-1][0].view.awaiting_signature


def test_another_lead_s_badge_signs_with_its_pin_and_signs_nobody_in(guarded: Guarded) -> None:
    guarded.start()
    to_sign(guarded)
    asked = guarded.badge(CLEO)
    assert (asked.feedback.code, asked.view.awaiting_signature) == ("pin_asked", True)
    assert guarded.pin(WRONG).feedback.code == "pin_wrong"
    signed = guarded.pin(RIGHT)
    assert signed.feedback.code == "repair_completed"
    assert signed.view.person == guarded.person_of("anna")
    assert [(one.kind, one.actor) for one in signed.entries] == [
        ("repair.signed", "person:cleo"),
        ("repair.status_changed", "person:cleo"),
    ]
    assert signed.report_for


# ----------------------------------------------------------------------
# The first PIN
# ----------------------------------------------------------------------

NEW = "1357"


def choose(guarded: Guarded) -> Outcome:
    """A lead is signed in, and somebody without a PIN scans their badge."""
    guarded.start()
    guarded.badge(CLEO)
    guarded.pin(RIGHT)
    return guarded.badge(BO)


def test_beside_a_lead_a_first_pin_is_chosen_by_typing_it_twice(guarded: Guarded) -> None:
    told = choose(guarded)
    assert (told.feedback.tone, told.feedback.code) == (Tone.ASKED, "pin_choose")
    assert told.view.pin is not None
    assert told.view.pin.is_new
    again = guarded.pin(NEW)
    assert (again.feedback.code, again.view.pin is not None) == ("pin_repeat", True)
    chosen = guarded.pin(NEW)
    assert (chosen.feedback.code, chosen.view.pin) == ("pin_set", None)
    assert [(one.kind, one.subject, one.actor) for one in chosen.entries] == [
        ("person.pin_set", "person:bo", "person:cleo")
    ]
    assert chosen.view.person == guarded.person_of("cleo")
    guarded.badge(BO)
    assert guarded.pin(NEW).view.person == guarded.person_of("bo")
    guarded.bench.stop()
    assert NEW.encode().hex() not in guarded.everything_written()


def test_two_that_differ_are_chosen_anew(guarded: Guarded) -> None:
    choose(guarded)
    guarded.pin(NEW)
    assert guarded.pin("7531").feedback.code == "pins_differ"
    assert guarded.pin("7531").feedback.code == "pin_repeat"
    assert guarded.pin("7531").feedback.code == "pin_set"


@pytest.mark.parametrize(("pin", "code"), [("1111", "pin_easy"), ("12", "pin_form")])
def test_an_easy_pin_is_not_chosen(guarded: Guarded, pin: str, code: str) -> None:
    choose(guarded)
    assert guarded.pin(pin).feedback.code == code
    guarded.pin(NEW)
    assert guarded.pin(NEW).feedback.code == "pin_set"


def test_what_was_chosen_once_is_forgotten_with_the_next_badge(guarded: Guarded) -> None:
    choose(guarded)
    guarded.pin(NEW)
    assert guarded.badge(BO).feedback.code == "pin_choose"
    assert guarded.pin(NEW).feedback.code == "pin_repeat"


def hashing(guarded: Guarded) -> None:
    """A new PIN is being hashed, until the hasher may go on."""
    choose(guarded)
    guarded.pin(NEW)
    guarded.hasher.go_on.clear()
    guarded.hasher.begun.clear()
    guarded.bench.pin(NEW)
    guarded.hasher.begun.wait()


def test_a_new_pin_is_not_kept_once_it_is_given_up(guarded: Guarded) -> None:
    hashing(guarded)
    guarded.scan(MAC)
    guarded.hasher.go_on.set()
    guarded.until_checked()
    assert not guarded.pins.standing("bo").is_set


def test_a_new_pin_is_not_kept_where_the_lead_is_none_any_more(guarded: Guarded) -> None:
    hashing(guarded)
    guarded.bench.call(lambda _: guarded.desk.without("people", "cleo")).result()
    assert guarded.answered(guarded.hasher.go_on.set).feedback.code == "pin_expired"
    assert not guarded.pins.standing("bo").is_set


def test_what_is_checked_when_the_program_ends_counts_as_a_try(guarded: Guarded) -> None:
    guarded.start()
    guarded.badge(ANNA)
    guarded.hasher.go_on.clear()
    guarded.bench.pin(RIGHT)
    guarded.hasher.begun.wait()
    threading.Thread(target=guarded.hasher.go_on.set).start()
    guarded.bench.stop()
    guarded.bench.pin(RIGHT)
    assert guarded.told.rescued == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_defect_while_a_pin_is_checked_lets_nobody_in(guarded: Guarded) -> None:
    guarded.hasher.broken = MemoryError()
    guarded.start()
    guarded.badge(ANNA)
    assert guarded.pin(RIGHT).feedback.code == "pin_wrong"


def test_a_defect_where_a_pin_is_taken_is_told_and_the_bench_goes_on(
    guarded: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded.start()
    guarded.badge(ANNA)

    def broken(person_id: str) -> None:
        raise RuntimeError(person_id)

    monkeypatch.setattr(guarded.pins, "begin", broken)
    guarded.bench.pin(RIGHT)
    guarded.told.until(lambda: bool(guarded.told.bugs))
    assert guarded.told.bugs[0][0].raw == b""
    assert guarded.scan(MAC).feedback.code == "pin_first"


def test_a_full_disk_holds_the_sign_in_up_and_loses_nothing(guarded: Guarded) -> None:
    failing = FailingStore(guarded.desk.store)
    guarded.start(store=failing)
    guarded.badge(ANNA)
    failing.errors.extend([DISK_FULL, DISK_FULL])
    told = guarded.pin(RIGHT)
    assert told.feedback.code == "signed_in"
    assert guarded.told.faults == ["disk_full", "disk_full"]


def test_a_pin_is_not_rescued_when_the_store_never_opens(desk: Desk, told: Told) -> None:
    guarded = Guarded(desk, told)

    def locked() -> Store:
        raise DISK_FULL

    bench = Bench(
        locked,
        desk.policy,
        desk.clock,
        desk.ids,
        told.listeners(),
        pins=PinGate(guarded.pins, PinRequired.ALWAYS),
    )
    bench.pin(RIGHT)
    bench.submit(guarded.frame(RIGHT, KEYBOARD))
    bench.submit(guarded.frame(MAC))
    bench.start()
    bench.stop()
    assert [frame.raw for frame in told.rescued] == [MAC.encode()]


def test_a_bench_that_demands_no_pin_takes_none(desk: Desk, told: Told) -> None:
    bench = Bench(lambda: desk.store, desk.policy, desk.clock, desk.ids, told.listeners())
    bench.start()
    bench.pin(RIGHT)
    bench.stop()
    assert told.outcomes == []
