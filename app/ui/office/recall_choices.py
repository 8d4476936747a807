"""What a recall can begin with, as choices: the testers, people and certificates on record.

What only the work names stands last, and says that no register holds it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.equipment import IN_SERVICE, Equipment
from app.domain.people import Certification, Person
from app.services.calibrations import Calibration
from app.services.recall_sight import GonePerson, GoneTester, RecallAsk, RecallChoices, Suspect
from app.ui.wording import Wording, shown

_DOT = " \N{MIDDLE DOT} "
_DASH = " \N{EN DASH} "


@dataclass(frozen=True, slots=True)
class Pick:
    """One of the things that can have turned out bad."""

    asked: RecallAsk
    words: str


def picks(choices: RecallChoices, suspect: Suspect, wording: Wording) -> tuple[Pick, ...]:
    """What can be chosen of a kind; of parts, which are typed, nothing."""
    match suspect:
        case Suspect.TESTER:
            found = _testers(choices, wording)
        case Suspect.CALIBRATION:
            found = _calibrations(choices, wording)
        case Suspect.TECHNICIAN:
            found = _people(choices, wording)
        case Suspect.CERTIFICATE:
            found = _certificates(choices, wording)
        case Suspect.LOT:
            return ()
    return tuple(found)


def _testers(choices: RecallChoices, wording: Wording) -> Iterator[Pick]:
    for one in choices.testers:
        tester = one.tester
        state = "" if tester.state in IN_SERVICE else wording.word("equipment.state", tester.state)
        words = _joined(*_named(tester), tester.serial, tester.place, state)
        yield Pick(RecallAsk(Suspect.TESTER, tester.id), words)
    for gone in choices.gone_testers:
        words = _joined(gone.name, gone.id, gone.serial, _away(wording))
        yield Pick(RecallAsk(Suspect.TESTER, gone.id), words)


def _calibrations(choices: RecallChoices, wording: Wording) -> Iterator[Pick]:
    for one in choices.testers:
        for each in one.calibrations:
            words = _joined(each.certificate, _held(each, wording), *_named(one.tester))
            yield Pick(RecallAsk(Suspect.CALIBRATION, one.tester.id, each.certificate), words)
    for gone in choices.gone_testers:
        for each in gone.calibrations:
            told = each.certificate, _held(each, wording), *_named(gone), _away(wording)
            yield Pick(RecallAsk(Suspect.CALIBRATION, gone.id, each.certificate), _joined(*told))


def _held(one: Calibration, wording: Wording) -> str:
    if one.calibrated_on is None and one.due is None:
        return ""
    return f"{wording.day(one.calibrated_on)}{_DASH}{wording.day(one.due)}"


def _people(choices: RecallChoices, wording: Wording) -> Iterator[Pick]:
    for one in choices.people:
        role = wording.say(f"role.{one.role.value}")
        words = _joined(one.name, one.badge, one.tech_id, role)
        yield Pick(RecallAsk(Suspect.TECHNICIAN, one.id), words)
    for gone in choices.gone_people:
        words = _joined(*_of(gone), gone.id, _away(wording))
        yield Pick(RecallAsk(Suspect.TECHNICIAN, gone.id), words)


def _certificates(choices: RecallChoices, wording: Wording) -> Iterator[Pick]:
    for person in choices.people:
        by_name: dict[str, list[Certification]] = {}
        for one in person.certifications:
            by_name.setdefault(one.name, []).append(one)
        for name, held in by_name.items():
            words = _joined(*_of(person), name, ", ".join(_valid(one, wording) for one in held))
            yield Pick(RecallAsk(Suspect.CERTIFICATE, person.id, name), words)


def _valid(one: Certification, wording: Wording) -> str:
    until = "" if one.valid_until is None else wording.day(one.valid_until)
    return f"{wording.day(one.valid_from)}{_DASH}{until}".rstrip()


def _away(wording: Wording) -> str:
    return wording.say("office.recall.gone")


def _named(piece: Equipment | GoneTester) -> tuple[str, str]:
    return piece.name, piece.id


def _of(person: Person | GonePerson) -> tuple[str, str]:
    return person.name, person.badge


def _joined(*words: str) -> str:
    return _DOT.join(shown(one) for one in dict.fromkeys(words) if one)
