"""How a file is to be read after something was chosen of the list. Pure, no Qt."""

from dataclasses import replace

from app.services.import_sight import FileAsk, PreviewSight
from app.ui.office.importing.panel import Importing, Subject


def chosen(importing: Importing, code: str) -> FileAsk | None:
    """How the file is to be read now; None where that is no other way."""
    ask, preview = importing.ask, importing.preview
    if ask is None or preview is None:
        return None
    match importing.subject:
        case Subject.FIELD:
            wanted = _with_field(ask, preview, importing.column, code)
        case Subject.MAPPING:
            wanted = replace(ask, mapping=code, fields=None, dates="")
        case Subject.ENCODING:
            wanted = replace(ask, encoding=code)
        case Subject.DELIMITER:
            wanted = replace(ask, delimiter=code, fields=None)
        case Subject.SHEET:
            wanted = replace(ask, sheet=code, fields=None)
        case Subject.DATES:
            wanted = replace(ask, dates=code)
    return wanted if wanted != ask else None


def _with_field(ask: FileAsk, preview: PreviewSight, column: int, field: str) -> FileAsk:
    """A column is another field; from now on the columns are mapped by hand."""
    if column >= len(preview.columns) or preview.columns[column].field == field:
        return ask
    told = {at: one.field for at, one in enumerate(preview.columns) if one.field}
    told[column] = field
    fields = tuple((at, name) for at, name in sorted(told.items()) if name)
    return replace(ask, mapping=preview.mapping.name, fields=fields)
