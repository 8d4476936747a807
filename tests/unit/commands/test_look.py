"""Language and theme are kept; everything else in the settings file stays as a person wrote it."""

import tomllib
from pathlib import Path

import pytest

from app.commands.look import keep_look, keep_settings

WRITTEN = """# our bench
scanner_url = "serial:///dev/ttyACM0"  # by the window
language = 'en'   # for the guests

[future]
language = "as it is"
"""


def test_only_the_two_keys_change(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(WRITTEN)
    keep_look(tmp_path, "sv", "dark")
    assert file.read_text() == 'theme = "dark"\n' + WRITTEN.replace("'en'", '"sv"')


def test_a_home_without_settings_gets_them(tmp_path: Path) -> None:
    keep_look(tmp_path, "sv", "dark")
    told = tomllib.loads((tmp_path / "settings.toml").read_text())
    assert told == {"language": "sv", "theme": "dark"}
    assert [one.name for one in tmp_path.iterdir()] == ["settings.toml"]


def test_what_is_so_already_is_not_written(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('theme="dark"\nlanguage="sv"\n')
    before = file.stat()
    keep_look(tmp_path, "sv", "dark")
    assert file.stat().st_ino == before.st_ino


@pytest.mark.parametrize(
    "text",
    [
        "no toml = = =\n",
        'note = """\nlanguage = "en"\n"""\ntheme = "dark"\n',
        '"language" = "en"\n',
    ],
    ids=["no toml", "a text that looks like the key", "a key in quotes"],
)
def test_a_file_that_is_not_understood_is_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    keep_look(tmp_path, "sv", "dark")
    assert file.read_text() == text


def test_a_file_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    keep_look(tmp_path, "sv", "dark")
    assert (tmp_path / "settings.toml").is_dir()


def test_line_endings_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b'theme = "light"\r\nlanguage = "sv"\r\nsound = false\r\n')
    keep_look(tmp_path, "sv", "dark")
    assert file.read_bytes() == b'theme = "dark"\r\nlanguage = "sv"\r\nsound = false\r\n'


@pytest.mark.parametrize(
    "address", [r"\\.\COM10", 'tcp://[::1]:4001?name="a"', "file:/å/ä ö.txt", "tab\there"]
)
def test_an_address_of_any_kind_is_kept_and_replaced(tmp_path: Path, address: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('# mine\nesd_url = "\\\\old \\"one\\""\nlanguage = \'sv\'\n', encoding="utf-8")
    keep_settings(tmp_path, {"esd_url": address})
    kept = tomllib.loads(path.read_text(encoding="utf-8"))
    assert kept == {"esd_url": address, "language": "sv"}
    keep_settings(tmp_path, {"esd_url": "/dev/ttyUSB0"})
    kept = tomllib.loads(path.read_text(encoding="utf-8"))
    assert kept == {"esd_url": "/dev/ttyUSB0", "language": "sv"}
    assert path.read_text(encoding="utf-8").startswith("# mine\n")


def test_what_no_settings_file_can_say_leaves_it_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('esd_url = "a"\n')
    keep_settings(tmp_path, {"esd_url": "\x7f"})
    assert path.read_text() == 'esd_url = "a"\n'
