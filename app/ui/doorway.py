"""Binds what stands before the bench: its screens, made when first shown, and its port.

Most days none of them is seen, so nothing of them is imported until then.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.ui.controller import Controller
    from app.ui.painting import DoorRows
    from app.ui.port import DoorPort
    from app.ui.screens.cannot_open.view import CannotOpenView
    from app.ui.screens.first_run.view import FirstRunView
    from app.ui.screens.unlock.view import UnlockView


class Doorway(QObject):
    """First run, unlocking, and what keeps the bench shut."""

    def __init__(self, controller: "Controller") -> None:
        super().__init__(controller)
        self._controller = controller
        self._port: DoorPort | None = None
        self._first_run: FirstRunView | None = None
        self._unlock: UnlockView | None = None
        self._cannot_open: CannotOpenView | None = None

    def attach(self, port: "DoorPort") -> None:
        """Whom to hand on what a person chooses and types."""
        self._port = port

    def show_rows(self, rows: "DoorRows") -> QWidget:
        """Give the rows to the screen that they are for; returns that screen."""
        from app.ui.screens.cannot_open.viewmodel import CannotOpenRows
        from app.ui.screens.first_run.viewmodel import FirstRunRows
        from app.ui.screens.unlock.viewmodel import UnlockRows

        match rows:
            case FirstRunRows():
                first_run = self._first_run_view()
                first_run.show_rows(rows)
                return first_run
            case UnlockRows():
                unlock = self._unlock_view()
                unlock.show_rows(rows)
                return unlock
            case CannotOpenRows():
                cannot_open = self._cannot_open_view()
                cannot_open.show_rows(rows)
                return cannot_open

    def _first_run_view(self) -> "FirstRunView":
        if self._first_run is None:
            from app.ui.screens.first_run.view import FirstRunView

            self._first_run = FirstRunView()
            self._first_run.chosen.connect(self._choose)
            self._first_run.wanted.connect(self._make)
            self._controller.shell.add_screen(self._first_run)
        return self._first_run

    def _unlock_view(self) -> "UnlockView":
        if self._unlock is None:
            from app.ui.screens.unlock.view import UnlockView

            self._unlock = UnlockView()
            self._unlock.given.connect(self._give)
            self._controller.shell.add_screen(self._unlock)
        return self._unlock

    def _cannot_open_view(self) -> "CannotOpenView":
        if self._cannot_open is None:
            from app.ui.screens.cannot_open.view import CannotOpenView

            self._cannot_open = CannotOpenView()
            self._controller.shell.add_screen(self._cannot_open)
        return self._cannot_open

    def _choose(self, code: str) -> None:
        from app.ui.door import KeyAt
        from app.ui.screens.first_run.viewmodel import EMPTY, SAMPLE

        door = self._controller.state.door
        if door is None or door.is_busy:
            return
        if code in {EMPTY, SAMPLE}:
            door = replace(door, sample=code == SAMPLE)
        else:
            door = replace(door, key=KeyAt(code), wrong="")
        self._controller.on_door(door)

    def _make(self, first: str, again: str) -> None:
        from app.ui.door import DoorStage, HomeWanted, KeyAt, wrong_with

        door = self._controller.state.door
        if door is None or door.is_busy or self._port is None:
            return
        wrong = wrong_with(door, first, again)
        if wrong or door.key is None:
            self._controller.on_door(replace(door, wrong=wrong))
            return
        passphrase = first if door.key is KeyAt.PASSPHRASE else ""
        self._controller.on_door(replace(door, stage=DoorStage.MAKING, wrong=""))
        self._port.make_home(HomeWanted(door.key, passphrase, door.sample))

    def _give(self, passphrase: str) -> None:
        from app.ui.door import DoorStage

        door = self._controller.state.door
        if door is None or door.is_busy or self._port is None:
            return
        self._controller.on_door(replace(door, stage=DoorStage.UNLOCKING, wrong=""))
        self._port.unlock(passphrase)
