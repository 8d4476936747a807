"""Draw the list of a recall: a model and a language in, PDF out.

The list may be long, so its pages are laid out twice: once to know how many there are, once to draw
each as soon as it is full.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from app.domain.recall import ByLot, Touch
from app.domain.site_days import site_day
from app.reports.faces import REPLACEMENT, Weight
from app.reports.flow import BOTTOM, INNER, LEFT, RIGHT, Fact, Flow
from app.reports.letterhead import letterhead, running_head
from app.reports.lines import LABEL, MISSING, SMALL, STRONG, Run, fitted
from app.reports.page import HAIR, INK, Document, Mark, Page, Style, Words
from app.reports.pdf import Drawing
from app.reports.repair_proof import proof_of
from app.reports.wording import Wording
from app.services.programme_words import number_text
from app.services.recall_words import (
    doubts_in,
    kind_of,
    moment,
    say_asked,
    say_doubts,
    say_period,
    say_suspicions,
    say_work,
)
from app.services.recalling import Hit, RecallList
from app.texts import Texts

FINE: Final = Style(7.4)
FINE_STRONG: Final = Style(7.4, Weight.SEMIBOLD)
FINE_MISSING: Final = Style(7.4, colour=MISSING.colour)
_HELD: Final = "\N{NO-BREAK SPACE}"
_COLUMNS: Final = (
    ("repair", 0.13),
    ("product", 0.185),
    ("holder", 0.215),
    ("opened_by", 0.125),
    ("why", 0.345),
)


def render_recall_report(
    found: RecallList, texts: Texts, go_on: Callable[[], None] = lambda: None
) -> bytes:
    """The list as PDF: A4, searchable, the same bytes for the same list and language.

    Args:
        found: What it says.
        texts: The language to say it in.
        go_on: Called for each page that is laid out or drawn; what it raises ends the drawing.

    Raises:
        ReportFaultError: A shipped font is missing.
    """
    words = Wording(texts)
    pages = _Pages(words, found, go_on)
    lay_out(found, words, pages.count)
    drawing = Drawing(
        Document(
            title=words.say("recall.title"),
            author=found.organisation.name,
            subject=words.say("recall.subject"),
            language=texts.language.value,
            pages=(),
        )
    )
    for_drawing = pages.numbered(drawing.add)
    lay_out(found, words, for_drawing)
    return drawing.finish()


class _Pages:
    """Counts pages, then puts at the foot of each which of how many it is."""

    def __init__(self, words: Wording, found: RecallList, go_on: Callable[[], None]) -> None:
        self._words = words
        self._go_on = go_on
        self._mark = "" if found.mark is None else f" · {found.mark.hash[:16]}"
        self._title = f"{words.say('recall.title')}{self._mark}"
        self._total = 0

    def count(self, page: Page) -> None:
        """One page more."""
        del page
        self._go_on()
        self._total += 1

    def numbered(self, done: Callable[[Page], None]) -> Callable[[Page], None]:
        """What puts a foot on each page before it goes on."""
        number = 0

        def take(page: Page) -> None:
            nonlocal number
            self._go_on()
            number += 1
            self._foot(page, number)
            done(page)

        return take

    def _foot(self, page: Page, number: int) -> None:
        words = self._words
        odd = any(isinstance(one, Words) and REPLACEMENT in one.text for one in page.marks)
        foot = Flow()
        foot.pages = [page]
        y = BOTTOM + 14
        foot.rule(y, INK if number == self._total else HAIR)
        foot.text(LEFT, y + 11, fitted(self._title, SMALL, INNER * 0.7), SMALL)
        said = words.say("page", page=number, pages=self._total)
        foot.text_right(RIGHT, y + 11, said, SMALL)
        if odd:
            foot.text(LEFT, y + 21, words.say("replaced", sign=REPLACEMENT), SMALL)


def lay_out(found: RecallList, words: Wording, done: Callable[[Page], None]) -> None:
    """Lay the pages out, each handed on as soon as it is full."""
    flow = Flow(_running(found, words), done)
    letterhead(flow, found.organisation, words.say("recall.title"), words)
    _figures(flow, found, words)
    _why(flow, found, words)
    _list(flow, found, words)
    if found.mark is not None:
        proof_of(flow, found.mark, words)
    flow.finish()


def _running(found: RecallList, words: Wording) -> Sequence[Mark]:
    """The head of every page but the first."""
    title = f"{words.say('recall.title')}: {say_asked(words.texts, found)}"
    return running_head(found.organisation, title)


def _figures(flow: Flow, found: RecallList, words: Wording) -> None:
    """What is recalled, for which time, as of when; and how much it touches."""
    mark = found.mark
    as_of = Run(words.instant(mark.at)) if mark is not None else words.missing("not_on_record")
    period = say_period(words.texts, found.period, found.zone)
    flow.facts(
        (
            Fact(words.say("recall.of"), [Run(say_asked(words.texts, found), STRONG)], 4),
            Fact(words.say("recall.period"), [Run(period)], 3),
            Fact(words.say("summary.as_of"), [as_of], 3),
        ),
        columns=10,
    )
    unfinished = sum(hit.repair.is_unfinished for hit in found.hits)
    figures = {
        "repairs": len(found.hits),
        "certain": found.certain,
        "doubtful": len(found.hits) - found.certain,
        "products": found.products,
        "unfinished": unfinished,
    }
    flow.facts(
        [
            Fact(words.say(f"recall.{name}"), [Run(number_text(words.texts, count), STRONG)])
            for name, count in figures.items()
        ],
        columns=5,
    )


def _why(flow: Flow, found: RecallList, words: Wording) -> None:
    """By what a repair comes into the list, and what the doubts mean that are in it."""
    texts = words.texts
    flow.paragraph([Run(words.say("recall.why"), LABEL)])
    flow.paragraph([Run(texts.say(f"recall.why.{kind_of(found.recall)}"))])
    for suspicion in say_suspicions(texts, found):
        flow.paragraph([Run(suspicion)])
    doubts = [say_doubts(texts, (doubt,)) for doubt in doubts_in(found)]
    if doubts:
        flow.paragraph([Run(words.say("recall.doubts"), LABEL)])
        flow.paragraph([Run(f"• {doubt}") for doubt in doubts])


def _list(flow: Flow, found: RecallList, words: Wording) -> None:
    flow.heading(words.say("recall.list"))
    if not found.hits:
        flow.paragraph([Run(words.say("recall.none"), STRONG)])
        return
    flow.grid(
        [(words.say(f"recall.column.{name}"), share) for name, share in _COLUMNS],
        (_row(hit, found, words) for hit in found.hits),
    )


def _row(hit: Hit, found: RecallList, words: Wording) -> Sequence[Sequence[Run]]:
    repair, product = hit.repair, hit.product
    what = [Run(repair.number or repair.id, STRONG)]
    if repair.step is None or repair.opened_at is None:
        what.append(Run(words.say("recall.unopened"), FINE_MISSING))
    else:
        what.append(Run(site_day(repair.opened_at, found.zone).isoformat(), FINE))
        what.append(Run(words.named("step", repair.step.value), FINE))
    shown = [words.value(repair.serial, STRONG)]
    shown += [] if product is None else [Run(product.model, FINE)]
    held = ("", "") if product is None else (product.holder, product.department)
    holder = [Run(one, FINE) for one in held if one] or [words.missing("not_on_record")]
    return what, shown, holder, [words.value(_opener(hit), FINE)], list(_reasons(hit, found, words))


def _opener(hit: Hit) -> str:
    return hit.technician or hit.repair.technician_id


def _reasons(hit: Hit, found: RecallList, words: Wording) -> Iterator[Run]:
    """Each piece of work; the reading that it rests on is said once."""
    said = ""
    for touch in hit.touches:
        reading = touch.reading
        if reading is not None and reading.entry_id != said:
            said = reading.entry_id
            at = moment(reading.measured_at, found.zone)
            yield Run(f"{words.say('recall.reading')} {at}", FINE_STRONG)
        yield Run(_work(touch, hit, found, words), FINE)
        if touch.doubts:
            doubts = say_doubts(words.texts, touch.doubts)
            yield Run(words.texts.say("recall.in_doubt", reasons=doubts), FINE_MISSING)


def _work(touch: Touch, hit: Hit, found: RecallList, words: Wording) -> str:
    """What was done, and by whom where that was not who opened the repair."""
    work, part = touch.work, touch.work.part
    told = [moment(work.at, found.zone), say_work(words.texts, touch)]
    if part is not None:
        told.append(f"KGB{_HELD}{part.kgb}")
        if isinstance(found.recall, ByLot):
            told += [f"KBB{_HELD}{part.kbb}" if part.kbb else "", part.order, part.delivery]
    if work.person_id != hit.repair.technician_id:
        told.append(found.people.get(work.person_id, "") or work.person_id)
    return ", ".join(one for one in told if one)
