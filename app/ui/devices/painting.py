"""The rows and the large buttons of whichever devices' screen is shown. Pure, no Qt."""

from app.services.views import BenchView
from app.ui.devices.live_viewmodel import LiveRows, live_actions, live_rows
from app.ui.devices.panel import Panel
from app.ui.devices.setup_viewmodel import SetupRows, setup_actions, setup_rows
from app.ui.shell.rows import Action
from app.ui.wording import Wording


def panel_rows(panel: Panel, view: BenchView, wording: Wording) -> LiveRows | SetupRows:
    """The rows."""
    if panel.setup is not None:
        return setup_rows(panel.setup, wording)
    return live_rows(panel, view, wording)


def panel_actions(panel: Panel, wording: Wording) -> tuple[Action, ...]:
    """The large buttons."""
    if panel.setup is not None:
        return setup_actions(panel.setup, wording)
    return live_actions(panel, wording)
