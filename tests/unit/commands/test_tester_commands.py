"""``esd`` and ``devices check-profile`` as a person types them, with simulated instruments."""

import os
import signal
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest

from app.devices.profiles import ProfileRow, list_profiles
from app.devices.simulators_instruments import SimulatedHioki, SimulatedMultimeter
from app.devices.simulators_network import SimulatedHost
from tests.unit.commands.lines import Line, said

ANNA: Final = ("--badge", "1001")
PATIENCE: Final = 30.0


@pytest.fixture
def host() -> Generator[SimulatedHost]:
    with SimulatedHost() as made:
        yield made


def measuring(host: SimulatedHost, profile: str, *more: str) -> tuple[str, ...]:
    return ("esd", "measure", *ANNA, "--url", host.path, "--profile", profile, *more)


# ----------------------------------------------------------------------
# Typed values
# ----------------------------------------------------------------------


def test_a_typed_value_counts_when_somebody_else_confirms_it(bench: Line) -> None:
    told = bench.told("esd", "record", *ANNA, "--ohm", "1050000", "--confirmed-by", "1002")
    assert told["verdict"] == "pass"
    assert (told["source"], told["confirmed_by"], told["doubt"]) == ("manual", "johan.aberg", None)


@pytest.mark.parametrize("value", ["1.05M", "1,05 Mohm", "1 050 000"])
def test_a_value_is_typed_as_the_display_shows_it(bench: Line, value: str) -> None:
    told = bench.told("esd", "record", *ANNA, "--ohm", value, "--confirmed-by", "1002")
    assert (told["ohm"], told["verdict"]) == (1_050_000, "pass")


@pytest.mark.parametrize("more", [(), ("--confirmed-by", "1001"), ("--confirmed-by", "9999")])
def test_a_typed_value_that_nobody_else_confirms_is_refused(
    bench: Line, more: tuple[str, ...]
) -> None:
    assert bench.refused("esd", "record", *ANNA, "--ohm", "1050000", *more)
    listed = bench.told("esd", "list", *ANNA)
    assert {one["verdict"] for one in listed} == {"invalid"}


# ----------------------------------------------------------------------
# Instruments
# ----------------------------------------------------------------------


def test_a_multimeter_is_on_record_and_passes_nothing(bench: Line, host: SimulatedHost) -> None:
    with SimulatedMultimeter(host):
        said = bench.run(*measuring(host, "scpi-multimeter", "--channel", "wrist"), "--json")
    assert said.code == 1
    assert "ESD tester" in said.err
    assert (said.json["ohm"], said.json["verdict"]) == (1_049_970, "invalid")
    assert bench.told("esd", "list", *ANNA) == []


def test_an_insulation_tester_is_never_used_on_a_person(bench: Line, host: SimulatedHost) -> None:
    with SimulatedHioki(host) as instrument:
        for channel in ("wrist", "left_foot", "feet"):
            bench.refused(*measuring(host, "hioki-sm7110", "--channel", channel))
    assert instrument.commands == []


def test_an_insulation_tester_measures_a_surface_and_is_at_rest_then(
    bench: Line, host: SimulatedHost
) -> None:
    with SimulatedHioki(host) as instrument:
        said = bench.run(*measuring(host, "hioki-sm7110"), "--json")
        assert not instrument.live
    assert (said.json["channel"], said.json["ohm"]) == ("surface", 1_049_970_000)


MAT: Final = ("equipment", "add", "mat-77", "--kind", "esd_mat", "--badge", "1004")


def test_a_piece_that_an_instrument_measures_is_tested(bench: Line, host: SimulatedHost) -> None:
    bench.told(*MAT)
    with SimulatedHioki(host):
        said = bench.run(*measuring(host, "hioki-sm7110", "--piece", "mat-77"), "--json")
    assert (said.json["piece"], said.json["item"], said.json["channel"]) == (
        *("mat-77", "mat"),
        "surface",
    )
    assert said.json["verdict"] == "fail_high"
    (line,) = [one for one in bench.told("equipment", "plan") if one["id"] == "mat-77"]
    assert (line["state"], line["ohm"]) == ("failed", 1_049_970_000)


def test_only_what_is_measured_of_a_piece_is_asked_for(bench: Line, host: SimulatedHost) -> None:
    bench.told(*MAT)
    bench.told("equipment", "add", "tool-77", "--kind", "tool", "--badge", "1004")
    with SimulatedHioki(host) as instrument:
        for piece, channel in (("mat-77", "floor"), ("tool-77", "surface"), ("nothing", "floor")):
            more = ("--piece", piece, "--channel", channel)
            bench.refused(*measuring(host, "hioki-sm7110", *more))
        said = bench.refused(*measuring(host, "hioki-sm7110", "--piece", "tool-77"))
    assert said == "Nothing is measured of tool-77 on channel —.\n"
    assert instrument.commands == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_instrument_before_the_program(
    bench: Line, host: SimulatedHost, number: signal.Signals
) -> None:
    with SimulatedHioki(host) as instrument:
        instrument.replies = ["9.99999E+30,1"]  # it never comes to a value

        def interrupt() -> None:
            if instrument.wait_for(":MEASure?", 1, PATIENCE):
                os.kill(os.getpid(), number)

        interrupting = threading.Thread(target=interrupt)
        interrupting.start()
        said = bench.run(*measuring(host, "hioki-sm7110"))
        interrupting.join()
        assert not instrument.live
    assert said.code == 1
    assert "stopped" in said.err


def test_what_cannot_be_asked_is_told_and_nothing_is_recorded(
    bench: Line, host: SimulatedHost
) -> None:
    before = bench.work()
    for profile in ("generic-wrist-line", "serial-crlf"):
        assert bench.refused(*measuring(host, profile)) == said("cli.no_dialogue", name=profile)
    none = said("profile.not_found", detail="no-such-profile")
    assert bench.refused(*measuring(host, "no-such-profile")) == none
    wrong = ("--profile", "scpi-multimeter", "--url", "gopher://x")
    scheme = said("address.unknown_scheme", detail="gopher")
    assert bench.refused("esd", "measure", *ANNA, *wrong) == scheme
    nobody = ("esd", "measure", "--badge", "9999", *wrong[:2], "--url", host.path)
    assert bench.refused(*nobody) == said("feedback.badge_unknown", badge="9999")
    host.unplug()
    gone = bench.refused(*measuring(host, "scpi-multimeter"))
    assert gone.startswith(said("cli.no_wire", reason="Not connected", detail="")[:-1])
    assert "refused" in gone
    assert bench.work() == before


# ----------------------------------------------------------------------
# Checking a profile
# ----------------------------------------------------------------------


@pytest.mark.parametrize("row", list_profiles(), ids=lambda row: row.name)
def test_every_shipped_profile_passes_its_check(bench: Line, row: ProfileRow) -> None:
    assert bench.told("devices", "check-profile", str(row.path))["misses"] == []


BROKEN = """schema = 1
role = "esd"
[line]
channel = "wrist"
pattern = '(?P<value>[^ ]+) (?P<result>[A-Z]+)'
[results.words]
OK = "pass"
[[sample]]
line = "5 OK"
expect = [{ channel = "wrist", ohm = 6, result = "pass" }]
[[sample]]
line = "5 GOOD"
expect = [{ channel = "wrist", ohm = 5, result = "pass" }]
[[sample]]
line = "5;OK"
expect = [{ channel = "wrist", ohm = 5, result = "pass" }]
[[sample]]
line = "5 OK!"
expect = [{ channel = "wrist", ohm = 5, result = "pass" }]
[[sample]]
line = "\\u0009"
expect = []
[[sample]]
line = "5 OK"
fault = "no_match"
[[sample]]
line = "5 OK"
expect = []
[[sample]]
line = "5 X\\nY"
expect = []
"""


def test_each_miss_is_told_with_its_line_its_reason_and_where_it_goes_astray(
    bench: Line, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BROKEN, encoding="utf-8")
    said = bench.run("devices", "check-profile", str(path))
    assert said.code == 1
    told = [line.removeprefix(f"  {path}:") for line in said.out.splitlines()]
    for line, words in (
        ("8:", 'should be "6", is "5"'),
        ("11:", 'the profile does not say what "GOOD" means'),
        ("14:", 'fits "5;OK", up to column 4; there the line ends'),
        ("17:", 'there the pattern ends, and the line goes on with "!"'),
        ("20:", "wants"),
        ("23:", "can be read but should not be"),
        ("26:", "should be 0, are 1"),
    ):
        assert any(one.startswith(line) and words in one for one in told), (line, words, told)
    document = bench.run("devices", "check-profile", str(path), "--json").json
    assert document["misses"][2]["hint"]["column"] == 5
    assert document["misses"][0]["actual"][0]["ohm"] == 5


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("[line]\npattern = '(?P<value>'", ":4: ", "pattern of line.pattern is not valid"),
        ("[framing]\nterminator = ['x']", ":4: ", "framing.terminator is not a setting"),
        ("[framing]\nterminator = ['x']", ":4: ", "terminators?"),
        ("[framing]\nxyz = 1", ":4: ", "framing.xyz is not a setting of a profile."),
        ("[framing", ":3: ", "This is no TOML"),
    ],
)
def test_a_broken_profile_is_told_with_its_line_and_the_reason(
    bench: Line, tmp_path: Path, text: str, place: str, words: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f'schema = 1\nrole = "esd"\n{text}\n', encoding="utf-8")
    said = bench.refused("devices", "check-profile", str(path))
    assert f"{path}{place}" in said
    assert words in said
