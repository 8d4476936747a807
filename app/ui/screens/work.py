"""The screens of the work, from signing in to the repair."""

from PySide6.QtWidgets import QWidget

from app.ui.painting import Rows
from app.ui.screens.esd_gate.view import EsdGateView
from app.ui.screens.esd_gate.viewmodel import EsdGateRows
from app.ui.screens.home.view import HomeView
from app.ui.screens.home.viewmodel import HomeRows
from app.ui.screens.repair.view import RepairView
from app.ui.screens.repair.viewmodel import RepairRows
from app.ui.screens.sign_in.view import SignInView
from app.ui.screens.sign_in.viewmodel import SignInRows
from app.ui.shell.shell import Shell


class WorkScreens:
    """The screens, made once; the window owns them.

    Args:
        shell: What they are shown in.
    """

    def __init__(self, shell: Shell) -> None:
        self.sign_in = SignInView()
        self.esd_gate = EsdGateView()
        self.home = HomeView()
        self.repair = RepairView()
        for screen in (self.sign_in, self.esd_gate, self.home, self.repair):
            shell.add_screen(screen)

    def show_rows(self, rows: Rows) -> QWidget | None:
        """Give the rows to the screen that they are for; None where they are for none of these."""
        match rows:
            case SignInRows():
                self.sign_in.show_rows(rows)
                return self.sign_in
            case EsdGateRows():
                self.esd_gate.show_rows(rows)
                return self.esd_gate
            case HomeRows():
                self.home.show_rows(rows)
                return self.home
            case RepairRows():
                self.repair.show_rows(rows)
                return self.repair
            case _:
                return None
