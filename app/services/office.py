"""What the lead's boards show: one question, one reading of the store."""

from datetime import date

from app.domain.calibrations import calibration_of
from app.domain.equipment import EquipmentState
from app.domain.identifiers import device_serial
from app.domain.products import Asset
from app.domain.qualifications import ProductLine, line_standing
from app.services.esd_planning import plan_lines
from app.services.office_sight import (
    Ask,
    Board,
    EquipmentSight,
    PeopleSight,
    PersonSight,
    PieceSight,
    ProductSight,
    ProgrammeSight,
    RecallChoicesSight,
    RegisterSight,
    Sight,
)
from app.services.opening import product_card
from app.services.ports import Reader
from app.services.programme_standing import standing_of
from app.services.recall_board import choices
from app.services.register_queries import RegisterQuery
from app.services.session import Rules


def look(reader: Reader, ask: Ask, rules: Rules) -> Sight:
    """Find out what a board shows now."""
    match ask.board:
        case Board.REGISTER:
            return _register(reader, ask)
        case Board.PRODUCT:
            return _product(reader, ask, rules)
        case Board.PEOPLE:
            return _people(reader, ask, rules)
        case Board.EQUIPMENT:
            return _equipment(reader, ask, rules)
        case Board.RECALL:
            return RecallChoicesSight(ask, choices(reader))
        case _:
            return ProgrammeSight(ask, standing_of(reader, rules))


def _register(reader: Reader, ask: Ask) -> RegisterSight:
    page = reader.register(RegisterQuery(ask.text, ask.family, ask.first))
    return RegisterSight(ask, page.total, page.rows, is_cut=page.is_cut)


def _product(reader: Reader, ask: Ask, rules: Rules) -> ProductSight:
    card = product_card(reader, ask.serial, rules)
    names = _called(card.asset) or (ask.serial,)
    repairs = [one for name in names for one in reader.repairs_of(name)]
    repairs.sort(key=lambda one: one.opened_at, reverse=True)
    changes = [one for name in reversed(names) for one in reader.timeline(f"assets:{name}")]
    actors = [entry.actor.removeprefix("person:") for entry in changes]
    ids = dict.fromkeys((*(one.technician_id for one in repairs), *actors))
    people = tuple((one.id, one.name) for one in map(reader.person, ids) if one is not None)
    return ProductSight(ask, card, tuple(repairs), tuple(changes), people)


def _called(product: Asset | None) -> tuple[str, ...]:
    """The serials that a product has and had; its IMEIs of before lead nowhere."""
    if product is None:
        return ()
    former = (one.value for one in product.former if device_serial(one.value) is not None)
    return tuple(dict.fromkeys((product.serial, *former)))


def _people(reader: Reader, ask: Ask, rules: Rules) -> PeopleSight:
    return PeopleSight(
        ask,
        tuple(
            PersonSight(
                person,
                tuple(line_standing(person, one, rules.policy, rules.today) for one in ProductLine),
            )
            for person in sorted(reader.people(), key=lambda one: (one.name, one.id))
        ),
    )


def _equipment(reader: Reader, ask: Ask, rules: Rules) -> EquipmentSight:
    pieces = [one for one in reader.equipment() if one.state is not EquipmentState.RETIRED]
    plans = {line.piece.id: line for line in plan_lines(reader, rules)}
    seen = [
        PieceSight(piece, calibration_of(piece, rules.policy, rules.today), plans.get(piece.id))
        for piece in pieces
    ]
    return EquipmentSight(ask, tuple(sorted(seen, key=_due_first)))


def _due_first(one: PieceSight) -> tuple[date, str, str]:
    days = (one.piece.calibration_due, one.plan.fails_on if one.plan is not None else None)
    due = min((day for day in days if day is not None), default=date.max)
    return (due, one.piece.kind, one.piece.id)
