"""A keyboard of the X server, and the server itself: keys as a USB keyboard's come, with XTEST.

It speaks the protocol over the server's socket: two requests and the greeting need no library.
"""

import os
import shutil
import socket
import struct
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

OFFSET: Final = 8
"""X11 counts keys from 8."""
_NEEDED: Final = ("Xvfb", "setxkbmap", "xkbcomp")
_QUERY_EXTENSION, _SET_FOCUS, _GET_FOCUS, _FAKE_INPUT = 98, 42, 43, 2
_GET_MAPPING: Final = 101
_ERROR, _REPLY = 0, 1
_SOCKETS: Final = "/tmp/.X11-unix/X"  # noqa: S108 - where every X server listens
_PRESS, _RELEASE, _MOTION = 2, 3, 6


def missing() -> str:
    """What a real X server lacks here; empty where it can be had."""
    return ", ".join(one for one in _NEEDED if shutil.which(one) is None)


@contextmanager
def x_server(layout: str) -> Generator[str]:
    """Run a server whose keyboard has a layout.

    Yields:
        The display's name.
    """
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-noreset"]
    server = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            display = f":{told.readline().strip()}"
        subprocess.run(["setxkbmap", "-display", display, layout], check=True)
        yield display
    finally:
        server.terminate()
        server.wait()


class XKeyboard:
    """Types on a display. Each request is served in order; a delay holds up those after it."""

    def __init__(self, display: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(f"{_SOCKETS}{display.removeprefix(':')}")
        self._socket.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
        head = self._read(8)
        self._read(int.from_bytes(head[6:8], "little") * 4)
        name = b"XTEST"
        self._socket.sendall(struct.pack("<BxHHxx8s", _QUERY_EXTENSION, 4, len(name), name))
        self._xtest = self._reply()[9]

    def key(self, code: int, *, down: bool, after_ms: int = 0) -> None:
        """Press or release a key, some time after the one before."""
        self._fake(_PRESS if down else _RELEASE, code + OFFSET, after_ms)

    def pause(self, ms: int) -> None:
        """Hold up what comes next: a pointer that moves by nothing."""
        self._fake(_MOTION, 1, ms)

    def _fake(self, kind: int, detail: int, after_ms: int) -> None:
        head = struct.pack("<BBHBBxxI", self._xtest, _FAKE_INPUT, 9, kind, detail, after_ms)
        self._socket.sendall(head + bytes(24))

    def focus(self, window: int) -> None:
        """Give a window the focus, as a window manager would."""
        self._socket.sendall(struct.pack("<BBHII", _SET_FOCUS, 1, 3, window, 0))
        self.wait()

    def wait(self) -> None:
        """Wait until everything was typed."""
        self._socket.sendall(struct.pack("<BxH", _GET_FOCUS, 1))
        self._reply()

    def keysyms(self, code: int) -> tuple[int, ...]:
        """What the server's own layout makes of a key."""
        self._socket.sendall(struct.pack("<BxHBBxx", _GET_MAPPING, 2, code + OFFSET, 1))
        head = self._reply()
        count = int.from_bytes(head[4:8], "little")
        return struct.unpack(f"<{count}I", self._read(4 * count))

    def close(self) -> None:
        self._socket.close()

    def _reply(self) -> bytes:
        """The next answer; events, such as a change of the keyboard, are passed over."""
        while True:
            told = self._read(32)
            if told[0] == _REPLY:
                return told
            if told[0] == _ERROR:
                raise ConnectionError(f"the X server refused a request: error {told[1]}")

    def _read(self, count: int) -> bytes:
        got = b""
        while len(got) < count:
            more = self._socket.recv(count - len(got))
            if not more:
                raise ConnectionError("the X server is gone")
            got += more
        return got
