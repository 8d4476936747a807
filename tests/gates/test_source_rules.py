"""House rules that no linter knows: size, view models without widgets, no modal dialog, pins."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "account_service", "installer", "tests")
LONGEST = 400
WIDGETS = ("PySide6.QtWidgets", "PySide6.QtGui")


def modules(*folders: str) -> list[Path]:
    return sorted(each for folder in folders for each in (ROOT / folder).rglob("*.py"))


def imports(source: str) -> Iterator[str]:
    """Name every module that a source imports, at the top or late, and what it takes from it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def widgets_in(source: str) -> list[str]:
    return [
        name for name in imports(source) if f"{name}.".startswith(tuple(f"{w}." for w in WIDGETS))
    ]


def modal_calls(source: str) -> list[int]:
    """Return the lines that run a nested event loop: a scanner keeps sending into it."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("exec", "exec_")
        and ast.unparse(node.func.value) not in ("app", "application")  # the one event loop
    ]


def test_no_module_is_longer_than_a_reader_s_patience() -> None:
    long = {
        str(each.relative_to(ROOT)): lines
        for each in modules(*PACKAGES)
        if (lines := each.read_text(encoding="utf-8").count("\n")) > LONGEST
    }
    assert long == {}


@pytest.mark.parametrize(
    "source",
    [
        "import PySide6.QtWidgets",
        "from PySide6.QtGui import QColor",
        "from PySide6 import QtWidgets",
        "def late():\n    from PySide6.QtWidgets import QLabel",
    ],
)
def test_a_widget_in_a_view_model_would_be_seen(source: str) -> None:
    assert widgets_in(source)


def test_view_models_know_no_widgets() -> None:
    view_models = [each for each in modules("app/ui") if each.name.startswith("viewmodel")]
    assert view_models
    knowing = {
        str(each.relative_to(ROOT)): found
        for each in view_models
        if (found := widgets_in(each.read_text(encoding="utf-8")))
    }
    assert knowing == {}


def test_a_modal_dialog_would_be_seen() -> None:
    assert modal_calls("x = 1\nQMessageBox(self).exec()\n") == [2]
    assert modal_calls("app.exec()\ndialog.open()\n") == []


def test_no_dialog_is_modal() -> None:
    modal = {
        str(each.relative_to(ROOT)): lines
        for each in modules("app/ui")
        if (lines := modal_calls(each.read_text(encoding="utf-8")))
    }
    assert modal == {}


@pytest.mark.parametrize("path", modules("installer"), ids=lambda path: path.name)
def test_the_set_up_parses_on_a_python_that_is_too_old_to_run_it(path: Path) -> None:
    assert ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8)).body


def test_pyside_stays_below_the_release_that_aborts() -> None:
    # 6.12.0 drops a reference to None with every void call on CPython older than 3.12: it aborts.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (pin,) = [each for each in project["project"]["dependencies"] if each.startswith("pyside6")]
    assert pin == "pyside6>=6.11,<6.12"
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    (version,) = [each["version"] for each in lock["package"] if each["name"] == "pyside6"]
    assert version.startswith("6.11.")


def test_the_store_s_sqlite_is_one_that_keeps_its_commits() -> None:
    import sqlcipher3

    # SQLite before 3.51.3 has a WAL bug that can lose commits; Python's own is older.
    assert sqlcipher3.sqlite_version_info >= (3, 51, 3)
