"""The vouchers that the programme gives, and what exams cost beyond them (P13)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.people import Exam, Person
from app.domain.policy import Policy

VOUCHERS: Final = "vouchers"
"""The policy's row of how many vouchers an account is given."""


@dataclass(frozen=True, slots=True)
class SatExam:
    """An exam with who sat it."""

    person: Person
    exam: Exam


@dataclass(frozen=True, slots=True)
class ExamLedger:
    """Vouchers and costs of a whole organisation.

    Attributes:
        granted: How many vouchers the programme gives.
        by_voucher: The exams that a voucher paid, by day.
        twice: Vouchers that more than one exam names: one of them is wrong.
        costs: What the other exams cost, in each currency's smallest unit.
        exams: How many exams were sat in all.
        passed: How many of them were passed.
    """

    granted: int
    by_voucher: tuple[SatExam, ...]
    twice: tuple[str, ...]
    costs: Mapping[str, int]
    exams: int
    passed: int

    @property
    def used(self) -> int:
        """How many different vouchers were used."""
        return len({one.exam.voucher for one in self.by_voucher})

    @property
    def left(self) -> int:
        """How many vouchers can still be used; never below none."""
        return max(0, self.granted - self.used)

    @property
    def over(self) -> int:
        """How many more were used than the programme gives: the record is wrong."""
        return max(0, self.used - self.granted)


def exam_ledger(people: Iterable[Person], policy: Policy) -> ExamLedger:
    """The vouchers and costs of everybody's exams."""
    sat = [SatExam(person, exam) for person in people for exam in person.exams]
    paid = [one for one in sat if one.exam.voucher]
    paid.sort(key=lambda one: (one.exam.taken_on, one.exam.voucher, one.person.id))
    times = Counter(one.exam.voucher for one in paid)
    costs: Counter[str] = Counter()
    for one in sat:
        if one.exam.cost:
            costs[one.exam.currency] += one.exam.cost
    return ExamLedger(
        granted=policy.value(VOUCHERS),
        by_voucher=tuple(paid),
        twice=tuple(sorted(voucher for voucher, count in times.items() if count > 1)),
        costs=MappingProxyType(dict(sorted(costs.items()))),
        exams=len(sat),
        passed=sum(one.exam.passed for one in sat),
    )


class VoucherGap(StrEnum):
    """Why a voucher cannot pay an exam."""

    NONE_LEFT = "none_left"
    USED = "used"
    """Another exam names it."""
    NOT_FIRST = "not_first"
    """Vouchers are for the first certification, and the person has passed this exam before."""


def voucher_gap(ledger: ExamLedger, person: Person, name: str, voucher: str) -> VoucherGap | None:
    """Why a voucher cannot pay somebody's next exam; None where it can."""
    if any(one.exam.voucher == voucher for one in ledger.by_voucher):
        return VoucherGap.USED
    if any(one.passed and one.name.lower() == name.lower() for one in person.exams):
        return VoucherGap.NOT_FIRST
    return VoucherGap.NONE_LEFT if ledger.left == 0 else None
