"""A signature on the report covers its content and what it does itself, and nothing later."""

from app.domain.repairs import Step
from app.services.report_model import Actor
from tests.unit.services.paper_trail import NILS, REPAIR, Journal, whole


def test_completing_is_the_signatures_own_effect(journal: Journal) -> None:
    signature = whole(journal).report().signature
    assert signature is not None
    assert signature.actor == Actor("elsa", "Elsa Åkerström")
    assert signature.later == 0
    assert signature.content_hash == journal.entries[-3].hash


def test_what_comes_after_the_signature_is_counted(journal: Journal) -> None:
    whole(journal)
    journal.add("repair.noted", text="afterthought")
    journal.add("repair.noted", text="another")
    signature = journal.report().signature
    assert signature is not None
    assert signature.later == 2


def test_a_completing_by_somebody_else_is_not_covered(journal: Journal) -> None:
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR, Step.READY)
    journal.add("repair.signed", person="elsa", content_hash=journal.entries[-1].hash)
    journal.moved(Step.READY, Step.COMPLETED, actor=NILS)
    signature = journal.report().signature
    assert signature is not None
    assert (signature.found, signature.later, signature.actor.name) == (True, 1, "Elsa Åkerström")


def test_what_came_between_the_content_and_the_signing_is_not_covered(journal: Journal) -> None:
    opened = journal.opened()
    journal.add("repair.noted", text="slipped in")
    journal.add("repair.signed", person="elsa", content_hash=opened.hash)
    signature = journal.report().signature
    assert signature is not None
    assert signature.later == 1


def test_a_signature_on_something_else_covers_nothing(journal: Journal) -> None:
    journal.opened()
    journal.add("repair.signed", person="elsa", content_hash="ab" * 32)
    report = journal.report()
    assert report.signature is not None
    assert (report.signature.found, report.signature.later) == (False, 1)
    assert report.gaps[-1] == "signature"


def test_a_signature_whose_entry_is_not_at_hand_is_told_from_the_read_model(
    journal: Journal,
) -> None:
    whole(journal)
    journal.folded = journal.repair(REPAIR)
    journal.entries = [one for one in journal.entries if one.kind != "repair.signed"]
    signature = journal.report().signature
    assert signature is not None
    assert (signature.actor.name, signature.later) == ("Elsa Åkerström", 0)
