"""What the tests from outside share."""

from tests.end_to_end.fixtures import home, sample_home, wires
from tests.fixtures_service import own_service, service

__all__ = ["home", "own_service", "sample_home", "service", "wires"]
