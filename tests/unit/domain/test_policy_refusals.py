"""What is wrong in a policy file is named with its place, whatever stands there."""

import copy
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.policy import PolicyInvalidError, policy_of, regional
from tests.unit.domain.policy_samples import changed, row_of, table


def refusal(content: dict[str, Any]) -> PolicyInvalidError:
    with pytest.raises(PolicyInvalidError) as caught:
        policy_of(content)
    assert caught.value.reason
    assert str(caught.value) == f"{caught.value.field}: {caught.value.reason}"
    return caught.value


def without(path: tuple[str | int, ...]) -> dict[str, Any]:
    content: Any = copy.deepcopy(table())
    inner = content
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return content


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("region",), "region"),
        (("edition",), "edition"),
        (("esd_profile",), "esd_profile"),
        (("source",), "source"),
        (("rule",), "rule"),
        (("rule", 0), "rule"),
        (("rule", 0, "code"), "rule.code"),
        (("rule", 0, "rule"), "rule.not_in_register.rule"),
        (("rule", 0, "severity"), "rule.not_in_register.severity"),
        (("rule", 0, "judged"), "rule.not_in_register.judged"),
        (("rule", 0, "evidence"), "rule.not_in_register.evidence"),
        (("rule", 0, "way_on"), "rule.not_in_register.way_on"),
        (("rule", 0, "source"), "rule.not_in_register.source"),
        (("source", 0, "title"), "source.programme.title"),
        (("esd_limit",), "esd_limit"),
        (("esd_limit", 0, "high_ohm"), "esd_limit.iec-61340-5-1/wrist.high_ohm"),
        (("esd_test",), "esd_test"),
        (("esd_test", 0, "every_days"), "esd_test.wrist.every_days"),
        (("esd_test", 0, "channels"), "esd_test.wrist.channels"),
    ],
)
def test_what_is_missing_is_named(path: tuple[str | int, ...], field: str) -> None:
    refused = refusal(without(path))
    assert (refused.field, refused.reason.startswith(("missing", "no row for"))) == (field, True)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (("region",), "not a text"),
        (("source",), "not a list of tables"),
        (("esd_test", 0, "channels"), "not a list of texts"),
        (("esd_test", 0, "every_days"), "not a whole number"),
        (("esd_limit", 0, "high_inclusive"), "neither true nor false"),
    ],
)
def test_what_is_there_in_another_form_is_not_called_missing(
    path: tuple[str | int, ...], reason: str
) -> None:
    content: Any = copy.deepcopy(table())
    inner = content
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = 1.5
    assert refusal(content).reason == reason


@pytest.mark.parametrize(("minutes", "is_read"), [(1, True), (52_560_000, True), (0, False)])
def test_a_number_is_read_up_to_its_bounds(minutes: int, *, is_read: bool) -> None:
    content = changed(lambda copied: copied["esd_limit"][0].update(valid_minutes=minutes))
    if not is_read:
        assert refusal(content).reason == "not from 1 to 52560000"
    else:
        limit = policy_of(content).limit("wrist")
        assert limit is not None
        assert limit.valid_for.total_seconds() == 60 * minutes


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("region", 7, "region"),
        ("region", " ", "region"),
        ("esd_profile", "none-such", "esd_profile"),
        ("rule", ["text"], "rule"),
        ("rule", "text", "rule"),
        ("colour", "red", "colour"),
    ],
)
def test_what_is_of_the_wrong_form_is_named(key: str, value: object, field: str) -> None:
    assert refusal(table() | {key: value}).field == field


@pytest.mark.parametrize(
    ("code", "key", "value"),
    [
        ("owner_other", "severity", "maybe"),
        ("owner_other", "severity", "info"),
        ("not_in_register", "severity", "warn"),
        ("no_family", "severity", "warn"),
        ("owner_other", "judged", "never"),
        ("owner_other", "judged", "standing"),
        ("installed_base", "judged", "scan"),
        ("owner_other", "rule", "P16"),
        ("owner_other", "override", "anybody"),
        ("owner_other", "override", "lead"),
        ("not_in_register", "override", "lead"),
        ("no_family", "override", "lead"),
        ("esd_failed", "override", "lead"),
        ("not_certified", "override", "lead"),
        ("part_not_purchased", "override", "lead"),
        ("owner_other", "source", "nobody"),
        ("owner_other", "evidence", ""),
        ("owner_other", "way_on", 7),
        ("owner_other", "colour", "red"),
        ("lease_ends_soon", "value", True),
        ("lease_ends_soon", "value", -1),
        ("lease_ends_soon", "value", "30"),
        ("lease_ends_soon", "value", 36_501),
        ("installed_base", "value", 10**15 + 1),
        ("lease_ends_soon", "unit", 7),
        ("technician_deadline", "due", "soon"),
    ],
)
def test_a_rule_that_cannot_be_is_named_with_its_field(code: str, key: str, value: object) -> None:
    content = changed(lambda copied: row_of(copied, code).update({key: value}))
    assert refusal(content).field == f"rule.{code}.{key}"


def test_a_figure_says_what_it_counts() -> None:
    content = changed(lambda copied: row_of(copied, "installed_base").pop("unit"))
    assert refusal(content).field == "rule.installed_base.unit"


@pytest.mark.parametrize(
    ("due", "key"),
    [
        ({}, "from"),
        ({"from": "account_created"}, "within_days"),
        ({"from": "account_created", "within_days": 0}, "within_days"),
        ({"from": "account_created", "within_days": 36_501}, "within_days"),
        ({"from": "birth", "within_days": 90}, "from"),
        ({"every": "week"}, "every"),
        ({"every": "calendar_year", "from": "account_created"}, "every"),
        ({"every": "calendar_year", "within_days": 90}, "every"),
        ({"until": "later"}, "until"),
    ],
)
def test_a_deadline_that_cannot_be_is_named(due: dict[str, object], key: str) -> None:
    content = changed(lambda copied: row_of(copied, "technician_deadline").update(due=due))
    assert refusal(content).field == f"rule.technician_deadline.due.{key}"


def test_one_value_alone_may_be_all_that_passes() -> None:
    content = changed(lambda copied: copied["esd_limit"][0].update(low_ohm=35_000_000))
    limit = policy_of(content).limit("wrist")
    assert limit is not None
    assert limit.low_ohm == limit.high_ohm


@pytest.mark.parametrize(
    ("list_", "change", "field"),
    [
        ("source", {"url": 7}, "source.programme.url"),
        ("source", {"read_on": "today"}, "source.programme.read_on"),
        ("source", {"read_on": datetime(2026, 11, 23, 8, 0)}, "source.programme.read_on"),  # noqa: DTZ001 - TOML's local time
        ("esd_limit", {"low_ohm": 35_000_001}, "esd_limit.iec-61340-5-1/wrist.low_ohm"),
        ("esd_limit", {"high_ohm": True}, "esd_limit.iec-61340-5-1/wrist.high_ohm"),
        ("esd_limit", {"high_inclusive": 1}, "esd_limit.iec-61340-5-1/wrist.high_inclusive"),
        ("esd_limit", {"valid_minutes": 0}, "esd_limit.iec-61340-5-1/wrist.valid_minutes"),
        ("esd_limit", {"valid_minutes": 10**9}, "esd_limit.iec-61340-5-1/wrist.valid_minutes"),
        ("esd_test", {"channels": ["nose"]}, "esd_test.wrist.channels"),
        ("esd_test", {"channels": [7]}, "esd_test.wrist.channels"),
        ("esd_test", {"channels": []}, "esd_test.wrist.channels"),
        ("esd_test", {"every_days": 0}, "esd_test.wrist.every_days"),
        ("esd_test", {"source": "nobody"}, "esd_test.wrist.source"),
        ("esd_test", {"asked_of": []}, "esd_test.wrist.asked_of"),
        ("esd_test", {"asked_of": "everybody"}, "esd_test.wrist.asked_of"),
        ("esd_test", {"asked_of": ["nobody", "1001"]}, "esd_test.wrist.asked_of"),
        ("esd_test", {"asked_of": ["1001", "everybody"]}, "esd_test.wrist.asked_of"),
        ("esd_test", {"asked_of": ["1001"], "channels": ["surface"]}, "esd_test.wrist.asked_of"),
    ],
)
def test_a_source_a_limit_or_a_test_that_cannot_be_is_named(
    list_: str, change: dict[str, object], field: str
) -> None:
    content = changed(lambda copied: copied[list_][0].update(change))
    assert refusal(content).field == field


def test_a_rule_that_stands_twice_or_that_nobody_knows_is_refused() -> None:
    twice = changed(lambda copied: copied["rule"].append(copied["rule"][0]))
    assert "not_in_register stands twice" in refusal(twice).reason
    stray = changed(lambda copied: copied["rule"].append(copied["rule"][0] | {"code": "moon"}))
    assert refusal(stray).field == "rule.moon.code"


def test_a_point_without_a_row_is_refused() -> None:
    content = changed(lambda copied: row_of(copied, "technical_support").update(rule="P12"))
    assert refusal(content).reason == "no row for P11"


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.dates()
    | st.datetimes()
    | st.sampled_from(["block", "lead", "scan", "standing", "P1", "se", "wrist", 10**30]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
PLACES = [
    (list_, at, key)
    for list_ in ("rule", "source", "esd_limit", "esd_test")
    for at, row in enumerate(table()[list_])
    for key in (*row, "due", "value")
]


@given(place=st.sampled_from(PLACES), value=ANYTHING)
def test_whatever_stands_in_a_field_is_read_or_refused_by_name(
    place: tuple[str, int, str], value: object
) -> None:
    list_, at, key = place
    content = changed(lambda copied: copied[list_][at].update({key: value}))
    try:
        field = policy_of(content).region
    except PolicyInvalidError as refused:
        field = refused.field.partition(".")[0]
    assert field in {"se", list_, "rule", "esd_profile"}


@given(st.dictionaries(st.sampled_from(["base", "rule", "source", "esd_limit", "x"]), ANYTHING))
def test_whatever_stands_in_a_region_is_read_or_refused_by_name(change: dict[str, Any]) -> None:
    with pytest.raises(PolicyInvalidError):
        policy_of(regional(table(), change | {"region": 7}))


def test_a_change_alone_is_no_policy() -> None:
    assert refusal(table("us")).field == "rule"
