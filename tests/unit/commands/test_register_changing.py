"""``register add``, ``change``, ``identity`` and ``remove``, in words and as JSON."""

from typing import Final

from tests.unit.commands.lines import SWEDISH, Line

MARIA: Final = ("--badge", "1004")
ANNA: Final = ("--badge", "1001")
PHONE, NEW, IMEI = "DMQW8HLR108J", "F2LZZ0ABJC6K", "490154203237518"
ROW: Final = ("--model", "iPhone 15", "--family", "iphone", "--ownership", "owned")


def test_a_product_is_added_changed_and_removed(bench: Line) -> None:
    words = (*ROW, "--imei", IMEI, "--imei", IMEI, "--order", "4711", "--bought-on", "2026-01-15")
    told = bench.told("register", "add", NEW.lower(), *words, *MARIA)
    assert (told["product"]["serial"], told["product"]["imeis"]) == (NEW, [IMEI])
    assert told["recorded"][0]["payload"]["set"]["source"] == "Maria Ekdahl"
    told = bench.told("register", "change", NEW, "--holder", "Ada", *MARIA)
    assert told["product"]["holder"] == "Ada"
    assert told["recorded"][0]["payload"]["set"] == {"holder": "Ada"}
    words = ("--ownership", "leased", "--lessor", "NL", "--leased-until", "2030-01-31")
    told = bench.told("register", "change", NEW, *words, *MARIA)
    assert (told["product"]["ownership"], told["product"]["leased_until"]) == (
        "leased",
        "2030-01-31",
    )
    told = bench.told("register", "remove", NEW, *MARIA)
    assert (told["product"], told["recorded"][0]["payload"]["set"]) == (None, None)
    assert bench.told("asset", NEW)["found"] is False


def test_a_new_identity_leaves_what_no_option_names(bench: Line) -> None:
    before = bench.told("asset", PHONE)["asset"]
    words = ("--serial", NEW.lower(), "--on", "2026-11-20", "--repair", "R1234")
    told = bench.told("register", "identity", PHONE, *words, *MARIA)
    product = told["product"]
    assert (product["serial"], product["imeis"]) == (NEW, before["imeis"])
    assert product["former"] == [{"value": PHONE, "until": "2026-11-20", "repair": "R1234"}]
    assert bench.told("asset", PHONE)["asset"] == product
    words = ("--imei", IMEI, "--meid", "a0000042a1b2c3", "--eid", "")
    product = bench.told("register", "identity", NEW, *words, *MARIA)["product"]
    assert product["imeis"] == [IMEI]
    assert [one["value"] for one in product["former"]] == [*before["imeis"], PHONE]
    assert bench.told("register", "identity", NEW, "--imei", "", *MARIA)["product"]["imeis"] == []


def test_what_cannot_be_is_told_and_nothing_changes(bench: Line) -> None:
    assert bench.refused("register", "identity", "C02N0WHERE01", *MARIA) == (
        "The register holds no product C02N0WHERE01 any more.\n"
    )
    assert bench.refused("register", "identity", PHONE, *MARIA) == (
        f"{PHONE} is called so already.\n"
    )
    assert bench.refused("register", "change", PHONE, *MARIA) == "Say what is changed.\n"
    said = bench.refused("register", "add", PHONE, *ROW, *MARIA)
    assert said == f"iPhone 15 {PHONE} is in the register already.\n"
    said = bench.refused("register", "remove", PHONE, *ANNA)
    assert "Anna Lindqvist" in said
    assert bench.told("asset", PHONE)["found"] is True


def test_in_words_the_answer_is_the_benchs_own(bench: Line) -> None:
    done = bench.run("register", "identity", PHONE, "--serial", NEW, *MARIA)
    assert done.out == f"iPhone 15 {PHONE} is {NEW} from now on.\n"
    done = bench.run("register", "remove", NEW, *MARIA, language=SWEDISH)
    assert done.out == f"iPhone 15 {NEW} är borttagen ur registret.\n"
