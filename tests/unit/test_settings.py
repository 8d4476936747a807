"""Settings: defaults, a file's values, and a file that cannot be used."""

from pathlib import Path

import pytest

from app.domain.pins import PinRequired, lock_rules
from app.settings import Settings, SettingsInvalidError, home_folder, load_settings


def written(home: Path, text: str) -> Path:
    home.mkdir()
    (home / "settings.toml").write_text(text, encoding="utf-8")
    return home


def test_a_home_without_a_file_has_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings(tmp_path)


def test_a_files_values_stand_instead_of_the_defaults(isolated_home: Path) -> None:
    home = written(isolated_home, 'language = "sv"\nlock_after_minutes = 3\nsound = false\n')
    settings = load_settings(home)
    assert (settings.language, settings.lock_after_minutes, settings.sound) == ("sv", 3, False)
    assert settings.theme == "system"
    assert settings.unknown == ()


def test_what_is_said_of_pins_becomes_rules(isolated_home: Path) -> None:
    text = 'pin_required = "lead"\npin_tries = 3\npin_wait_minutes = "2 30"\n'
    settings = load_settings(written(isolated_home, text))
    assert settings.pin_of_whom is PinRequired.LEAD
    assert settings.pin_locks == lock_rules(3, (2, 30))
    assert Settings(isolated_home).pin_of_whom is PinRequired.NEVER
    assert Settings(isolated_home).pin_locks == lock_rules(5, (1, 5, 15))


@pytest.mark.parametrize("words", ["", " ", "nobody", "everybody", "1001 1002"])
def test_a_site_names_who_wears_esd_footwear(isolated_home: Path, words: str) -> None:
    home = written(isolated_home, f'esd_footwear = "{words}"\n')
    assert load_settings(home).esd_footwear == words


def test_everything_of_a_home_lies_in_it(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    places = (settings.database, settings.reports, settings.logs, settings.unsaved)
    for place in (*places, settings.backups):
        assert place.parent == tmp_path


@pytest.mark.parametrize("key", ["hologram", "home", "unknown", "database", "__class__", "a-b"])
def test_what_is_no_setting_is_named_and_left_alone(isolated_home: Path, key: str) -> None:
    settings = load_settings(written(isolated_home, f'"{key}" = "x"\ntheme = "dark"\n'))
    assert settings == Settings(isolated_home, theme="dark", unknown=(key,))


@pytest.mark.parametrize(
    "text",
    [
        "sound = [",
        'sound = "yes"',
        "sound = 1",
        "lock_after_minutes = true",
        "lock_after_minutes = 1.5",
        "language = 1",
        "[language]",
        'pin_required = "sometimes"',
        "pin_tries = 0",
        'pin_wait_minutes = ""',
        'pin_wait_minutes = "15 5"',
        'pin_wait_minutes = "1 min"',
        'esd_footwear = "nobody 1001"',
        "esd_footwear = true",
        "x = " + "[" * 100_000,
    ],
    ids=lambda text: text[:24],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(
    isolated_home: Path, text: str
) -> None:
    home = written(isolated_home, text)
    with pytest.raises(SettingsInvalidError) as raised:
        load_settings(home)
    assert raised.value.path == home / "settings.toml"
    assert raised.value.reason


def test_bytes_that_are_no_text_are_told(isolated_home: Path) -> None:
    home = written(isolated_home, "")
    (home / "settings.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsInvalidError):
        load_settings(home)


def test_the_environment_names_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPAIR_BENCH_HOME", "~/bänk")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert home_folder() == tmp_path / "bänk"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPAIR_BENCH_HOME", "here")
    assert home_folder() == tmp_path / "here"


def test_without_a_name_the_platforms_data_folder_is_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REPAIR_BENCH_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert home_folder().name == "repair-bench"
