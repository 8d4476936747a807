"""The sheet that tells how a scanner is set: one page, each code as the bench expects it."""

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from app.domain.commands import DEVICE_COMMANDS
from app.domain.labels import Label, LabelKind, read_label
from app.domain.resistor import OHMS, resistor_of
from app.domain.scan_tests import TEXTS, judge_scan
from app.reports import render_scanner_sheet
from app.texts import Language, texts

DPI = 200
"""Less than any office printer."""


def scanned(raw: bytes) -> list[bytes]:
    found: list[bytes] = []
    page: Any  # the library's types have holes
    with pypdfium2.PdfDocument(raw) as document:
        for page in document:
            picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
            found += [code.bytes for code in zxingcpp.read_barcodes(picture)]
    return found


@pytest.mark.parametrize("language", list(Language))
def test_every_code_reads_back_from_one_page(language: Language) -> None:
    raw = render_scanner_sheet(texts(language))
    (page,) = PdfReader(BytesIO(raw)).pages
    found = scanned(raw)
    judged = [judge_scan(each) for each in found]
    assert {one.test for one in judged if one is not None and not one.faults} == TEXTS.keys()
    labels = [read_label(each.decode()) for each in found if judge_scan(each) is None]
    bodies = {one.body for one in labels if isinstance(one, Label)}
    assert bodies >= DEVICE_COMMANDS.keys() - {"DEVSHEET"}
    resistors = [resistor_of(body) for body in bodies]
    assert {one.ohm for one in resistors if one is not None} == set(OHMS.values())
    assert len(found) == len(TEXTS) + len(DEVICE_COMMANDS) - 1 + len(OHMS)
    text = page.extract_text()
    assert texts(language).say("report.test_sheet.title") in text
    assert all(one.kind is LabelKind.COMMAND for one in labels if isinstance(one, Label))
