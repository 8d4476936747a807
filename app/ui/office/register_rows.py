"""The register as a table of any length: each product, who holds it, how, and what proves it."""

from typing import Final

from app.domain.products import Asset, Family, Ownership
from app.services.office_sight import Ask, RegisterSight, SavedSearch, Sight
from app.ui.office.rows import PagedRows
from app.ui.screens.home.viewmodel import proof_of
from app.ui.shell.rows import Choice
from app.ui.table_rows import Cell
from app.ui.theme.colours import Level
from app.ui.wording import Wording, number, or_dash, shown

_COLUMNS: Final = ("serial", "model", "holder", "held", "proof")
_WIDTHS: Final = (20, 26, 22, 18, 14)
FAMILY: Final = "FAMILY_"
"""How the codes of the families' filters begin."""
SAVE: Final = "SEARCH_SAVE"
SAVED: Final = "SAVED_"
"""How the codes of the saved searches begin."""


def register_filters(
    ask: Ask, saved: tuple[SavedSearch, ...], wording: Wording
) -> tuple[Choice, ...]:
    """One for all families, one for each; one that saves the search where there is one."""
    every = Choice(FAMILY, wording.say("office.family.all"), "", chosen=ask.family is None)
    return (
        every,
        *(
            Choice(
                f"{FAMILY}{family.value}",
                wording.say(f"family.{family.value}"),
                "",
                chosen=ask.family is family,
            )
            for family in Family
        ),
        *_saving(ask, saved, wording),
    )


def _saving(ask: Ask, saved: tuple[SavedSearch, ...], wording: Wording) -> tuple[Choice, ...]:
    if not ask.text and ask.family is None:
        return ()
    is_saved = SavedSearch(ask.text, ask.family) in saved
    name = "office.search.saved" if is_saved else "office.search.save"
    return (Choice(SAVE, wording.say(name), "", chosen=is_saved),)


def saved_searches(
    ask: Ask, saved: tuple[SavedSearch, ...], wording: Wording
) -> tuple[Choice, ...]:
    """The searches that were saved, each by what it looks for."""
    return tuple(
        Choice(
            f"{SAVED}{at}",
            " \N{MIDDLE DOT} ".join(_words_of(one, wording)),
            "",
            chosen=one == SavedSearch(ask.text, ask.family),
        )
        for at, one in enumerate(saved)
    )


def _words_of(search: SavedSearch, wording: Wording) -> list[str]:
    family = [wording.say(f"family.{search.family.value}")] if search.family is not None else []
    return [*([shown(search.text)] if search.text else []), *family]


def saved_of(code: str, saved: tuple[SavedSearch, ...]) -> SavedSearch | None:
    """The saved search of a code."""
    at = code.removeprefix(SAVED)
    known = at != code and at.isdecimal() and int(at) < len(saved)
    return saved[int(at)] if known else None


def family_of(code: str) -> Family | None:
    """The family of a filter's code."""
    named = code.removeprefix(FAMILY)
    return Family(named) if named in set(Family) else None


def register_table(sight: RegisterSight, begun: Sight, wording: Wording) -> PagedRows:
    """The page that is here, of the table that an answer began."""
    ask = sight.ask
    searched = ask.text or ask.family is not None
    empty = "office.register.none" if searched else "office.register.empty"
    return PagedRows(
        begun=begun,
        title=_title(sight, wording),
        headers=tuple(wording.say(f"office.register.{name}") for name in _COLUMNS),
        widths=_WIDTHS,
        total=sight.total,
        first=ask.first,
        rows=tuple((asset.serial, _cells(asset, wording)) for asset in sight.rows),
        empty=wording.say(empty, text=ask.text),
    )


def _title(sight: RegisterSight, wording: Wording) -> str:
    if sight.is_cut:
        return wording.say("office.register.more", n=number(sight.total))
    return wording.count("office.register.total", sight.total)


def _cells(asset: Asset, wording: Wording) -> tuple[Cell, ...]:
    family = wording.say(f"family.{asset.family.value}") if asset.family is not None else ""
    return (
        Cell(shown(asset.serial), note=shown(asset.tag)),
        Cell(or_dash(asset.model), note=family),
        Cell(or_dash(asset.holder), note=shown(asset.department)),
        _held(asset, wording),
        _proof(asset, wording),
    )


def _held(asset: Asset, wording: Wording) -> Cell:
    word = wording.say(f"ownership.{asset.ownership.value}")
    if asset.ownership in {Ownership.OTHER, Ownership.UNKNOWN}:
        return Cell(word, Level.ATTENTION, "warning")
    until = wording.day(asset.leased_until) if asset.leased_until is not None else ""
    return Cell(word, note=until)


def _proof(asset: Asset, wording: Wording) -> Cell:
    if asset.is_proven:
        return Cell(shown(proof_of(asset)))
    return Cell(wording.say("office.register.unproven"), Level.ATTENTION, "warning")
