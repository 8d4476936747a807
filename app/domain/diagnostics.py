"""Apple Diagnostics reference codes: three letters and three digits, such as ``PPT002``."""

import re
from typing import Final

_REFERENCE: Final = re.compile(r"[A-Z]{3}[0-9]{3}")


def reference_code(text: str) -> str | None:
    """The reference code that a text is, in capitals; None where it is none.

    Source: the facts on the programme, section 4. Which families exist is not judged here: a new
    code must not be refused.
    """
    code = text.strip().upper()
    return code if _REFERENCE.fullmatch(code) else None
