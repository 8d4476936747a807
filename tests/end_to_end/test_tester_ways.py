"""`bench` with testers on the network, over HTTP, through a file: what they send is on record."""

from pathlib import Path

from app.devices.simulators_network import SimulatedHost, SimulatedServer
from tests.end_to_end.programs import Event, Home, running_bench

PATIENCE = 30.0


def told(events: list[Event]) -> list[tuple[str, int | None, str]]:
    return [(one["channel"], one["ohm"], one["verdict"]) for one in events]


def test_an_http_testers_answer_is_on_record_with_everything_that_it_says(home: Home) -> None:
    answer = (
        b'"02.03.2026";"08:15:00";"1850";"912";"938";"1050";"OK";"";"1001";"22.5";"41"\r\n'
        b'"02.03.2026";"08:16:00";"";"";"";"";"2";"";"1002";"";""\r\n'
    )
    with SimulatedServer() as server:
        words = ("--esd", server.path, "--profile", "warmbier-pgt130dt")
        with running_bench(home, *words) as bench:
            bench.wait_until(lambda _: "ready" in bench.states("esd-1"))
            server.answer(answer)
            events = bench.wait_for(5)
            assert bench.end() == 0
    assert told(events) == [
        ("feet", 1_850_000, "invalid"),
        ("left_foot", 912_000, "pass"),
        ("right_foot", 938_000, "pass"),
        ("wrist", 1_050_000, "pass"),
        ("wrist", None, "fail_high"),
    ]
    readings = home.told("esd", "list", "--badge", "1002")
    assert [(one["ohm"], one["over_range"]) for one in readings] == [(None, True)]
    assert home.told("journal", "verify")["verified"] is True


def test_a_file_that_grows_is_on_record_line_by_line(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(b"WRIST;1.00E+06;PASS;1001\r\n")
    words = ("--esd", f"file:{path}", "--profile", "generic-wrist-line")
    with running_bench(home, *words) as bench:
        bench.wait_until(lambda _: "ready" in bench.states("esd-1"))
        with path.open("ab") as stream:
            stream.write(b"WRIST;1.25E+06;PASS;1001\r\n")
        bench.wait_for(1)
        path.rename(tmp_path / "export.1")
        path.write_bytes(b"WRIST;OL;FAIL;1002\r\n")
        events = bench.wait_for(2)
        assert bench.end() == 0
    assert told(events) == [("wrist", 1_250_000, "pass"), ("wrist", None, "fail_high")]


def test_a_tester_on_the_network_is_read_like_one_on_a_cable(home: Home) -> None:
    with SimulatedHost() as host:
        words = ("--esd", host.path, "--profile", "generic-wrist-line", "--once", "1")
        with running_bench(home, *words) as bench:
            assert host.wait_connected(PATIENCE)
            host.write(b"WRIST;1.25E+06;PASS;1001\r\n")
            assert bench.end(None) == 0
            events = bench.committed()
    assert told(events) == [("wrist", 1_250_000, "pass")]
