"""The shipped policy files as tables, and edits of them."""

import copy
import tomllib
from collections.abc import Callable
from typing import Any

from app.domain.policy import Policy, policy_of, regional
from app.resources import resource

REGIONS = ("au", "ca", "se", "us")


def table(region: str = "se") -> dict[str, Any]:
    text = resource("programmes", f"{region}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def policy_in(region: str) -> Policy:
    change = table(region)
    return policy_of(regional(table(), change) if "base" in change else change)


def changed(edit: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    """The Swedish file after an edit."""
    copied = copy.deepcopy(table())
    edit(copied)
    return copied


def row_of(content: dict[str, Any], code: str) -> dict[str, Any]:
    return next(row for row in content["rule"] if row["code"] == code)
