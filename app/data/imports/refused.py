"""Writes the refused rows as a file that can be mended and imported again."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from app.data.imports.errors import ImportFileError
from app.data.imports.headings import heading_key
from app.data.imports.mapping import is_private
from app.data.imports.product_row import Refusal, Refused
from app.data.imports.table import Kind, Table
from app.domain.spreadsheet_cells import guarded
from app.services.placing import placed
from app.texts import Language, Texts
from app.texts import texts as catalogue

_REASONS: Final = "import.reasons"
_BOM: Final = "\ufeff"
_OF_A_SPREADSHEET: Final = ";"
_UNWRITABLE: Final = re.compile("[\x00\ud800-\udfff]")


def write_refused(path: Path, table: Table, refused: Iterable[Refused], texts: Texts) -> int:
    """Write refused rows with their own columns and one more that says why.

    Mended, the file imports like the one that it came from; its last column is of no mapping. What
    a spreadsheet would take for a formula is guarded by a ``'``, which an import takes off again.
    What no import takes (a phone number, a device's name) is left out of its column.

    Args:
        path: The file to write: UTF-8 with a byte order mark, the delimiter of the file itself.
        table: The file that the rows are of.
        refused: The rows.
        texts: The language of the reasons.

    Returns:
        How many rows were written.

    Raises:
        ImportFileError: ``not_written``; a file of the same name is as it was.
    """
    try:
        with placed(path) as half:
            return _write(half, table, refused, texts)
    except OSError as error:
        raise ImportFileError("not_written", f"{path.name}: {error.strerror}") from error


def reason(refusal: Refusal, texts: Texts) -> str:
    """One reason in words: the column and what is wrong there."""
    said = texts.say(
        f"import.refused.{refusal.code}", value=refusal.value, row=refusal.other or refusal.row
    )
    return f"{refusal.column}: {said}" if refusal.column else said


def _write(path: Path, table: Table, refused: Iterable[Refused], texts: Texts) -> int:
    headings = table.headings
    width = len(headings.texts)
    told = {heading_key(catalogue(each).say(_REASONS)) for each in Language}
    old = {at for at, heading in enumerate(headings.texts) if heading_key(heading) in told}
    private = {
        at
        for at, both in enumerate(zip(headings.texts, headings.keys, strict=True))
        if any(map(is_private, both))
    }
    delimiter = table.dialect.delimiter if table.kind is Kind.CSV else _OF_A_SPREADSHEET
    kept = [at for at in range(width) if at not in old]
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_BOM)
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow([*(guarded(headings.texts[at]) for at in kept), texts.say(_REASONS)])
        if any(headings.keys):
            writer.writerow([*(guarded(headings.keys[at]) for at in kept), ""])
        for row in refused:
            cells = [_UNWRITABLE.sub("\ufffd", guarded(cell)) for cell in row.cells]
            cells += [""] * (width - len(cells))
            why = " ".join(reason(each, texts) for each in row.reasons)
            own = ["" if at in private else cells[at] for at in kept]
            writer.writerow([*own, guarded(why), *cells[width:]])
            count += 1
    return count
