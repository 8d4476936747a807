"""argon2id: only the PIN fits its hash, and what is no hash fits nothing."""

import pytest

from app.data.pin_hashes import LANES, MEMORY_KIB, TIME_COST, Argon2Hasher

CHEAP = Argon2Hasher(time_cost=1, memory_kib=8, lanes=1)


def test_only_the_pin_itself_fits() -> None:
    kept = CHEAP.hash("0471")
    assert CHEAP.verify(kept, "0471")
    assert not CHEAP.verify(kept, "0472")
    assert "0471" not in kept


def test_the_same_pin_is_never_kept_in_the_same_way() -> None:
    assert CHEAP.hash("0471") != CHEAP.hash("0471")


@pytest.mark.parametrize("kept", ["", "!", "0471", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"])
def test_what_is_no_hash_fits_no_pin(kept: str) -> None:
    assert not CHEAP.verify(kept, "0471")


def test_a_bench_hashes_as_the_standard_recommends() -> None:
    kept = Argon2Hasher().hash("0471")
    assert kept.startswith(f"$argon2id$v=19$m={MEMORY_KIB},t={TIME_COST},p={LANES}$")
    assert CHEAP.verify(kept, "0471"), "what it was made with stands in the hash"
