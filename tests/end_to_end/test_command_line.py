"""Every word of the command line: exit codes, one JSON document, its shape, both languages."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from app.commands import COMMANDS
from tests.end_to_end.programs import PROGRAM, SWEDISH, Home, plain

MAC: Final = "C02XK0ABJGH5"
SOMEBODY_ELSES: Final = "RW0KZ6NGPL"
BATTERY: Final = "661-38402"
KGB: Final = "F8Y53MZJ42W6P2H94"
KBB: Final = "F5D547790KPG5NYAW"
ANNA: Final = ("--badge", "1001")
SEEN: Final = ("--confirmed-by", "1002")
SLOW: Final = ("PySide6", "sqlalchemy", "sqlcipher3", "serial", "reportlab", "httpx", "keyring")
"""What takes long to import and is no business of a command that does not use it."""


# ----------------------------------------------------------------------
# Words and usage
# ----------------------------------------------------------------------


@pytest.mark.parametrize("words", [("--help",), ("scan", "S661-17578")])
def test_a_command_imports_nothing_slow_that_it_does_not_use(home: Home, words: tuple[str]) -> None:
    program = (
        "import sys, app.__main__ as m; code = m.main(sys.argv[1:]);"
        f"print([n for n in {SLOW} if n in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env=home.environ(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout
    assert done.stderr == "[]\n"


def test_the_help_names_every_word_in_both_languages(tmp_path: Path) -> None:
    home = Home(tmp_path / "none")
    english, swedish = home.run("--help"), home.run("help", language=SWEDISH)
    for told in (english, swedish):
        assert told.code == 0
        assert told.err == ""
        for word in COMMANDS:
            assert re.search(rf"^  {word} ", told.out, re.MULTILINE), word
    assert english.out != swedish.out
    assert not home.path.exists()


@pytest.mark.parametrize("words", [("nonsense",), ("scan", "--hex", "xyz")], ids=" ".join)
def test_wrong_usage_is_two_and_says_how(tmp_path: Path, words: tuple[str, ...]) -> None:
    told = Home(tmp_path / "none").run(*words)
    assert told.code == 2
    assert told.out == ""
    assert "repair-bench" in told.err
    assert "Traceback" not in told.err


# ----------------------------------------------------------------------
# scan: no home is needed
# ----------------------------------------------------------------------


def scan(*words: str) -> Any:  # noqa: ANN401 - JSON
    done = subprocess.run([*PROGRAM, "scan", *words], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_scan_tells_what_bytes_mean_without_a_home(isolated_home: Path) -> None:
    told = scan("--hex", "5b293e1e3036 1d 31503636312d3137353738 1e04", "--aim", "]d1")
    assert told["format"] == "iso15434"
    assert told["aim"] == "]d1"
    assert told["fields"] == {"1P": ["661-17578"]}
    assert told["candidates"][0] == {"kind": "part_number", "value": "661-17578"}
    assert told["raw_hex"] == "5b293e1e30361d31503636312d31373537381e04"
    assert told["warnings"] == []
    assert not isolated_home.exists()


def test_scan_says_that_an_envelope_lost_its_separators() -> None:
    assert "separators_lost" in scan("[)>061P661-17578")["warnings"]


def test_scan_takes_what_the_shell_gives() -> None:
    assert scan("räksmörgås")["raw_hex"] == "räksmörgås".encode().hex()
    done = subprocess.run([*PROGRAM, "scan", b"\xff\xfe"], capture_output=True, check=True)
    assert json.loads(done.stdout)["raw_hex"] == "fffe"


# ----------------------------------------------------------------------
# init
# ----------------------------------------------------------------------


def test_init_makes_a_home_that_only_its_owner_may_read(tmp_path: Path) -> None:
    home = Home(tmp_path / "a home with spaces" / "Åsas bänk 🔧")
    made = home.told("init", "--key", "file")
    assert made == {"home": str(home.path), "key": "file", "rows": 0}
    assert home.path.stat().st_mode & 0o077 == 0
    assert not home.database.read_bytes().startswith(b"SQLite format")
    assert home.told("repair", "list") == []


def test_init_never_touches_a_home_that_is_there(home: Home) -> None:
    before = home.database.read_bytes()
    for kind in ("file", "passphrase"):
        said = home.refused("init", "--key", kind, **knowing("long enough for all"))
        assert str(home.path) in said
    assert home.database.read_bytes() == before


def test_init_without_a_terminal_chooses_no_place_for_the_key(tmp_path: Path) -> None:
    home = Home(tmp_path / "none")
    said = home.refused("init")
    assert "--key" in said
    assert said != home.refused("init", language=SWEDISH)
    assert not home.database.exists()


def knowing(passphrase: str) -> dict[str, str]:
    """The environment of somebody who knows a passphrase."""
    return {"REPAIR_BENCH_PASSPHRASE": passphrase}


def test_a_home_with_a_passphrase_opens_with_that_one_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert "REPAIR_BENCH_PASSPHRASE" in home.refused("init", "--key", "passphrase")
    home.refused("init", "--key", "passphrase", **knowing("short"))
    right = Home(home.path, tuple(knowing("nio sköna år till sjöss").items()))
    assert right.told("init", "--key", "passphrase")["key"] == "passphrase"
    assert right.told("repair", "list") == []
    wrong = knowing("nio sköna år till lands")
    english = home.refused("repair", "list", **wrong)
    assert english != home.refused("repair", "list", language=SWEDISH, **wrong)
    assert "REPAIR_BENCH_PASSPHRASE" in home.refused("repair", "list")
    for file in home.path.iterdir():
        if file.is_file():
            assert "sjöss".encode() not in file.read_bytes()


@pytest.mark.usefixtures("secret_service")
def test_a_home_with_the_keyring_keeps_no_key_on_the_disk(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert home.told("init", "--key", "keyring", "--demo-data")["rows"] > 0
    assert home.told("asset", MAC)["found"]
    assert not (home.path / "bench.key").exists()
    elsewhere = home.run("asset", MAC, DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent")
    assert elsewhere.code == 1
    plain(elsewhere.err)


def test_without_a_keyring_the_choice_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    said = home.refused("init", "--key", "keyring")
    assert said != home.refused("init", "--key", "keyring", language=SWEDISH)
    assert not home.database.exists()
    assert home.told("init", "--key", "file")["key"] == "file"


# ----------------------------------------------------------------------
# asset
# ----------------------------------------------------------------------


def test_asset_shows_what_a_scan_would(home: Home) -> None:
    told = home.told("asset", MAC)
    assert told["found"] is True
    assert told["asset"]["serial"] == MAC
    assert (told["verdict"], told["findings"], told["open_repairs"]) == ("allowed", [], [])
    assert home.told("asset", f"S{MAC}") == told


def test_asset_gives_every_reason_with_its_rule_and_words(home: Home) -> None:
    told = home.told("asset", SOMEBODY_ELSES)
    assert told["verdict"] == "blocked"
    (finding,) = [one for one in told["findings"] if one["rule"] == "P1"]
    assert finding.keys() >= {"rule", "severity", "code", "text"}
    assert finding["severity"] == "block"
    swedish = home.run("asset", SOMEBODY_ELSES, "--json", language=SWEDISH).json["findings"]
    assert [one["code"] for one in swedish] == [one["code"] for one in told["findings"]]
    assert swedish[0]["text"] != told["findings"][0]["text"]


# ----------------------------------------------------------------------
# esd and repair: the whole life of a repair
# ----------------------------------------------------------------------


def test_a_repair_from_badge_to_signature(home: Home, tmp_path: Path) -> None:
    reading = home.told("esd", "record", *ANNA, *SEEN, "--ohm", "1050000")
    assert (reading["event"], reading["channel"], reading["verdict"]) == (
        "reading",
        "wrist",
        "pass",
    )
    assert reading["limits"]["low_ohm"] == 750_000
    opened = home.told("repair", "open", MAC, *ANNA)
    number = opened["number"]
    assert (opened["serial"], opened["step"], opened["technician"]) == (
        MAC,
        "opened",
        "anna.lindqvist",
    )
    assert home.told("asset", MAC)["open_repairs"] == [opened]
    for step in ("diagnosed", "in_repair"):
        assert home.told("repair", "step", number, step, *ANNA)["step"] == step
    fitted = home.told("repair", "fit", number, BATTERY, KGB, KBB, *ANNA)
    (part,) = fitted["parts"]
    assert (part["number"], part["kgb"], part["kbb"]) == (BATTERY, KGB, KBB)
    assert part["order"] == "PO-26-0312"
    closed = home.told("repair", "close", number, *ANNA)
    assert (closed["step"], closed["signed_by"]) == ("completed", "anna.lindqvist")
    assert [one["step"] for one in closed["history"]] == [
        "opened",
        "diagnosed",
        "in_repair",
        "ready",
        "completed",
    ]
    assert home.told("repair", "list") == []
    assert home.told("repair", "show", number) == closed
    assert home.told("repair", "show", closed["id"]) == closed
    (kept,) = home.told("esd", "list", *ANNA)
    assert kept["entry"] == reading["entry"]
    report = home.told(
        "report", "repair", number, "--language", "sv", "--out", str(tmp_path / "r.pdf")
    )
    assert Path(report["path"]).read_bytes().startswith(b"%PDF-")
    assert home.told("repair", "show", number)["report_sha256"] == report["sha256"]


def test_a_refusal_is_one_and_says_why_in_the_users_language(home: Home) -> None:
    opening = ("repair", "open", SOMEBODY_ELSES, *ANNA)
    assert home.refused(*opening) != home.refused(*opening, language=SWEDISH)
    assert "RW0KZ6NGPL" not in str(home.told("repair", "list"))
