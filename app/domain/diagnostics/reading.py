"""A file of results to the run that it tells of, whichever tool wrote it.

Pure, total but for `UnreadableError`, and never more than its bounds. A plain text may also be a
list of reference codes, or a result's link.
"""

from typing import Final

from app.domain.diagnostics.bounds import (
    BINARY_PLIST,
    UnreadableError,
    binary_plist_tree,
    decoded,
    json_tree,
    lines_of,
    xml_plist_tree,
)
from app.domain.diagnostics.codes import CodeBook, reference_code, result_link, told_codes
from app.domain.diagnostics.mac import mac_run
from app.domain.diagnostics.mobile import fields_of, mobile_run
from app.domain.diagnostics.run import DiagnosticsRun

_XML: Final = ("<?xml", "<!DOCTYPE", "<plist")
_JSON: Final = ("{", "[")
MAX_CODES_TEXT: Final = 4096
"""The longest text that may be a list of reference codes."""


def read_results(raw: bytes, book: CodeBook) -> DiagnosticsRun:
    """The run that a file tells of, without anything private.

    Args:
        raw: The file's bytes.
        book: What reference codes mean.

    Raises:
        UnreadableError: No run can be made of it, and why.
    """
    if raw.startswith(BINARY_PLIST):
        return _known(binary_plist_tree(raw))
    text = decoded(raw).strip()
    if text.startswith(_JSON):
        return _known(json_tree(text))
    if text.startswith(_XML):
        return _known(xml_plist_tree(text))
    lines = lines_of(text)
    link = result_link(text)
    if link is not None:
        return link.run(book)
    if len(text) <= MAX_CODES_TEXT and all(reference_code(one) for one in text.split()):
        return told_codes(lines).run(book)
    return _known(fields_of(lines))


def _known(tree: object) -> DiagnosticsRun:
    run = mac_run(tree) or mobile_run(tree)
    if run is None:
        raise UnreadableError("not_known")
    return run
