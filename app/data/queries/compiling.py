"""Writes the modules of `app.data.compiled` from those of `app.data.queries`."""

import importlib
import pkgutil
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Final, cast

from app.data.queries.query import Query

_HERE: Final = Path(__file__).parent
COMPILED: Final = _HERE.parent / "compiled"
"""Where the compiled modules lie."""
_NO_QUERIES: Final = frozenset({"__main__", "compiling", "query"})
_WIDTH: Final = 88


def modules() -> dict[str, str]:
    """The text of each compiled module, by its name."""
    names = {each.name for each in pkgutil.iter_modules([str(_HERE)])} - _NO_QUERIES
    return {
        name: _module(importlib.import_module(f"app.data.queries.{name}")) for name in sorted(names)
    }


def _module(source: ModuleType) -> str:
    head = (
        f'"""Compiled from `{source.__name__}`; ``python -m app.data.queries`` writes it."""\n\n'
        "from app.data.statements import Statement\n"
    )
    return head + "".join(_assignments(source))


def _assignments(source: ModuleType) -> Iterator[str]:
    for name, value in vars(source).items():
        if isinstance(value, Query):
            yield f"\n{name} = {_text(value, '')}\n"
        elif isinstance(value, dict) and not name.startswith("_"):
            queries = cast("Mapping[str, Query]", value)
            rows = [f'    "{key}": {_text(query, "    ")},\n' for key, query in queries.items()]
            yield f"\n{name} = {{\n{''.join(rows)}}}\n"


def _text(query: Query, indent: str) -> str:
    """A statement as Python says it; no literal within a statement holds a space."""
    lines = [part for line in query.compiled().split("\n") for part in textwrap.wrap(line, _WIDTH)]
    sql = "\n".join(f"{indent}    {line}" for line in lines)
    return f'Statement(\n{indent}    """\n{sql}\n{indent}    """,\n{indent})'
