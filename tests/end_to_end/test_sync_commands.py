"""Two benches and the account service, by their command lines alone."""

from pathlib import Path
from typing import Final

import pytest

from tests.end_to_end.programs import Home
from tests.fixtures_service import RunningService

pytestmark = pytest.mark.network

MAC: Final = "C02XK0ABJGH5"
ANNA: Final = ("--badge", "1001")
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
