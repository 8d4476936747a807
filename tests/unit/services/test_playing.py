"""A bench for the length of a command, and the small rooms around it."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from app.services.calendar import site_zone
from app.services.opening import repair_number
from app.services.playing import badge, command, play, tag
from app.services.session import rules_at
from tests.fixtures_store import NOON, CountedIds
from tests.unit.services.desk import ANNA, MAC, PHONE, Desk, swedish_policy


def test_scans_are_played_in_order(desk: Desk) -> None:
    scans = [badge(ANNA), MAC, command("OPEN"), command("HOME")]
    played = list(play(desk.store, desk.programmes, desk.clock, desk.ids, scans))
    assert [one.feedback.code for one in played] == [
        "signed_in",
        "product_allowed",
        "repair_opened",
        "home",
    ]
    assert played[0].entries[0].payload["device"] == "command-line"


def test_the_first_refusal_ends_the_play(desk: Desk) -> None:
    scans = [badge(ANNA), tag("GONE"), PHONE]
    played = list(play(desk.store, desk.programmes, desk.clock, desk.ids, scans))
    assert [one.feedback.code for one in played] == ["signed_in", "repair_unknown"]


def test_bytes_of_the_shell_that_are_no_text_are_played_as_they_are(desk: Desk) -> None:
    raw = b"\xff\xe5"
    scans = [badge(ANNA), raw.decode(errors="surrogateescape")]
    played = list(play(desk.store, desk.programmes, desk.clock, desk.ids, scans))
    assert played[-1].entries[0].payload["raw_hex"] == raw.hex()


@pytest.mark.parametrize("name", ["Europe/Stockholm", "America/New_York"])
def test_a_site_has_the_zone_of_its_name(name: str) -> None:
    assert site_zone(name) == ZoneInfo(name)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "Europe", "../etc/passwd", "\0", "x" * 5000])
def test_a_name_that_is_no_zone_gives_none(name: str) -> None:
    assert site_zone(name) is None


def test_utc_is_known_where_the_computer_has_no_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(name: str) -> ZoneInfo:
        raise KeyError(name)

    monkeypatch.setattr("app.services.calendar.ZoneInfo", unknown)
    site_zone.cache_clear()
    assert site_zone("UTC") is UTC
    assert site_zone("Europe/Stockholm") is None
    site_zone.cache_clear()


def test_an_unknown_zone_counts_days_in_utc() -> None:
    late = NOON.replace(hour=23, minute=30)
    ids = CountedIds()
    assert rules_at(swedish_policy(), late, "Mars/Olympus", ids).today == late.date()
    assert rules_at(swedish_policy(), late, "Europe/Stockholm", ids).today > late.date()


def test_a_repair_s_number_is_the_end_of_its_identity() -> None:
    assert repair_number(0) == "00000000"
    assert repair_number((1 << 40) - 1) == "XXXXXXXX"
    assert repair_number((5 << 40) + 33) == "00000011"
