"""The sample files, and every private value in them."""

from pathlib import Path
from typing import Final

from app.domain.diagnostics.codes import CodeBook
from app.domain.diagnostics.reading import read_results
from app.domain.diagnostics.run import DiagnosticsRun
from app.services.reference_codes import shipped_codes

VECTORS: Final = Path(__file__).parents[3] / "vectors" / "diagnostics"
SAMPLES: Final = tuple(sorted(one.name for one in VECTORS.iterdir() if one.suffix != ".md"))
MAC_SERIAL: Final = "C02XK0ABJGH5"
PHONE_SERIAL: Final = "F2LXK0ABJC6K"
PRIVATE: Final = (
    *("Svante", "svante", "Privatsson", "privata", "PRIV", "icloud"),
    *("a4:83:e7", "A4:83:E7", "74:15:F5", "192.168.77.41"),
    *("+46 70", "89460000000000000012", "240010000000017", "35417803685978\n"),
    *("4242424242424242", "59.3473", "18.0717", "Europe/Stockholm", "Privatssons WiFi"),
)
"""Names, accounts, addresses, numbers and places, as far as they tell them apart."""


def raw_of(name: str) -> bytes:
    return (VECTORS / name).read_bytes()


def book() -> CodeBook:
    return shipped_codes()


def run_of_sample(name: str) -> DiagnosticsRun:
    return read_results(raw_of(name), shipped_codes())
