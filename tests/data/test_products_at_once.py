"""Many products asked for at once are those that are found one by one."""

from app.data.store import LocalStore
from app.services.ports import RegisterRow
from tests.data.imported import product, take

IMEI = "354178036859789"
MANY = [f"SER{number:07}" for number in range(1_203)]
"""More than are asked for in one statement."""


def put(store: LocalStore, serial: str, **fields: object) -> None:
    assert store.load_registers([RegisterRow("assets", serial, {"serial": serial, **fields})]) == ()


def test_every_product_is_as_it_is_found_alone_whatever_it_is_called_by(store: LocalStore) -> None:
    rows = [product(serial, holder="base") for serial in MANY]
    take(store, *rows, product("BYIMEI0001", imeis=(IMEI,)), product("BYTAG00001", tag="T1"))
    for serial in MANY[::7]:
        put(store, serial, holder="over")
    for serial in MANY[::11]:
        store.load_registers([RegisterRow("assets", serial, None)])
    put(store, "NEW0000001", holder="over", former=[{"value": "OLD0000001"}])
    asked = [*MANY, IMEI, "t1", "ser0000003", "NEW0000001", "OLD0000001", "GONE000001", ""]
    with store.reading() as reader:
        alone = {text: found for text in asked if (found := reader.asset(text)) is not None}
        assert reader.assets(asked) == alone
        assert reader.assets([]) == {}
    assert len(alone) == len(asked) - len(MANY[::11]) - 2
    assert {alone[text].serial for text in (IMEI, "t1")} == {"BYIMEI0001", "BYTAG00001"}
