"""The import of products as the window is told of it: each step, empty, refused, hostile."""

from dataclasses import replace
from pathlib import Path

from app.services.import_sight import (
    WHOLE_ROW,
    ColumnSight,
    FileAsk,
    MappingSight,
    Order,
    PreviewSight,
    Problem,
    Reason,
    RowSight,
    RunKind,
    RunSight,
    RunState,
    SavedSight,
)
from app.services.importing import Counts, Phase, Progress
from app.services.views import BenchView, Screen
from app.ui.office.importing.panel import Importing, Subject
from app.ui.state import WindowState
from tests.ui.esd_samples import LEAD, PASSED, PASSES, state

HOSTILE = "<b>x</b>\u202e\x00 " + "W" * 300
ASK = FileAsk(Path("/home/karin/Hämtade filer/produkter höst 2026.csv"))
FIELDS = ("serial", "imei", "maker", "model", "tag", "holder", "bought_on", "family", "ownership")
PRESETS = (
    MappingSight("jamf-pro", (("en", "Jamf Pro"), ("sv", "Jamf Pro")), is_preset=True),
    MappingSight("plain", (("en", "Plain table"), ("sv", "Enkel tabell")), is_preset=True),
    MappingSight("fastighet norr"),
)
COLUMNS = (
    ColumnSight("Serienummer", "serial"),
    ColumnSight("Modell", "model"),
    ColumnSight("IMEI", "imei"),
    ColumnSight("Inköpsdatum", "bought_on"),
    ColumnSight("Telefonnummer", is_private=True),
    ColumnSight("Kostnadsställe"),
    ColumnSight(""),
    ColumnSight("Ägs eller leasas", "ownership"),
)
NO_SERIAL = Reason(
    4, "Serienummer", 0, Problem("import.refused.serial_i_or_o", (("value", "C02XKOABJGH5"),))
)
NO_DAY = Reason(
    6, "Inköpsdatum", 3, Problem("import.refused.ambiguous_day", (("value", "03/04/2026"),))
)
CUT_OFF = Reason(9, "", WHOLE_ROW, Problem("import.refused.cut_off"))
REASONS = {one.row: (one,) for one in (NO_SERIAL, NO_DAY, CUT_OFF)}


def row(number: int) -> RowSight:
    cells = (
        "C02XKOABJGH5" if number == NO_SERIAL.row else f"C02XK{number:03}JGH5",
        "MacBook Pro 14″ (M3 Pro, 2023)",
        "356938035643809",
        "03/04/2026" if number == NO_DAY.row else "2026-03-01",
        "070-123 45 67",
        "4711",
        "",
        "Leasad",
    )
    return RowSight(number, cells, REASONS.get(number, ()))


PREVIEW = PreviewSight(
    ASK,
    COLUMNS,
    tuple(row(number) for number in range(2, 22)),
    PRESETS[1],
    PRESETS,
    FIELDS,
    "unstated",
    ("dmy", "mdy", "unstated"),
    encoding="cp1252",
    delimiter=";",
)
CLEAN = replace(PREVIEW, rows=tuple(replace(one, reasons=()) for one in PREVIEW.rows))
XLSX = replace(
    CLEAN,
    ask=FileAsk(Path("/x/inventarier.xlsx")),
    encoding="",
    delimiter="",
    sheet="Mac",
    sheets=("Mac", "iPhone och iPad", HOSTILE),
)
COUNTS = Counts(read=12_480, accepted=11_020, updated=940, unchanged=505, duplicates=12, refused=3)
EVERY = (NO_SERIAL, NO_DAY, CUT_OFF)
COLUMN_STEP = Importing(ASK, PREVIEW, column=5)
CHECK = Order(RunKind.CHECK, ASK, LEAD.id, "en")
IMPORT = replace(CHECK, kind=RunKind.IMPORT)
WRITE = replace(CHECK, kind=RunKind.REFUSED, target=Path("/home/karin/produkter - avvisade.csv"))
CHECKED = RunSight(CHECK, RunState.DONE, counts=COUNTS, reasons=EVERY)
ALL_TAKEN = replace(CHECKED, counts=replace(COUNTS, refused=0), reasons=())
NOTHING_NEW = replace(CHECKED, counts=Counts(read=12_480, unchanged=12_480), reasons=())
IMPORTED = replace(CHECKED, order=IMPORT)
LEFT = (
    Reason(
        14,
        "",
        WHOLE_ROW,
        Problem(
            "import.left.removed",
            (("serial", "C02XK0ABJGH5"), ("on", "2026-11-20"), ("by", "Maria Lind")),
        ),
    ),
    Reason(
        911,
        "",
        WHOLE_ROW,
        Problem(
            "import.left.former_until",
            (("value", "F2LXK0ABN735"), ("serial", "DMPXK0ABJF8J"), ("until", "2026-10-02")),
        ),
    ),
)
LEFT_OUT = replace(CHECKED, counts=replace(COUNTS, removed=1, former=1), left=LEFT)
HALF = RunSight(IMPORT, RunState.RUNNING, Progress(Phase.READING, 0.27, 412_000, 17), rate=48_200)


def shown(importing: Importing, **more: object) -> WindowState:
    return state(BenchView(Screen.HOME, LEAD, PASSED), PASSES, importing=importing, **more)


def at_columns(**more: object) -> WindowState:
    return shown(replace(COLUMN_STEP, **more))  # pyright: ignore[reportArgumentType] - by name


IMPORT_STATES: dict[str, WindowState] = {
    "import_file": shown(Importing()),
    "import_unreadable": shown(
        Importing(
            ASK, unreadable=Problem("import.file.not_xlsx", (("detail", "produkter höst.xls"),))
        )
    ),
    "import_looking": shown(Importing(ASK)),
    "import_columns": at_columns(),
    "import_columns_marked": at_columns(row=2, column=0),
    "import_columns_private": at_columns(column=4),
    "import_columns_unnamed": at_columns(column=6),
    "import_columns_clean": at_columns(preview=CLEAN),
    "import_columns_unsure": at_columns(preview=replace(CLEAN, is_sure=False)),
    "import_columns_no_serial": at_columns(
        preview=replace(
            CLEAN,
            columns=(ColumnSight("Nummer"), *COLUMNS[1:]),
            problem=Problem("import_screen.no_serial"),
        ),
        column=0,
    ),
    "import_mapping": at_columns(
        subject=Subject.MAPPING,
        preview=replace(PREVIEW, ask=replace(ASK, fields=((0, "serial"),))),
        ask=replace(ASK, fields=((0, "serial"),)),
    ),
    "import_mapping_saved": at_columns(
        subject=Subject.MAPPING, preview=CLEAN, saved=SavedSight("fastighet norr")
    ),
    "import_mapping_not_saved": at_columns(
        subject=Subject.MAPPING,
        saved=SavedSight("?", Problem("import.mapping.bad_name", (("detail", "?"),))),
    ),
    "import_encoding": at_columns(subject=Subject.ENCODING),
    "import_delimiter": at_columns(subject=Subject.DELIMITER),
    "import_dates": at_columns(subject=Subject.DATES),
    "import_sheet": shown(Importing(XLSX.ask, XLSX, subject=Subject.SHEET, column=1)),
    "import_check_runs": at_columns(run=replace(HALF, order=CHECK)),
    "import_check_ended": at_columns(run=RunSight(CHECK, RunState.CANCELLED)),
    "import_check_failed": at_columns(
        run=RunSight(
            CHECK, RunState.FAILED, problem=Problem("import.file.changed", (("detail", "p.csv"),))
        )
    ),
    "import_checked": at_columns(run=CHECKED, checked=CHECKED),
    "import_checked_left": at_columns(run=LEFT_OUT, checked=LEFT_OUT),
    "import_checked_pin": at_columns(run=CHECKED, checked=CHECKED, needs_pin=True),
    "import_checked_clean": at_columns(run=ALL_TAKEN, checked=ALL_TAKEN),
    "import_checked_nothing_new": at_columns(run=NOTHING_NEW, checked=NOTHING_NEW),
    "import_starts": at_columns(run=RunSight(IMPORT, RunState.RUNNING)),
    "import_runs": at_columns(run=HALF),
    "import_indexes": at_columns(
        run=replace(HALF, progress=Progress(Phase.INDEXING, 0.71, 1_000_000, 17), rate=0)
    ),
    "import_stops": at_columns(run=HALF, is_stopping=True),
    "import_done": at_columns(run=replace(IMPORTED, counts=replace(COUNTS, refused=4_321))),
    "import_writing": at_columns(run=IMPORTED, written=replace(HALF, order=WRITE)),
    "import_written": at_columns(run=IMPORTED, written=replace(CHECKED, order=WRITE)),
    "import_writing_ended": at_columns(run=IMPORTED, written=RunSight(WRITE, RunState.CANCELLED)),
    "import_not_written": at_columns(
        run=IMPORTED,
        written=RunSight(
            WRITE,
            RunState.FAILED,
            problem=Problem("import.file.not_written", (("detail", "No space left on device"),)),
        ),
    ),
    "import_cancelled": at_columns(run=RunSight(IMPORT, RunState.CANCELLED), checked=CHECKED),
    "import_failed": at_columns(
        run=RunSight(IMPORT, RunState.FAILED, problem=Problem("import_screen.failed.crashed")),
        checked=CHECKED,
    ),
    "import_hostile": at_columns(
        preview=replace(
            PREVIEW,
            columns=tuple(ColumnSight(HOSTILE) for _ in range(40)),
            rows=tuple(
                RowSight(
                    one,
                    (HOSTILE,) * 40,
                    (Reason(one, HOSTILE, 0, Problem("", text=HOSTILE)),),
                )
                for one in range(9)
            ),
            mapping=MappingSight(HOSTILE),
            sheet=HOSTILE,
            encoding=HOSTILE,
            delimiter="\x00",
        )
    ),
}
