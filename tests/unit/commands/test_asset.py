"""``asset``: the verdict, who may repair the product, and under what coverage."""

from tests.unit.commands.lines import SWEDISH, Line

LEASED = "LFXCK1Z8J8"
OTHERS_WARRANTY = "FVFV6M50809K"
NO_FAMILY = "PF3K8Z2QLM"


def test_a_product_names_who_is_certified_for_it_and_its_coverage(bench: Line) -> None:
    told = bench.told("asset", LEASED)
    assert {"id": "anna.lindqvist", "name": "Anna Lindqvist"} in told["technicians"]
    assert "johan.aberg" not in {one["id"] for one in told["technicians"]}
    (coverage,) = told["coverages"]
    assert (coverage["issuer"], coverage["kind"], coverage["source"]) == ("apple", "PP", "GSX")
    assert (coverage["starts"], coverage["ends"]) == ("2024-08-01", "2027-07-31")
    assert (coverage["status"], coverage["checked_on"]) == ("unknown", "2026-10-05")
    english = bench.run("asset", LEASED).out
    swedish = bench.run("asset", LEASED, language=SWEDISH).out
    assert "Certified for it today: Anna Lindqvist" in english
    assert "Certifierade för den i dag: Anna Lindqvist" in swedish


def test_a_coverage_of_another_issuer_is_told_with_the_rule_against_it(bench: Line) -> None:
    told = bench.told("asset", OTHERS_WARRANTY)
    (coverage,) = told["coverages"]
    assert (coverage["issuer"], coverage["active"]) == ("Elektrokedjan", True)
    assert "P3" in {one["rule"] for one in told["findings"]}


def test_nobody_is_certified_for_what_is_of_no_family(bench: Line) -> None:
    told = bench.told("asset", NO_FAMILY)
    assert (told["technicians"], told["coverages"]) == ([], [])
    assert "Nobody here is certified for it today." in bench.run("asset", NO_FAMILY).out


def test_of_a_product_that_is_not_in_the_register_nothing_more_is_told(bench: Line) -> None:
    told = bench.told("asset", "C02NEW000001")
    assert (told["found"], told["technicians"], told["coverages"]) == (False, [], [])
    assert "certified" not in bench.run("asset", "C02NEW000001").out
