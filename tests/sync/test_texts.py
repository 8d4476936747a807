"""Every code has its words, and the words find their fields."""

import string

import pytest

from app.sync.errors import CODES
from app.sync.worker import SyncPhase
from app.texts import Language, texts

FIELDS = {
    "device_forked": {"seq"},
    "entry_too_large": {"seq"},
    "entry_unreadable": {"seq"},
    "hash_mismatch": {"seq"},
    "gap": {"expected_seq"},
    "not_the_service": {"status"},
    "service_failed": {"status"},
    "service_nonsense": {"reason"},
    "request_refused": {"status", "service_code"},
    "other_organisation": {"organisation"},
    "store_fault": {"store_code"},
}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_words_that_need_only_its_fields(language: Language, code: str) -> None:
    catalogue = texts(language)
    assert catalogue.has(f"sync.{code}")
    named = {
        name for _, name, _, _ in string.Formatter().parse(catalogue.words[f"sync.{code}"]) if name
    }
    assert named <= FIELDS.get(code, set())


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("state", list(SyncPhase))
def test_every_state_has_a_word(language: Language, state: SyncPhase) -> None:
    assert texts(language).has(f"sync.state.{state}")


def test_a_text_exists_for_no_code_that_does_not() -> None:
    for language in Language:
        known = {
            key.removeprefix("sync.") for key in texts(language).words if key.startswith("sync.")
        }
        codes = {key for key in known if "." not in key}
        assert codes == CODES
