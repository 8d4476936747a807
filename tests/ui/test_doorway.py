"""What stands before the bench: the first run, the passphrase, and what keeps the bench shut."""

from dataclasses import dataclass, field, replace
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.data.keys import SHORTEST_PASSPHRASE
from app.texts import Language, texts
from app.ui import door as door_module
from app.ui.bridge import FaultTold
from app.ui.door import Door, DoorStage, HomeWanted, KeyAt, wrong_with
from app.ui.painting import picture_of
from app.ui.screens.cannot_open.viewmodel import CannotOpenRows
from app.ui.screens.first_run.view import FirstRunView
from app.ui.screens.first_run.viewmodel import FirstRunRows, first_run_rows
from app.ui.screens.sign_in.view import SignInView
from app.ui.screens.unlock.view import UnlockView
from app.ui.state import WindowState
from app.ui.theme.colours import Level
from app.ui.widgets.choice import ChoiceButton
from app.ui.wording import Wording
from tests.ui.conftest import Open, Opened
from tests.ui.door_samples import CHOOSING
from tests.ui.samples import NOW, STATES

V = TypeVar("V", bound=QWidget)

TYPED = "åtta tecken minst"

KEEP_SHUT = (
    "corrupt", "wrong_key", "key_missing", "key_unreadable", "key_file_open_to_others",
    "keyring_locked", "keyring_timeout", "no_keyring", "newer_database", "old_sqlite", "in_use",
    "locked", "io", "disk_full", "read_only", "missing", "second_instance", "device_setting",
    "policy_invalid", "settings_invalid",
)  # fmt: skip


@dataclass
class RememberingDoor:
    """Remembers what a person asked for."""

    wanted: list[HomeWanted] = field(default_factory=list)
    passphrases: list[str] = field(default_factory=list)

    def is_made(self) -> bool:
        return False

    def look(self) -> None:
        raise AssertionError

    def make_home(self, wanted: HomeWanted) -> None:
        self.wanted.append(wanted)

    def unlock(self, passphrase: str) -> None:
        self.passphrases.append(passphrase)

    def close(self) -> None:
        raise AssertionError


def at_door(open_window: Open, door: Door) -> tuple[Opened, RememberingDoor]:
    opened, port = open_window(), RememberingDoor()
    opened.controller.doorway.attach(port)
    opened.bridge.tell_door(door)
    return opened, port


def view_of(opened: Opened, kind: type[V]) -> V:
    return next(one for one in opened.window.findChildren(kind) if one.isVisible())


def press(opened: Opened, code: str) -> None:
    found = [one for one in opened.window.findChildren(ChoiceButton) if one.code == code]
    next(one for one in found if one.isVisible()).click()


# ----------------------------------------------------------------------
# The first run
# ----------------------------------------------------------------------


def test_a_home_is_made_where_the_person_says(open_window: Open) -> None:
    opened, port = at_door(open_window, CHOOSING)
    press(opened, "file")
    press(opened, "sample")
    view_of(opened, FirstRunView).make.click()
    assert port.wanted == [HomeWanted(KeyAt.FILE, "", sample=True)]
    assert opened.controller.state.door is not None
    assert opened.controller.state.door.stage is DoorStage.MAKING


def test_the_key_is_never_put_anywhere_silently(open_window: Open) -> None:
    opened, port = at_door(open_window, CHOOSING)
    view_of(opened, FirstRunView).make.click()
    assert port.wanted == []
    assert opened.controller.state.door == replace(CHOOSING, wrong="first_run.wrong.no_key")
    press(opened, "file")
    press(opened, "empty")
    assert opened.controller.state.door == replace(CHOOSING, key=KeyAt.FILE)


def test_a_passphrase_is_typed_twice(open_window: Open) -> None:
    opened, port = at_door(open_window, CHOOSING)
    press(opened, "passphrase")
    view = view_of(opened, FirstRunView)
    view.first.setText(TYPED)
    view.again.setText("something else")
    view.make.click()
    assert port.wanted == []
    assert opened.controller.state.door is not None
    assert opened.controller.state.door.wrong == "first_run.wrong.differs"
    view.again.setText(TYPED)
    view.again.returnPressed.emit()
    assert port.wanted == [HomeWanted(KeyAt.PASSPHRASE, TYPED)]


def test_a_passphrase_is_forgotten_when_another_place_is_chosen(open_window: Open) -> None:
    opened, port = at_door(open_window, CHOOSING)
    press(opened, "passphrase")
    view = view_of(opened, FirstRunView)
    view.first.setText(TYPED)
    press(opened, "keyring")
    assert view.first.text() == ""
    view.make.click()
    assert port.wanted == [HomeWanted(KeyAt.KEYRING)]


def test_while_the_home_is_made_nothing_can_be_chosen(open_window: Open) -> None:
    making = replace(CHOOSING, stage=DoorStage.MAKING, key=KeyAt.FILE)
    opened, port = at_door(open_window, making)
    view = view_of(opened, FirstRunView)
    view.chosen.emit("keyring")
    view.wanted.emit("", "")
    assert (port.wanted, opened.controller.state.door) == ([], making)


def test_a_short_passphrase_is_refused_before_the_store_would() -> None:
    assert door_module.SHORTEST_PASSPHRASE == SHORTEST_PASSPHRASE
    typed = replace(CHOOSING, key=KeyAt.PASSPHRASE)
    assert wrong_with(typed, "a" * 7, "a" * 7) == "first_run.wrong.short"
    assert wrong_with(typed, "a" * 8, "a" * 8) == ""


def test_a_computer_without_a_keyring_is_not_offered_one(english: Wording) -> None:
    with_it = first_run_rows(CHOOSING, english)
    without = first_run_rows(replace(CHOOSING, keyring=False), english)
    assert [one.code for one in with_it.keys] == ["keyring", "passphrase", "file"]
    assert [one.code for one in without.keys] == ["passphrase", "file"]
    assert "no keyring" in without.prompt.detail
    assert "no keyring" not in with_it.prompt.detail
    assert CHOOSING.home in without.prompt.detail.replace("\u200b", "")


# ----------------------------------------------------------------------
# Unlocking
# ----------------------------------------------------------------------


def test_a_typed_passphrase_goes_to_the_door_and_nowhere_else(open_window: Open) -> None:
    opened, port = at_door(open_window, Door(DoorStage.LOCKED))
    view = view_of(opened, UnlockView)
    view.field.setText(TYPED)
    view.field.returnPressed.emit()
    assert (port.passphrases, opened.bench.texts) == ([TYPED], [])
    assert view.field.text() == ""
    assert opened.controller.state.door == Door(DoorStage.UNLOCKING)
    view.given.emit(TYPED)
    assert len(port.passphrases) == 1


def test_nothing_is_no_passphrase(open_window: Open) -> None:
    opened, port = at_door(open_window, Door(DoorStage.LOCKED))
    view_of(opened, UnlockView).unlock.click()
    assert port.passphrases == []


def test_what_is_typed_beside_the_field_is_no_scan(open_window: Open) -> None:
    opened, _ = at_door(open_window, Door(DoorStage.LOCKED))
    assert not opened.controller.shell.type_in("s")
    shown = [one for one in opened.window.findChildren(QLineEdit) if one.isVisible()]
    assert [one.echoMode() for one in shown] == [QLineEdit.EchoMode.Password]


def test_an_opened_bench_takes_the_doors_place(open_window: Open) -> None:
    opened, _ = at_door(open_window, Door(DoorStage.LOCKED))
    opened.bridge.tell_opened(STATES["sign_in"].view)
    assert opened.controller.state.door is None
    assert view_of(opened, SignInView)
    assert opened.controller.shell.type_in("1")


# ----------------------------------------------------------------------
# What keeps the bench shut
# ----------------------------------------------------------------------


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", KEEP_SHUT)
def test_what_keeps_the_bench_shut_fills_the_screen(code: str, language: Language) -> None:
    fault = FaultTold(code, (("path", "/h"), ("text", "t"), ("reason", "r")))
    words = Wording(texts(language))
    picture = picture_of(WindowState(fault=fault), words, NOW, dark=False)
    assert isinstance(picture.rows, CannotOpenRows)
    assert len(picture.rows.answers) == 2
    assert all(text for _, text in picture.rows.answers)
    assert (picture.frame.answer.level, picture.frame.fault) == (Level.STOP, None)
    assert not picture.frame.working


def test_a_fault_of_the_program_leaves_the_first_run_on_the_screen(english: Wording) -> None:
    state = WindowState(door=CHOOSING).with_fault(FaultTold("bug"))
    picture = picture_of(state, english, NOW, dark=False)
    assert isinstance(picture.rows, FirstRunRows)
    assert picture.frame.fault is not None


def test_the_same_fault_at_an_open_bench_is_a_message_beside_the_work(english: Wording) -> None:
    state = STATES["home"].with_fault(FaultTold("disk_full"))
    picture = picture_of(state, english, NOW, dark=False)
    assert not isinstance(picture.rows, CannotOpenRows)
    assert picture.frame.fault is not None
    assert picture.frame.working


def test_the_screen_of_a_shut_bench_is_shown_and_goes_when_it_opens(open_window: Open) -> None:
    opened = open_window("sv")
    opened.bridge.tell_fault("key_missing", {"path": "/h"})
    opened.bridge.tell_opened(STATES["sign_in"].view)
    assert opened.controller.state.fault is None
    assert view_of(opened, SignInView)
