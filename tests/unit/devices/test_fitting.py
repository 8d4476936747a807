"""Each profile is tried on the same bytes, and it is said which reads them."""

from datetime import UTC, datetime

import pytest

from app.devices.fitting import fit_profiles
from app.devices.profiles import load_profile
from app.domain.esd import Measurement

AT = datetime(2026, 3, 2, tzinfo=UTC)
SCANNERS = [load_profile(name) for name in ("serial-crlf", "serial-cr", "serial-stx-etx")]
TESTERS = [load_profile(name) for name in ("generic-comma-line", "generic-wrist-line")]


@pytest.mark.parametrize(
    ("raw", "fitting"),
    [
        (b"C02XK0ABJGH5\r\n", ["serial-crlf"]),
        (b"C02XK0ABJGH5\r", ["serial-crlf", "serial-cr"]),
        (b"C02XK0ABJGH5\n", ["serial-crlf"]),
        (b"\x02C02XK0ABJGH5\x03", ["serial-stx-etx"]),
        (b"\x02C02XK0ABJGH5\x03\r\n", ["serial-stx-etx"]),
        (b"C02XK0ABJGH5", []),
        (b"", []),
        (b"\r\n", []),
    ],
    ids=["crlf", "cr", "lf", "stx", "stx and crlf", "no end", "nothing", "an end alone"],
)
def test_a_scanners_end_tells_its_profile(raw: bytes, fitting: list[str]) -> None:
    fits, heard = fit_profiles(raw, SCANNERS, AT)
    assert [fit.name for fit in fits if fit.fits] == fitting
    assert len(fits) == len(SCANNERS)
    assert all(fit.code for fit in fits if not fit.fits)
    assert (heard is not None) == bool(fitting)
    if heard is not None:
        assert heard.scan is not None
        assert heard.scan.best.value == "C02XK0ABJGH5"


def test_a_testers_line_tells_its_profile_and_what_it_means() -> None:
    fits, heard = fit_profiles(b"# heading\r\nWRIST;1.25E+06;PASS\r\n", TESTERS, AT)
    assert [(fit.name, fit.fits) for fit in fits] == [
        ("generic-wrist-line", True),
        ("generic-comma-line", False),
    ]
    assert heard is not None
    assert isinstance(heard.reading, tuple)
    assert isinstance(heard.reading[0], Measurement)
    assert fits[0].title("sv").startswith("Allmän")


def test_why_no_profile_reads_a_line_is_told() -> None:
    fits, heard = fit_profiles(b"Rg 1 MOhm\r\n", TESTERS, AT)
    assert heard is None
    assert {fit.code for fit in fits} == {"no_match"}
    fits, _ = fit_profiles(b"# heading\r\n", TESTERS[1:], AT)
    assert fits[0].code == "no_measurement"
