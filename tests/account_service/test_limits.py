"""The bound on failed attempts."""

from account_service.services.limits import FailureLimiter


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def limiter(seconds: Seconds, addresses: int = 10) -> FailureLimiter:
    return FailureLimiter(allowed=3, seconds=60, addresses=addresses, monotonic=seconds)


def test_an_address_waits_after_too_many_failures_until_its_window_is_over() -> None:
    seconds = Seconds()
    limited = limiter(seconds)
    for _ in range(3):
        assert limited.wait("192.0.2.1") == 0
        limited.failed("192.0.2.1")
    assert limited.wait("192.0.2.1") == 60
    assert limited.wait("192.0.2.2") == 0
    seconds.now += 59.5
    assert limited.wait("192.0.2.1") == 1
    seconds.now += 0.5
    assert limited.wait("192.0.2.1") == 0


def test_a_new_window_counts_from_nothing() -> None:
    seconds = Seconds()
    limited = limiter(seconds)
    for _ in range(3):
        limited.failed("192.0.2.1")
    seconds.now += 60
    limited.failed("192.0.2.1")
    assert limited.wait("192.0.2.1") == 0


def test_one_ipv6_network_is_one_address() -> None:
    limited = limiter(Seconds())
    for last in range(3):
        limited.failed(f"2001:db8::{last}")
    assert limited.wait("2001:db8::ffff") == 60
    assert limited.wait("2001:db8:0:1::1") == 0


def test_what_is_no_address_counts_as_itself() -> None:
    limited = limiter(Seconds())
    for _ in range(3):
        limited.failed("")
    assert limited.wait("") == 60


def test_only_so_many_addresses_are_remembered() -> None:
    limited = limiter(Seconds(), addresses=2)
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.1", "192.0.2.3"):
        limited.failed(address)
    assert limited.wait("192.0.2.1") == 60
    for _ in range(2):
        limited.failed("192.0.2.2")
    assert limited.wait("192.0.2.2") == 0
