"""The diagnostics server (P7): whether it can be reached, and the folder that its results come to.

Each is looked after by a thread of its own, because a network that hangs must hold up nothing else.
"""

from app.devices.diagnostics.folder import FolderFile, ResultsFolder
from app.devices.diagnostics.rounds import Rounds
from app.devices.diagnostics.server import ServerProbe

__all__ = ["FolderFile", "ResultsFolder", "Rounds", "ServerProbe"]
