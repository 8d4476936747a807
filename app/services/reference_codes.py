"""The code book that ships with the program: what reference codes mean is data, not code."""

import tomllib
from functools import cache

from app.domain.diagnostics.codes import CodeBook, code_book
from app.resources import resource


@cache
def shipped_codes() -> CodeBook:
    """What the reference codes of Apple Diagnostics mean (``resources/diagnostics/codes.toml``)."""
    return code_book(tomllib.loads(resource("diagnostics", "codes.toml").read_text("utf-8")))
