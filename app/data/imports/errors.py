"""What a file as a whole, or a mapping, is refused for."""

import re
from typing import Final

MOST_SHOWN: Final = 120
"""Characters of a value that a refusal repeats."""
_UNWRITABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def shown(value: str, most: int = MOST_SHOWN) -> str:
    """A value as it is told to people: bounded, on one line, and fit for any file."""
    line = _UNWRITABLE.sub("\ufffd", " ".join(value[: 4 * most].split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"


class ImportFileError(Exception):
    """A file that is no table, or that is beyond a bound: nothing of it is taken.

    Its words are ``import.file.<code>`` with ``detail``.

    Attributes:
        code: ``unreadable``, ``empty``, ``no_table``, ``too_large``, ``too_many_columns``,
            ``row_too_long``, ``half_a_file``, ``not_xlsx``, ``zip_bomb``, ``hostile_xml``,
            ``no_sheet``, ``too_many_merged``, ``unknown_encoding``, ``changed``,
            ``duplicate_heading``, ``no_serial_column`` or ``too_broken``.
        detail: What it is about: a heading, a bound, a sheet.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = shown(detail)


class MappingError(Exception):
    """A mapping that cannot be used. Its words are ``import.mapping.<code>`` with the others.

    Attributes:
        code: ``unreadable``, ``not_toml``, ``too_large``, ``missing``, ``wrong_type``,
            ``unknown_key``, ``unknown_field``, ``unknown_value``, ``private_heading``,
            ``bad_name``, ``not_found`` or ``not_saved``.
        field: Which field or key of the mapping.
        detail: What is wrong there.
    """

    def __init__(self, code: str, field: str = "", detail: str = "") -> None:
        super().__init__(": ".join(each for each in (code, field, detail) if each))
        self.code = code
        self.field = field
        self.detail = shown(detail)
