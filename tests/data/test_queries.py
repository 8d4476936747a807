"""The statements that the program runs are those that SQLAlchemy compiles."""

from app.data.queries.compiling import COMPILED, modules


def test_what_is_compiled_is_what_the_queries_say() -> None:
    """After a change of a query: ``python -m app.data.queries``."""
    written = {
        path.stem: path.read_text(encoding="utf-8")
        for path in COMPILED.glob("*.py")
        if path.stem != "__init__"
    }
    assert written == modules()
