"""Tokens, codes and identifiers: how they are made, written and recognised.

A token and a code both begin with the organisation they belong to, so that looking one up asks only
for rows of that organisation. Only SHA-256 of either is kept; they are long enough that no slow
hash is needed.
"""

import base64
import hashlib
from collections.abc import Callable
from typing import Final, TypeAlias

RandomBytes: TypeAlias = Callable[[int], bytes]
"""Gives that many bytes that nobody can guess: ``secrets.token_bytes``."""

ORGANISATION_CHARACTERS: Final = 12
_CODE_CHARACTERS: Final = 16
"""80 bits: enough for a code that is heard a few times a minute and ends within the hour."""
_GROUP: Final = 4
_TOKEN_BYTES: Final = 32
_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no letter that is taken for a digit or for another letter."""
_READ_AS: Final = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


def _characters(count: int, random: RandomBytes) -> str:
    return "".join(_ALPHABET[byte & 31] for byte in random(count))


def new_organisation_id(random: RandomBytes) -> str:
    """Twelve characters, 60 bits: short enough to stand in a code that may have to be typed."""
    return _characters(ORGANISATION_CHARACTERS, random)


def new_code(organisation_id: str, random: RandomBytes) -> str:
    """An enrolment code as people see it: seven groups of four characters."""
    plain = organisation_id + _characters(_CODE_CHARACTERS, random)
    return "-".join(plain[start : start + _GROUP] for start in range(0, len(plain), _GROUP)).upper()


def read_code(text: str) -> tuple[str, str] | None:
    """The organisation and the hash of a code as somebody typed it, None if it is no code."""
    plain = text.strip().lower().translate(_READ_AS)
    if len(plain) != ORGANISATION_CHARACTERS + _CODE_CHARACTERS or not set(plain) <= set(_ALPHABET):
        return None
    return plain[:ORGANISATION_CHARACTERS], _hashed(plain)


def new_token(organisation_id: str, random: RandomBytes) -> str:
    """A bench's token: 256 random bits after the organisation's id."""
    secret = base64.urlsafe_b64encode(random(_TOKEN_BYTES)).rstrip(b"=").decode()
    return f"{organisation_id}.{secret}"


def read_token(text: str) -> tuple[str, str] | None:
    """The organisation and the hash of a token, None if it is no token."""
    organisation_id, point, secret = text.partition(".")
    if (
        not point
        or not secret
        or len(organisation_id) != ORGANISATION_CHARACTERS
        or not text.isascii()
    ):
        return None
    return organisation_id, _hashed(text)


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
