"""The register in two layers: a base made by an import, and what lies over it."""

from collections.abc import Callable

import pytest

from app.data.base.attaching import files
from app.data.base.rows import asset_of, columns_of, incoming, row_of
from app.data.imports import CoverageRow
from app.data.products import revision
from app.data.register_writing import put as put_row
from app.data.store import LocalStore
from app.domain.installed_base import BaseCount
from app.domain.products import Asset, Family, FormerIdentity, Ownership
from app.services.importing import Counts, ImportCancelledError, Phase, Progress
from app.services.ports import RegisterRow, StoreFaultError
from app.services.register_queries import RegisterQuery
from tests.data.imported import ALL, FILE, batch, importing, product, take

MAC, PAD, PHONE = "C02XK0ABJGH5", "DMPXK0ABJF8J", "F2LXK0ABN735"
IMEIS = ("354178036859789", "490154203237518", "357986584975634")
COVERED = CoverageRow("apple", "LI", "2026-01-01", None, "GSX", "2026-10-01", "active")


def asset_of_store(store: LocalStore, identifier: str) -> Asset | None:
    with store.reading() as reader:
        return reader.asset(identifier)


def holder(store: LocalStore, identifier: str) -> str | None:
    found = asset_of_store(store, identifier)
    return None if found is None else found.holder


def counted(store: LocalStore) -> list[BaseCount]:
    with store.reading() as reader:
        return list(reader.installed_base().counts)


def put(store: LocalStore, serial: str, **fields: object) -> None:
    assert store.load_registers([RegisterRow("assets", serial, {"serial": serial, **fields})]) == ()


def bury(store: LocalStore, serial: str) -> None:
    store.load_registers([RegisterRow("assets", serial, None)])


def base_files(store: LocalStore) -> list[str]:
    return sorted(path.name for path in files(store.path.parent))


def test_a_product_is_found_in_the_base_by_all_that_it_is_called(store: LocalStore) -> None:
    row = product(
        PHONE,
        model="iPhone 15",
        family="iphone",
        ownership="owned",
        tag="nvk-ö 1",
        imeis=IMEIS,
        meid="A000003B2E7B22",
        eid="89049032000000000000000000000001",
        coverages=(COVERED,),
    )
    assert take(store, row) == Counts(read=1, accepted=1)
    for name in (PHONE.lower(), *IMEIS, "nvk-ö 1", row.meid, row.eid):
        found = asset_of_store(store, name)
        assert found is not None, name
        assert (found.serial, found.imeis) == (PHONE, IMEIS)
        assert [one.issuer for one in found.coverages] == ["apple"]
    assert asset_of_store(store, "NVK-Ö 1") is None  # a capital that ASCII does not have
    assert asset_of_store(store, "") is None


def test_a_tag_is_found_in_either_case_of_its_ascii_letters(store: LocalStore) -> None:
    take(store, product(MAC, tag="nvk-1"))
    assert asset_of_store(store, "NVK-1") == asset_of_store(store, "nvk-1") is not None


def test_the_serial_of_one_comes_before_the_tag_of_another_whatever_layer(
    store: LocalStore,
) -> None:
    take(store, product(MAC, holder="base"), product(PAD, tag=PHONE, holder="tagged"))
    put(store, PHONE, holder="over")
    put(store, "X1", tag=MAC, holder="over by tag")
    assert holder(store, MAC) == "base"
    assert holder(store, PHONE) == "over"


def test_a_row_over_the_base_hides_it_and_a_tombstone_too(store: LocalStore) -> None:
    take(store, product(MAC, tag="T1", holder="base"), product(PAD, tag="T2"))
    put(store, MAC, tag="T9", holder="over")
    bury(store, PAD)
    assert holder(store, MAC) == holder(store, "T9") == "over"
    assert asset_of_store(store, "T1") is asset_of_store(store, PAD) is None
    assert asset_of_store(store, "T2") is None
    put(store, PAD, tag="T2", holder="again")
    assert holder(store, "T2") == "again"


def test_a_tombstone_of_what_nobody_knows_leaves_nothing(store: LocalStore) -> None:
    bury(store, MAC)
    with store.database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM assets").fetchone() == (0,)


def test_a_file_changes_only_what_it_has_a_column_for(store: LocalStore) -> None:
    take(store, product(MAC, model="Air", holder="Anna", imeis=IMEIS), product(PAD, holder="Bo"))
    put(store, PHONE, model="15", holder="Carl", former=[{"value": "OLD1SERIAL"}])
    told = take(store, product(MAC, holder="Dan"), product(PHONE, holder="Eva"), fields={"holder"})
    assert told == Counts(read=2, updated=2)
    mac, phone = asset_of_store(store, MAC), asset_of_store(store, "old1serial")
    assert mac is not None
    assert phone is not None
    assert (mac.model, mac.holder, mac.imeis) == ("Air", "Dan", IMEIS)
    assert (phone.model, phone.holder) == ("15", "Eva")
    assert phone.former == (FormerIdentity("OLD1SERIAL"),)
    assert holder(store, PAD) == "Bo"


def test_the_same_file_twice_writes_nothing_the_second_time(store: LocalStore) -> None:
    rows = [product(MAC, holder="Anna", imeis=IMEIS, coverages=(COVERED,)), product(PAD)]
    take(store, *rows)
    with store.reading() as reader:
        before = (base_files(store), reader.head())
    assert take(store, *rows) == Counts(read=2, unchanged=2)
    with store.reading() as reader:
        assert (base_files(store), reader.head()) == before


def test_a_few_changes_are_written_over_the_base_in_the_same_way(store: LocalStore) -> None:
    assert take(store, product(MAC, holder="Anna"), few=10) == Counts(read=1, accepted=1)
    assert base_files(store) == []
    told = take(store, product(MAC, holder="Bo"), product(PAD), fields={"holder"}, few=10)
    assert told == Counts(read=2, accepted=1, updated=1)
    assert holder(store, MAC) == "Bo"
    take(store, product(PHONE))
    assert len(base_files(store)) == 1
    take(store, product(MAC, holder="Carl"), fields={"holder"}, few=10)
    assert holder(store, MAC) == "Carl"
    assert take(store, product(MAC, holder="Carl"), fields={"holder"}, few=10).unchanged == 1


def test_a_dry_run_counts_and_changes_nothing(store: LocalStore) -> None:
    take(store, product(MAC, holder="Anna"))
    told = take(store, product(MAC, holder="Bo"), product(PAD), dry=True)
    assert told == Counts(read=2, accepted=1, updated=1)
    assert holder(store, MAC) == "Anna"
    assert asset_of_store(store, PAD) is None
    assert len(base_files(store)) == 1


def test_what_lay_over_the_base_is_in_the_new_one_and_taken_out(store: LocalStore) -> None:
    put(store, MAC, holder="Anna", model="Air")
    bury(store, PAD)
    take(store, product(PHONE))
    put(store, PAD, holder="Bo")
    take(store, product(PAD, holder="Carl"), fields={"holder"})
    with store.database.reading() as connection:
        for table in ("assets", "asset_identifiers", "asset_numbers", "asset_counts"):
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - our own names
            assert row == (0,), table
    assert (holder(store, MAC), holder(store, PAD)) == ("Anna", "Carl")


def test_what_a_tombstone_hid_comes_back_with_a_file_that_names_it(store: LocalStore) -> None:
    take(store, product(MAC, holder="Anna", model="Air"))
    bury(store, MAC)
    assert take(store, product(MAC, holder="Bo"), fields={"holder"}).accepted == 1
    found = asset_of_store(store, MAC)
    assert found is not None
    assert (found.holder, found.model) == ("Bo", "")


@pytest.mark.parametrize("first", [True, False])
def test_what_is_written_while_a_file_is_read_stays_and_gets_what_the_file_says(
    store: LocalStore, *, first: bool
) -> None:
    if not first:
        take(store, product("OLDER1SER", holder="before"))

    def meanwhile(progress: Progress) -> None:
        if progress.phase is Phase.CHECKING:
            put(store, MAC, holder="by hand", model="by hand")
            put(store, PAD, holder="by hand")
            bury(store, PHONE)

    rows = [product(MAC, holder="file"), product(PHONE, holder="file")]
    importing(store, tell=meanwhile).run(FILE, [batch(rows)], frozenset({"holder"}))
    found = asset_of_store(store, MAC)
    assert found is not None
    assert (found.holder, found.model) == ("file", "by hand")
    assert holder(store, PAD) == "by hand"
    assert holder(store, PHONE) == "file"
    with store.reading() as reader:
        assert reader.register(RegisterQuery()).total == 3 + (not first)


def test_an_import_is_told_in_the_journal_without_any_row(store: LocalStore) -> None:
    take(store, product(MAC, holder="Anna Berg"), few=0)
    with store.reading() as reader:
        entry = reader.head()
    assert entry is not None
    assert (entry.kind, entry.subject, entry.actor) == (
        "register.imported",
        "assets:import",
        "person:anna",
    )
    assert entry.payload["accepted"] == 1
    assert "Anna Berg" not in str(entry.payload)


def test_an_import_that_is_ended_leaves_the_register_as_it_was(store: LocalStore) -> None:
    take(store, product(MAC, holder="before"))
    before = base_files(store)
    for phase in Phase:
        if phase in {Phase.WAITING, Phase.CHANGING}:
            continue
        seen: list[Phase] = []
        work = importing(
            store,
            tell=lambda progress, seen=seen: seen.append(progress.phase),
            stopped=lambda seen=seen, phase=phase: phase in seen,
        )
        with pytest.raises(ImportCancelledError):
            work.run(FILE, [batch([product(MAC, holder="after"), product(PAD)])], ALL)
        assert holder(store, MAC) == "before"
        assert asset_of_store(store, PAD) is None
        assert base_files(store) == before


def test_two_imports_at_a_time_are_one_too_many(store: LocalStore) -> None:
    told: list[str] = []

    def another(progress: Progress) -> None:
        if progress.phase is Phase.READING:
            with pytest.raises(StoreFaultError) as fault:
                take(store, product(PAD))
            told.append(fault.value.code)

    importing(store, tell=another).run(FILE, [batch([product(MAC)])], ALL)
    assert told == ["import_running"]


def test_what_an_import_left_behind_goes_with_the_next(store: LocalStore) -> None:
    left = [store.path.with_name(name) for name in ("register-1.db.making", "register-2.db")]
    for path in left:
        path.write_bytes(b"half")
    take(store, product(MAC))
    assert not any(path.exists() for path in left)


def test_an_open_store_follows_the_base_that_another_program_made(
    make_store: Callable[..., LocalStore],
) -> None:
    mine, other = make_store(), make_store()
    take(other, product(MAC, holder="Anna"))
    assert holder(mine, MAC) == "Anna"
    take(other, product(MAC, holder="Bo"))
    assert holder(mine, MAC) == "Bo"


def test_files_of_a_base_are_for_their_owner_alone(store: LocalStore) -> None:
    take(store, product(MAC))
    (path,) = files(store.path.parent)
    assert path.stat().st_mode & 0o077 == 0
    assert b"MacBook" not in path.read_bytes()


# ----------------------------------------------------------------------
# Counts
# ----------------------------------------------------------------------


def test_the_installed_base_is_counted_over_both_layers(store: LocalStore) -> None:
    put(store, "YOUNGER1", family="mac", ownership="owned", maker="apple", order="PO-1")
    take(
        store,
        product(MAC, family="mac", ownership="owned", order="PO-1"),
        product(PAD, family="ipad", ownership="leased", leased_until="2027-01-01"),
        product("OTHERS1", family="mac", maker="lenovo"),
    )
    assert counted(store) == [
        BaseCount(Family.IPAD, Ownership.LEASED, False, 1, counted(store)[0].leased_until),
        BaseCount(Family.MAC, Ownership.OWNED, True, 2),
    ]
    put(store, MAC, family="mac", ownership="owned", maker="apple")
    bury(store, PAD)
    bury(store, "YOUNGER1")
    assert counted(store) == [BaseCount(Family.MAC, Ownership.OWNED, False, 1)]
    put(store, MAC, family="ipad", ownership="owned", maker="")
    assert counted(store) == [BaseCount(Family.IPAD, Ownership.UNKNOWN, False, 1)]
    bury(store, MAC)
    bury(store, MAC)
    assert counted(store) == []


# ----------------------------------------------------------------------
# A product's columns
# ----------------------------------------------------------------------


def test_a_product_is_the_same_after_the_way_through_the_base_s_columns() -> None:
    row = product(
        PHONE, family="iphone", ownership="leased", imeis=IMEIS, coverages=(COVERED, COVERED)
    )
    asset = asset_of(incoming(row))
    assert row_of(asset) == incoming(row)
    bare = asset_of(incoming(product("lower1", maker="lenovo")))
    assert (bare.serial, bare.family, bare.imeis) == ("LOWER1", None, ())


def test_what_the_base_cannot_mean_is_damage() -> None:
    with pytest.raises(StoreFaultError) as fault:
        asset_of(incoming(product(MAC, ownership="stolen")))
    assert fault.value.code == "corrupt"


def test_the_columns_of_a_file_are_those_of_its_fields() -> None:
    assert columns_of(frozenset({"serial", "holder", "imeis", "coverages", "row"})) == {
        "holder",
        "imei",
        "imei2",
        "more_imeis",
        "coverages",
    }


def test_a_tombstone_that_came_down_stays_over_the_base_for_its_revision(
    store: LocalStore,
) -> None:
    with store.database.writing() as connection:
        put_row(connection, RegisterRow("assets", PAD, {"serial": PAD}), 4)
        put_row(connection, RegisterRow("assets", PAD, None), 9)
        put_row(connection, RegisterRow("assets", MAC, {"serial": MAC, "holder": "Anna"}), 5)
    take(store, product(PHONE))
    with store.database.reading() as connection:
        assert [revision(connection, serial) for serial in (PAD, MAC, PHONE)] == [9, 5, None]
    assert asset_of_store(store, PAD) is None
    take(store, product(PAD, holder="Bo"), product(MAC, holder="Carl"), fields={"holder"})
    with store.database.reading() as connection:
        assert [revision(connection, serial) for serial in (PAD, MAC)] == [9, 5]
    assert (holder(store, PAD), holder(store, MAC)) == ("Bo", "Carl")


def test_an_import_that_is_ended_within_a_long_step_ends_at_once(store: LocalStore) -> None:
    take(store, product(MAC, holder="before"))
    seen: list[Phase] = []
    looks: list[Phase] = []

    def tell(progress: Progress) -> None:
        seen.append(progress.phase)
        looks.clear()

    def stopped() -> bool:
        """Not when a step begins: only while one of the indexes is made."""
        looks.extend(seen[-1:])
        return looks.count(Phase.INDEXING) > 1

    rows = [product(f"SER{number:05}", model="iPad") for number in range(4_000)]
    with pytest.raises(ImportCancelledError):
        importing(store, tell=tell, stopped=stopped).run(FILE, [batch(rows)], ALL)
    assert holder(store, MAC) == "before"
    assert asset_of_store(store, "SER00001") is None


def test_many_rows_that_lay_over_the_base_are_taken_out_a_little_at_a_time(
    store: LocalStore,
) -> None:
    serials = [f"SER{number:05}" for number in range(250)]
    store.load_registers(RegisterRow("assets", one, {"serial": one}) for one in serials)
    take(store, product(MAC))
    with store.database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM assets").fetchone() == (0,)
    with store.reading() as reader:
        assert reader.register(RegisterQuery()).total == len(serials) + 1
