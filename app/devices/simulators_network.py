"""Testers on the network without the hardware: real sockets and a real HTTP server on loopback."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self

from typing_extensions import override

from app.devices.simulators import UnpluggedError

_TURN_SECONDS: Final = 0.05
_AT_ONCE: Final = 65536


class SimulatedHost:
    """A device that listens on a TCP port of this computer, for one program at a time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._listener: socket.socket | None = None
        self._client: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._port = 0
        self.plug()

    @property
    def path(self) -> str:
        """The address that the program opens."""
        return f"tcp://127.0.0.1:{self._port}"

    def plug(self) -> None:
        """Listen, on the same port as before. Does nothing if it does."""
        if self._listener is not None:
            return
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listener.getsockname()[1]
        self._thread = threading.Thread(
            target=self._accept, args=(self._listener,), name="simulated host"
        )
        self._thread.start()

    def unplug(self) -> None:
        """Hang up and listen no more. Does nothing if it does not."""
        listener, self._listener = self._listener, None
        if listener is None:
            return
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        self.hang_up()
        if self._thread is not None:
            self._thread.join()

    def hang_up(self) -> None:
        """Close the connection to the program, as a device does that is switched off and on."""
        with self._changed:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def replug(self) -> None:
        """Hang up, and listen again."""
        self.unplug()
        self.plug()

    def close(self) -> None:
        """End it."""
        self.unplug()

    def write(self, data: bytes) -> None:
        """Send bytes.

        Raises:
            UnpluggedError: No program is connected, or it hung up.
        """
        with self._changed:
            client = self._client
        if client is None:
            raise UnpluggedError(self.path)
        try:
            client.sendall(data)
        except OSError as error:
            raise UnpluggedError(self.path) from error

    def wait_connected(self, seconds: float) -> bool:
        """Wait until a program is connected."""
        with self._changed:
            return self._changed.wait_for(lambda: self._client is not None, seconds)

    def received(self) -> bytes:
        """What the program has sent since the last time."""
        return self.wait_received(0.001)

    def wait_received(self, seconds: float) -> bytes:
        """The same, waiting a moment for the first byte; nothing where nobody is connected."""
        self.wait_connected(seconds)
        with self._changed:
            client = self._client
        if client is None:
            return b""
        try:
            client.settimeout(seconds)
            data = client.recv(_AT_ONCE)
        except TimeoutError:
            return b""
        except OSError:
            data = b""
        if not data:
            self._forget(client)
        return data

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _forget(self, client: socket.socket) -> None:
        with self._changed:
            if self._client is client:
                self._client = None
        client.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return  # it listens no more
            with self._changed:
                before, self._client = self._client, client
                self._changed.notify_all()
            if before is not None:
                before.close()


class SimulatedServer:
    """A tester that is asked over HTTP, and gives each of its answers once, then "no data"."""

    def __init__(self, empty: bytes = b"no data") -> None:
        self._guard = threading.Condition()
        self._answers: list[tuple[int, bytes]] = []
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            """Answers one question."""

            def do_GET(self) -> None:
                """Give the next answer."""
                status, body = outer.next_answer(self.path, empty)
                self.send_response(status)
                self.send_header("Content-Type", "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            @override
            def log_message(self, format: str, *args: object) -> None:
                del format, args

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_TURN_SECONDS,), name="simulated server"
        )
        self._thread.start()

    @property
    def path(self) -> str:
        """The address that the program asks."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answer(self, body: bytes, status: int = 200) -> None:
        """What to answer to a question that comes."""
        with self._guard:
            self._answers.append((status, body))

    def next_answer(self, path: str, empty: bytes) -> tuple[int, bytes]:
        """The answer to a question; notes the question."""
        with self._guard:
            self.asked.append(path)
            self._guard.notify_all()
            return self._answers.pop(0) if self._answers else (200, empty)

    def wait_asked(self, times: int, seconds: float) -> bool:
        """Wait until it has been asked so often."""
        with self._guard:
            return self._guard.wait_for(lambda: len(self.asked) >= times, seconds)

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
