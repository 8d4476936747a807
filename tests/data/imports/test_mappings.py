"""Mappings: read, refused with the field that is wrong, saved, found, and fitted to a file."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data.imports import (
    FIELDS,
    ImportFileError,
    Mapping,
    MappingError,
    detect,
    fit,
    limits,
    mapping_named,
    own_mappings,
    presets,
    read_mapping,
    rows,
    save_mapping,
)
from app.data.imports.days import DateOrder
from app.data.imports.headings import Headings, find_headings, heading_key
from app.data.imports.mapping import is_private
from app.data.imports.mapping_files import FOLDER, mapping_of, written
from tests.data.imports.files import TODAY, csv_file, opened, read, serial

OWN = Mapping(
    name="vårt register",
    titles={"sv": 'Vårt "register"'},
    fields={"serial": ("Nr",), "holder": ("Vem", "Vem\\annars")},
    values={"ownership": {"vår": "owned"}},
    constants={"ownership": "leased", "lessor": "Banken"},
    date_order=DateOrder.DAY_FIRST,
    marks=("Nr",),
    sources=("us",),
)


def test_a_mapping_that_was_saved_is_found_by_its_name(tmp_path: Path) -> None:
    path = save_mapping(tmp_path, OWN)
    assert path == tmp_path / FOLDER / "vårt register.toml"
    assert mapping_named(tmp_path, OWN.name) == OWN
    assert own_mappings(tmp_path) == (OWN,)
    save_mapping(tmp_path, replace(OWN, sources=(), marks=(), constants={}))
    assert mapping_named(tmp_path, OWN.name).constants == {}
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_mapping_of_the_bench_goes_before_a_preset_of_its_name(tmp_path: Path) -> None:
    assert mapping_named(tmp_path, "intune").is_preset
    save_mapping(tmp_path, replace(OWN, name="intune"))
    assert not mapping_named(tmp_path, "intune").is_preset
    with pytest.raises(MappingError) as told:
        mapping_named(None, "none")
    assert told.value.code == "not_found"


@pytest.mark.parametrize("name", ["", "../etc", "a/b", "A", "x" * 61, ".x", "con\0"])
def test_a_name_that_is_no_file_s_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(MappingError) as told:
        save_mapping(tmp_path, replace(OWN, name=name))
    assert told.value.code == "bad_name"


def test_a_mapping_that_cannot_be_saved_is_told(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    with pytest.raises(MappingError) as told:
        save_mapping(tmp_path, OWN)
    assert told.value.code == "not_saved"


def test_a_mapping_that_cannot_be_read_is_left_out_of_the_list(tmp_path: Path) -> None:
    save_mapping(tmp_path, OWN)
    (tmp_path / FOLDER / "broken.toml").write_text("= 1")
    assert own_mappings(tmp_path) == (OWN,)
    with pytest.raises(MappingError) as told:
        mapping_named(tmp_path, "broken")
    assert told.value.code == "not_toml"


@pytest.mark.parametrize(
    ("toml", "code", "field"),
    [
        ("", "missing", "fields.serial"),
        ("fields.serial = []", "missing", "fields.serial"),
        ("colour = 1", "unknown_key", "colour"),
        ("fields = 1", "wrong_type", "fields"),
        ("fields.serial = 'a'", "wrong_type", "fields.serial"),
        ("fields.serial = [1]", "wrong_type", "fields.serial"),
        (f"fields.serial = {['x'] * 501}", "too_large", "fields.serial"),
        (f"fields.serial = ['{'x' * 301}']", "wrong_type", "fields.serial"),
        ("fields.serial = ['a']\nfields.colour = ['b']", "unknown_field", "fields.colour"),
        ("fields.serial = ['a']\nfields.tag = ['Device Name']", "private_heading", "fields.tag"),
        (
            "fields.serial = ['a']\nfields.holder = ['telefon-nummer']",
            "private_heading",
            "fields.holder",
        ),
        ("fields.serial = ['a']\nvalues.ownership.x = 'mine'", "unknown_value", "values.ownership"),
        ("fields.serial = ['a']\nvalues.ownership = 1", "wrong_type", "values.ownership"),
        ("fields.serial = ['a']\nvalues.x.y = 'mine'", "unknown_field", "values.x"),
        ("fields.serial = ['a']\nconstants.family = 'car'", "unknown_value", "constants.family"),
        ("fields.serial = ['a']\nconstants.x = 'car'", "unknown_field", "constants.x"),
        ("fields.serial = ['a']\ndates = 'ymd'", "unknown_value", "dates"),
        ("fields.serial = ['a']\ndates = 1", "wrong_type", "dates"),
        (
            "fields.serial = ['a']\n[titles]\n" + "".join(f"k{at} = 'x'\n" for at in range(501)),
            "too_large",
            "titles",
        ),
    ],
)
def test_a_mapping_that_cannot_be_used_says_where(
    tmp_path: Path, toml: str, code: str, field: str
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(MappingError) as told:
        read_mapping(path)
    assert (told.value.code, told.value.field) == (code, field)
    assert code in str(told.value)


def test_a_mapping_s_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"# \xe5")
    (tmp_path / "large").write_bytes(b"#" * (limits.MAPPING + 1))
    (tmp_path / "folder").mkdir()
    codes: list[str] = []
    for name in ("missing", "latin", "large", "folder"):
        with pytest.raises(MappingError) as told:
            read_mapping(tmp_path / name)
        codes.append(told.value.code)
    assert codes == ["not_found", "not_toml", "too_large", "unreadable"]


LINES = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=20)


@given(
    headings=st.lists(
        LINES.filter(lambda each: "name" not in each.casefold()), min_size=1, max_size=3
    ),
    words=st.dictionaries(LINES, st.sampled_from(["owned", "leased"]), min_size=1, max_size=3),
)
def test_any_mapping_is_read_back_as_it_was_written(
    headings: list[str], words: dict[str, str]
) -> None:
    mapping = Mapping(name="a", fields={"serial": tuple(headings)}, values={"ownership": words})
    assert mapping_of("a", tomllib.loads(written(mapping))) == mapping


# ----------------------------------------------------------------------
# Headings, and the mapping that fits them
# ----------------------------------------------------------------------


def headings(*texts: str) -> Headings:
    return Headings(texts, ("",) * len(texts), 0, 1)


def test_headings_are_the_same_whatever_their_case_spaces_and_dots() -> None:
    same = ("Köpt den", "KOPT_DEN", "köpt-den", "Ko\u0308ptDen", " köpt  den. ")
    assert len({heading_key(each) for each in same}) == 1
    assert heading_key("x" * 500) == "x" * 200


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("Serial", "Model"), "plain"),
        (("Serienummer", "Modell", "Inköpsdatum"), "plain"),
        (
            ("Device name", "Serial number", "Last check-in", "Ownership", "Model", "Manufacturer"),
            "intune",
        ),
        (("JSS Computer ID", "Serial Number", "Model", "Asset Tag"), "jamf-pro"),
        (("serialNumber", "deviceModel", "productFamily", "purchaseSourceType"), "apple-business"),
        (("Asset Tag", "Serial", "Model", "Checked Out To", "Purchase Date"), "snipe-it"),
        (("Repair ID", "Serial Number", "Product Description", "Warranty Status Code"), "gsx"),
    ],
)
def test_the_mapping_that_a_file_was_made_for_comes_first(
    texts: tuple[str, ...], name: str
) -> None:
    ranked = detect(headings(*texts), presets())
    assert ranked[0].mapping.name == name
    assert ranked[0].is_usable


def test_a_mapping_without_a_column_for_the_serial_comes_last() -> None:
    ranked = detect(headings("Nr", "Model", "Holder", "Tag"), (*presets(), OWN))
    assert ranked[0].mapping is OWN
    assert [each.is_usable for each in ranked] == [True, *[False] * len(presets())]


def test_a_second_row_of_headings_is_told_from_a_row_of_values() -> None:
    known = frozenset(map(heading_key, ("Serial", "Model", "deviceid", "configcode")))
    keys = find_headings([("Serienr", "Typ"), ("device.id", "configCode"), ("C02", "x")], known, 0)
    assert keys is not None
    assert (keys.height, keys.keys) == (2, ("device.id", "configCode"))
    gsx = find_headings(
        [("Status", "Repair ID", "Part Details"), ("", "repairId", "parts[number, kgb.id]")], ()
    )
    assert gsx is not None
    assert gsx.height == 2
    both = find_headings([("a", "b", "c"), ("serial", "model")], known, 0)
    assert both is not None
    assert both.keys == ("serial", "model", "")
    for values in (("C02XK0ABJGH5", "iPad"), ("one", "two"), ("iPad",)):
        found = find_headings([("Serial", "Model"), values], known)
        assert found is not None
        assert found.height == 1


def test_headings_that_nobody_knows_are_the_first_row_that_is_filled_as_the_rest() -> None:
    table = [("Title",), (), ("a", "b", "c"), ("1", "2", "3"), ("4", "5", "6")]
    found = find_headings(table, ())
    assert found is not None
    assert found.row == 2
    assert find_headings(table, (), 9) is None
    assert find_headings([], ()) is None
    assert find_headings([("", " ")], ()) is None


def test_keys_of_a_second_row_name_a_column_whose_heading_is_in_another_language(
    tmp_path: Path,
) -> None:
    path = csv_file(
        tmp_path / "a",
        ("序號", "品項"),
        ("device.id", "productDescription"),
        (serial(1), "iPhone 13"),
    )
    found = read(path, "gsx")
    assert found.values("serial") == [serial(1)]
    assert found.values("row") == [3]
    wrong = csv_file(tmp_path / "b", ("", "品項"), ("device.id", "configCode"), ("X", "Y"))
    assert read(wrong, "gsx").reasons == [(3, "device.id", "not_a_serial")]


def test_a_file_without_a_column_for_the_serial_is_refused(tmp_path: Path) -> None:
    table = opened(csv_file(tmp_path / "a", ("Number", "Model"), ("1", "2")))
    with pytest.raises(ImportFileError) as told:
        list(rows(table, mapping_named(None, "plain"), TODAY))
    assert told.value.code == "no_serial_column"


def test_two_columns_of_one_name_are_refused_where_the_name_matters(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a", ("Serial", "Notes", "notes"), (serial(1), "", ""))
    assert len(read(path).products) == 1
    for twice in (("Serial", "serial ", "Model"), ("Serial", "Model", "MODEL")):
        with pytest.raises(ImportFileError) as told:
            read(csv_file(tmp_path / "b", twice, (serial(1), "a", "b")))
        assert told.value.code == "duplicate_heading"
        assert told.value.detail in {"serial", "MODEL"}


def test_a_constant_that_is_no_value_of_its_field_is_refused(tmp_path: Path) -> None:
    table = opened(csv_file(tmp_path / "a", ("Nr", "Model"), (serial(1), "iPad")))
    with pytest.raises(MappingError) as told:
        fit(table, replace(OWN, constants={"leased_until": "soon"}), TODAY)
    assert (told.value.code, told.value.field) == ("unknown_value", "constants.leased_until")


def test_constants_are_what_a_row_gets_that_says_nothing_else(tmp_path: Path) -> None:
    mapping = Mapping(
        name="a",
        fields={"serial": ("Nr",), "ownership": ("Own",), "tag": ("Tag",)},
        constants={
            "ownership": "leased",
            "lessor": "Banken",
            "serial": "never",
            "leased_until": "2027-01-31",
        },
    )
    path = csv_file(
        tmp_path / "a", ("Nr", "Own", "Tag"), (serial(1), "", "A"), (serial(2), "ägd", "")
    )
    found = read(path, mapping)
    assert found.values("ownership") == ["leased", "owned"]
    assert found.values("lessor") == ["Banken", "Banken"]
    assert found.values("leased_until") == ["2027-01-31", "2027-01-31"]
    given_ = fit(opened(path), mapping, TODAY).gives
    assert given_ == {"serial", "ownership", "tag", "lessor", "leased_until"}


def test_a_mapping_says_which_attributes_it_gives(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a", ("Serial", "IMEI2", "Model", "Warranty end"), (serial(1), "", "", "")
    )
    fitted = fit(opened(path), mapping_named(None, "plain"), TODAY)
    assert fitted.gives == {"serial", "imeis", "model", "family", "coverages"}


@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_guide_shows_a_mapping_that_is_one_and_names_every_field(language: str) -> None:
    page = Path(__file__).parents[3] / "docs" / "guide" / language / "mappings.md"
    text = page.read_text(encoding="utf-8")
    example = text.split("```toml\n")[1].split("```")[0]
    mapping = mapping_of("guide", tomllib.loads(example))
    assert mapping.values["ownership"]["*"] == "unknown"
    assert set(FIELDS) <= set(re.findall(r"`(\w+)`", text))


@pytest.mark.parametrize(
    ("days", "second"),
    [
        (("3/4/2026", "31/1/2026 10:00"), "2026-04-03"),
        (("3/4/2026", "1/31/2026"), "2026-03-04"),
        (("3/4/2026", "31/1/2026", "1/31/2026"), None),
        (("3/4/2026", "5/5/2026"), None),
        (("2026-01-31", "3/4/2026"), None),
    ],
)
def test_days_that_read_in_one_way_tell_the_order_of_the_others(
    tmp_path: Path, days: tuple[str, ...], second: str | None
) -> None:
    rows_ = [(serial(at), day) for at, day in enumerate(days)]
    path = csv_file(tmp_path / "a", ("Serial", "Bought on"), *rows_, (serial(9),))
    found = read(path)
    told = dict(zip(found.values("serial"), found.values("bought_on"), strict=True))
    row = days.index("3/4/2026")
    assert told.get(serial(row)) == second
    codes = {code for _, _, code in found.reasons}
    assert codes == (set() if second else {"ambiguous_day"})


@pytest.mark.parametrize(
    ("heading", "private"),
    [
        ("Phone Number", True),
        ("User phone number", True),
        ("Telephone", True),
        ("Mobiltelefon", True),
        ("Telefonnr", True),
        ("ICCID 2", True),
        ("IMSI", True),
        ("SIM-kortsnummer", True),
        ("Device name", True),
        ("Enhetsnamn", True),
        ("iPhone", False),
        ("IMEI", False),
        ("Model name", False),
        ("Full name", False),
    ],
)
def test_what_is_private_is_known_by_its_heading(heading: str, private: bool) -> None:
    assert is_private(heading) is private


def test_every_field_of_a_preset_is_one_and_none_is_private() -> None:
    for preset in presets():
        assert set(preset.fields) <= set(FIELDS)
        assert set(preset.titles) == {"en", "sv"}
        assert preset.sources
