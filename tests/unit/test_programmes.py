"""The programme that a bench's settings name is found, whole."""

from pathlib import Path

import pytest

from app.bootstrap import programme, programmes
from app.domain.account import AccountTerms
from app.domain.policy import CODES, PolicyInvalidError
from app.services.ports import Organisation
from app.settings import Settings


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


@pytest.mark.parametrize("region", ["", "se", "au"])
@pytest.mark.parametrize(
    ("words", "told"), [("", ("nobody",)), ("everybody", ("everybody",)), ("7 8", ("7", "8"))]
)
def test_a_site_s_own_footwear_holds_in_every_region(
    region: str, words: str, told: tuple[str, ...], tmp_path: Path
) -> None:
    known = programmes(Settings(tmp_path, esd_footwear=words))
    terms = AccountTerms(region=region)
    policy = known.of(Organisation("KTH", "Lab", "1", "Europe/Stockholm", terms=terms))
    assert policy.region == (region or "se")
    assert policy.esd_tests["footwear"].asked_of == told
