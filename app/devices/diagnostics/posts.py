"""What is looked after, as the settings name it: the server, the folder, both or neither."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.devices.diagnostics import folder, server
from app.devices.diagnostics.rounds import Post
from app.domain.frames import DeviceRole
from app.services.filing import FOLDER

SERVER: Final = "diagnostics-1"


def posts_of(url: str, path: str, take: Callable[[folder.FolderFile], bool]) -> tuple[Post, ...]:
    """The posts of a bench.

    Args:
        url: Where the diagnostics server is; empty for none.
        path: The folder that results come to; empty for none.
        take: Takes a file that has come to rest.

    Raises:
        AddressError: The server can never be asked there.
    """
    posts: list[Post] = []
    if url:
        place = server.parse_server(url)
        probe = server.ServerProbe(place)
        posts.append(
            Post(
                SERVER,
                DeviceRole.DIAGNOSTICS,
                place.where,
                probe.look,
                server.LOOK_SECONDS,
                probe.cancel,
            )
        )
    if path:
        watched = folder.ResultsFolder(Path(path).expanduser(), take)
        posts.append(
            Post(
                FOLDER,
                DeviceRole.RESULTS,
                path,
                watched.look,
                folder.LOOK_SECONDS,
                watched.cancel,
                watched.anew,
            )
        )
    return tuple(posts)
