"""The programme on the command line: standing, readiness report, the account's terms."""

import hashlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import SystemClock, SystemIds
from app.commands.proving import PIN_VARIABLE
from app.data.keys import KeyPlace
from app.data.opening import open_store
from app.data.store import LocalStore
from app.domain.policy import POINTS
from app.services.ports import RegisterRow
from tests.unit.commands.lines import SWEDISH, Line

LEAD, TECHNICIAN, MAC = "1004", "1001", "C02XK0ABJGH5"


def account(bench: Line, *words: str, badge: str = LEAD) -> Any:  # noqa: ANN401 - JSON
    return bench.told("programme", "account", "--badge", badge, *words)


def rule(document: Any, code: str) -> Any:  # noqa: ANN401 - JSON
    return next(
        one for point in document["points"] for one in point["rules"] if one["code"] == code
    )


# ----------------------------------------------------------------------
# Standing
# ----------------------------------------------------------------------


def test_the_standing_names_every_point(bench: Line) -> None:
    told = bench.told("programme", "status")
    assert [one["rule"] for one in told["points"]] == list(POINTS)
    assert (told["region"], told["qualifies"]) == ("se", "not_yet")
    assert "installed_base" in told["in_the_way"]
    for point in told["points"]:
        assert {"state", "figures", "evidence", "fails_on", "to_do", "source"} <= point.keys()


def test_a_rule_tells_its_figures_its_source_and_what_to_do(bench: Line) -> None:
    base = rule(bench.told("programme", "status"), "installed_base")
    figures = base["figures"]
    assert (figures["required"], figures["unit"]) == (1000, "products")
    assert figures["gap"] == 1000 - figures["value"]
    assert base["source"]["url"].startswith("https://support.apple.com/")
    assert base["source"]["read_on"] == "2026-11-23"
    assert (base["to_do"], base["required"]) == ("installed_base", True)
    assert {"code", "n", "text"} <= base["details"][0].keys()


def test_a_rule_of_no_page_names_its_source_all_the_same(bench: Line) -> None:
    source = rule(bench.told("programme", "status"), "calibration_ends_soon")["source"]
    assert (source["key"], source["url"], source["read_on"]) == ("own", "", None)


def test_the_standing_is_told_in_words(bench: Line) -> None:
    said = bench.run("programme", "status")
    assert said.out.startswith("The organisation does not qualify for the programme yet.\n")
    assert "x P5   Installed base with proof of purchase: Not met" in said.out
    assert "fails on 20" in said.out
    assert "not met since 20" in said.out
    assert "-> Record the missing products" in said.out
    swedish = bench.run("programme", "status", language=SWEDISH)
    assert swedish.out.startswith("Organisationen uppfyller inte kraven för programmet ännu.\n")


def test_the_account_s_region_says_whose_rules_apply(bench: Line) -> None:
    assert bench.told("programme", "status")["region"] == "se"
    account(bench, "--region", "ca", "--carpet")
    told = bench.told("programme", "status")
    assert told["region"] == "ca"
    assert rule(told, "annual_volume")["figures"]["required"] == 25
    account(bench, "--region", "se")
    assert bench.told("programme", "status")["region"] == "se"


@contextmanager
def store_of(bench: Line) -> Generator[LocalStore]:
    key = KeyPlace(bench.home).load()
    with open_store(bench.home / "bench.db", key, SystemClock(), SystemIds()) as store:
        yield store


def put_account(bench: Line, **value: object) -> None:
    """The account's row as the account service sends it."""
    with store_of(bench) as store:
        assert store.load_registers([RegisterRow("account", "account", value)]) == ()


def test_a_region_without_a_programme_is_told_and_the_bench_s_own_counts(bench: Line) -> None:
    put_account(bench, name="KTH", time_zone="UTC", region="mars")
    said = bench.run("programme", "status", "--json")
    assert (said.code, said.json["region"]) == (0, "se")
    assert "The account names the region mars" in said.err
    swedish = bench.run("programme", "status", language=SWEDISH)
    assert "Kontot anger regionen mars" in swedish.err
    assert bench.run("journal", "verify").err == "", "it judges nothing"


def test_a_repair_is_judged_by_the_account_s_region(bench: Line) -> None:
    put_account(bench, name="KTH", time_zone="UTC", region="us")
    repair = bench.told("repair", "open", MAC, "--badge", TECHNICIAN)
    with store_of(bench) as store, store.reading() as reader:
        opened = reader.timeline(f"repair:{repair['id']}")[0]
    assert str(opened.payload["policy_edition"]).startswith("us ")


# ----------------------------------------------------------------------
# The readiness report
# ----------------------------------------------------------------------


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_report_is_written(bench: Line, tmp_path: Path, language: str) -> None:
    path = tmp_path / "new" / "ready.pdf"
    words = ("programme", "readiness", "--out", str(path), "--language", language)
    told = bench.told(*words)
    raw = path.read_bytes()
    assert raw.startswith(b"%PDF-")
    assert (told["path"], told["bytes"]) == (str(path), len(raw))
    assert told["sha256"] == hashlib.sha256(raw).hexdigest()


def test_the_report_is_in_the_language_of_the_system_unless_named(
    bench: Line, tmp_path: Path
) -> None:
    path = tmp_path / "ready.pdf"
    said = bench.run("programme", "readiness", "--out", str(path), language=SWEDISH)
    assert said.out.endswith(f"Beredskapsrapporten finns i {path}.\n")
    assert b"/Lang (sv)" in path.read_bytes()


def test_without_a_file_the_report_is_data(bench: Line) -> None:
    told = bench.told("programme", "readiness", "--contact", "IT, 08-123")
    assert "path" not in told
    assert told["application"]["contact"] == "IT, 08-123"
    assert told["application"]["contacts"] == ["Maria Ekdahl"]
    base = {one["family"]: one for one in told["application"]["base"]}
    assert base["all"]["owned"] == sum(base[one]["owned"] for one in base if one != "all")
    assert told["application"]["technicians"][0]["certifications"][0]["families"]
    assert {"id", "kind", "calibration_due"} <= told["application"]["equipment"][0].keys()
    assert {one["key"] for one in told["channels"]} >= {"authorised_provider", "apple_store"}
    assert bench.run("programme", "readiness").out.startswith("The organisation")


def test_a_report_is_a_kind_of_report(bench: Line, tmp_path: Path) -> None:
    path = tmp_path / "ready.pdf"
    told = bench.told("report", "readiness", "--out", str(path), "--language", "en")
    assert (told["kind"], told["path"]) == ("readiness", str(path))
    assert path.read_bytes().startswith(b"%PDF-")


def test_a_place_that_cannot_be_written_is_told(bench: Line, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    path = str(tmp_path / "file" / "ready.pdf")
    assert "cannot be written" in bench.refused("programme", "readiness", "--out", path)


def test_without_a_home_there_is_no_standing(line: Line) -> None:
    assert line.refused("programme", "status")


# ----------------------------------------------------------------------
# The account's terms
# ----------------------------------------------------------------------


def test_a_lead_records_the_account_s_terms(bench: Line) -> None:
    told = account(
        bench,
        *("--number", "SSA-7", "--created-on", "2026-09-01"),
        *("--standing", "good", "--standing-on", "2026-11-01"),
        *("--credit-limit", "100000", "--credit-used", "2500,50", "--currency", "SEK"),
    )
    assert (told["changed"], bool(told["entry"])) == (True, True)
    wanted = {
        "account": "SSA-7",
        "created_on": "2026-09-01",
        "standing": "good",
        "standing_on": "2026-11-01",
        "credit_limit": 10_000_000,
        "credit_used": 250_050,
        "currency": "SEK",
    }
    assert wanted.items() <= told["account"].items()
    standing = bench.told("programme", "status")
    assert rule(standing, "account_standing")["state"] == "met"
    assert rule(standing, "credit_low")["figures"]["value"] == 97


def test_a_standing_is_of_today_unless_its_day_is_named(bench: Line) -> None:
    today = bench.told("programme", "status")["today"]
    assert account(bench, "--standing", "on_hold")["account"]["standing_on"] == today


def test_what_is_on_record_already_changes_nothing(bench: Line) -> None:
    account(bench, "--carpet")
    again = account(bench, "--carpet")
    assert (again["changed"], again["entry"]) == (False, None)
    assert account(bench, "--no-carpet")["account"]["has_carpet"] is False


def test_the_organisation_s_own_are_recorded_too(bench: Line) -> None:
    told = account(
        bench,
        *("--name", "Södra kommunen", "--site", "Huset", "--time-zone", "Europe/Helsinki"),
    )
    wanted = {"name": "Södra kommunen", "site": "Huset", "time_zone": "Europe/Helsinki"}
    assert wanted.items() <= told["account"].items()


def test_a_day_that_is_still_to_come_is_refused_in_words(bench: Line) -> None:
    said = bench.refused("programme", "account", "--created-on", "2999-01-01", "--badge", LEAD)
    assert said.startswith("2999-01-01 is still to come; today is ")
    assert bench.work() == []


def test_more_credit_used_than_there_is_is_recorded_and_said(bench: Line) -> None:
    words = ("programme", "account", "--credit-limit", "1", "--credit-used", "2", "--badge", LEAD)
    said = bench.run(*words)
    told = "More of the credit is used than there is: check both sums.\n"
    assert (said.code, said.out) == (0, f"The account's terms are recorded. {told}")


def test_only_a_lead_changes_the_account(bench: Line) -> None:
    words = ("programme", "account", "--carpet", "--badge")
    assert "is no lead" in bench.refused(*words, TECHNICIAN)
    assert "No person has badge 9999" in bench.refused(*words, "9999")


def test_a_badge_alone_changes_nothing_where_a_pin_is_demanded(
    bench: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PIN_VARIABLE, "2580")
    (bench.home / "settings.toml").write_text('pin_required = "lead"\n', encoding="utf-8")
    assert "PIN" in bench.refused("programme", "account", "--carpet", "--badge", LEAD)


def test_whoever_names_nothing_is_told_so(bench: Line) -> None:
    words = ("programme", "account", "--badge", LEAD)
    assert "Name what is to be recorded" in bench.refused(*words)


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--created-on", "1/9", "1/9 is no day"),
        ("--credit-limit", "-5", "-5 is no sum of money"),
        ("--credit-used", "1.5", "1.5 is no sum of money"),
        ("--credit-used", "many", "many is no sum of money"),
        ("--currency", "kronor", "kronor is no currency"),
        ("--region", "de", "There is no programme for de. There is one for: au, ca, se, us."),
        ("--time-zone", "Mars/Olympus", "does not know the time zone Mars/Olympus"),
        ("--standing", "fine", "fine"),
    ],
)
def test_a_value_of_another_form_is_a_wrong_usage(
    bench: Line, option: str, value: str, told: str
) -> None:
    said = bench.run("programme", "account", "--badge", LEAD, f"{option}={value}")
    assert said.code == 2
    assert told in said.err
