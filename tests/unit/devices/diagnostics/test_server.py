"""The diagnostics server: whether it can be reached, whatever it answers, and when it is lost."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.devices.diagnostics import server as servers
from app.devices.diagnostics.rounds import Post, Rounds
from app.devices.diagnostics.server import ServerPlace, ServerProbe, parse_server
from app.devices.errors import AddressError
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus
from tests.unit.devices.diagnostics.certificates import write_certificate

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Server:
    """A server on loopback that says one thing to whoever comes, then hangs up or waits."""

    def __init__(self, answer: bytes = b"", *, holds: bool = False) -> None:
        self.answer = answer
        self.holds = holds
        self.asked: list[bytes] = []
        self.came = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, name="server")
        self._thread.start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):  # the listener is closed
            while True:
                connection, _ = self._listener.accept()
                with connection, contextlib.suppress(OSError):
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        self.came.set()
        asked = connection.recv(4096)
        self.asked.append(asked)
        if asked:
            connection.sendall(self.answer)
        if self.holds:
            connection.recv(1)  # until the other side lets go

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n")
    yield made
    made.close()


def look(server: Server, path: str = "/status", seconds: float = 5.0) -> DeviceStatus:
    return ServerProbe(ServerPlace("127.0.0.1", server.port, path), seconds=seconds).look()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


# ----------------------------------------------------------------------
# What it answers
# ----------------------------------------------------------------------


def test_a_server_that_accepts_a_connection_is_reached(server: Server) -> None:
    assert look(server, "") is DeviceStatus.READY
    assert server.came.wait()


def test_a_page_is_asked_for_by_its_head_alone(server: Server) -> None:
    assert look(server) is DeviceStatus.READY
    (asked,) = server.asked
    assert asked.split(b"\r\n")[0] == b"HEAD /status HTTP/1.1"
    assert f"Host: 127.0.0.1:{server.port}".encode() in asked


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"HTTP/1.1 204 No Content\r\n\r\n", "ready"),
        (b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n", "ready"),
        (b"HTTP/1.0 404 Not Found\r\n", "ready"),
        (b"HTTP/1.1 405\r\n", "ready"),
        (b"HTTP/1.1 401 Unauthorized\r\n", "denied"),
        (b"HTTP/1.1 403 Forbidden\r\n", "denied"),
        (b"HTTP/1.1 502 Bad Gateway\r\n", "wrong_mode"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "wrong_mode"),
        (b"HTTP/1.1 2000 What\r\n", "wrong_mode"),
        (b"HTTP/1.1 200", "ready"),
        (b"\x00\xff" * 5000, "wrong_mode"),
        (b"", "wrong_mode"),
    ],
)
def test_the_first_line_of_the_answer_says_how_it_stands(
    server: Server, answer: bytes, status: str
) -> None:
    server.answer = answer
    assert look(server).value == status


def test_a_server_that_never_comes_to_a_line_is_given_up(server: Server) -> None:
    server.answer, server.holds = b"HTTP/1.1 2", True
    seconds = iter([0.0, 0.0, 6.0])
    place = ServerPlace("127.0.0.1", server.port, "/")
    assert ServerProbe(place, monotonic=lambda: next(seconds)).look() is DeviceStatus.ABSENT


def test_a_server_that_says_nothing_is_given_up(server: Server) -> None:
    server.answer, server.holds = b"", True
    assert look(server, seconds=0.05) is DeviceStatus.ABSENT


def test_a_look_that_waits_ends_when_it_is_cancelled(server: Server) -> None:
    server.answer, server.holds = b"", True
    probe = ServerProbe(ServerPlace("127.0.0.1", server.port, "/"), seconds=600)
    found: list[DeviceStatus] = []
    looking = threading.Thread(target=lambda: found.append(probe.look()), name="look")
    looking.start()
    server.came.wait()
    while looking.is_alive():
        probe.cancel()
        looking.join(0.01)
    assert found[0] in {DeviceStatus.ABSENT, DeviceStatus.WRONG_MODE}
    probe.cancel()


def test_nobody_at_the_port_and_a_name_that_is_none_are_absent() -> None:
    nobody = ServerPlace("127.0.0.1", free_port(), "/")
    nameless = ServerPlace("x" * 70 + ".example", 80, "/")
    assert {ServerProbe(one).look() for one in (nobody, nameless)} == {DeviceStatus.ABSENT}


def test_a_network_that_is_forbidden_is_denied(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(address: tuple[str, int], seconds: float) -> socket.socket:
        raise PermissionError(13, f"{address} {seconds}")

    monkeypatch.setattr(servers.socket, "create_connection", forbid)
    assert look(server) is DeviceStatus.DENIED


# ----------------------------------------------------------------------
# TLS
# ----------------------------------------------------------------------


def test_a_server_without_tls_where_it_is_expected_is_in_the_wrong_mode(server: Server) -> None:
    place = ServerPlace("127.0.0.1", server.port, "/", secure=True)
    assert ServerProbe(place).look() is DeviceStatus.WRONG_MODE


def test_a_certificate_is_believed_only_where_it_is_known(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with secure_server(context) as port:
        place = ServerPlace("127.0.0.1", port, "/", secure=True)
        assert ServerProbe(place, trusting).look() is DeviceStatus.READY
        assert ServerProbe(place).look() is DeviceStatus.WRONG_MODE


@contextlib.contextmanager
def secure_server(context: ssl.SSLContext) -> Generator[int]:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for _ in range(2):
            plain, _ = listener.accept()
            with (
                plain,
                contextlib.suppress(OSError),
                context.wrap_socket(plain, server_side=True) as secure,
            ):
                secure.recv(4096)
                secure.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

    thread = threading.Thread(target=serve, name="secure server")
    with listener:
        thread.start()
        yield int(listener.getsockname()[1])
        thread.join()


# ----------------------------------------------------------------------
# Addresses
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("tcp://diag.example:8089", ServerPlace("diag.example", 8089)),
        ("http://diag.example", ServerPlace("diag.example", 80, "/")),
        ("HTTPS://diag.example/a?b=c", ServerPlace("diag.example", 443, "/a?b=c", secure=True)),
        ("http://[::1]:8080/x", ServerPlace("::1", 8080, "/x")),
    ],
)
def test_an_address_names_host_port_and_page(url: str, place: ServerPlace) -> None:
    assert parse_server(url) == place


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("tcp://diag.example:8089", "tcp://diag.example:8089"),
        ("http://[::1]/x?key=secret", "http://[::1]:80/x"),
        ("https://diag.example", "https://diag.example:443/"),
    ],
)
def test_an_address_is_told_without_what_may_be_a_key(url: str, where: str) -> None:
    assert parse_server(url).where == where


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "unknown_scheme"),
        ("/dev/ttyUSB0", "unknown_scheme"),
        ("ftp://diag.example", "unknown_scheme"),
        ("tcp://diag.example", "bad_address"),
        ("http://", "bad_address"),
        ("http://diag.example:99999", "bad_address"),
        ("http://anna:secret@diag.example", "bad_address"),
        ("http://diagnostik.exämple", "bad_address"),
        ("http://diag.example/å", "bad_address"),
        ("http://diag.example/\r\nX: y", "bad_address"),
    ],
)
def test_an_address_that_can_never_be_asked_says_why(url: str, code: str) -> None:
    with pytest.raises(AddressError) as refused:
        parse_server(url)
    assert refused.value.code == code


def test_an_address_in_brackets_is_named_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server(b"HTTP/1.1 200 OK\r\n")
    real = socket.create_connection

    def elsewhere(address: tuple[str, int], seconds: float) -> socket.socket:
        return real(("127.0.0.1", address[1]), seconds)

    monkeypatch.setattr(servers.socket, "create_connection", elsewhere)
    try:
        probe = ServerProbe(ServerPlace("::1", server.port, "/"))
        assert probe.look() is DeviceStatus.READY
    finally:
        server.close()
    assert f"Host: [::1]:{server.port}".encode() in server.asked[0]


# ----------------------------------------------------------------------
# The rounds
# ----------------------------------------------------------------------


class Clock:
    def now(self) -> datetime:
        return NOON


class Told:
    """The states that were told, and a way to wait for them."""

    def __init__(self) -> None:
        self.states: list[DeviceState] = []
        self._changed = threading.Condition()

    def __call__(self, state: DeviceState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def until(self, *statuses: str) -> None:
        with self._changed:
            self._changed.wait_for(lambda: tuple(self.said()) == statuses)

    def said(self) -> list[str]:
        return [one.status.value for one in self.states]


def stopped(rounds: Rounds, seconds: float = 5.0) -> bool:
    rounds.ask_to_stop()
    return rounds.join(seconds)


def rounds_of(told: Told, post: Post) -> Rounds:
    return Rounds(post, Clock(), told)


def test_each_change_of_state_is_told_once_and_what_was_there_is_lost() -> None:
    found = [DeviceStatus.ABSENT] * 2 + [DeviceStatus.READY] * 3 + [DeviceStatus.ABSENT] * 2
    told, done = Told(), threading.Event()

    def look() -> DeviceStatus:
        if len(found) == 1:
            done.set()
        return found.pop(0) if len(found) > 1 else found[0]

    rounds = rounds_of(told, Post("diagnostics", DeviceRole.DIAGNOSTICS, "tcp://x:1", look, 0.0))
    rounds.start()
    told.until("opening", "absent", "ready", "lost")
    done.wait()
    assert stopped(rounds)
    assert told.said() == ["opening", "absent", "ready", "lost"]
    assert {(one.device, one.role, one.where, one.at) for one in told.states} == {
        ("diagnostics", DeviceRole.DIAGNOSTICS, "tcp://x:1", NOON)
    }


def test_a_server_that_is_started_later_is_found_by_asking_now() -> None:
    told, port = Told(), free_port()
    probe = ServerProbe(ServerPlace("127.0.0.1", port))
    rounds = rounds_of(
        told, Post("diagnostics", DeviceRole.DIAGNOSTICS, "", probe.look, 600.0, probe.cancel)
    )
    assert rounds.name == "diagnostics"
    rounds.start()
    told.until("opening", "absent")
    with socket.create_server(("127.0.0.1", port)):
        rounds.retry()
        told.until("opening", "absent", "ready")
    rounds.retry()
    told.until("opening", "absent", "ready", "lost")
    assert stopped(rounds)


def test_a_stop_while_it_looks_tells_nothing_more(server: Server) -> None:
    server.answer, server.holds = b"", True
    told = Told()
    probe = ServerProbe(ServerPlace("127.0.0.1", server.port, "/"), seconds=600)
    rounds = rounds_of(
        told, Post("diagnostics", DeviceRole.DIAGNOSTICS, "", probe.look, 600.0, probe.cancel)
    )
    rounds.start()
    server.came.wait()
    while not stopped(rounds, 0.05):
        pass
    assert told.said() == ["opening"]


def test_a_stop_before_the_start_is_none() -> None:
    post = Post("diagnostics", DeviceRole.DIAGNOSTICS, "", lambda: DeviceStatus.READY, 1.0)
    assert stopped(rounds_of(Told(), post))


def test_a_look_that_hangs_is_left_behind() -> None:
    hang = threading.Event()

    def look() -> DeviceStatus:
        hang.wait()
        return DeviceStatus.READY

    rounds = rounds_of(Told(), Post("diagnostics", DeviceRole.DIAGNOSTICS, "", look, 1.0))
    rounds.start()
    assert not stopped(rounds, 0.01)
    hang.set()
    assert stopped(rounds)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_defect_ends_the_rounds_and_they_do_not_look_alive() -> None:
    def look() -> DeviceStatus:
        raise ZeroDivisionError

    told = Told()
    rounds = rounds_of(told, Post("diagnostics", DeviceRole.DIAGNOSTICS, "", look, 1.0))
    rounds.start()
    told.until("opening", "lost")
    assert stopped(rounds)
