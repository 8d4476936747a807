"""The diagnostics server (P7): whether it can be reached, and the folder that its results come to.

Each is looked after by a thread of its own, because a network that hangs must hold up nothing else.
"""

from app.devices.diagnostics.folder import FolderFile, ResultsFolder
from app.devices.diagnostics.posts import posts_of
from app.devices.diagnostics.rounds import Post, Rounds
from app.devices.diagnostics.server import ServerProbe, parse_server

__all__ = [
    "FolderFile",
    "Post",
    "ResultsFolder",
    "Rounds",
    "ServerProbe",
    "parse_server",
    "posts_of",
]
