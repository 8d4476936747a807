"""The recall's board: what turned out bad, and then each repair that was touched, and why."""

from dataclasses import replace
from datetime import timedelta, tzinfo
from typing import Final

from app.domain.recall import Period, Touch
from app.services.office_sight import (
    BUG,
    FailedSight,
    RecallChoicesSight,
    RecallSight,
    Shown,
    Sight,
)
from app.services.recall_board import FROM, LOT, TO
from app.services.recall_sight import TIMED, RecallAsk, RecallChoices, Suspect
from app.services.recall_words import say_asked, say_doubts, say_work
from app.services.recalling import Hit
from app.ui.office.file_rows import save_as_action, with_file
from app.ui.office.panel import Office, RecallForm
from app.ui.office.product_rows import repair_tag
from app.ui.office.recall_choices import picks
from app.ui.office.rows import FieldRow, OfficeRows, Options, PagedRows
from app.ui.shell.rows import Action, Choice, Prompt
from app.ui.table_rows import Cell
from app.ui.theme.colours import Level
from app.ui.wording import Wording, number, or_dash, shown

SUSPECT: Final = "SUSPECT_"
SHOWN: Final = "SHOWN_"
PICK: Final = "PICK_"
"""How the codes begin of what can turn out bad, of the parts of a list, and of what is chosen."""
FIND: Final = "find"
"""The field that narrows what can be chosen."""
AGAIN: Final = "RECALL_AGAIN"
CSV: Final = "RECALL_CSV"
PDF: Final = "RECALL_PDF"
LIST: Final = "RECALL_LIST"
_KEYS: Final = {AGAIN: "Esc", CSV: "F3", PDF: "Ctrl+P", LIST: "F6"}
_ICONS: Final = {AGAIN: "undo", CSV: "file-text", PDF: "file-text", LIST: "search"}
_COLUMNS: Final = ("repair", "product", "holder", "why", "when", "sure")
_WIDTHS: Final = (12, 17, 14, 25, 13, 19)
_MOMENT: Final = timedelta(microseconds=1)


def picked(office: Office, code: str, wording: Wording) -> RecallAsk | None:
    """What a code chooses; None where it is not there any more."""
    at = code.removeprefix(PICK)
    if at == code or not isinstance(office.sight, RecallChoicesSight):
        return None
    found = picks(office.sight.choices, office.form.suspect, wording)
    return found[int(at)].asked if int(at) < len(found) else None


def recall_rows(office: Office, wording: Wording) -> OfficeRows:
    """The board: the question, or its answer."""
    asked, sight, form = office.ask.recall, office.sight, office.form
    rows = OfficeRows(_prompt(office, wording))
    if asked is None:
        kinds = tuple(
            Choice(f"{SUSPECT}{one}", wording.say(f"office.recall.{one}"), "", one is form.suspect)
            for one in Suspect
        )
        rows = replace(rows, filters=kinds, fields=_fields(form.suspect, wording))
        here = isinstance(sight, RecallChoicesSight)
        return replace(rows, options=_options(sight.choices, form, wording)) if here else rows
    listed = list_shown(office)
    if listed is None:
        return rows
    begun = office.begun or listed
    return replace(rows, filters=_sides(listed, wording), paged=_table(listed, begun, wording))


def list_shown(office: Office) -> RecallSight | None:
    """The list that was asked for last, once it is here."""
    sight, asked = office.sight, office.ask.recall
    if asked is None or not isinstance(sight, RecallSight) or sight.ask.recall != asked:
        return None
    return sight


def recall_actions(office: Office, wording: Wording) -> tuple[Action, ...]:
    """What can be done with the list; of the question, to list the parts that are typed."""
    if office.ask.recall is None:
        lot = office.form.suspect is Suspect.LOT
        return (_action(LIST, wording, primary=True),) if lot else ()
    again = _action(AGAIN, wording)
    if list_shown(office) is None:
        return (again,)
    files = (_action(code, wording) for code in (CSV, PDF))
    return (*files, save_as_action(wording), again)


def _action(code: str, wording: Wording, *, primary: bool = False) -> Action:
    name = f"command.{code.lower()}"
    key = _KEYS[code].replace("Ctrl+", wording.say("key.ctrl"))
    return Action(
        code, wording.say(name), wording.say(f"{name}.tip"), _ICONS[code], key, primary=primary
    )


def _fields(suspect: Suspect, wording: Wording) -> tuple[FieldRow, ...]:
    if suspect is Suspect.LOT:
        return tuple(
            FieldRow(name, wording.say(f"office.recall.field.{name}"), "", "part") for name in LOT
        )
    find = FieldRow(FIND, wording.say("office.recall.field.find"), "", "search")
    hint = wording.say("office.recall.day_form")
    period = (
        FieldRow(name, wording.say(f"office.recall.field.{name}"), hint, "pen")
        for name in (FROM, TO)
        if suspect in TIMED
    )
    return (find, *period)


# ----------------------------------------------------------------------
# The question
# ----------------------------------------------------------------------


def _prompt(office: Office, wording: Wording) -> Prompt:
    asked, sight, form = office.ask.recall, office.sight, office.form
    if form.problem:
        return _refused(form.problem, form.named, wording)
    if isinstance(sight, FailedSight):
        return _refused(sight.code, sight.named, wording)
    if asked is None:
        detail = wording.say(f"office.recall.detail.{form.suspect}")
        return Prompt("search", wording.say("office.recall.prompt"), detail)
    listed = list_shown(office)
    if listed is None:
        words = wording.say("office.recall.looking")
        return Prompt("hourglass", words, wording.say("office.recall.looking.detail"))
    told = Prompt("search", shown(say_asked(wording.texts, listed.found)), _detail(listed, wording))
    return with_file(told, office.file, wording)


def _refused(code: str, named: str, wording: Wording) -> Prompt:
    key = f"recall.refused.{code}"
    if wording.texts.has(key):
        why = wording.say(key, named=named)
        return Prompt("refused", wording.say("office.recall.refused"), why, Level.STOP)
    why = wording.say(f"office.failed.{BUG if code == BUG else 'store'}")
    return Prompt("refused", wording.say("office.failed"), why, Level.STOP)


def _options(choices: RecallChoices, form: RecallForm, wording: Wording) -> Options:
    """What fits the letters, each by its place among all of its kind."""
    letters = form.text.casefold().split()
    found = picks(choices, form.suspect, wording)
    fit = tuple(
        Choice(f"{PICK}{at}", one.words, "")
        for at, one in enumerate(found)
        if all(part in one.words.casefold() for part in letters)
    )
    empty = wording.say(f"office.recall.empty.{form.suspect}")
    if found and not fit:
        empty = wording.say("office.recall.no_fit", text=form.text)
    return Options(wording.say(f"office.recall.title.{form.suspect}"), fit, "" if fit else empty)


# ----------------------------------------------------------------------
# The answer
# ----------------------------------------------------------------------


def _detail(sight: RecallSight, wording: Wording) -> str:
    """Of which time it is, and why of that; and what can be done."""
    found = sight.found
    told = [
        wording.say("office.recall.suspected", bad=_period(one.bad, found.zone, wording))
        for one in found.suspicions
    ]
    if not told and found.period != Period():
        told = [wording.say("office.recall.time", time=_period(found.period, found.zone, wording))]
    told += [wording.say("office.recall.open")] if sight.total and not found.suspicions else []
    return " ".join(told) or wording.say("office.recall.back")


def _period(period: Period, zone: tzinfo, wording: Wording) -> str:
    """Its days, the last one included."""
    which = {(True, True): "both", (True, False): "from", (False, True): "to"}
    start, end = period.start, period.end
    return wording.say(
        f"recall.period.{which[start is not None, end is not None]}",
        start="" if start is None else wording.day(start.astimezone(zone).date()),
        end="" if end is None else wording.day((end - _MOMENT).astimezone(zone).date()),
    )


def _sides(sight: RecallSight, wording: Wording) -> tuple[Choice, ...]:
    """All, the certain and the doubtful ones; where they are all of one side, no choice."""
    counts = {
        Shown.ALL: sight.total,
        Shown.CERTAIN: sight.certain,
        Shown.DOUBTFUL: sight.total - sight.certain,
    }
    if not all(counts.values()):
        return ()
    return tuple(
        Choice(
            f"{SHOWN}{one}",
            wording.say(f"office.recall.shown.{one}", n=number(count)),
            "",
            chosen=sight.ask.shown is one,
        )
        for one, count in counts.items()
    )


def _table(sight: RecallSight, begun: Sight, wording: Wording) -> PagedRows:
    """The page that is here; pressing a repair is scanning its tag."""
    doubtful = sight.total - sight.certain
    title = wording.say(
        f"recall.found.{'one' if sight.total == 1 else 'other'}",
        n=number(sight.total),
        certain=number(sight.certain),
        doubtful=number(doubtful),
    )
    asked = sight.ask.recall
    lot = asked is not None and asked.suspect is Suspect.LOT
    return PagedRows(
        begun=begun,
        title=title if sight.total else wording.say("cli.recall.none"),
        headers=tuple(wording.say(f"office.recall.{name}") for name in _COLUMNS),
        widths=_WIDTHS,
        total=sight.shown,
        first=sight.ask.first,
        rows=tuple(
            (repair_tag(hit.repair.number), _cells(hit, wording, sight)) for hit in sight.found.hits
        ),
        empty=wording.say(f"office.recall.none.{'lot' if lot else 'other'}"),
    )


def _cells(hit: Hit, wording: Wording, sight: RecallSight) -> tuple[Cell, ...]:
    repair, product = hit.repair, hit.product
    step = "" if repair.step is None else wording.say(f"step.{repair.step.value}")
    model, holder, unit = (
        ("", "", "") if product is None else (product.model, product.holder, product.department)
    )
    best = next((one for one in hit.touches if not one.doubts), hit.touches[0])
    return (
        Cell(shown(repair.number or repair.id), note=step or wording.say("office.recall.unopened")),
        Cell(or_dash(repair.serial), note=shown(model)),
        Cell(or_dash(holder), note=shown(unit)),
        _why(hit, best, wording, sight),
        Cell(wording.day(wording.local_day(best.work.at)), note=wording.clock(best.work.at)),
        Cell(wording.say("recall.certain"), Level.STOP, "refused")
        if hit.is_certain
        else Cell(wording.say("recall.doubtful"), Level.ATTENTION, "warning"),
    )


def _why(hit: Hit, best: Touch, wording: Wording, sight: RecallSight) -> Cell:
    """What was done, each thing once; why it is in doubt, or what it rests on, or who did it."""
    done = dict.fromkeys(say_work(wording.texts, touch) for touch in hit.touches)
    if best.doubts:
        note = say_doubts(wording.texts, best.doubts)
    elif best.reading is not None:
        at = best.reading.measured_at
        day = wording.day(wording.local_day(at))
        note = wording.say("office.recall.reading", at=f"{day} {wording.clock(at)}")
    else:
        note = shown(sight.found.people.get(best.work.person_id, best.work.person_id))
    return Cell(or_dash(", ".join(done)), note=note)
