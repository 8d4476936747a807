"""Who may import products at the window."""

from app.services.import_access import import_asked, may_import
from tests.unit.services.desk import ANNA, CLEO, Desk, codes


def test_a_lead_is_shown_the_import(desk: Desk) -> None:
    desk.sign_in(CLEO)
    assert codes(desk.do("IMPORT").feedback) == ("accepted", "import_shown", "")


def test_a_technician_is_told_whom_to_ask_and_keeps_their_place(desk: Desk) -> None:
    desk.sign_in(ANNA)
    before = desk.session
    told = desk.do("IMPORT").feedback
    assert codes(told) == ("refused", "import_lead_only", "ask_lead_to_import")
    assert dict(told.fields)["person"]
    assert desk.session == before


def test_nobody_imports_without_being_signed_in(desk: Desk) -> None:
    assert codes(desk.do("IMPORT").feedback) == ("refused", "sign_in_first", "scan_badge")
    with desk.store.reading() as reader:
        assert codes(import_asked(reader, None)) == ("refused", "sign_in_first", "scan_badge")
        assert not may_import(reader, "gone")


def test_a_lead_may_import_and_a_technician_may_not(desk: Desk) -> None:
    with desk.store.reading() as reader:
        lead, technician = reader.person_by_badge(CLEO), reader.person_by_badge(ANNA)
        assert lead is not None
        assert technician is not None
        assert may_import(reader, lead.id)
        assert not may_import(reader, technician.id)
