"""The programme that a bench's settings name is found, whole."""

import pytest

from app.bootstrap import programme
from app.domain.policy import CODES, PolicyInvalidError


@pytest.mark.parametrize("name", ["se", "us", "ca", "au"])
def test_a_region_is_loaded_by_its_name(name: str) -> None:
    policy = programme(name)
    assert policy.region == name
    assert policy.rows.keys() >= CODES


@pytest.mark.parametrize("name", ["moon", "../programmes", ""])
def test_a_programme_that_there_is_not_is_refused(name: str) -> None:
    with pytest.raises(PolicyInvalidError) as refusal:
        programme(name)
    assert refusal.value.field == "programme"
