"""What ``people`` answers: persons, certificates, exams, deadlines, vouchers; in words and JSON."""

from collections.abc import Iterator, Sequence
from datetime import date

from app.domain.exams import ExamLedger, exam_ledger
from app.domain.people import Certification, Exam, Person
from app.domain.qualifications import (
    Deadline,
    Held,
    LineDeadline,
    ProductLine,
    line_deadline,
    line_standing,
)
from app.domain.verdicts.purchase import money
from app.services.money_words import money_text
from app.services.pins import PinStanding
from app.services.session import Rules
from app.texts import Texts


def person_document(
    person: Person, rules: Rules, pin: PinStanding | None = None
) -> dict[str, object]:
    """A row of the register with how it stands today; the PIN only as far as it stands."""
    document: dict[str, object] = {
        "id": person.id,
        "name": person.name,
        "badge": person.badge,
        "role": person.role.value,
        "tech_id": person.tech_id,
        "lines": {line.value: _line_document(person, line, rules) for line in ProductLine},
        "certifications": [_certificate_document(one) for one in person.certifications],
        "exams": [_exam_document(one) for one in person.exams],
    }
    if pin is not None:
        wait = int(pin.wait.total_seconds())
        document["pin"] = {"set": pin.is_set, "wrong": pin.wrong, "locked_seconds": wait}
    return document


def _line_document(person: Person, line: ProductLine, rules: Rules) -> dict[str, object]:
    told = line_standing(person, line, rules.policy, rules.today)
    return {"standing": told.held.value, "until": _day(told.until)}


def _certificate_document(one: Certification) -> dict[str, object]:
    return {
        "name": one.name,
        "families": [family.value for family in one.families],
        "valid_from": one.valid_from.isoformat(),
        "valid_until": _day(one.valid_until),
        "proof": one.proof,
    }


def _exam_document(one: Exam) -> dict[str, object]:
    return {
        "name": one.name,
        "taken_on": one.taken_on.isoformat(),
        "passed": one.passed,
        "voucher": one.voucher,
        "cost": one.cost,
        "currency": one.currency,
    }


def people_document(
    people: Sequence[Person], created_on: date | None, rules: Rules
) -> dict[str, object]:
    """Everybody, the programme's deadline for each product line, and the vouchers."""
    told = _deadlines(people, created_on, rules)
    return {
        "people": [person_document(one, rules) for one in people],
        "deadlines": [_deadline_document(one, rules) for one in told],
        "vouchers": ledger_document(exam_ledger(people, rules.policy)),
    }


def _deadlines(
    people: Sequence[Person], created_on: date | None, rules: Rules
) -> list[LineDeadline]:
    return [
        line_deadline(people, line, rules.policy, created_on=created_on, today=rules.today)
        for line in ProductLine
    ]


def _deadline_document(one: LineDeadline, rules: Rules) -> dict[str, object]:
    return {
        "line": one.line.value,
        "state": one.state.value,
        "qualified": list(one.qualified),
        "wanted": one.wanted,
        "last_day": _day(one.last_day),
        "days_left": one.days_left(rules.today),
        "fails_on": _day(one.fails_on),
    }


def ledger_document(ledger: ExamLedger) -> dict[str, object]:
    """Vouchers and what exams cost; amounts in the currency's smallest unit."""
    return {
        "granted": ledger.granted,
        "used": ledger.used,
        "left": ledger.left,
        "over": ledger.over,
        "twice": list(ledger.twice),
        "exams": ledger.exams,
        "passed": ledger.passed,
        "costs": dict(ledger.costs),
    }


# ----------------------------------------------------------------------
# In words
# ----------------------------------------------------------------------


def people_text(
    people: Sequence[Person], created_on: date | None, rules: Rules, texts: Texts
) -> str:
    """Everybody in a line each, then the deadlines and the vouchers."""
    lines = [person_line(one, rules, texts) for one in people] or [texts.say("cli.no_people")]
    lines += [_deadline_text(one, texts) for one in _deadlines(people, created_on, rules)]
    lines += ledger_lines(exam_ledger(people, rules.policy), texts)
    return "\n".join(lines)


def _deadline_text(told: LineDeadline, texts: Texts) -> str:
    lasting = told.state is Deadline.MET and told.fails_on is None
    return texts.say(
        f"people.deadline.{'lasting' if lasting else told.state.value}",
        line=texts.say(f"people.line.{told.line.value}"),
        count=len(told.qualified),
        wanted=told.wanted,
        last_day=_day(told.last_day),
        fails_on=_day(told.fails_on),
    )


def person_line(person: Person, rules: Rules, texts: Texts) -> str:
    """A person in a line."""
    role = texts.say(f"role.{person.role.value}")
    standings = "; ".join(_standings(person, rules, texts))
    return f"{person.badge}  {person.id}  {person.name}  {role}  {standings}"


def _standings(person: Person, rules: Rules, texts: Texts) -> Iterator[str]:
    for line in ProductLine:
        told = line_standing(person, line, rules.policy, rules.today)
        lasting = told.held is Held.CERTIFIED and told.until is None
        key = "lasting" if lasting else told.held.value
        held = texts.say(f"people.held.{key}", until=_day(told.until))
        yield f"{texts.say(f'people.line.{line.value}')}: {held}"


def person_lines(person: Person, rules: Rules, pin: PinStanding, texts: Texts) -> list[str]:
    """A person with everything that is known of them."""
    lines = [person_line(person, rules, texts)]
    lines += [
        texts.say(
            "people.certificate",
            certificate=one.name,
            families=", ".join(texts.say(f"family.{family.value}") for family in one.families),
            since=one.valid_from.isoformat(),
            until=_day(one.valid_until) or "—",
            proof=one.proof or "—",
        )
        for one in person.certifications
    ]
    lines += [_exam_line(one, texts) for one in person.exams]
    state = "locked" if pin.is_locked else "set" if pin.is_set else "none"
    return [*lines, texts.say(f"people.pin.{state}", wrong=pin.wrong)]


def _exam_line(one: Exam, texts: Texts) -> str:
    paid = one.voucher or (_money(one.cost, one.currency, texts) if one.cost else "—")
    result = texts.say(f"people.exam.{'passed' if one.passed else 'failed'}")
    day = one.taken_on.isoformat()
    return texts.say("people.exam", exam=one.name, day=day, result=result, paid=paid)


def ledger_lines(ledger: ExamLedger, texts: Texts) -> list[str]:
    """The vouchers and what exams cost."""
    lines = [
        texts.say("people.vouchers", left=ledger.left, granted=ledger.granted, used=ledger.used)
    ]
    if ledger.costs:
        costs = (_money(amount, currency, texts) for currency, amount in ledger.costs.items())
        lines.append(texts.say("people.costs", costs=", ".join(costs)))
    if ledger.twice or ledger.over:
        lines.append(texts.say("people.vouchers_wrong", vouchers=", ".join(ledger.twice) or "—"))
    return lines


def _money(amount: int, currency: str, texts: Texts) -> str:
    return money_text(money(amount, currency), texts.language)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
