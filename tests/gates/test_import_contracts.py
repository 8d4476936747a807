"""Every import contract can fail: a violation planted in a copy is found by its name."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PLANTED = {
    "The rooms of the bench, top to bottom": ("app/domain", "import app.services"),
    "Bench and service share no code": ("account_service", "import app.domain"),
    "Qt only in the window": ("app/services", "import PySide6.QtWidgets"),
    "SQL only in the store": ("app/services", "import sqlalchemy.orm"),
    "Ports and USB only in the devices": ("app/services", "import serial.tools.list_ports"),
    "HTTP only in the sync client": ("app/services", "import httpx"),
    "PDF only in the reports": ("app/services", "import reportlab.pdfgen"),
    "PINs are hashed in one place": ("app/services", "import argon2.low_level"),
    "Encodings are guessed only by the import": ("app/data", "import charset_normalizer"),
    "The domain is pure": ("app/domain", "import keyring"),
    "The rooms of the service, top to bottom": (
        "account_service/store",
        "import account_service.services",
    ),
    "SQL only in the service's store": ("account_service/services", "import sqlalchemy.orm"),
    "HTTP only in the service's endpoints and server": (
        "account_service/services",
        "import fastapi.routing",
    ),
}


def contracts() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [each["name"] for each in project["tool"]["importlinter"]["contracts"]]


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the linter says of a copy of this tree with every violation planted in it."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for package in ("app", "account_service"):
        shutil.copytree(
            ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    for number, (folder, line) in enumerate(PLANTED.values()):
        (copy / folder / f"planted_{number}.py").write_text(f"{line}\n", encoding="utf-8")
    linter = shutil.which("lint-imports", path=str(ROOT / ".venv" / "bin"))
    assert linter
    told = subprocess.run(
        [linter, "--no-cache", "--no-logo"], cwd=copy, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1, told.stdout + told.stderr
    return dict(re.findall(r"^(.+?) (KEPT|BROKEN)", told.stdout, flags=re.MULTILINE))


def test_every_contract_has_a_violation_planted() -> None:
    assert sorted(contracts()) == sorted(PLANTED)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_violation_breaks_its_contract(verdicts: dict[str, str], name: str) -> None:
    assert verdicts[name] == "BROKEN"
