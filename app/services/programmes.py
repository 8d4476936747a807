"""Whose programme counts: that of the account's region; the bench's own where it names none."""

import logging
import re
from collections.abc import Callable
from typing import Final

from app.domain.policy import Policy, PolicyInvalidError
from app.services.ports import Organisation

log = logging.getLogger("repair_bench.programmes")
_REGION: Final = re.compile(r"[a-z0-9-]{1,16}")
"""What a region is called: its rules lie in a file of that name."""


class Programmes:
    """The rules by region; each is read once, when it is first asked for.

    Args:
        own: The rules of the bench's settings.
        read: Reads a region's rules.

    Attributes:
        missing: The region that the account named last and that has no rules that can be used;
            the bench's own stood in. Empty where there was none.
    """

    def __init__(self, own: Policy, read: Callable[[str], Policy]) -> None:
        self._own = own
        self._read = read
        self._known: dict[str, Policy | None] = {"": own, own.region: own}
        self.missing = ""

    @property
    def own(self) -> Policy:
        """The rules of the bench's settings, for an account that names no region."""
        return self._own

    def of(self, organisation: Organisation) -> Policy:
        """The rules of an account; from any thread."""
        region = organisation.terms.region.lower()
        if region not in self._known:
            self._known[region] = self._found(region)
        policy = self._known[region]
        self.missing = region if policy is None else ""
        return policy or self._own

    def _found(self, region: str) -> Policy | None:
        if _REGION.fullmatch(region) is None:
            return None
        try:
            return self._read(region)
        except PolicyInvalidError as error:
            log.warning("no programme for the account's region %s: %s", region, error)
            return None
