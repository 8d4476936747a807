"""Files as an organisation's systems write them, made up and dirty, import with exact counts."""

from pathlib import Path

from app.data.base.rows import asset_of, incoming
from app.data.imports import Options, detect, presets
from app.domain.products import Asset, CoverageStatus, Family, FindMy, Ownership
from tests.data.imports.files import IMEI, OTHER_IMEI, Read, csv_file, opened, read, serial, text


def of(found: Read) -> list[Asset]:
    return [asset_of(incoming(each)) for each in found.products]


def read_as_found(path: Path, name: str, options: Options | None = None) -> Read:
    """Read a file by the mapping that is found for it, which has to be the one meant."""
    table = opened(path, options)
    best = detect(table.headings, presets())[0]
    assert best.mapping.name == name
    return read(path, best.mapping, options)


def test_apple_business_manager_as_its_api_says_it(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "devices.csv",
        (
            "serialNumber",
            "deviceModel",
            "productFamily",
            "productType",
            "deviceCapacity",
            "color",
            "partNumber",
            "orderNumber",
            "orderDateTime",
            "purchaseSourceType",
            "purchaseSourceId",
            "addedToOrgDateTime",
            "releasedFromOrgDateTime",
            "status",
            "imei",
            "meid",
            "eid",
        ),
        (
            serial(1),
            "iPhone 15",
            "iPhone",
            "iPhone15,4",
            "128GB",
            "BLACK",
            "MTP03QN/A",
            "1234567890",
            "2026-02-15T07:00:00Z",
            "APPLE",
            "-2085650007946880",
            "2026-03-01T22:05:14.192Z",
            "",
            "ASSIGNED",
            f"['{IMEI}', '{OTHER_IMEI}']",
            "['35417803685978']",
            "",
        ),
        (
            serial(2),
            'iMac 24"',
            "Mac",
            "iMac21,1",
            "256GB",
            "",
            "MGPK3KS/A",
            "77",
            "2025-02-15T07:00:00Z",
            "RESELLER",
            "42",
            "2025-03-01T22:05:14.192Z",
            "2026-06-01T00:00:00Z",
            "UNASSIGNED",
            "[]",
            "",
            "",
        ),
        (
            serial(3),
            "Apple TV 4K",
            "AppleTV",
            "AppleTV14,1",
            "128GB",
            "",
            "",
            "",
            "",
            "MANUALLY_ADDED",
            "",
            "2025-03-01T22:05:14.192Z",
            "",
            "ASSIGNED",
            "",
            "",
            "",
        ),
    )
    found = read_as_found(path, "apple-business")
    assert found.reasons == []
    phone, mac, box = of(found)
    assert (phone.ownership, mac.ownership, box.ownership) == (
        Ownership.OWNED,
        Ownership.UNKNOWN,
        Ownership.UNKNOWN,
    )
    assert phone.imeis == (IMEI, OTHER_IMEI)
    assert (phone.meid, phone.configuration) == ("35417803685978", "128GB")
    assert (phone.family, mac.family, box.family) == (Family.IPHONE, Family.MAC, None)
    assert phone.purchase.is_proven
    assert phone.purchase.source == "Apple Business Manager"
    assert {each.maker for each in (phone, mac, box)} == {"apple"}


def test_jamf_pro_s_search_of_computers(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "search.csv",
        (
            "Computer Name",
            "Asset Tag",
            "Full Name",
            "Username",
            "Department",
            "Serial Number",
            "Model",
            "Model Identifier",
            "PO Number",
            "PO Date",
            "Vendor",
            "Purchased or Leased",
            "Lease Expiration",
            "Warranty Expiration",
            "Activation Lock Enabled",
            "JSS Computer ID",
            "Phone Number",
        ),
        (
            "Åsas Mac",
            "T-1",
            "Åsa Ek",
            "asaek",
            "Vård 7",
            serial(1),
            "MacBook Air (M2, 2022)",
            "Mac14,2",
            "PO-1",
            "2025-09-01",
            "Butiken",
            "Purchased",
            "",
            "2026-09-01",
            "No",
            "11",
            "+46701234567",
        ),
        (
            "x",
            "T-2",
            "",
            "bo",
            "",
            serial(2).lower(),
            "Mac mini (2023)",
            "Mac14,3",
            "",
            "",
            "Banken",
            "Leased",
            "09/30/2027",
            "",
            "Enabled",
            "12",
            "",
        ),
        (
            "y",
            "T-3",
            "",
            "",
            "",
            "",
            "MacBook Pro",
            "Mac14,9",
            "",
            "03/04/2025",
            "",
            "Perhaps",
            "",
            "",
            "",
            "13",
            "",
        ),
        encoding="mac_roman",
    )
    found = read_as_found(path, "jamf-pro")
    owned, leased = of(found)
    assert (owned.holder, leased.holder) == ("Åsa Ek", "bo")
    assert (owned.ownership, leased.ownership) == (Ownership.OWNED, Ownership.LEASED)
    assert str(leased.leased_until) == "2027-09-30"
    assert (owned.find_my, leased.find_my) == (FindMy.OFF, FindMy.ON)
    assert str(owned.coverages[0].ends) == "2026-09-01"
    assert owned.coverages[0].issuer == "apple"
    assert found.reasons == [
        (4, "Serial Number", "missing"),
        (4, "Purchased or Leased", "unknown_value"),
    ]


def test_jamf_pro_s_search_of_mobile_devices(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a",
        (
            "Display Name",
            "Serial Number",
            "Model",
            "IMEI",
            "MEID",
            "Device Ownership Level",
            "JSS Mobile Device ID",
        ),
        ("a", serial(1), "iPhone 13", "35 417803 685978 9", "", "Institutional", "1"),
        ("b", serial(2), "iPad 9th Generation (Wi-Fi)", "", "", "Personal Device Profile", "2"),
    )
    found = read_as_found(path, "jamf-pro")
    assert found.values("ownership") == ["owned", "other"]
    assert found.values("imeis") == [(IMEI,), ()]


INTUNE = (
    "Device ID", "Device name", "Enrollment date", "Last check-in", "Microsoft Entra Device ID",
    "OS version", "EAS activation ID", "Serial number", "Manufacturer", "Model", "IMEI", "MEID",
    "Primary user UPN", "Primary user email address", "Primary user display name", "Managed by",
    "Ownership", "OS", "Phone number", "ICCID", "EID",
)  # fmt: skip


def test_intune_s_devices_with_those_of_other_makers(tmp_path: Path) -> None:
    def row(
        number: str, maker: str, model: str, imei: str, owner: str, name: str
    ) -> tuple[str, ...]:
        return (
            "id",
            f"{name}s enhet",
            "2026-01-01 08:12:33.0000000",
            "2026-11-01 08:12:33.0000000",
            "entra",
            "18.1",
            "eas",
            number,
            maker,
            model,
            imei,
            "",
            "a@example.org",
            "a@example.org",
            name,
            "Intune",
            owner,
            "iOS",
            "********12",
            "8946070000000000000",
            "",
        )

    path = csv_file(
        tmp_path / "a",
        INTUNE,
        row(serial(1), "Apple", "iPhone 13", IMEI, "Corporate", "Åsa"),
        row("PF0IO123", "LENOVO", "20XW", "", "Corporate", ""),
        row(serial(3), "Apple", "iPad Pro", "", "Personal", "Bo"),
        row("", "Google", "Pixel", "", "Unknown", "Eva"),
        encoding="utf-8-sig",
    )
    found = read_as_found(path, "intune")
    assert found.values("maker") == ["apple", "LENOVO", "apple"]
    assert found.values("ownership") == ["owned", "owned", "other"]
    assert found.values("holder") == ["Åsa", "a@example.org", "Bo"]
    assert found.reasons == [(5, "Serial number", "missing")]
    everything = repr(found.products)
    assert "********12" not in everything
    assert "8946070000000000000" not in everything
    assert "enhet" not in everything


def test_snipe_it_s_list_of_assets(tmp_path: Path) -> None:
    path = tmp_path / "a"
    rows = (
        (
            "Company",
            "Asset Name",
            "Asset Tag",
            "Model",
            "Model No.",
            "Manufacturer",
            "Serial",
            "Purchase Date",
            "Cost",
            "Order Number",
            "Supplier",
            "Checked Out To",
            "Department",
            "BYOD",
            "Warranty",
        ),
        (
            "Org",
            "Mac 1",
            "A1",
            "MacBook Air",
            "MLY33KS/A",
            "Apple",
            serial(1),
            "2025-02-03",
            "12 990,00",
            "O-1",
            "Butiken",
            "Åsa Ek",
            "Vård",
            "No",
            "36 months",
        ),
        (
            "Org",
            "Phone",
            "A2",
            "iPhone 13",
            "",
            "Apple Inc",
            serial(2),
            "",
            "",
            "",
            "",
            "",
            "",
            "Yes",
            "",
        ),
        (
            "Org",
            "Screen",
            "A3",
            "P2419H",
            "",
            "Dell",
            "CN-0IO-1",
            "2025-13-03",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
        ),
    )
    path.write_bytes(text(rows, ";", "\n").encode("cp1252"))
    found = read_as_found(path, "snipe-it")
    assert found.reasons == [(4, "Purchase Date", "not_a_day")]
    mac, phone = of(found)
    assert (mac.tag, mac.part_number, mac.department) == ("A1", "MLY33KS/A", "Vård")
    assert (mac.ownership, phone.ownership) == (Ownership.OWNED, Ownership.OTHER)
    assert mac.coverages == ()


def test_gsx_s_repairs_with_two_rows_of_headings_in_another_language(tmp_path: Path) -> None:
    path = tmp_path / "a"
    rows = (
        ("維修編號", "序號", "產品描述", "保固狀態", "購買日期"),
        ("repairId", "device.id", "productDescription", "warrantyStatusCode", "purchaseDate"),
        ("R1", serial(1), "iPhone 13", "LI", "2026-03-01"),
        ("R2", serial(2), "MacBook Pro", "OO", ""),
        ("R3", serial(1), "iPhone 13", "LI", "2026-03-01"),
    )
    path.write_bytes(text(rows).encode("utf-8-sig"))
    found = read_as_found(path, "gsx")
    assert found.values("row") == [3, 4]
    assert found.duplicates == ((5, 3),)
    phone, mac = of(found)
    assert (phone.coverages[0].kind, phone.coverages[0].status) == ("LI", CoverageStatus.ACTIVE)
    assert mac.coverages[0].status is CoverageStatus.INACTIVE
