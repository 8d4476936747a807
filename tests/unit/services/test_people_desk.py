"""The people register: only a lead changes it, every change is an entry, nothing odd gets in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data.store import LocalStore
from app.domain.people import Certification, Exam, Person, Role
from app.domain.products import Family
from app.services import people_desk
from app.services.people_desk import PersonFields, person_named
from app.services.ports import Transaction
from app.services.registering import Changed
from app.services.views import Tone
from tests.fixtures_store import CountedIds, SteppingClock
from tests.unit.services.desk import ANNA, CLEO, Desk

EVE = Person("eve", "Eve", "1009", Role.TECHNICIAN, "T9")
DAY, LATER = date(2026, 11, 1), date(2026, 12, 1)
ACMT = Certification("ACMT", (Family.MAC,), DAY, None, "A-1")
EXAM = Exam("ACMT", DAY, passed=False)

Act = Callable[[Transaction], Changed]


def do(desk: Desk, act: Act) -> Changed:
    with desk.store.writing() as tx:
        return act(tx)


def code(done: Changed) -> str:
    assert bool(done.entries) is (done.feedback.tone is Tone.ACCEPTED)
    return done.feedback.code


def person(desk: Desk, named: str) -> Person | None:
    with desk.store.reading() as reader:
        return person_named(reader, named)


def add(desk: Desk, who: Person = EVE, badge: str = CLEO) -> Changed:
    return do(desk, lambda tx: people_desk.add_person(tx, who, badge=badge))


def change(
    desk: Desk,
    who: str,
    *,
    name: str | None = None,
    badge: str | None = None,
    role: Role | None = None,
    tech_id: str | None = None,
) -> Changed:
    wanted = PersonFields(name, badge, role, tech_id)
    return do(desk, lambda tx: people_desk.change_person(tx, who, wanted, badge=CLEO))


def certify(desk: Desk, held: Certification = ACMT, named: str = "anna") -> Changed:
    return do(desk, lambda tx: people_desk.certify(tx, named, held, badge=CLEO))


def sit(desk: Desk, exam: Exam = EXAM, named: str = "anna") -> Changed:
    rules = desk.rules
    return do(desk, lambda tx: people_desk.record_exam(tx, named, exam, badge=CLEO, rules=rules))


def test_a_lead_adds_somebody_by_an_entry(desk: Desk) -> None:
    done = add(desk, replace(EVE, name="  Eve ", badge="ab9", tech_id="t9"))
    assert code(done) == "person_added"
    (entry,) = done.entries
    assert (entry.kind, entry.subject, entry.actor) == (
        "register.changed",
        "people:eve",
        "person:cleo",
    )
    expected = Person("eve", "Eve", "AB9", Role.TECHNICIAN, "T9")
    assert person(desk, "eve") == person(desk, "AB9") == expected


def test_an_id_is_taken_once(desk: Desk) -> None:
    assert code(add(desk, replace(EVE, id="anna"))) == "person_known"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", ""),
        ("id", "a b"),
        ("id", "-eve"),
        ("id", "e" * 65),
        ("name", "   "),
        ("name", "e" * 101),
        ("name", "Eve\x00"),
        ("badge", ""),
        ("badge", "10-09"),
        ("badge", "1" * 21),
        ("badge", "ÅÄÖ"),
        ("tech_id", "T" * 21),
        ("tech_id", "T 9 !"),
    ],
)
def test_a_field_that_no_row_may_hold_is_named(desk: Desk, field: str, value: str) -> None:
    done = add(desk, replace(EVE, **{field: value}))  # pyright: ignore[reportArgumentType]
    assert code(done) == "person_field"
    assert dict(done.feedback.fields) == {"people_field": field}


def test_a_badge_is_one_person_s(desk: Desk) -> None:
    done = add(desk, replace(EVE, badge=ANNA))
    assert (code(done), dict(done.feedback.fields)) == (
        "badge_taken",
        {"badge": ANNA, "person": "Anna"},
    )
    assert code(change(desk, "bo", badge=ANNA)) == "badge_taken"


def test_only_what_is_named_changes(desk: Desk) -> None:
    before = person(desk, "anna")
    assert before is not None
    assert code(change(desk, "1001", name="Anna B")) == "person_changed"
    assert person(desk, "anna") == replace(before, name="Anna B")
    assert code(change(desk, "anna", badge="2001", tech_id="x1")) == "person_changed"
    assert code(change(desk, "anna", role=Role.LEAD)) == "person_changed"
    assert person(desk, "2001") == replace(
        before, name="Anna B", badge="2001", tech_id="X1", role=Role.LEAD
    )
    unchanged = change(desk, "anna", name="Anna B")
    assert (unchanged.feedback.tone, code(unchanged)) == (Tone.REPEATED, "person_unchanged")


def test_somebody_leaves_the_register(desk: Desk) -> None:
    done = do(desk, lambda tx: people_desk.remove_person(tx, "anna", badge=CLEO))
    assert code(done) == "person_removed"
    assert person(desk, "anna") is None
    assert person(desk, ANNA) is None
    gone = do(desk, lambda tx: people_desk.remove_person(tx, "anna", badge=CLEO))
    assert code(gone) == "person_unknown"


def test_the_last_lead_stays_one(desk: Desk) -> None:
    assert code(change(desk, "cleo", role=Role.TECHNICIAN)) == "last_lead"
    away = do(desk, lambda tx: people_desk.remove_person(tx, "cleo", badge=CLEO))
    assert code(away) == "last_lead"
    assert code(change(desk, "cleo", name="Cleopatra")) == "person_changed"
    change(desk, "anna", role=Role.LEAD)
    assert code(change(desk, "anna", role=Role.TECHNICIAN)) == "person_changed", "Cleo still is one"
    change(desk, "anna", role=Role.LEAD)
    assert code(change(desk, "cleo", role=Role.TECHNICIAN)) == "person_changed"


def test_an_empty_register_begins_with_its_first_lead(store: LocalStore) -> None:
    desk = Desk(store, SteppingClock(), CountedIds(lane=9))
    assert code(add(desk, badge="")) == "first_lead_only"
    assert code(add(desk, badge="1009")) == "badge_unknown"
    lead = replace(EVE, role=Role.LEAD)
    done = add(desk, lead, badge="")
    assert (code(done), done.entries[0].actor) == ("person_added", "bench")
    assert code(add(desk, replace(lead, id="eva", badge="1010"), badge="")) == "first_lead_only"


# ----------------------------------------------------------------------
# Certificates and exams
# ----------------------------------------------------------------------


def test_certificates_are_kept_by_day_and_a_later_word_on_one_replaces_it(desk: Desk) -> None:
    assert code(certify(desk)) == "person_certified"
    ended = replace(ACMT, name="acmt", valid_until=LATER)
    assert code(certify(desk, ended)) == "person_certified"
    anna = person(desk, "anna")
    assert anna is not None
    assert [(one.name, one.valid_until) for one in anna.certifications] == [
        ("ACMT", None),
        ("acmt", LATER),
    ]
    assert code(certify(desk, ended)) == "person_unchanged"


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (replace(ACMT, valid_until=date(2026, 10, 31)), "certificate_days"),
        (replace(ACMT, valid_until=DAY), "person_certified"),
        (replace(ACMT, families=()), "person_field"),
        (replace(ACMT, name=""), "person_field"),
        (replace(ACMT, name="A" * 101), "person_field"),
        (replace(ACMT, proof="p" * 101), "person_field"),
    ],
)
def test_a_certificate_is_whole(desk: Desk, held: Certification, expected: str) -> None:
    assert code(certify(desk, held)) == expected


def test_a_certificate_by_mistake_is_taken_away(desk: Desk) -> None:
    certify(desk)

    def away(name: str, day: date) -> str:
        return code(do(desk, lambda tx: people_desk.uncertify(tx, "anna", name, day, badge=CLEO)))

    assert away("ACMT", LATER) == "certificate_unknown"
    assert away("iOS", DAY) == "certificate_unknown"
    assert away("acmt", DAY) == "person_uncertified"
    anna = person(desk, "anna")
    assert anna is not None
    assert ACMT not in anna.certifications
    assert len(anna.certifications) == 1


@pytest.mark.parametrize(
    ("exam", "expected"),
    [
        (EXAM, "person_exam"),
        (replace(EXAM, name=""), "person_field"),
        (replace(EXAM, voucher="V" * 101), "person_field"),
        (replace(EXAM, taken_on=date(2026, 11, 23)), "person_exam"),
        (replace(EXAM, taken_on=date(2026, 11, 24)), "exam_day"),
        (replace(EXAM, cost=150_000, currency="SEK"), "person_exam"),
        (replace(EXAM, cost=150_000, currency="SEK", voucher="V-1"), "exam_paid"),
        (replace(EXAM, cost=150_000), "exam_paid"),
        (replace(EXAM, cost=150_000, currency="kr"), "exam_paid"),
        (replace(EXAM, currency="SEK"), "exam_paid"),
        (replace(EXAM, cost=-1, currency="SEK"), "exam_paid"),
        (replace(EXAM, cost=10**12 + 1, currency="SEK"), "exam_paid"),
        (replace(EXAM, voucher="V-1"), "person_exam"),
    ],
)
def test_an_exam_is_paid_in_one_way_and_has_been(desk: Desk, exam: Exam, expected: str) -> None:
    assert code(sit(desk, exam)) == expected


def test_a_voucher_pays_one_exam_of_a_first_certification_and_there_are_two(desk: Desk) -> None:
    first = replace(EXAM, voucher="V-1", passed=True)
    assert code(sit(desk, first)) == "person_exam"
    assert code(sit(desk, replace(first, passed=False))) == "person_exam", "the same exam, mended"
    assert code(sit(desk, first, "bo")) == "voucher_used"
    sit(desk, first)
    again = Exam("acmt", date(2026, 11, 20), passed=True, voucher="V-2")
    assert code(sit(desk, again)) == "voucher_not_first"
    assert code(sit(desk, again, "bo")) == "person_exam"
    third = replace(again, voucher="V-3")
    assert code(sit(desk, third, "dan")) == "voucher_none_left"
    anna = person(desk, "anna")
    assert anna is not None
    assert [one.name for one in anna.exams] == ["ACMT"]


def test_exams_stand_in_the_order_of_their_days(desk: Desk) -> None:
    for day in (date(2026, 11, 20), DAY):
        sit(desk, replace(EXAM, taken_on=day))
    anna = person(desk, "anna")
    assert anna is not None
    assert [one.taken_on for one in anna.exams] == [DAY, date(2026, 11, 20)]


def test_a_row_holds_a_hundred_of_each(desk: Desk) -> None:
    many = tuple(replace(ACMT, valid_from=date(1900 + n, 1, 1)) for n in range(101))
    assert code(add(desk, replace(EVE, certifications=many))) == "person_field"
    assert code(add(desk, replace(EVE, certifications=many[1:]))) == "person_added"
    exams = tuple(replace(EXAM, taken_on=date(1900 + n, 1, 1)) for n in range(101))
    assert code(add(desk, replace(EVE, id="eva", badge="2", exams=exams))) == "person_field"


# ----------------------------------------------------------------------
# Who may
# ----------------------------------------------------------------------

ACTS: dict[str, Callable[[str], Act]] = {
    "add": lambda badge: lambda tx: people_desk.add_person(tx, EVE, badge=badge),
    "change": lambda badge: (
        lambda tx: people_desk.change_person(tx, "anna", PersonFields(role=Role.LEAD), badge=badge)
    ),
    "remove": lambda badge: lambda tx: people_desk.remove_person(tx, "anna", badge=badge),
    "certify": lambda badge: lambda tx: people_desk.certify(tx, "anna", ACMT, badge=badge),
    "uncertify": lambda badge: (
        lambda tx: people_desk.uncertify(tx, "anna", "ACMT", date(2025, 1, 1), badge=badge)
    ),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("badge", "expected"), [("1001", "people_lead_only"), ("7", "badge_unknown")]
)
def test_nobody_but_a_lead_changes_people(desk: Desk, act: str, badge: str, expected: str) -> None:
    assert code(do(desk, ACTS[act](badge))) == expected


@pytest.mark.parametrize("act", ["change", "remove", "certify", "uncertify"])
def test_whom_the_register_does_not_hold_is_told(desk: Desk, act: str) -> None:
    desk.without("people", "anna")
    assert code(do(desk, ACTS[act](CLEO))) == "person_unknown"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(("1001", "1002", "", "9", "OB"))),
        max_size=6,
    )
)
def test_whatever_others_try_the_register_stays_as_it_is(
    desk: Desk, acts: list[tuple[str, str]]
) -> None:
    with desk.store.reading() as reader:
        before, head = reader.people(), reader.head()
    for act, badge in acts:
        assert do(desk, ACTS[act](badge)).entries == ()
    with desk.store.reading() as reader:
        assert (reader.people(), reader.head()) == (before, head)
