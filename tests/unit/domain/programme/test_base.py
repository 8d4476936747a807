"""P3 and P5: the installed base, its proofs, its coverage, and the year's repairs."""

from datetime import date

import pytest

from app.domain.account import NO_TERMS, AccountTerms
from app.domain.installed_base import BaseLeft
from app.domain.products import Family, Ownership
from app.domain.programme import Figures, RepairDone, State
from app.domain.programme.counted import Counted
from tests.unit.domain.programme.situations import (
    DAY,
    DONE,
    TERMS,
    TODAY,
    base,
    details,
    rule,
    standing,
    stock,
    with_row,
)

BASE = "installed_base"
UNKNOWN = Ownership.UNKNOWN
LEASED = Ownership.LEASED


@pytest.mark.parametrize(
    ("counts", "state", "gap", "to_do"),
    [
        ((stock(1000),), State.MET, 0, ""),
        ((stock(999),), State.FAILED, 1, BASE),
        ((stock(1_000_000),), State.MET, 0, ""),
        ((stock(1),), State.FAILED, 999, BASE),
        ((stock(250), stock(250, Family.IPAD), stock(500, Family.IPOD)), State.MET, 0, ""),
        ((stock(999), stock(1, Family.IPHONE)), State.MET, 0, ""),
        # a proof is asked for of each that counts
        ((stock(999), stock(1, proven=False)), State.FAILED, 1, "proof_share"),
        ((stock(1000), stock(500, proven=False)), State.MET, 0, ""),
        # an owner that is not told could be the organisation
        ((stock(999), stock(1, ownership=UNKNOWN)), State.UNKNOWN, 1, "record_owners"),
        ((stock(998), stock(1, ownership=UNKNOWN)), State.FAILED, 2, BASE),
        ((stock(5000, ownership=UNKNOWN),), State.UNKNOWN, 1000, "record_owners"),
        ((stock(5000, ownership=Ownership.OTHER),), State.FAILED, 1000, BASE),
        # a lease counts to its last day, and without an end for good
        ((stock(1000, ownership=LEASED, until=TODAY - DAY),), State.FAILED, 1000, BASE),
        ((stock(1000, ownership=LEASED),), State.MET, 0, ""),
        # an owned product has no lease that could end
        ((stock(1000, until=TODAY - DAY),), State.MET, 0, ""),
    ],
)
def test_the_installed_base_counts_proven_products_of_the_organisation(
    counts: tuple[object, ...], state: State, gap: int, to_do: str
) -> None:
    found = rule(BASE, base=base(*counts))  # pyright: ignore[reportArgumentType] - a table of tests
    assert (found.state, found.figures.gap, found.to_do) == (state, gap, to_do)
    assert found.figures.required == 1000
    assert found.figures.unit == "products"


@pytest.mark.parametrize("counts", [(), (stock(0),)])
def test_an_empty_register_proves_nothing(counts: tuple[object, ...]) -> None:
    found = rule(BASE, base=base(*counts))  # pyright: ignore[reportArgumentType] - a table of tests
    assert (found.state, found.figures) == (State.UNKNOWN, Figures(None, 1000, "products"))
    assert found.figures.gap is None
    assert found.to_do == "record_products"


def test_australia_asks_for_fewer() -> None:
    assert rule(BASE, "au", base=base(stock(500))).state is State.MET
    assert rule(BASE, "au", base=base(stock(499))).state is State.FAILED


def test_what_is_left_out_of_the_count_is_told() -> None:
    counts = base(stock(1000), stock(7, proven=False), stock(9, ownership=UNKNOWN))
    assert details(rule(BASE, base=counts)) == {"unproven": {"n": "7"}, "doubtful": {"n": "9"}}


@pytest.mark.parametrize(
    ("until", "state", "to_do"),
    [
        (TODAY, State.SOON, "renew_leases"),  # its last day
        (TODAY + 29 * DAY, State.SOON, "renew_leases"),
        (TODAY + 30 * DAY, State.MET, ""),
    ],
)
def test_leases_that_end_tell_when_the_installed_base_fails(
    until: date, state: State, to_do: str
) -> None:
    counts = base(stock(999), stock(1, ownership=LEASED, until=until))
    found = rule(BASE, base=counts)
    assert (found.state, found.fails_on, found.to_do) == (state, until + DAY, to_do)
    assert details(found) == {"leases_end": {"n": "999"}}


def test_a_lease_whose_end_leaves_enough_fails_nothing() -> None:
    counts = base(stock(1000), stock(1, ownership=LEASED, until=TODAY))
    assert rule(BASE, base=counts).fails_on is None


def test_the_base_that_is_left_is_told_by_the_day_on_which_leases_have_ended() -> None:
    counts = base(
        stock(10),
        stock(5, proven=False),
        stock(1, ownership=LEASED, until=TODAY - DAY),  # gone already
        stock(2, ownership=LEASED, until=TODAY),
        stock(3, Family.IPAD, LEASED, TODAY, proven=False),
        stock(4, ownership=LEASED, until=TODAY + 9 * DAY),
        stock(6, ownership=LEASED),
        stock(7, ownership=LEASED, until=date.max),
    )
    assert tuple(counts.after(TODAY)) == (
        BaseLeft(TODAY + DAY, 32, 27),
        BaseLeft(TODAY + 10 * DAY, 28, 23),
    )
    for left in counts.after(TODAY):
        assert (left.held, left.proven) == (counts.held(left.day), counts.proven(left.day))


def test_a_family_s_products_are_counted_apart() -> None:
    counts = base(
        stock(3), stock(2, ownership=LEASED), stock(4, Family.IPAD), stock(1, proven=False)
    )
    mac = Family.MAC
    told = (counts.held(TODAY, mac), counts.leased(TODAY, mac), counts.proven(TODAY, mac))
    assert told == (6, 2, 5)


# ----------------------------------------------------------------------
# The share with a proof
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proven", "bare", "state", "percent"),
    [
        (1000, 0, State.MET, 100),
        (999, 1, State.FAILED, 99),
        (999_999, 1, State.FAILED, 99),
        (0, 5, State.FAILED, 0),
    ],
)
def test_a_share_is_never_rounded_up(proven: int, bare: int, state: State, percent: int) -> None:
    found = rule("proof_share", base=base(stock(proven), stock(bare, proven=False)))
    assert (found.state, found.figures.value) == (state, percent)
    assert not found.stands_in_the_way


def test_a_share_of_nothing_is_unknown() -> None:
    found = rule("proof_share", base=base(stock(9, ownership=Ownership.OTHER)))
    assert (found.state, found.figures.value, found.to_do) == (State.UNKNOWN, None, "proof_share")
    assert rule("proof_share", base=base()).to_do == "record_products"


def test_the_share_can_fall_when_a_proven_lease_ends() -> None:
    rules = with_row("proof_share", value=90)
    until = TODAY + 29 * DAY
    counts = base(stock(1, proven=False), stock(19, ownership=LEASED, until=until))
    found = rule("proof_share", rules, base=counts)
    assert (found.state, found.figures.value) == (State.SOON, 95)
    assert found.fails_on == until + DAY


def test_a_share_that_falls_to_what_is_asked_for_still_holds() -> None:
    rules = with_row("proof_share", value=90)
    left = stock(9), stock(1, proven=False)
    found = rule("proof_share", rules, base=base(*left, stock(5, ownership=LEASED, until=TODAY)))
    assert (found.state, found.fails_on) == (State.MET, None)


def test_a_share_that_nothing_can_lower_never_fails() -> None:
    assert rule("proof_share").fails_on is None


# ----------------------------------------------------------------------
# AppleCare, in Australia
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("covered", "state", "percent"),
    [
        (1000, State.MET, 100),
        (1200, State.MET, 100),  # some of them are not the organisation's
        (999, State.FAILED, 99),
        (0, State.FAILED, 0),
        (None, State.UNKNOWN, None),
    ],
)
def test_australia_asks_for_applecare_on_all(
    covered: int | None, state: State, percent: int | None
) -> None:
    count = Counted(covered, TODAY, "ABM") if covered is not None else None
    found = rule("applecare", "au", base=base(stock(1000)), covered=count)
    assert (found.rule, found.state, found.figures.value) == ("P3", state, percent)
    told = {"counted": {"day": TODAY.isoformat(), "source": "ABM"}}
    assert details(found) == (told if count is not None else {})


def test_applecare_on_nothing_is_unknown() -> None:
    found = rule("applecare", "au", base=base(), covered=Counted(0, TODAY, "ABM"))
    assert (found.state, found.to_do) == (State.UNKNOWN, "record_products")
    assert rule("applecare", "au", covered=None).to_do == "count_coverage"


# ----------------------------------------------------------------------
# Repairs in a calendar year
# ----------------------------------------------------------------------


def test_sweden_asks_for_no_number_of_repairs() -> None:
    assert "annual_volume" not in {one.code for one in standing().rules}


@pytest.mark.parametrize("region", ["us", "ca"])
@pytest.mark.parametrize(
    ("done", "state", "fails_on"),
    [
        (25, State.MET, date(2028, 1, 1)),  # next year needs its own
        (24, State.SOON, date(2027, 1, 1)),
        (0, State.SOON, date(2027, 1, 1)),
    ],
)
def test_the_year_s_repairs_are_counted(
    region: str, done: int, state: State, fails_on: date
) -> None:
    found = rule("annual_volume", region, done=DONE[:1] * done)
    assert (found.state, found.figures.value, found.fails_on) == (state, done, fails_on)


def test_repairs_of_diy_parts_alone_do_not_count() -> None:
    easy = RepairDone(TODAY, parts=2, inside=0)
    bare = RepairDone(TODAY)  # nothing was changed: it is a repair all the same
    found = rule("annual_volume", "us", done=(easy, easy, bare, *DONE[:23]))
    assert (found.figures.value, found.state) == (24, State.SOON)
    assert details(found)["diy"] == {"n": "2"}
    assert details(found)["projection"] == {"n": "26"}


def test_the_last_day_of_the_year_still_counts() -> None:
    found = rule("annual_volume", "us", today=date(2026, 12, 31), done=DONE[:24])
    assert (found.state, found.fails_on) == (State.SOON, date(2027, 1, 1))
    assert details(found)["projection"] == {"n": "24"}


def test_a_new_account_is_projected_from_its_first_day() -> None:
    terms = AccountTerms(created_on=TODAY)
    found = rule("annual_volume", "us", terms=terms, done=DONE[:1])
    assert details(found)["projection"] == {"n": "29"}


def test_nothing_can_be_projected_before_the_first_working_day() -> None:
    found = rule("annual_volume", "us", today=date(2028, 1, 2), done=())
    assert details(found) == {}


def test_before_there_is_an_account_no_repair_is_asked_for() -> None:
    found = rule("annual_volume", "us", account="", terms=NO_TERMS, done=())
    assert (found.state, found.to_do) == (State.NOT_JUDGED, "")


def test_the_calendar_s_last_year_has_no_next() -> None:
    found = rule("annual_volume", "us", today=date.max, done=DONE, terms=TERMS)
    assert found.fails_on is None


@pytest.mark.parametrize(
    ("year", "count", "fails_on"),
    [
        (9997, 30, date(9999, 1, 1)),
        (9998, 30, None),
        (9998, 0, date(9999, 1, 1)),
        (9999, 0, None),
    ],
)
def test_the_last_years_of_the_calendar_have_no_new_year_s_day_after_them(
    year: int, count: int, fails_on: date | None
) -> None:
    today = date(year, 12, 31)
    done = tuple(RepairDone(today) for _ in range(count))
    assert rule("annual_volume", "us", today=today, done=done).fails_on == fails_on
