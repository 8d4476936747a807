"""Small imports for tests, over the base or as a new one."""

from collections.abc import Iterable

from app.data.importing import Importing
from app.data.imports import Batch, ProductRow
from app.data.imports.product_row import EMPTY
from app.data.store import LocalStore
from app.services.importing import Counts, ImportFile, Stopped, Tell
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

_IDS = CountedIds(lane=7)
FILE = ImportFile("products.csv", "ab" * 32, "plain", "person:anna")
ALL = frozenset(ProductRow._fields) - {"row", "serial"}


def product(serial: str, **fields: object) -> ProductRow:
    return ProductRow._make({**EMPTY._asdict(), "serial": serial, **fields}.values())


def batch(rows: Iterable[ProductRow], *, done: float = 1.0) -> Batch:
    listed: list[tuple[object, ...]] = [tuple(row) for row in rows]
    return Batch(listed, (), (), len(listed), done)


def importing(
    store: LocalStore,
    *,
    few: int = 0,
    tell: Tell = lambda _: None,
    stopped: Stopped = lambda: False,
) -> Importing:
    return Importing(
        store.database, STORE_KEY, SteppingClock(), _IDS, tell=tell, stopped=stopped, few=few
    )


def take(
    store: LocalStore,
    *rows: ProductRow,
    fields: Iterable[str] = ALL,
    clears: Iterable[str] = (),
    few: int = 0,
    dry: bool = False,
    back: bool = False,
) -> Counts:
    """Import rows: as a new base, or over it where there are no more than ``few`` changes."""
    return importing(store, few=few).run(
        FILE, [batch(rows)], frozenset(fields), clears=frozenset(clears), dry=dry, brings_back=back
    )
