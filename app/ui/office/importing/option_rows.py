"""What can be chosen of how a file is read: a column's field, the mapping, encoding, and so on."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.services.import_sight import MappingSight, PreviewSight
from app.ui.office.importing.panel import Importing, Subject
from app.ui.office.importing.rows import Options
from app.ui.shell.rows import Choice
from app.ui.wording import Wording, or_dash, shown

ENCODINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "utf-8": "UTF-8",
        "cp1252": "Windows-1252",
        "iso8859-1": "ISO 8859-1",
        "iso8859-15": "ISO 8859-15",
        "utf-16-le": "UTF-16 LE",
        "utf-16-be": "UTF-16 BE",
        "mac-roman": "Mac Roman",
        "cp850": "CP850",
    }
)
"""Those that are offered, by Python's names."""
DELIMITERS: Final = (",", ";", "\t", "|")
_DELIMITER_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
)
_OF_A_TEXT: Final = (
    Subject.FIELD, Subject.MAPPING, Subject.ENCODING, Subject.DELIMITER, Subject.DATES,
)  # fmt: skip
_OF_A_SPREADSHEET: Final = (Subject.FIELD, Subject.MAPPING, Subject.SHEET, Subject.DATES)


def subjects_of(
    importing: Importing, preview: PreviewSight, wording: Wording
) -> tuple[Choice, ...]:
    """What can be chosen, each with how it stands."""
    subjects = _OF_A_TEXT if preview.encoding else _OF_A_SPREADSHEET
    return tuple(
        Choice(
            one.value,
            wording.say(f"import_screen.subject.{one.value}"),
            _standing(one, importing, preview, wording),
            chosen=one is importing.subject,
        )
        for one in subjects
    )


def _standing(
    subject: Subject, importing: Importing, preview: PreviewSight, wording: Wording
) -> str:
    match subject:
        case Subject.FIELD:
            columns = preview.columns
            at = importing.column
            return or_dash(columns[at].heading) if at < len(columns) else or_dash("")
        case Subject.MAPPING:
            title = _title(preview.mapping, wording)
            by_hand = preview.ask.fields is not None
            return wording.say("import_screen.by_hand") if by_hand else title
        case Subject.ENCODING:
            return _encoding(preview.encoding)
        case Subject.DELIMITER:
            return _delimiter(preview.delimiter, wording)
        case Subject.SHEET:
            return or_dash(preview.sheet)
        case Subject.DATES:
            return wording.say(f"import_screen.dates_are.{preview.dates}")


def options_of(importing: Importing, preview: PreviewSight, wording: Wording) -> Options:
    """The list of the subject that is being chosen."""
    subject = importing.subject
    if subject is Subject.FIELD:
        return _field_options(importing, preview, wording)
    title = wording.say(f"import_screen.choose.{subject.value}")
    chosen, offered = _offered(subject, preview, wording)
    choices = tuple(Choice(code, text, "", chosen=code == chosen) for code, text in offered)
    name = wording.say("import_screen.name") if subject is Subject.MAPPING else ""
    return Options(title, choices, name)


def _offered(
    subject: Subject, preview: PreviewSight, wording: Wording
) -> tuple[str, list[tuple[str, str]]]:
    """The code that is chosen, and every code with its words."""
    match subject:
        case Subject.MAPPING:
            offered = [(one.name, _title(one, wording)) for one in preview.mappings]
            return preview.mapping.name, offered
        case Subject.ENCODING:
            codes = dict.fromkeys((*ENCODINGS, preview.encoding))
            return preview.encoding, [(code, _encoding(code)) for code in codes]
        case Subject.DELIMITER:
            codes = dict.fromkeys((*DELIMITERS, preview.delimiter))
            return preview.delimiter, [(code, _delimiter(code, wording)) for code in codes]
        case Subject.SHEET:
            return preview.sheet, [(code, or_dash(code)) for code in preview.sheets]
        case _:
            orders = preview.date_orders
            told = [(code, wording.say(f"import_screen.dates.{code}")) for code in orders]
            return preview.dates, told


def _field_options(importing: Importing, preview: PreviewSight, wording: Wording) -> Options:
    at = importing.column
    if at >= len(preview.columns) or not preview.columns[at].is_free:
        private = at < len(preview.columns) and preview.columns[at].is_private
        key = "import_screen.never" if private else "import_screen.no_heading"
        return Options(wording.say(key), ())
    column = preview.columns[at]
    title = wording.say("import_screen.choose.field", heading=column.heading)
    codes = ("", *preview.fields)
    return Options(
        title,
        tuple(
            Choice(code, _field(code, wording), "", chosen=code == column.field) for code in codes
        ),
    )


def _field(code: str, wording: Wording) -> str:
    return wording.say(f"import_screen.field.{code}" if code else "import_screen.not_imported")


def _title(mapping: MappingSight, wording: Wording) -> str:
    return shown(dict(mapping.titles).get(wording.texts.language.value) or mapping.name)


def _encoding(code: str) -> str:
    return ENCODINGS.get(code, shown(code))


def _delimiter(code: str, wording: Wording) -> str:
    name = _DELIMITER_NAMES.get(code)
    return wording.say(f"import_screen.delimiter.{name}") if name is not None else or_dash(code)
