"""A home that is broken, closed, full or another's: a sentence, exit 1, and nothing lost."""

import hashlib
import json
import os
import random
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from app.bootstrap import SystemClock, SystemIds
from app.data.keys import KeyPlace
from app.data.opening import open_store
from tests.unit.commands.lines import Line, bench, line

__all__ = ["bench", "line"]

MAC: Final = "C02XK0ABJGH5"
OPENING: Final = (
    ("asset", MAC),
    ("repair", "list"),
    ("journal", "verify"),
    ("bench", "--once", "1"),
)
"""Commands that open the store, each in its own way."""


def contents(folder: Path) -> dict[str, str]:
    """What every file of a home holds, but for marks of who is there and logs."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not {"bench.db.users", "logs"} & set(path.parts)
    }


def key_from_nowhere(home: Path) -> None:
    (home / "bench.key").unlink()


def key_of_another(home: Path) -> None:
    (home / "bench.key").write_text(bytes(32).hex() + "\n")


def key_of_no_sense(home: Path) -> None:
    (home / "bench.key").write_bytes(b"\xff\x00 not a key")


def key_cut_short(home: Path) -> None:
    (home / "bench.key").write_text("abcd\n")


def key_for_everybody(home: Path) -> None:
    (home / "bench.key").chmod(0o644)


def key_is_a_folder(home: Path) -> None:
    (home / "bench.key").unlink()
    (home / "bench.key").mkdir()


def place_of_key_lost(home: Path) -> None:
    (home / "key.json").unlink()


def place_of_key_garbage(home: Path) -> None:
    (home / "key.json").write_bytes(b"\xff\xfe{{{")


def place_of_key_bent(home: Path) -> None:
    told = json.loads((home / "key.json").read_text())
    (home / "key.json").write_text(json.dumps({**told, "kind": "pocket"}))


def place_of_key_a_list(home: Path) -> None:
    (home / "key.json").write_text("[" * 100_000)


def database_empty(home: Path) -> None:
    (home / "bench.db").write_bytes(b"")


def database_cut(home: Path) -> None:
    with (home / "bench.db").open("r+b") as file:
        file.truncate(40_000)


def database_cut_within_a_page(home: Path) -> None:
    with (home / "bench.db").open("r+b") as file:
        file.truncate(5000)


def database_overwritten(home: Path) -> None:
    size = (home / "bench.db").stat().st_size
    (home / "bench.db").write_bytes(random.Random(7).randbytes(size))  # noqa: S311 - garbage


def database_in_the_clear(home: Path) -> None:
    (home / "bench.db").unlink()
    with sqlite3.connect(home / "bench.db") as connection:
        connection.execute("CREATE TABLE entries (id)")
    connection.close()


def database_is_a_folder(home: Path) -> None:
    (home / "bench.db").unlink()
    (home / "bench.db").mkdir()


def database_from_the_future(home: Path) -> None:
    with (
        open_store(home / "bench.db", KeyPlace(home).load(), SystemClock(), SystemIds()) as store,
        store.database.writing() as connection,
    ):
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def settings_no_toml(home: Path) -> None:
    (home / "settings.toml").write_text("scanner_url = [")


def settings_no_text(home: Path) -> None:
    (home / "settings.toml").write_bytes(b"\xff\xfe\x00")


def settings_of_another_type(home: Path) -> None:
    (home / "settings.toml").write_text('lock_after_minutes = "soon"')


def settings_is_a_folder(home: Path) -> None:
    (home / "settings.toml").mkdir()


def programme_unknown(home: Path) -> None:
    (home / "settings.toml").write_text('programme = "atlantis"')


def programme_outside(home: Path) -> None:
    (home / "settings.toml").write_text('programme = "../devices/esd/generic-wrist-line"')


DAMAGES: Final = (
    key_from_nowhere,
    key_of_another,
    key_of_no_sense,
    key_cut_short,
    key_for_everybody,
    key_is_a_folder,
    place_of_key_lost,
    place_of_key_garbage,
    place_of_key_bent,
    place_of_key_a_list,
    database_empty,
    database_cut,
    database_cut_within_a_page,
    database_overwritten,
    database_in_the_clear,
    database_is_a_folder,
    database_from_the_future,
    settings_no_toml,
    settings_no_text,
    settings_of_another_type,
    settings_is_a_folder,
    programme_unknown,
    programme_outside,
)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_home_is_told_by_every_command_and_left_as_it_is(
    bench: Line, damage: Callable[[Path], None]
) -> None:
    damage(bench.home)
    before = contents(bench.home)
    said = {bench.refused(*words) for words in OPENING}
    assert len(said) == 1, said  # one sentence for one fault
    after = contents(bench.home)
    assert before.items() <= after.items()


def test_a_home_that_was_mended_goes_on(bench: Line, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(bench.home, kept)
    number = bench.told("repair", "open", MAC, "--badge", "1001")["number"]
    key_from_nowhere(bench.home)
    bench.refused("repair", "list")
    shutil.copy2(kept / "bench.key", bench.home / "bench.key")
    settings_no_toml(bench.home)
    bench.refused("repair", "list")
    (bench.home / "settings.toml").unlink()
    (repair,) = bench.told("repair", "list")
    assert repair["number"] == number


def test_a_home_that_is_a_file_is_told(line: Line) -> None:
    line.home.write_text("no folder")
    line.refused("repair", "list")
    line.refused("init", "--key", "file")
    assert line.home.read_text() == "no folder"


def test_a_home_below_a_file_is_told(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    line.home.write_text("no folder")
    monkeypatch.setenv("REPAIR_BENCH_HOME", str(line.home / "below"))
    line.refused("repair", "list")
    line.refused("init", "--key", "file")
    assert line.home.read_text() == "no folder"


@pytest.mark.parametrize("words", OPENING, ids=" ".join)
def test_no_home_is_told_with_the_way_on(line: Line, words: tuple[str, ...]) -> None:
    assert "repair-bench init" in line.refused(*words)
    assert not line.home.exists()


def test_settings_that_a_newer_program_wrote_do_no_harm(bench: Line) -> None:
    (bench.home / "settings.toml").write_text('language = "sv"\nhologram = true\n')
    assert bench.told("repair", "list") == []


def test_bytes_overwritten_anywhere_are_told_or_do_no_harm(bench: Line, tmp_path: Path) -> None:
    seed = random.randrange(2**32)  # noqa: S311 - places, not secrets
    chance = random.Random(seed)  # noqa: S311 - places, not secrets
    bench.told("repair", "open", MAC, "--badge", "1001")
    whole = bench.told("journal", "export", "--out", str(tmp_path / "whole.jsonl"))
    sound = (bench.home / "bench.db").read_bytes()
    told = 0
    for round_ in range(25):
        bent = bytearray(sound)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(bent))
            piece = chance.randbytes(chance.randint(1, 200))
            bent[at : at + len(piece)] = piece
        for file in bench.home.glob("bench.db-*"):
            file.unlink()
        (bench.home / "bench.db").write_bytes(bent)
        for words in (("journal", "verify"), ("asset", MAC), ("repair", "list")):
            said = bench.run(*words, "--json")
            assert said.code in (0, 1), (seed, round_, said)
            assert bool(said.err) == (said.code == 1), (seed, round_, said)
            told += said.code
    assert told, "nothing was ever noticed"
    (bench.home / "bench.db").write_bytes(sound)
    assert bench.told("journal", "verify")["entries"] == whole["entries"]


def test_files_of_a_home_are_its_owners_alone(bench: Line) -> None:
    bench.told("repair", "open", MAC, "--badge", "1001")
    if os.name != "nt":
        assert stat.S_IMODE(bench.home.stat().st_mode) == 0o700
        assert stat.S_IMODE((bench.home / "bench.key").stat().st_mode) == 0o600
