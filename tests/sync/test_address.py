import pytest

from app.sync.address import service_address
from app.sync.errors import SyncFaultError


@pytest.mark.parametrize(
    ("typed", "url", "loopback"),
    [
        ("https://bench.example.org", "https://bench.example.org", False),
        (" HTTPS://Bench.Example.org/ \n", "https://bench.example.org", False),
        ("https://example.org:8443/bench/", "https://example.org:8443/bench", False),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443", False),
        ("http://localhost:8080", "http://localhost:8080", True),
        ("http://127.0.0.9", "http://127.0.0.9", True),
        ("http://[::1]:80", "http://[::1]:80", True),
        ("https://127.0.0.1", "https://127.0.0.1", True),
    ],
)
def test_an_address_is_normalised(typed: str, url: str, loopback: bool) -> None:
    address = service_address(typed)
    assert (address.url, address.loopback) == (url, loopback)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "bench.example.org",
        "ftp://bench.example.org",
        "file:///etc/passwd",
        "https://",
        "https://anna:secret@bench.example.org",
        "https://bench.example.org/?a=1",
        "https://bench.example.org/#a",
        "https://bench.example.org:port",
        "https://bench.example.org:99999",
        "https://[::1",
        "https://bench example.org",
        "https://bench.example.org/\x00",
        "https://" + "a" * 2000,
    ],
)
def test_what_is_no_base_url_is_refused(typed: str) -> None:
    with pytest.raises(SyncFaultError) as caught:
        service_address(typed)
    assert caught.value.code == "url_invalid"


@pytest.mark.parametrize(
    "typed", ["http://bench.example.org", "http://192.168.1.4", "http://localhost.example.org"]
)
def test_plain_http_to_another_machine_is_refused(typed: str) -> None:
    with pytest.raises(SyncFaultError) as caught:
        service_address(typed)
    assert caught.value.code == "tls_required"
