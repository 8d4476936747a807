"""A policy file is read whole or refused with its place."""

import copy
import tomllib
from typing import Any

import pytest

from app.domain.policy import CODES, PolicyInvalidError, Severity, policy_of
from app.resources import resource
from app.texts import Language, texts


def table() -> dict[str, Any]:
    return tomllib.loads(resource("programmes", "se.toml").read_text(encoding="utf-8"))


def test_the_shipped_policy_rules_on_every_finding() -> None:
    policy = policy_of(table())
    assert policy.rows.keys() >= CODES
    assert all(row.source for row in policy.rows.values())
    assert policy.rows["not_in_register"].severity is Severity.BLOCK
    assert (policy.rows["lease_ends_soon"].value, policy.rows["lease_ends_soon"].unit) == (
        30,
        "days",
    )


@pytest.mark.parametrize("language", Language)
def test_every_finding_has_its_sentence(language: Language) -> None:
    assert [code for code in CODES if not texts(language).has(f"finding.{code}")] == []


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


def without(path: tuple[str | int, ...]) -> dict[str, Any]:
    changed: Any = copy.deepcopy(table())
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return changed


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("region",), "region"),
        (("edition",), "edition"),
        (("esd_profile",), "esd_profile"),
        (("rule",), "rule"),
        (("rule", 0), "rule"),
        (("rule", 0, "severity"), "severity"),
        (("esd_limit",), "esd_limit"),
        (("esd_limit", 0, "high_ohm"), "high_ohm"),
    ],
)
def test_what_is_missing_is_named(path: tuple[str | int, ...], field: str) -> None:
    with pytest.raises(PolicyInvalidError) as refusal:
        policy_of(without(path))
    assert refusal.value.field == field
    assert refusal.value.reason


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("esd_profile", "none-such", "esd_profile"),
        ("rule", ["text"], "rule"),
        ("esd_limit", [{"profile": "x", "channel": "wrist", "high_ohm": True}], "high_ohm"),
    ],
)
def test_what_is_of_the_wrong_form_is_named(key: str, value: object, field: str) -> None:
    with pytest.raises(PolicyInvalidError) as refusal:
        policy_of(table() | {key: value})
    assert refusal.value.field == field


def test_an_unknown_severity_is_refused() -> None:
    changed = table()
    changed["rule"][0]["severity"] = "maybe"
    with pytest.raises(PolicyInvalidError, match=r"rule\.severity"):
        policy_of(changed)
