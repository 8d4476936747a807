"""What a round of sync did, in numbers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.services.ports import PushOutcome, SyncState


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one round did and where it left the bench; the shape of ``repair-bench sync --json``.

    Attributes:
        pushed: Entries that the service answered; the sum of the next four.
        accepted: New to the service, and in the log.
        known: The service had answered them before, and the bench had missed it.
        parked: In the log, but contradicting an earlier entry; somebody settles them.
        rejected: Refused; they stay visible on this bench.
        pulled: Items of the log that came down.
        waiting: Entries that are still to be answered.
        revision: The last revision of the log that this bench has.
    """

    pushed: int
    accepted: int
    known: int
    parked: int
    rejected: int
    pulled: int
    waiting: int
    revision: int


class Tally:
    """Counts while a round runs."""

    def __init__(self) -> None:
        self._outcomes: Counter[str] = Counter()
        self._pulled = 0

    def answered(self, outcomes: Iterable[PushOutcome]) -> None:
        """The service answered these."""
        self._outcomes.update(outcome.outcome for outcome in outcomes)

    def came_down(self, items: int) -> None:
        """So many items of the log were applied."""
        self._pulled += items

    def report(self, state: SyncState) -> SyncReport:
        """The round as a whole."""
        return SyncReport(
            pushed=self._outcomes.total(),
            accepted=self._outcomes["accepted"],
            known=self._outcomes["known"],
            parked=self._outcomes["parked"],
            rejected=self._outcomes["rejected"],
            pulled=self._pulled,
            waiting=state.waiting,
            revision=state.revision,
        )
