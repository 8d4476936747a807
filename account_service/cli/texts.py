"""What the operator reads when something failed; benches find their own words by the code."""

from typing import Final

from account_service.errors import ServiceError

_TEXTS: Final = {
    "address_unavailable": "cannot listen there: the address is in use or is not this machine's",
    "bench_unknown": "this organisation has no such bench",
    "busy": "the database is busy with another program's work; try again",
    "certificate_unreadable": "the certificate and its key cannot be read as a pair",
    "column_missing": "the first line must name the column {detail}, and no column twice",
    "database_newer": "the database was written by a newer version ({version}); install that one",
    "database_url_unsupported": "give a path or a sqlite:/// URL",
    "disk_full": "the disk is full; nothing of this was stored",
    "file_unreadable": "the file cannot be read: {detail}",
    "name_invalid": "the name must have 1 to 200 printable characters",
    "organisation_ambiguous": "several organisations fit: give the id",
    "organisation_unknown": "there is no such organisation",
    "read_only": "the database is not writable",
    "store_failed": "the database cannot be read or written",
}


def text_of(error: ServiceError) -> str:
    """A sentence for the operator, with the code that scripts look for."""
    sentence = _TEXTS.get(error.code, "failed").format_map(
        {"detail": "", "version": "", **error.fields}
    )
    return f"{sentence} ({error.code})"
