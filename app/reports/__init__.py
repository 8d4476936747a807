"""Models into PDF: repair report, readiness report, command sheet, badges (docs/adr/0007).

Nothing here decides or looks up; what a page says comes from a model and the texts of one language.
reportlab and segno are imported when the first page is drawn.
"""

from app.reports.cards import render_badges, render_equipment_labels
from app.reports.errors import ReportFaultError
from app.reports.readiness_report import render_readiness_report
from app.reports.repair_report import render_repair_report
from app.reports.scanner_sheet import render_scanner_sheet
from app.reports.sheets import render_command_sheet

__all__ = [
    "ReportFaultError",
    "render_badges",
    "render_command_sheet",
    "render_equipment_labels",
    "render_readiness_report",
    "render_repair_report",
    "render_scanner_sheet",
]
