"""Two benches and the account service, by their command lines alone."""

import json
import socket
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from app.bootstrap import SystemClock
from app.domain.journal import Draft, Json, instant_text
from tests.end_to_end.programs import PROGRAM, SWEDISH, Home
from tests.fixtures_service import RunningService

pytestmark = pytest.mark.network

MAC: Final = "C02XK0ABJGH5"
OTHER_MAC: Final = "DNPV9XFF3JC0"
PART: Final = ("661-38402", "F8Y53MZJ42W6P2H94", "F5D547790KPG5NYAW")
ANNA: Final = ("--badge", "1001")
MARIA: Final = ("--badge", "1004")
SHAPE: Final = (
    "pushed",
    "accepted",
    "known",
    "parked",
    "rejected",
    "pulled",
    "waiting",
    "revision",
)
SAMPLES: Final = Path("resources/samples/registers.jsonl").absolute()


@pytest.fixture
def organisation(own_service: RunningService) -> str:
    """An organisation whose registers came to the service from a file."""
    organisation = own_service.organisation("Norrviken kommun")
    own_service.told("import", "rows", str(SAMPLES), "--organisation", organisation)
    return organisation


def enrolled(path: Path, service: RunningService, organisation: str) -> Home:
    """A new bench that has joined."""
    home = Home(path)
    home.told("init", "--key", "file")
    joined = home.told("enrol", service.url, service.code(organisation))
    assert joined["organisation"] == "Norrviken kommun"
    return home


def test_a_repair_of_one_bench_is_seen_at_the_other(
    own_service: RunningService, organisation: str, tmp_path: Path
) -> None:
    first, second = (enrolled(tmp_path / name, own_service, organisation) for name in ("1", "2"))
    got = first.told("sync")
    assert got.keys() >= set(SHAPE)
    assert (got["pushed"], got["waiting"]) == (0, 0)
    assert got["pulled"] == got["revision"] > 0
    assert first.told("asset", MAC)["found"] is True
    number = first.told("repair", "open", MAC, *ANNA)["number"]
    sent = first.told("sync")
    assert sent["pushed"] == sent["accepted"] > 0
    assert (sent["known"], sent["parked"], sent["rejected"], sent["waiting"]) == (0, 0, 0, 0)
    second.told("sync")
    assert second.told("repair", "show", number) == first.told("repair", "show", number)
    assert second.told("repair", "step", number, "diagnosed", *ANNA)["step"] == "diagnosed"
    second.told("sync")
    first.told("sync")
    assert first.told("repair", "show", number)["step"] == "diagnosed"
    for bench in (first, second):
        verified = bench.told("journal", "verify")
        assert (verified["verified"], verified["benches"]) == (True, 2)
        assert bench.told("journal", "rebuild")["equal"] is True


def wear_a_strap(bench: Home) -> None:
    """A wrist strap's reading that holds, as a tester on a wire would give it."""
    until = instant_text(SystemClock().now() + timedelta(hours=8))
    person = "person:anna.lindqvist"
    passed: dict[str, Json] = {"channel": "wrist", "verdict": "pass", "valid_until": until}
    with bench.store() as store, store.writing() as tx:
        tx.append(
            Draft(
                "esd.measured",
                person,
                person,
                passed | {"ohm": 1_050_000, "tester": "esd-tester-1"},
            )
        )


def test_a_part_that_two_benches_fitted_offline_is_settled_by_a_lead(
    own_service: RunningService, organisation: str, tmp_path: Path
) -> None:
    benches = tuple(enrolled(tmp_path / name, own_service, organisation) for name in ("1", "2"))
    numbers: list[str] = []
    for bench, serial in zip(benches, (MAC, OTHER_MAC), strict=True):
        bench.told("sync")
        wear_a_strap(bench)
        number = bench.told("repair", "open", serial, *ANNA)["number"]
        for step in ("diagnosed", "in_repair"):
            bench.told("repair", "step", number, step, *ANNA)
        bench.told("repair", "fit", number, *PART, *ANNA)
        numbers.append(number)
    first, second = benches
    for bench in (second, first, second):  # the second bench is first at the service
        bench.told("sync")
    lost, held = numbers
    entries: list[str] = []
    for bench in benches:
        assert bench.told("repair", "show", lost)["parts"] == []
        assert [one["kgb"] for one in bench.told("repair", "show", held)["parts"]] == [PART[1]]
        (told,) = bench.told("conflicts", "list")
        assert (told["repair"], told["code"], told["against_repair"]) == (
            lost,
            "part_claimed_twice",
            held,
        )
        entries.append(told["entry"])
    assert first.refused("repair", "close", lost, *ANNA)
    assert entries[0] == entries[1]
    settling = ("conflicts", "settle", lost, entries[0], "keep", "--reason", "it is in this one")
    assert second.refused(*settling, *ANNA)
    second.told(*settling, *MARIA)
    for bench in (second, first):
        bench.told("sync")
    for bench in benches:
        assert bench.told("conflicts", "list") == []
        assert bench.told("repair", "show", held)["parts"] == []
        assert bench.told("journal", "rebuild")["equal"] is True
    assert first.told("repair", "close", lost, *ANNA)["step"] == "completed"


def test_a_copied_bench_is_told_how_to_go_on_and_loses_nothing(
    own_service: RunningService, organisation: str, tmp_path: Path
) -> None:
    bench = enrolled(tmp_path / "bench", own_service, organisation)
    bench.told("sync")
    copy = bench.copy_to(tmp_path / "copy")
    numbers = [
        one.told("repair", "open", serial, *ANNA)["number"]
        for one, serial in ((bench, MAC), (copy, OTHER_MAC))
    ]
    bench.told("sync")
    before = copy.told("journal", "verify")["entries"]
    assert "repair-bench enrol URL CODE --new-identity" in copy.refused("sync")
    assert "repair-bench enrol URL KOD --new-identity" in copy.refused("sync", language=SWEDISH)
    joined = ("enrol", own_service.url, own_service.code(organisation), "--new-identity")
    assert copy.told(*joined)["organisation"] == "Norrviken kommun"
    for one in (copy, bench):
        assert one.told("sync")["waiting"] == 0
    for one in (copy, bench):
        shown = [one.told("repair", "show", number)["number"] for number in numbers]
        assert shown == numbers
        verified = one.told("journal", "verify")
        assert (verified["verified"], verified["benches"]) == (True, 2)
        assert verified["entries"] > before
        assert one.told("journal", "rebuild")["equal"] is True


def test_a_new_identity_that_finds_no_service_loses_nothing_and_can_be_tried_again(
    own_service: RunningService, organisation: str, tmp_path: Path
) -> None:
    bench = enrolled(tmp_path / "bench", own_service, organisation)
    bench.told("sync")
    number = bench.told("repair", "open", MAC, *ANNA)["number"]
    code = own_service.code(organisation)
    assert bench.refused("enrol", "http://127.0.0.1:1", code, "--new-identity")
    assert bench.refused("sync")
    assert bench.told("repair", "show", number)["step"] == "opened"
    bench.told("enrol", own_service.url, code, "--new-identity")
    assert bench.told("sync")["waiting"] == 0
    assert bench.told("repair", "show", number)["step"] == "opened"


def test_a_watch_ends_at_once_though_the_service_never_answers(
    tmp_path: Path, own_service: RunningService, organisation: str
) -> None:
    home = enrolled(tmp_path / "bench", own_service, organisation)
    own_service.stop()
    address = urlsplit(own_service.url)
    with (
        socket.create_server((address.hostname, address.port or 0)) as silent,
        subprocess.Popen(
            [*PROGRAM, "sync", "--watch"],
            env=home.environ(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as watch,
    ):
        held, _ = silent.accept()
        with held:
            assert held.recv(1)
            watch.terminate()
            told, complaints = watch.communicate()
    assert watch.returncode == 0
    assert json.loads(told.splitlines()[-1]) == {"fault": "stopped"}
    assert complaints == ""
