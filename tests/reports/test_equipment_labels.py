"""Labels of equipment: what is printed is what the bench reads."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from app.domain.equipment import Equipment, EquipmentKind, EquipmentState
from app.domain.labels import LabelKind, label_text
from app.reports import render_equipment_labels
from app.reports.cards import equipment_document
from app.reports.codes import qr_modules
from app.reports.faces import face
from app.reports.page import Box, Code, Document, Words
from app.texts import Language, texts

ENGLISH = texts(Language.ENGLISH)
MAT = Equipment("mat-1", EquipmentKind.ESD_MAT, "", "Bench mat", "", None, place="Bench 2")


def codes(document: Document) -> list[object]:
    return [
        mark.modules for page in document.pages for mark in page.marks if isinstance(mark, Code)
    ]


def said(document: Document) -> str:
    return " ".join(
        mark.text for page in document.pages for mark in page.marks if isinstance(mark, Words)
    )


@pytest.mark.parametrize("language", Language)
def test_a_label_carries_name_kind_place_and_barcode(language: Language) -> None:
    words = texts(language)
    label = label_text(LabelKind.COMMAND, "EQMAT1")
    assert codes(equipment_document([MAT], words)) == [qr_modules(label)]
    (page,) = PdfReader(BytesIO(render_equipment_labels([MAT], words))).pages
    text = page.extract_text()
    for expected in ("Bench mat", words.say("equipment.kind.esd_mat"), "mat-1", "Bench 2", label):
        assert expected in text


def test_only_what_is_in_service_has_a_label() -> None:
    gone = [
        Equipment(state.value, "tool", "", "", "", None, state=state) for state in EquipmentState
    ]
    document = equipment_document(gone, ENGLISH)
    assert len(codes(document)) == 2
    assert "in_use" in said(document)
    assert "retired" not in said(document)


def test_what_no_barcode_can_carry_says_so_and_a_newer_kind_is_named_as_it_is() -> None:
    document = equipment_document([Equipment("åäö", "laser", "", "", "", None)], ENGLISH)
    assert codes(document) == []
    assert "The id åäö cannot be a barcode" in said(document)
    assert "laser, åäö" in said(document)


def test_nothing_gives_a_page_that_says_so() -> None:
    assert "No equipment to print a label for." in said(equipment_document([], ENGLISH))


@pytest.mark.parametrize("name", ["Matta " * 60, "X" * 400, "", "\x00\n\n"], ids=ascii)
def test_any_name_and_place_stay_on_the_label(name: str) -> None:
    piece = Equipment("mat-1", EquipmentKind.ESD_MAT, "", name, "", None, place=name)
    (page,) = equipment_document([piece], ENGLISH).pages
    card = next(mark for mark in page.marks if isinstance(mark, Box))
    code = next(mark for mark in page.marks if isinstance(mark, Code))
    for mark in page.marks:
        if isinstance(mark, Words):
            end = mark.x + face(mark.style.weight).width(mark.text, mark.style.size)
            assert card.x < mark.x
            assert end <= code.x
            assert card.y < mark.y < card.y + card.height
    assert render_equipment_labels([piece], ENGLISH).startswith(b"%PDF")
