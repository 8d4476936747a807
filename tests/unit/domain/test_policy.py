"""A policy file is read whole or refused with its place; every region rules on everything."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.policy import (
    CODES,
    KNOWN,
    POINTS,
    REGIONAL,
    STANDING,
    Answerable,
    Due,
    Every,
    Judged,
    Policy,
    PolicyInvalidError,
    Severity,
    Start,
    asked_of,
    policy_of,
    regional,
)
from app.domain.policy.codes import ANSWERABLE, RANK
from app.resources import resource
from app.texts import Language, texts
from tests.unit.domain.policy_samples import REGIONS, changed, policy_in, row_of, table

TODAY = date(2026, 11, 23)


# ----------------------------------------------------------------------
# The shipped files
# ----------------------------------------------------------------------


def test_every_shipped_region_is_tried_here() -> None:
    files = sorted(path.stem for path in resource("programmes").glob("*.toml"))
    assert files == list(REGIONS)


@pytest.mark.parametrize("region", REGIONS)
def test_a_shipped_policy_rules_on_every_finding_and_every_point(region: str) -> None:
    policy = policy_in(region)
    assert policy.region == region
    assert CODES | STANDING <= policy.rows.keys() <= KNOWN
    assert [point for point in POINTS if not policy.rule(point)] == []
    assert all(row.source in policy.sources for row in policy.rows.values())
    assert all(row.evidence and row.way_on for row in policy.rows.values())
    assert {code for code in policy.rows if policy.rows[code].judged is Judged.SCAN} == (
        policy.rows.keys() & (CODES | REGIONAL)
    )


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("language", Language)
def test_every_rule_has_its_words(region: str, language: Language) -> None:
    words = texts(language)
    for row in policy_in(region).rows.values():
        kind = "finding" if row.judged is Judged.SCAN else "rule"
        assert words.has(f"{kind}.{row.code}"), row.code
        assert words.has(f"way_on.{row.way_on}"), row.code
        assert words.has(f"evidence.{row.evidence}"), row.code
        assert row.judged is not Judged.SCAN or words.has(f"report.finding.{row.code}"), row.code


@pytest.mark.parametrize("region", REGIONS)
def test_a_rule_of_apple_s_cites_the_region_s_own_page(region: str) -> None:
    source = policy_in(region).sources["programme"]
    page = {"se": "/sv-se/", "us": "apple.com/self-", "ca": "/en-ca/", "au": "/en-au/"}
    assert page[region] in source.url
    assert source.read_on is not None


def test_sweden_asks_for_what_its_page_says() -> None:
    policy = policy_in("se")
    assert (policy.value("installed_base"), policy.value("vouchers")) == (1000, 2)
    assert policy.rows["technician_deadline"].due == Due(Start.ACCOUNT_CREATED, 90)
    assert policy.rows["lease_ends_soon"].unit == "days"
    assert policy.value("lease_ends_soon") == policy.value("certificate_ends_soon") == 30
    assert "annual_volume" not in policy.rows
    assert policy.value("annual_volume") == 0
    assert policy.value("owner_other") == 0


def test_other_regions_change_what_their_pages_say() -> None:
    for region in ("us", "ca"):
        volume = policy_in(region).rows["annual_volume"]
        assert (volume.value, volume.unit, volume.due) == (
            25,
            "repairs",
            Due(every=Every("calendar_year")),
        )
    canada = policy_in("ca")
    assert {"credit_line", "floor_mat", "yearly_certification"} <= canada.rows.keys()
    assert canada.value("certificate_too_old") == 365
    australia = policy_in("au")
    assert australia.value("installed_base") == 500
    assert {"applecare", "defective_returns"} <= australia.rows.keys()
    assert policy_in("us").esd_profile == "ansi-esd-s20.20"


@pytest.mark.parametrize("region", REGIONS)
def test_a_lead_answers_only_for_what_a_register_can_lack(region: str) -> None:
    rows = policy_in(region).rows.values()
    answerable = {row.code for row in rows if row.override is Answerable.LEAD}
    assert answerable
    assert answerable <= ANSWERABLE


def test_a_refusal_s_order_names_every_finding_once() -> None:
    assert RANK.keys() == CODES | REGIONAL
    first = [
        min(RANK[code] for code in group)
        for group in (
            ("not_in_register", "no_proof"),
            ("not_certified",),
            ("esd_missing",),
            ("part_not_purchased",),
        )
    ]
    assert first == sorted(first)


def test_a_deadline_counts_from_the_account_or_to_the_end_of_the_year() -> None:
    deadline = Due(Start.ACCOUNT_CREATED, 90)
    assert deadline.last_day(TODAY, date(2026, 9, 1)) == date(2026, 11, 30)
    assert deadline.last_day(TODAY, None) is None
    assert Due(every=Every.CALENDAR_YEAR).last_day(TODAY, None) == date(2026, 12, 31)
    assert deadline.last_day(TODAY, date(9999, 12, 1)) == date.max, "a row may say any day"


def test_limits_are_found_by_profile_and_channel() -> None:
    policy = policy_of(table())
    wrist = policy.limit("wrist")
    assert wrist is not None
    assert (wrist.low_ohm, wrist.high_ohm) == (750_000, 35_000_000)
    foot = policy.limit("left_foot", "ansi-esd-s20.20")
    assert foot is not None
    assert (foot.low_ohm, foot.high_ohm, foot.high_inclusive) == (None, 1_000_000_000, False)
    assert policy.limit("wrist", "no-such-profile") is None
    assert policy.limit("nose") is None


def test_the_esd_plan_names_what_is_tested_and_how_often() -> None:
    policy = policy_of(table())
    plan = {test.item: (test.channels, test.every_days) for test in policy.esd_tests.values()}
    assert plan == {
        "wrist": (("wrist",), 1),
        "footwear": (("left_foot", "right_foot"), 1),
        "mat": (("surface",), 30),
        "ground_point": (("ground_point",), 90),
        "floor": (("floor",), 90),
    }
    limits = [policy.limit(channel) for channels, _ in plan.values() for channel in channels]
    assert None not in limits


def test_a_point_has_its_own_rows_in_the_file_s_order() -> None:
    policy = policy_of(table())
    assert [row.code for row in policy.rule("P15")] == ["other_channels", "apply"]
    assert sum(len(policy.rule(point)) for point in POINTS) == len(policy.rows)
    assert policy.rule("P16") == ()


def test_what_is_worn_is_asked_of_everybody_unless_the_plan_says_of_whom() -> None:
    tests = policy_of(table()).esd_tests
    assert [one.item for one in tests.values() if one.is_worn] == ["wrist", "footwear"]
    assert (tests["wrist"].asked_of, tests["footwear"].asked_of) == (("everybody",), ("nobody",))
    content = changed(lambda copied: copied["esd_test"][1].update(asked_of=["1001", "anna"]))
    assert policy_of(content).esd_tests["footwear"].asked_of == ("1001", "anna")


def test_a_site_says_itself_who_wears_footwear() -> None:
    policy = policy_of(table())
    told = policy.asking_footwear(["1001", "1002"])
    assert told.esd_tests["footwear"].asked_of == ("1001", "1002")
    assert told.esd_tests["wrist"] == policy.esd_tests["wrist"]
    assert policy.esd_tests["footwear"].asked_of == ("nobody",)
    without = replace(policy, esd_tests={})
    assert without.asking_footwear(["everybody"]) == without


@pytest.mark.parametrize("words", [[], ["nobody", "everybody"], ["everybody", "1001"]])
def test_who_is_asked_is_said_once(words: list[str]) -> None:
    with pytest.raises(ValueError, match="^" + " ".join(words) + "$"):
        policy_of(table()).asking_footwear(words)
    assert [asked_of([word]) for word in words] == [(word,) for word in words]


# ----------------------------------------------------------------------
# A region as changes to another
# ----------------------------------------------------------------------


def test_a_region_s_row_stands_in_the_place_of_the_base_s_as_a_whole() -> None:
    row = row_of(table(), "owner_unknown") | {"severity": "warn"}
    del row["override"]
    change = {"region": "xx", "base": "se", "rule": [row]}
    whole = regional(table(), change)
    assert "base" not in whole
    policy = policy_of(whole)
    assert policy.region == "xx"
    assert policy.rows["owner_unknown"].severity is Severity.WARN
    assert policy.rows["owner_unknown"].override is Answerable.NONE
    assert policy.rows.keys() == policy_in("se").rows.keys()
    assert list(policy.rows) == list(policy_in("se").rows)


def test_a_base_that_is_itself_a_change_is_refused() -> None:
    with pytest.raises(PolicyInvalidError) as caught:
        regional(table("us"), table("ca"))
    assert caught.value.field == "base.base"


def test_rules_without_a_plan_and_without_sources_have_none() -> None:
    told = policy_in("se")
    bare = Policy("xx", "1", told.rows, told.esd_limits, told.esd_profile)
    assert (dict(bare.esd_tests), dict(bare.sources)) == ({}, {})
