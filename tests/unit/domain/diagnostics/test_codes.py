"""Reference codes: what they mean, and the ways they come in."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.diagnostics.codes import (
    MAX_CODES,
    MAX_LINK,
    CodeBookError,
    code_book,
    reference_code,
    result_link,
    told_codes,
)
from app.domain.diagnostics.run import Outcome
from app.resources import resource
from tests.unit.domain.diagnostics.samples import MAC_SERIAL, book

FAULTS = [
    *["ALS", "BMT", "CNT", "CNW", "DFR", "IMU", "LAS", "NDC", "NDK", "NDL", "NDR", "NNN", "PFM"],
    *["PFR", "PPF", "PPM", "PPN", "PPR", "PPT", "VDC", "VDH", "VFD", "VFF"],
]


@pytest.mark.parametrize("family", FAULTS)
def test_a_code_of_a_fault_family_is_a_fault_with_its_component(family: str) -> None:
    result = book().result(f"{family}004")
    assert result.outcome is Outcome.FAULT
    assert result.component != "unknown"


@pytest.mark.parametrize(
    ("outcome", "codes"),
    [
        ("no_issue", "ADP000"),
        ("rerun", "CEH001 CEH002 CNW007 CNW008 NDD001 NDR007 NDT001 NDT006 PPP001 PPP008"),
        ("rerun", "PPP017 PPP018 PPP020 PPT021"),
        ("wear", "PPT002 PPT003 PPT007"),
        ("safety", "PPT005"),
        ("unknown", "BMT002 CNW002 NDC002"),
        ("unknown", "ADP001 CEH003 NDD002 NDT007 PPP009 PPP016 PPP019 PPP021 ZZZ001"),
        ("fault", "CNW006 CNW009 NDR006 PPT001 PPT004 PPT006 PPT020 PPT022"),
    ],
)
def test_a_single_code_means_what_the_published_list_says(outcome: str, codes: str) -> None:
    assert {book().result(code).outcome.value for code in codes.split()} == {outcome}


@given(st.from_regex(r"[A-Z]{3}[0-9]{3}", fullmatch=True))
def test_a_code_that_the_book_does_not_hold_is_unknown_and_never_good(code: str) -> None:
    result = book().result(code)
    if code[:3] not in book().components:
        assert (result.outcome, result.component) == (Outcome.UNKNOWN, "unknown")
    assert (result.outcome is Outcome.NO_ISSUE) == (code == "ADP000")


def test_only_its_one_written_form_is_a_reference_code() -> None:
    assert [
        reference_code(one) for one in (" ppt002 ", "PPT02", "PPT0022", "\u017f\u017f\u017f001", "")
    ] == [
        "PPT002",
        *[None] * 4,
    ]


LINK = f"https://diagnostics.example/x?serialno={MAC_SERIAL}&refcodes="


@pytest.mark.parametrize("between", [",", "%2C", "+", ";", "|", ", "])
def test_a_link_carries_its_codes_and_its_serial(between: str) -> None:
    told = result_link(f"{LINK}PPT002{between}ndr001")
    assert told is not None
    assert (told.codes, told.unread, told.serial) == (("PPT002", "NDR001"), 0, MAC_SERIAL)


def test_a_link_may_carry_them_behind_its_fragment() -> None:
    told = result_link(f"HTTPS://x.example/#/r?refCodes=ADP000&serialNo={MAC_SERIAL.lower()}")
    assert told is not None
    assert (told.codes, told.serial) == (("ADP000",), MAC_SERIAL)


@pytest.mark.parametrize(
    "text",
    [
        "PPT002",
        "https://x.example/?serialno=C02XK0ABJGH5",
        "ftp://x.example/?refcodes=PPT002",
        "https://[::1/?refcodes=PPT002",
        "https://x.example/?refcodes=PPT002" + "&a=1" * 65,
        f"{LINK}PPT002" + "A" * MAX_LINK,
    ],
)
def test_what_carries_no_codes_is_no_result_s_link(text: str) -> None:
    assert result_link(text) is None


@pytest.mark.parametrize("serials", ["", "&serialno=C02XK0ABJGH6", "&serialno=CO2XKOABJGH5"])
def test_a_link_of_two_serials_or_a_wrong_one_says_of_no_product(serials: str) -> None:
    first = f"&serialno={MAC_SERIAL}" if serials else ""
    told = result_link(f"https://x.example/?refcodes=PPT002{first}{serials}")
    assert told is not None
    assert told.serial is None


def test_a_code_that_cannot_be_read_keeps_the_result_from_being_good() -> None:
    told = result_link(f"{LINK}ADP000,4MOT/4/40000002")
    assert told is not None
    assert (told.codes, told.unread) == (("ADP000",), 1)
    assert told.run(book()).outcome is Outcome.UNKNOWN


def test_more_codes_than_any_result_has_are_counted_and_not_kept() -> None:
    told = told_codes(["ADP000"] * (MAX_CODES + 5))
    assert (told.codes, told.unread) == (("ADP000",), 1)


@given(st.text())
def test_any_text_is_a_link_or_none(text: str) -> None:
    for candidate in (text, f"https://{text}", f"{LINK}{text}"):
        told = result_link(candidate)
        assert told is None or len(told.codes) <= MAX_CODES


# ----------------------------------------------------------------------
# The book itself
# ----------------------------------------------------------------------


def shipped() -> dict[str, Any]:
    return tomllib.loads(resource("diagnostics", "codes.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"edition": 7}, "edition"),
        ({"codes": []}, "codes"),
        ({"codes": {"splendid": ["ADP000"]}}, "codes.splendid"),
        ({"codes": {"wear": "PPT002"}}, "codes.wear"),
        ({"codes": {"wear": [2]}}, "codes.wear"),
        ({"codes": {"wear": ["PPT2"]}}, "codes.wear"),
        ({"codes": {"wear": ["PPT002", "PPT001-003"]}}, "codes.wear: PPT002"),
        ({"components": None}, "components"),
        ({"faults": ["QQQ"]}, "faults"),
        ({"faults": None}, "faults"),
    ],
)
def test_a_book_that_cannot_be_used_says_where(change: dict[str, Any], field: str) -> None:
    with pytest.raises(CodeBookError) as refused:
        code_book(shipped() | change)
    assert refused.value.field == field


def test_a_component_that_is_no_text_is_left_out() -> None:
    change: dict[str, Any] = {"components": {"PPT": 7}, "faults": []}
    assert code_book(shipped() | change).components == {}
