"""What can go wrong in a set-up."""

from __future__ import annotations


class SetUpError(Exception):
    """The set-up cannot go on.

    Attributes:
        key: What to say, a key of `installer.messages.TEXTS`.
        fields: What the sentence names.
    """

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(key, fields)
        self.key = key
        self.fields = fields
