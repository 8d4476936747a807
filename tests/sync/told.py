"""The fault that a call to the service tells."""

import pytest

from app.sync.batch import batch_of
from app.sync.client import ServiceClient
from app.sync.errors import SyncFaultError
from tests.sync.fakes import (
    GENESIS,
    journal,
)


def fault_of_log(client: ServiceClient) -> SyncFaultError:
    with pytest.raises(SyncFaultError) as caught:
        client.log(after=0, chain=GENESIS, limit=500)
    return caught.value


def fault_of_push(client: ServiceClient) -> SyncFaultError:
    with pytest.raises(SyncFaultError) as caught:
        client.push(batch_of(journal(2)))
    return caught.value
