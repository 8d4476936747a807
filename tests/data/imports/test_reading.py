"""Rows become products, or every reason why not; what comes twice is told, and at little cost."""

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.base.rows import asset_of, incoming
from app.data.imports import Mapping, csv_records, mapping_named, rows
from app.data.imports.covering import Covering
from app.data.imports.product_row import EMPTY, CoverageRow
from app.data.imports.seen import Seen
from app.domain.products import (
    Asset,
    Coverage,
    CoverageStatus,
    Family,
    FindMy,
    Ownership,
    Purchase,
)
from tests.data.imports.files import EID, IMEI, OTHER_IMEI, TODAY, csv_file, opened, read, serial

FULL = {
    "Serienummer": "c02xk0abjgh5",
    "IMEI": IMEI,
    "IMEI2": OTHER_IMEI,
    "MEID": "35417803685978",
    "EID": EID,
    "Tillverkare": "Apple Inc.",
    "Modell": "iPhone 15 Pro",
    "Modellidentifierare": "iPhone16,1",
    "Artikelnummer": "mtux3ks/a",
    "Konfiguration": "256 GB, svart",
    "Inventarienummer": "T-1",
    "Innehavare": "Åsa Ek",
    "Avdelning": "Vård 7",
    "Ägande": "Leasad",
    "Leasegivare": "Banken AB",
    "Leasas till": "2027-12-31",
    "Bevis": "Avtal 12",
    "Ordernummer": "PO-1",
    "Inköpsdatum": "1 mars 2026",
    "Leverantör": "Butiken",
    "Faktura": "F-1",
    "Källa": "Inköpslistan",
    "Hitta": "Av",
    "Garantigivare": "Apple",
    "Garantityp": "LI",
    "Garantistatus": "Giltig",
    "Garanti från": "2026-03-01",
    "Garanti till": "2027-02-28",
    "Garantikälla": "GSX",
    "Garanti kontrollerad": "2026-10-01",
}


def one(tmp_path: Path, cells: dict[str, str], mapping: Mapping | str = "plain") -> Asset:
    found = read(csv_file(tmp_path / "a", tuple(cells), tuple(cells.values())), mapping)
    assert found.reasons == []
    return asset_of(incoming(found.products[0]))


def test_a_row_that_says_everything_becomes_a_product_that_knows_everything(tmp_path: Path) -> None:
    assert one(tmp_path, FULL) == Asset(
        serial="C02XK0ABJGH5",
        model="iPhone 15 Pro",
        family=Family.IPHONE,
        ownership=Ownership.LEASED,
        imeis=(IMEI, OTHER_IMEI),
        maker="apple",
        tag="T-1",
        holder="Åsa Ek",
        lessor="Banken AB",
        leased_until=date(2027, 12, 31),
        proof="Avtal 12",
        coverages=(
            Coverage(
                "apple", "LI", date(2026, 3, 1), date(2027, 2, 28), "GSX", date(2026, 10, 1),
                CoverageStatus.ACTIVE,
            ),
        ),
        product_type="iPhone16,1",
        part_number="MTUX3KS/A",
        configuration="256 GB, svart",
        meid="35417803685978",
        eid=EID,
        department="Vård 7",
        purchase=Purchase("PO-1", date(2026, 3, 1), "Butiken", "F-1", "Inköpslistan"),
        find_my=FindMy.OFF,
    )  # fmt: skip


def test_a_row_that_says_only_its_serial_becomes_a_product_of_defaults(tmp_path: Path) -> None:
    bare = one(tmp_path, {"Serial": serial(1)})
    assert bare == Asset(serial(1), "", None, Ownership.UNKNOWN)
    assert asset_of(incoming(EMPTY._replace(serial=serial(1)))) == bare


def test_a_refused_row_gives_every_reason_in_the_order_of_its_columns(tmp_path: Path) -> None:
    wrong = FULL | {
        "Serienummer": "C02XKOABJGH5", "IMEI": "1", "EID": "2", "MEID": "3", "Ägande": "kanske",
        "Leasas till": "3/4/27", "Inköpsdatum": "2027-01-01", "Hitta": "vem vet",
        "Garantistatus": "nja", "Garanti kontrollerad": "i går", "Modell": "#N/A",
        "Innehavare": "x" * 1001,
    }  # fmt: skip
    found = read(csv_file(tmp_path / "a", tuple(wrong), tuple(wrong.values())))
    assert found.products == ()
    assert found.read == 1
    assert found.reasons == [
        (2, "Serienummer", "serial_i_or_o"),
        (2, "IMEI", "not_an_imei"),
        (2, "MEID", "not_a_meid"),
        (2, "EID", "not_an_eid"),
        (2, "Modell", "error_value"),
        (2, "Innehavare", "too_long"),
        (2, "Ägande", "unknown_value"),
        (2, "Leasas till", "ambiguous_day"),
        (2, "Inköpsdatum", "day_in_future"),
        (2, "Hitta", "unknown_value"),
        (2, "Garantistatus", "unknown_value"),
        (2, "Garanti kontrollerad", "not_a_day"),
    ]
    values = [each.value for each in found.refused[0].reasons]
    assert values[0] == "C02XKOABJGH5"
    assert len(values[5]) == 120
    assert found.refused[0].cells == tuple(wrong.values())


def test_a_serial_that_comes_twice_is_a_duplicate_or_in_conflict(tmp_path: Path) -> None:
    headings = ("Serial", "Model", "Notes")
    found = read(
        csv_file(
            tmp_path / "a",
            headings,
            (serial(1), "iPad", "a"),
            (serial(2), "iPad", "b"),
            (serial(1).lower(), " iPad ", "c"),
            (serial(1), "iPad Pro", "d"),
            (serial(1), "iPad", "e"),
            (serial(2), "", "f"),
        )
    )
    assert found.values("row") == [2, 3]
    assert found.duplicates == ((4, 2), (6, 2))
    assert found.reasons == [
        (5, "Serial", "conflicting_duplicate"),
        (7, "Serial", "conflicting_duplicate"),
    ]
    assert [row.reasons[0].other for row in found.refused] == [2, 3]
    assert found.refused[0].cells == (serial(1), "iPad Pro", "d")
    assert found.read == 6


def test_a_duplicate_is_found_across_a_whole_file(tmp_path: Path) -> None:
    products = [(serial(at), "iPad") for at in range(9_000)]
    found = read(csv_file(tmp_path / "a", ("Serial", "Model"), *products, *products[::1000]))
    assert len(found.products) == 9_000
    assert found.duplicates == tuple((9_002 + at, 2 + 1000 * at) for at in range(9))


@given(st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 2)), max_size=40))
def test_what_was_seen_is_what_a_dictionary_remembers(rows_: list[tuple[int, int]]) -> None:
    seen, known = Seen(), dict[int, tuple[int, int]]()
    for start in range(0, len(rows_), 7):
        part = rows_[start : start + 7]
        keys = [key << 40 for key, _ in part]
        numbers = range(start + 1, start + len(part) + 1)
        met = seen.sift(keys, [content for _, content in part], numbers)
        expected: list[tuple[int, int, bool]] = []
        for place, (number, (key, content)) in enumerate(zip(numbers, part, strict=True)):
            first = known.setdefault(key, (number, content))
            if first[0] != number:
                expected.append((place, first[0], first[1] == content))
        assert met == expected


def test_a_serial_is_remembered_in_a_few_bytes() -> None:
    seen = Seen()
    gc.collect()
    tracemalloc.start()
    for start in range(0, 140_000, 2_000):
        keys = [hash(("serial", at)) for at in range(start, start + 2_000)]
        assert seen.sift(keys, keys, range(start + 1, start + 2_001)) == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 140_000 * 80
    keys = [hash(("serial", at)) for at in (5, 139_999)]
    assert seen.sift(keys, keys, [140_001, 140_002]) == [(0, 6, True), (1, 140_000, True)]


def test_the_maker_decides_what_a_serial_and_a_family_are(tmp_path: Path) -> None:
    found = read(
        csv_file(
            tmp_path / "a",
            ("Serial", "Manufacturer", "Model", "Family"),
            ("pf-0ioio", "Lenovo", "ThinkPad", ""),
            (serial(2), "", "iPad", ""),
            ("x/1", "", "Monitor", ""),
            (serial(4), "Apple", "Something", "Laptop"),
            (serial(5), "Apple", "Something", "iPhone"),
            (serial(6), "Hama", "iPad Stand", ""),
        )
    )
    assert found.values("maker") == ["Lenovo", "apple", "", "apple", "apple", "Hama"]
    assert found.values("family") == [None, "ipad", None, None, "iphone", None]
    assert found.values("serial")[0] == "pf-0ioio"


def test_a_constant_maker_is_for_rows_that_tell_none(tmp_path: Path) -> None:
    mapping = Mapping(
        "a", fields={"serial": ("Nr",), "maker": ("Make",)}, constants={"maker": "Dell"}
    )
    path = csv_file(tmp_path / "a", ("Nr", "Make"), ("x/1", ""), (serial(2), "Apple"))
    assert read(path, mapping).values("maker") == ["Dell", "apple"]
    path = csv_file(tmp_path / "b", ("Nr", "Modell"), ("x/1", ""))
    assert read(path, mapping).values("maker") == ["Dell"]


def test_the_first_of_several_columns_that_is_filled_counts(tmp_path: Path) -> None:
    mapping = Mapping(
        "a", fields={"serial": ("Nr",), "bought_on": ("Bought", "Ordered"), "imei": ("IMEI",)}
    )
    found = read(
        csv_file(
            tmp_path / "a",
            ("Nr", "Ordered", "Bought", "IMEI"),
            (serial(1), "2026-01-01", "2026-02-02", IMEI),
            (serial(2), "2026-01-01", "", ""),
            (serial(3), "never", "", ""),
        ),
        mapping,
    )
    assert found.values("bought_on") == ["2026-02-02", "2026-01-01"]
    assert found.values("imeis") == [(IMEI,), ()]
    assert found.reasons == [(4, "Ordered", "not_a_day")]


def test_one_imei_in_both_columns_is_one(tmp_path: Path) -> None:
    found = read(
        csv_file(
            tmp_path / "a",
            ("Serial", "IMEI", "IMEI2"),
            (serial(1), IMEI, IMEI),
            (serial(2), "", OTHER_IMEI),
        )
    )
    assert found.values("imeis") == [(IMEI,), (OTHER_IMEI,)]


WARRANTY = (
    "Serial",
    "Manufacturer",
    "Purchase date",
    "Warranty months",
    "Warranty end",
    "Warranty issuer",
)


def test_a_coverage_needs_more_than_an_issuer(tmp_path: Path) -> None:
    found = read(
        csv_file(
            tmp_path / "a",
            WARRANTY,
            (serial(1), "Apple", "2026-03-01", "24", "", ""),
            (serial(2), "Apple", "2026-03-01", "24", "2027-01-31", "Butiken"),
            (serial(3), "Apple", "", "24", "", "Butiken"),
            (serial(4), "Lenovo", "", "", "2027-01-31", ""),
            (serial(5), "Apple", "2026-03-01", "24", "", ""),
            (serial(6), "", "", "", "2027-01-31", ""),
        )
    )
    two_years = CoverageRow("apple", "", "2026-03-01", "2028-02-29", "", None, "unknown")
    assert found.values("coverages") == [
        (two_years,),
        (CoverageRow("Butiken", "", None, "2027-01-31", "", None, "unknown"),),
        (),
        (CoverageRow("Lenovo", "", None, "2027-01-31", "", None, "unknown"),),
        (two_years,),
        (CoverageRow("", "", None, "2027-01-31", "", None, "unknown"),),
    ]


def test_columns_that_only_say_who_and_when_make_no_coverage(tmp_path: Path) -> None:
    found = read(
        csv_file(
            tmp_path / "a", ("Serial", "Warranty issuer"), (serial(1), "Apple"), (serial(2), "")
        )
    )
    assert found.values("coverages") == [(), ()]


def test_different_coverages_without_end_do_not_fill_the_memory() -> None:
    covering = Covering()
    count = 20_001
    kinds = [str(at) for at in range(count)]
    nothing: list[object] = [None] * count
    parts = [nothing, kinds, *[nothing] * 6]
    assert len(covering.read(nothing, nothing, parts)) == count
    (first,) = covering.read(["apple"], [None], [[None], ["LI"], *[[None]] * 6])
    assert first[0].kind == "LI"


def test_what_is_private_is_neither_taken_nor_told(tmp_path: Path) -> None:
    path = tmp_path / "a"
    damaged = f"{serial(1)},+4670".encode() + b"\xff1234567,iPad\n"
    path.write_bytes(b"Serial,Phone number,Model\n" + damaged + f"{serial(2)},,Åäö\n".encode())
    found = read(path)
    assert found.reasons == [(2, "Phone number", "not_text")]
    assert found.refused[0].reasons[0].value == ""


def test_a_reading_that_is_left_closes_its_file(tmp_path: Path) -> None:
    products = ((serial(at), "iPad", "x" * 200) for at in range(9_000))
    path = csv_file(tmp_path / "a", ("Serial", "Model", "Holder"), *products)
    reading = rows(opened(path), mapping_named(None, "plain"), TODAY)
    assert isinstance(reading, Iterator)
    first = next(reading)
    assert 0 < first.done < 1
    reading.close()
    path.unlink()


def test_memory_does_not_grow_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_records, "_BLOCK", 2**12)

    def peak(count: int) -> int:
        path = csv_file(
            tmp_path / "a",
            ("Serial", "Model", "Holder"),
            *((serial(at), "iPhone 13", f"Holder {at}") for at in range(count)),
        )
        table, mapping = opened(path), mapping_named(None, "plain")
        gc.collect()
        tracemalloc.start()
        assert sum(len(batch.rows) for batch in rows(table, mapping, TODAY)) == count
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    small, large = peak(4_000), peak(12_000)
    assert large - small < 8_000 * 200


@pytest.mark.parametrize("row", ["", ",,", " , ,\t"])
def test_empty_rows_are_no_rows(tmp_path: Path, row: str) -> None:
    path = tmp_path / "a"
    path.write_text(f"Serial,Model,Holder\n{row}\n{serial(1)},iPad,Bo\n{row}\n")
    found = read(path)
    assert (found.read, found.values("row"), found.reasons) == (1, [3], [])
