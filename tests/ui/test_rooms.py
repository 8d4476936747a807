"""View models know nothing of widgets; views decide nothing."""

import ast
from pathlib import Path

import pytest

UI = Path(__file__).parents[2] / "app" / "ui"
PLAIN = sorted(
    [
        *UI.rglob("*viewmodel.py"),
        *(UI / one for one in ("state.py", "painting.py", "wording.py", "table_rows.py")),
        *(UI / "shell" / one for one in ("rows.py", "actions.py", "opening.py")),
        UI / "screens" / "repair" / "timeline.py",
        UI / "theme" / "colours.py",
        UI / "tones.py",
    ]
)


def imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{one.name}" for one in node.names}
    return names


@pytest.mark.parametrize("file", PLAIN, ids=lambda file: str(file.relative_to(UI)))
def test_a_view_model_imports_no_qt(file: Path) -> None:
    assert not [one for one in imported(file) if one.startswith("PySide6")]


@pytest.mark.parametrize("file", sorted(UI.rglob("view.py")), ids=lambda file: file.parent.name)
def test_a_view_asks_neither_texts_nor_domain(file: Path) -> None:
    taken = imported(file)
    assert not [one for one in taken if one.startswith(("app.texts", "app.domain", "app.services"))]


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda f: str(f.relative_to(UI)))
def test_nothing_is_modal(file: Path) -> None:
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    allowed = {"exec"} if file.name == "main.py" else set[str]()
    assert called & {"exec", "exec_", "processEvents"} <= allowed


@pytest.mark.parametrize("file", sorted(UI.rglob("*.py")), ids=lambda f: str(f.relative_to(UI)))
def test_every_painter_ends_with_its_block(file: Path) -> None:
    """One that outlives its widget, held by a traceback, ends the process."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    made = [one for one in ast.walk(tree) if is_painter(one)]
    held = [
        item.context_expr
        for one in ast.walk(tree)
        if isinstance(one, ast.With)
        for item in one.items
        if is_painter(item.context_expr)
    ]
    assert {id(one) for one in made} == {id(one) for one in held}


def is_painter(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "QPainter"
    )
