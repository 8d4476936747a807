"""The first rows of a file as an import would read them, for the window; and mappings by hand."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from app.data.imports import (
    FIELDS,
    ImportFileError,
    Mapping,
    MappingError,
    Options,
    Refusal,
    Table,
    detect,
    known_headings,
    open_table,
    own_mappings,
    presets,
    rows,
)
from app.data.imports.days import DateOrder
from app.data.imports.headings import Headings, heading_key
from app.data.imports.mapping import is_private
from app.data.imports.mapping_files import check
from app.services.import_sight import (
    WHOLE_ROW,
    ColumnSight,
    FileAsk,
    MappingSight,
    PreviewSight,
    Problem,
    Reason,
    RowSight,
    UnreadableSight,
)

_NO_SERIAL: Final = frozenset({"no_serial_column", "missing"})


def problem_of(error: ImportFileError | MappingError) -> Problem:
    """Why a file or a mapping cannot be used."""
    if error.code in _NO_SERIAL:  # here a way on is at hand
        return Problem("import_screen.no_serial")
    if isinstance(error, ImportFileError):
        return Problem(f"import.file.{error.code}", (("detail", error.detail),))
    fields = (("field", error.field), ("detail", error.detail))
    return Problem(f"import.mapping.{error.code}", fields)


def refusal_problem(code: str, value: str, other: int | None) -> Problem:
    """Why a row is not taken; ``other`` is the row before that says otherwise."""
    return Problem(f"import.refused.{code}", (("value", value), ("row", str(other or ""))))


def mappings_of(home: Path) -> tuple[Mapping, ...]:
    """Every mapping that can be chosen: the bench's own before a preset of the same name."""
    found = {each.name: each for each in (*presets(), *own_mappings(home))}
    return tuple(sorted(found.values(), key=lambda each: (each.is_preset, each.name)))


def table_of(home: Path, ask: FileAsk) -> Table:
    """The file, read as somebody wants it.

    Raises:
        ImportFileError: It is no table, or beyond a bound.
    """
    options = Options(ask.encoding or None, ask.delimiter or None, ask.sheet or None)
    return open_table(ask.path, options=options, known=known_headings(mappings_of(home)))


def mapping_of(home: Path, ask: FileAsk, table: Table) -> Mapping:
    """How the columns of a file are read: as chosen, by hand too, else by what fits best."""
    mappings = mappings_of(home)
    named = next((each for each in mappings if each.name == ask.mapping), None)
    mapping = named or detect(table.headings, mappings)[0].mapping
    if ask.dates:
        mapping = replace(mapping, date_order=DateOrder(ask.dates))
    if ask.fields is None:
        return mapping
    return _by_hand(mapping, ask.fields, table.headings)


def _by_hand(mapping: Mapping, chosen: tuple[tuple[int, str], ...], headings: Headings) -> Mapping:
    """A mapping whose columns were chosen; headings that nobody else knows tell it again."""
    fields: dict[str, tuple[str, ...]] = {}
    for at, field in chosen:
        fields[field] = (*fields.get(field, ()), _heading(headings, at))
    known = known_headings(presets())
    new = (each for named in fields.values() for each in named if heading_key(each) not in known)
    marks = tuple(dict.fromkeys((*mapping.marks, *new)))
    return replace(mapping, fields=fields, marks=marks, is_preset=False)


def saved_mapping(home: Path, ask: FileAsk, name: str) -> Mapping:
    """The mapping that is used, under the name that somebody gives it.

    Raises:
        ImportFileError: The file cannot be read any more.
        MappingError: It cannot be used.
    """
    mapping = mapping_of(home, ask, table_of(home, ask))
    named = replace(mapping, name=name.lower(), titles={}, sources=(), is_preset=False)
    check(named)
    return named


def preview_of(home: Path, ask: FileAsk, today: date) -> PreviewSight | UnreadableSight:
    """A file as it would be read.

    Args:
        home: The bench's home, which holds its own mappings.
        ask: The file, and how it is to be read.
        today: No product was bought later.
    """
    try:
        table = table_of(home, ask)
        mapping = mapping_of(home, ask, table)
    except ImportFileError as error:
        return UnreadableSight(ask, problem_of(error))
    reasons: dict[int, tuple[Reason, ...]] = {}
    problem = None
    try:
        reasons = _reasons(table, mapping, today)
    except (ImportFileError, MappingError) as error:
        problem = problem_of(error)
    is_text = not table.sheet
    return PreviewSight(
        ask=ask,
        columns=_columns(table.headings, mapping),
        rows=tuple(
            RowSight(number, cells, reasons.get(number, ()))
            for number, cells in enumerate(table.preview, table.first_row)
        ),
        mapping=_sight(mapping),
        mappings=tuple(_sight(each) for each in mappings_of(home)),
        fields=FIELDS,
        dates=mapping.date_order.value,
        date_orders=tuple(DateOrder),
        encoding=table.encoding.name if is_text else "",
        delimiter=table.dialect.delimiter if is_text else "",
        is_sure=table.encoding.is_sure or bool(ask.encoding),
        sheet=table.sheet,
        sheets=table.sheets,
        problem=problem,
    )


def _reasons(table: Table, mapping: Mapping, today: date) -> dict[int, tuple[Reason, ...]]:
    """Why rows among the first are not taken, by their numbers."""
    last = table.first_row + len(table.preview)
    with closing(rows(table, mapping, today)) as batches:
        batch = next(batches, None)
    if batch is None:
        return {}
    return {
        one.row: tuple(_reason(each, table.headings) for each in one.reasons)
        for one in batch.refused
        if one.row < last
    }


def _reason(refusal: Refusal, headings: Headings) -> Reason:
    problem = refusal_problem(refusal.code, refusal.value, refusal.other)
    pairs = zip(headings.texts, headings.keys, strict=True)
    places = (at for at, names in enumerate(pairs) if refusal.column in names)
    at = next(places, WHOLE_ROW) if refusal.column else WHOLE_ROW
    return Reason(refusal.row, refusal.column, at, problem)


def _columns(headings: Headings, mapping: Mapping) -> tuple[ColumnSight, ...]:
    """The columns with the fields that a mapping reads them into."""
    fields = {heading_key(each): field for field, named in mapping.fields.items() for each in named}
    found: list[ColumnSight] = []
    for at, names in enumerate(zip(headings.texts, headings.keys, strict=True)):
        keys = [key for each in names if (key := heading_key(each))]
        field = next((fields[key] for key in keys if key in fields), "")
        private = any(map(is_private, names))
        found.append(ColumnSight(_heading(headings, at), field, private))
    return tuple(found)


def _heading(headings: Headings, at: int) -> str:
    """What a column is called by in a mapping."""
    if not 0 <= at < len(headings.texts):
        return ""
    text = headings.texts[at]
    return text if heading_key(text) else headings.keys[at]


def _sight(mapping: Mapping) -> MappingSight:
    return MappingSight(mapping.name, tuple(mapping.titles.items()), mapping.is_preset)
