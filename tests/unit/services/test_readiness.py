"""The readiness report's rows: the application's data, the other channels, the sources."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.policy import Severity
from app.domain.products import Family, Ownership
from app.domain.programme import Qualifies
from app.services.channels import shipped_channels
from app.services.readiness import application_of, readiness_report
from app.services.readiness_model import FamilyLine, ReadinessReport
from tests.unit.domain.programme.situations import TODAY, base, situation, stock
from tests.unit.services.desk import Desk, person, row


def report(desk: Desk, contact: str = "") -> ReadinessReport:
    rules = desk.rules
    with desk.store.reading() as reader:
        return readiness_report(reader, rules, contact)


def test_a_report_speaks_as_of_its_moment_in_the_site_s_time(desk: Desk) -> None:
    found = report(desk)
    assert (found.zone, found.zone_known) == ("Europe/Stockholm", True)
    assert found.made_at.isoformat() == "2026-11-23T13:00:00+01:00"
    assert found.today == TODAY
    assert found.organisation.name == "KTH"


def test_an_unknown_time_zone_is_told(desk: Desk) -> None:
    desk.put(row("account", "account", name="KTH", time_zone="Mars/Olympus"))
    found = report(desk)
    assert (found.zone, found.zone_known) == ("UTC", False)
    assert found.made_at == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_who_does_not_qualify_is_told_the_other_channels(desk: Desk) -> None:
    found = report(desk)
    assert found.standing.qualifies is Qualifies.NOT_YET
    assert found.channels == shipped_channels()


def test_who_qualifies_needs_no_other_channel(desk: Desk) -> None:
    advised = {code: replace(row, severity=Severity.WARN) for code, row in desk.policy.rows.items()}
    desk.policy = replace(desk.policy, rows=advised)
    found = report(desk)
    assert found.standing.qualifies is Qualifies.YES
    assert found.channels == ()


def test_the_sources_are_those_that_the_rules_cite_each_once(desk: Desk) -> None:
    found = report(desk)
    assert [one.key for one in found.sources] == ["programme", "own", "esd"]
    assert [found.source_number(key) for key in ("programme", "esd", "plan")] == [1, 3, None]


# ----------------------------------------------------------------------
# The application
# ----------------------------------------------------------------------


def test_the_leads_are_whom_to_ask_unless_somebody_is_named(desk: Desk) -> None:
    assert report(desk).application.contacts == ("Cleo",)
    named = report(desk, "IT-chefen, 08-123").application
    assert (named.contact, named.contacts) == ("IT-chefen, 08-123", ("Cleo",))


def test_technicians_are_those_who_are_certified_today(desk: Desk) -> None:
    desk.put(person("eva", "Eva", "1005", "technician", "mac", valid_from="2027-01-01"))
    desk.put(person("fia", "Fia", "1006", "technician", "mac", valid_until="2026-11-23"))
    names = [one.name for one in report(desk).application.technicians]
    assert names == ["Anna", "Bo", "Cleo", "Fia"]


def test_the_equipment_is_what_is_in_use_or_at_hand(desk: Desk) -> None:
    server = {"kind": "diagnostics_server", "name": "Mac mini", "place": "Rack 2"}
    desk.put(
        row("equipment", "ds-1", id="ds-1", **server),
        row("equipment", "ds-2", id="ds-2", state="retired", **server),
    )
    told = report(desk).application
    assert [one.id for one in told.servers] == ["ds-1"]
    assert {one.id for one in told.equipment} == {"ds-1", "esd-1", "esd-old"}


def test_the_installed_base_is_told_by_family_with_its_sum() -> None:
    counts = base(
        stock(700),
        stock(100, ownership=Ownership.LEASED),
        stock(1, proven=False),
        stock(5, Family.IPAD, Ownership.UNKNOWN),
    )
    told = application_of(situation(base=counts)).base
    assert told == (
        FamilyLine(Family.IPHONE, 0, 0, 0),
        FamilyLine(Family.IPAD, 0, 0, 0),
        FamilyLine(Family.IPOD, 0, 0, 0),
        FamilyLine(Family.MAC, 701, 100, 800),
        FamilyLine(None, 701, 100, 800),
    )


@pytest.mark.parametrize(
    ("owned", "proven", "share"), [(801, 800, 99), (800, 800, 100), (0, 0, None)]
)
def test_the_share_with_proof_is_never_rounded_up(
    owned: int, proven: int, share: int | None
) -> None:
    assert FamilyLine(None, owned, 0, proven).coverage == share
