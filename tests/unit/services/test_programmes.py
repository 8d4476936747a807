"""The account's region says whose programme counts; the bench's own stands in."""

from dataclasses import replace

import pytest

from app.domain.account import AccountTerms
from app.domain.policy import Policy, PolicyInvalidError
from app.services.bench import Bench
from app.services.playing import badge, command, play
from app.services.ports import Organisation
from app.services.programmes import Programmes
from tests.unit.services.desk import ACCOUNT, ANNA, MAC, Desk, row, swedish_policy
from tests.unit.services.told import Told

KTH = ACCOUNT.value or {}


class Shelf:
    """The programmes there are, and which of them were read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, region: str) -> Policy:
        self.read.append(region)
        if region == "mars":
            raise PolicyInvalidError("programme", "no such file")
        return replace(swedish_policy(), region=region)


def of(region: str) -> Organisation:
    return Organisation("KTH", "", "", "UTC", terms=AccountTerms(region=region))


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def programmes(shelf: Shelf) -> Programmes:
    return Programmes(swedish_policy(), shelf)


@pytest.mark.parametrize(
    ("named", "counts"), [("", "se"), ("se", "se"), ("SE", "se"), ("ca", "ca"), ("CA", "ca")]
)
def test_the_account_s_region_counts_before_the_bench_s(
    programmes: Programmes, named: str, counts: str
) -> None:
    assert programmes.of(of(named)).region == counts
    assert programmes.missing == ""


def test_a_region_is_read_once(programmes: Programmes, shelf: Shelf) -> None:
    for region in ("ca", "", "ca", "se", "mars", "mars"):
        programmes.of(of(region))
    assert shelf.read == ["ca", "mars"], "the bench's own was read before"


def test_for_a_region_without_a_programme_the_bench_s_own_stands_in(
    programmes: Programmes,
) -> None:
    assert programmes.of(of("mars")) is programmes.own
    assert programmes.missing == "mars"
    programmes.of(of("us"))
    assert programmes.missing == ""


@pytest.mark.parametrize("named", ["s\0", "\ud800", "../se", "se/..", "s" * 17, "se\n", " "])
def test_what_is_no_region_s_name_is_never_looked_for(
    programmes: Programmes, shelf: Shelf, named: str
) -> None:
    assert programmes.of(of(named)) is programmes.own
    assert programmes.missing == named
    assert shelf.read == []


def test_a_running_bench_follows_the_account(desk: Desk, told: Told, shelf: Shelf) -> None:
    programmes = Programmes(swedish_policy(), shelf)
    bench = Bench(lambda: desk.store, programmes, desk.clock, desk.ids, told.listeners())

    def region() -> str:
        with desk.store.reading() as reader:
            return bench.rules(reader).policy.region

    assert region() == "se"
    desk.put(row("account", "account", **KTH, region="us"))
    assert region() == "us"
    desk.put(row("account", "account", **KTH, region="mars"))
    assert region() == "se"
    desk.put(ACCOUNT)
    assert region() == "se"
    assert shelf.read == ["us", "mars"]


def test_scans_of_a_command_are_judged_by_the_account_s_region(
    desk: Desk, programmes: Programmes
) -> None:
    desk.put(row("account", "account", **KTH, region="au"))
    scans = [badge(ANNA), MAC, command("OPEN")]
    last = [*play(desk.store, programmes, desk.clock, desk.ids, scans)][-1]
    opened = {entry.kind: entry for entry in last.entries}["repair.opened"]
    assert opened.payload["policy_edition"] == f"au {swedish_policy().edition}"
