"""The operator's commands, in this process and as the installed program."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from account_service.__main__ import main
from account_service.cli.common import DATABASE_VARIABLE, default_database
from account_service.cli.texts import text_of
from account_service.errors import ConflictError, NotFoundError
from account_service.services.reporting import report
from account_service.services.secrecy import read_code
from account_service.store.database import Database
from account_service.version import VERSION
from tests.account_service.conftest import Bench

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on the test's database: exit code, standard output, standard error."""
    monkeypatch.setenv(DATABASE_VARIABLE, str(tmp_path / "account.db"))

    def _run(*arguments: str) -> tuple[int, str, str]:
        try:
            code: object = main(arguments)
        except SystemExit as ended:
            code = ended.code
        assert isinstance(code, int)
        told = capsys.readouterr()
        return code, told.out, told.err

    return _run


def told(run: Run, *arguments: str) -> dict[str, Any]:
    code, out, err = run(*arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_an_organisation_is_added_and_listed(run: Run) -> None:
    added = told(run, "organisation", "add", "Skolan Å")
    assert added["name"] == "Skolan Å"
    listed = told(run, "organisation", "list")
    assert listed == {"organisations": [{**added, "revision": 0}]}
    code, out, _ = run("organisation", "list")
    assert code == 0
    assert out.split() == [added["id"], "0", "Skolan", "Å"]
    code, out, _ = run("organisation", "add", "Grannen")
    assert len(out.strip()) == 12


def test_a_code_is_printed_once_and_alone(run: Run, organisation_id: str) -> None:
    code, out, _ = run("bench", "enrol-code", "Skolan")
    assert code == 0
    read = read_code(out.strip())
    assert read is not None
    assert read[0] == organisation_id
    shown = told(run, "bench", "enrol-code", organisation_id, "--valid-minutes", "5")
    assert set(shown) == {"code", "expires_at"}


def test_benches_are_listed_and_revoked(run: Run, bench: Bench) -> None:
    bench.push(*bench.journal.entries(2))
    identifier = bench.journal.bench_id
    (shown,) = told(run, "bench", "list", "Skolan")["benches"]
    assert (shown["bench_id"], shown["last_seq"], shown["revoked_at"]) == (identifier, 2, None)
    assert run("bench", "list", "Skolan")[1].split()[:3] == [identifier, "enrolled", "2"]
    assert run("bench", "revoke", "Skolan", identifier.upper()) == (0, "", "")
    assert run("bench", "list", "Skolan")[1].split()[:2] == [identifier, "revoked"]


def test_the_log_shows_every_entry_with_its_outcome(run: Run, bench: Bench) -> None:
    journal = bench.journal
    entries = [journal.opened(), journal.entry("nonsense"), journal.moved("ready", "completed")]
    pushed = bench.push(*entries)
    shown = told(run, "log", "Skolan")
    assert (shown["revision"], shown["chain"]) == (pushed.revision, pushed.chain)
    assert shown["organisation"] == {"id": bench.organisation_id, "name": "Skolan"}
    assert [each["entry"] for each in shown["entries"]] == entries
    outcomes = [(each["outcome"], each["code"], each["revision"]) for each in shown["entries"]]
    assert outcomes == [
        ("accepted", None, 1),
        ("rejected", "kind_invalid", None),
        ("parked", "wrong_from", 2),
    ]
    assert shown["statuses"] == {entries[0]["subject"]: "opened"}
    lines = run("log", "Skolan")[1].splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["1", "accepted"],
        ["-", "rejected:kind_invalid"],
        ["2", "parked:wrong_from"],
    ]


@pytest.mark.parametrize(
    ("what", "register", "header"),
    [
        ("devices", "assets", "serial"),
        ("people", "people", "id"),
        ("catalogue", "catalogue", "number"),
    ],
)
def test_a_csv_file_is_imported_into_its_register(
    run: Run, bench: Bench, tmp_path: Path, what: str, register: str, header: str
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(f"{header},name\nx1,Åsa\n", encoding="utf-8")
    done = told(run, "import", what, str(path))
    assert (done["read"], done["accepted"], done["refused"]) == (1, 1, [])
    (item,) = bench.pull_all()
    assert item["row"] == {
        "register": register,
        "key": "x1",
        "value": {header: "x1", "name": "Åsa"},
    }
    other = run("import", what, str(path), "--key", "name", "--organisation", "Skolan")
    assert other == (0, "read 1, new 1, changed 0, unchanged 0, duplicates 0, refused 0\n", "")


def test_rows_of_any_register_are_imported_and_bad_ones_named(
    run: Run, bench: Bench, tmp_path: Path
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"register":"lots","key":"L1","value":{"count":2}}\nnonsense\n')
    code, out, _ = run("import", "rows", str(path))
    assert code == 0
    assert out.splitlines()[0] == "row 2, whole: malformed 'nonsense'"
    assert [item["row"]["key"] for item in bench.pull_all()] == ["L1"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("bench", "list", "Grannen"), "organisation_unknown"),
        (("log", "Grannen"), "organisation_unknown"),
        (("bench", "revoke", "Skolan", "nobody"), "bench_unknown"),
        (("organisation", "add", " "), "name_invalid"),
        (("import", "devices", "/nowhere"), "file_unreadable"),
        (("organisation", "list", "--database", "mysql://x/y"), "database_url_unsupported"),
        (("organisation", "list", "--database", "/dev/null/x"), "store_failed"),
        (
            ("serve", "--host", "192.0.2.1", "--tls-cert", "x", "--tls-key", "y"),
            "address_unavailable",
        ),
        (("serve", "--port", "0", "--tls-cert", "x", "--tls-key", "y"), "certificate_unreadable"),
    ],
)
def test_work_that_failed_exits_with_1_and_the_reason(
    run: Run, organisation_id: str, arguments: tuple[str, ...], reason: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith("account-service: ")
    assert err.endswith(f"({reason})\n")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("organisation",),
        ("organisation", "add"),
        ("bench", "enrol-code", "Skolan", "--valid-minutes", "0"),
        ("bench", "enrol-code", "Skolan", "--valid-minutes", "x"),
        ("bench", "enrol-code", "Skolan", "--valid-minutes", "1.5"),
        ("import", "nonsense", "file"),
        ("serve", "--port", "65536"),
        ("serve", "--host", "0.0.0.0"),  # noqa: S104 - refused
        ("serve", "--host", "192.0.2.1"),
        ("serve", "--host", "bench.example"),
        ("serve", "--tls-cert", "x"),
        ("serve", "--tls-key", "x"),
    ],
)
def test_wrong_usage_exits_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err


def test_an_import_into_one_of_several_organisations_must_name_it(
    run: Run, organisation_id: str, other_organisation: str, tmp_path: Path
) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("serial\nA\n")
    code, _, err = run("import", "devices", str(path))
    assert code == 1
    assert err.endswith("(organisation_ambiguous)\n")
    assert run("import", "devices", str(path), "--organisation", "Grannen")[0] == 0


def test_the_database_is_named_by_option_then_by_environment_then_by_the_platform(
    run: Run, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = str(tmp_path / "other.db")
    told(run, "organisation", "add", "Grannen", "--database", other)
    assert told(run, "organisation", "list")["organisations"] == []
    assert len(told(run, "organisation", "list", "--database", other)["organisations"]) == 1
    monkeypatch.delenv(DATABASE_VARIABLE)
    folder = platformdirs.user_data_dir("account-service", appauthor=False)
    assert Path(default_database()) == Path(folder) / "account.db"


def test_an_organisation_that_is_gone_has_no_report(database: Database) -> None:
    with pytest.raises(NotFoundError, match="organisation_unknown"):
        report(database, "0" * 12)


def test_a_code_without_a_text_of_its_own_is_still_told() -> None:
    assert text_of(ConflictError("gap", {"expected_seq": 3})) == "failed (gap)"


def test_the_program_can_be_run_as_a_module_and_by_its_name() -> None:
    program = Path(sys.executable).with_name("account-service")
    for command in ([sys.executable, "-m", "account_service"], [str(program)]):
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert done.stdout.strip() == VERSION


def test_the_contract_can_be_printed(run: Run) -> None:
    code, out, _ = run("openapi")
    assert code == 0
    assert json.loads(out)["openapi"].startswith("3.")
