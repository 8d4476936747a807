"""Spreadsheets whose parts were changed, for the tests of the import."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.data.imports import ImportFileError, Options
from tests.data.imports.files import HEADINGS, read, serial, xlsx_file

ROWS = (HEADINGS, (serial(1), "iPhone 13", "Åsa"), (serial(2), "iPad", "Bo"))


def rewritten(path: Path, **parts: Callable[[str], str]) -> Path:
    """Change parts of a package; a key is a part's name without folder and ending."""
    new = path.with_suffix(".new")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            change = parts.get(Path(name).stem.strip("[]_."), str)
            archive.writestr(name, change(old.read(name).decode()))
    shutil.move(new, path)
    return path


def sheet_xml(path: Path, rows: str, before: str = "") -> Path:
    """A spreadsheet whose only sheet has these rows, in XML."""
    xlsx_file(path, ("a",))
    body = f"<worksheet xmlns='urn:x'>{before}<sheetData>{rows}</sheetData></worksheet>"
    return rewritten(path, sheet1=lambda _: body)


def cells(*texts: str, row: int) -> str:
    found = "".join(
        f"<c r='{letter}{row}' t='inlineStr'><is><t>{each}</t></is></c>"
        for letter, each in zip("ABCDEFGH", texts, strict=False)
    )
    return f"<row r='{row}'>{found}</row>"


def refused(path: Path, options: Options | None = None) -> str:
    with pytest.raises(ImportFileError) as told:
        read(path, options=options)
    assert str(told.value).startswith(told.value.code)
    return told.value.code
