"""An IMEI that a file has on two serials: the later row is refused, with the row that has it."""

from pathlib import Path

from tests.data.imports.files import IMEI, OTHER_IMEI, csv_file, read, serial


def check_digit(body: str) -> str:
    doubled = [int(each) * (1 + at % 2) for at, each in enumerate(body)]
    return str(-sum(each // 10 + each % 10 for each in doubled) % 10)


def test_an_imei_of_two_serials_is_refused_with_both_rows(tmp_path: Path) -> None:
    third = "357986584975634"
    found = read(
        csv_file(
            tmp_path / "a",
            ("Serial", "IMEI", "IMEI2"),
            (serial(1), IMEI, ""),
            (serial(2), OTHER_IMEI, third),
            (serial(3), "", f"35 417803-685978 9; {third}"),
            (serial(3), "", ""),  # the row that was refused is not taken for one that was
            (serial(1), IMEI, ""),
            (serial(4), third, OTHER_IMEI),
            (serial(5), "", ""),
        )
    )
    assert found.values("serial") == [serial(1), serial(2), serial(3), serial(5)]
    assert found.values("imeis") == [(IMEI,), (OTHER_IMEI, third), (), ()]
    assert found.duplicates == ((6, 2),)
    assert found.reasons == [
        (4, "IMEI2", "imei_of_another"),
        (4, "IMEI2", "imei_of_another"),
        (7, "IMEI", "imei_of_another"),
        (7, "IMEI2", "imei_of_another"),
    ]
    told = [(one.value, one.other) for row in found.refused for one in row.reasons]
    assert told == [(IMEI, 2), (third, 3), (third, 3), (OTHER_IMEI, 3)]
    assert found.refused[0].cells == (serial(3), "", f"35 417803-685978 9; {third}")
    assert found.read == 7


def test_an_imei_of_a_row_that_is_refused_is_nobodys(tmp_path: Path) -> None:
    rows_ = (("C02XKOABJGH5", IMEI), (serial(1), IMEI))
    found = read(csv_file(tmp_path / "a", ("Serial", "IMEI"), *rows_))
    assert found.values("serial") == [serial(1)]
    assert found.reasons == [(2, "Serial", "serial_i_or_o")]


def test_an_imei_is_found_again_across_a_whole_file_in_a_few_bytes(tmp_path: Path) -> None:
    numbers = [f"35417803{at:06}" for at in range(9_000)]
    imeis = [body + check_digit(body) for body in numbers]
    rows_ = [(serial(at), imei) for at, imei in enumerate(imeis)]
    again = [(serial(10_000 + at), imei) for at, imei in enumerate(imeis[::1000])]
    found = read(csv_file(tmp_path / "a", ("Serial", "IMEI"), *rows_, *again))
    assert len(found.products) == 9_000
    assert [row.reasons[0].other for row in found.refused] == [2 + 1000 * at for at in range(9)]
    assert [row.row for row in found.refused] == list(range(9_002, 9_011))
