"""What can go wrong between a bench and its service, or with its backups, by the command line."""

import json
from pathlib import Path
from typing import Final

import pytest

from tests.fixtures_service import RunningService, own_service
from tests.unit.commands.lines import Line, bench, line

__all__ = ["bench", "line", "own_service"]

pytestmark = pytest.mark.network

MAC: Final = "C02XK0ABJGH5"
ANNA: Final = ("--badge", "1001")
SAMPLES: Final = Path("resources/samples/registers.jsonl").absolute()


@pytest.fixture
def organisation(own_service: RunningService) -> str:
    """An organisation whose registers came to the service from a file."""
    organisation = own_service.organisation("Norrviken kommun")
    own_service.told("import", "rows", str(SAMPLES), "--organisation", organisation)
    return organisation


@pytest.fixture
def joined(line: Line, own_service: RunningService, organisation: str) -> Line:
    """A bench that has joined and has the registers."""
    line.told("init", "--key", "file")
    line.told("enrol", own_service.url, own_service.code(organisation))
    line.told("sync")
    return line


def test_offline_loses_nothing_and_says_so(joined: Line, own_service: RunningService) -> None:
    own_service.kill()
    number = joined.told("repair", "open", MAC, *ANNA)["number"]
    entries = joined.told("journal", "verify")["entries"]
    joined.refused("sync")
    assert joined.told("journal", "verify")["entries"] == entries
    port = own_service.url.rpartition(":")[2].strip("/")
    own_service.extra = ("--port", port)
    own_service.start()
    sent = joined.told("sync")
    assert (sent["pushed"], sent["accepted"], sent["waiting"]) == (entries, entries, 0)
    assert joined.told("repair", "show", number)["step"] == "opened"
    assert joined.told("sync")["pushed"] == 0


def test_what_cannot_join_is_told(
    bench: Line, own_service: RunningService, organisation: str
) -> None:
    code = own_service.code(organisation)
    for words in (
        ("sync",),
        ("enrol", own_service.url, "NOT-A-CODE"),
        ("enrol", "http://127.0.0.1:1", code),
        ("enrol", "http://example.org", code),  # no TLS beyond this computer
        ("enrol", "no address", code),
        ("enrol", f"{own_service.url}/nowhere", code),
    ):
        bench.refused(*words)
    bench.told("enrol", own_service.url, code)
    assert bench.refused("enrol", own_service.url, code)  # a code is good for once
    assert bench.told("sync")["waiting"] == 0


def test_a_bench_that_was_shut_out_is_told_and_keeps_its_work(
    joined: Line, own_service: RunningService, organisation: str
) -> None:
    (listed,) = own_service.told("bench", "list", organisation)["benches"]
    own_service.command("bench", "revoke", organisation, listed["bench_id"])
    number = joined.told("repair", "open", MAC, *ANNA)["number"]
    joined.refused("sync")
    assert joined.told("repair", "show", number)["step"] == "opened"


def test_a_backup_comes_back_under_a_new_identity_and_syncs_on(
    joined: Line, own_service: RunningService, organisation: str, tmp_path: Path
) -> None:
    number = joined.told("repair", "open", MAC, *ANNA)["number"]
    joined.told("sync")
    backup = tmp_path / "backup.db"
    assert joined.told("backup", str(backup))["verified"] is True
    assert not backup.read_bytes().startswith(b"SQLite format")
    before = _ids(joined, tmp_path / "before.jsonl")
    joined.told("repair", "step", number, "diagnosed", *ANNA)
    restored = joined.told("restore", str(backup))
    assert joined.told("repair", "show", number)["step"] == "opened"
    verified = joined.told("journal", "verify")
    assert verified["verified"] is True
    assert before <= _ids(joined, tmp_path / "after.jsonl")
    assert Path(restored["aside"]).exists()
    joined.refused("sync")  # its token went with the old identity
    joined.told("enrol", own_service.url, own_service.code(organisation))
    joined.told("repair", "step", number, "cancelled", *ANNA)
    assert joined.told("sync")["waiting"] == 0


def _ids(bench: Line, out: Path) -> set[str]:
    bench.told("journal", "export", "--out", str(out))
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    return {row["id"] for row in rows}


def test_a_backup_that_is_none_is_told_and_the_bench_stays(bench: Line, tmp_path: Path) -> None:
    bench.told("repair", "open", MAC, *ANNA)
    entries = bench.told("journal", "verify")["entries"]
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"no backup" * 1000)
    for file in (garbage, tmp_path / "none.db", tmp_path):
        bench.refused("restore", str(file))
    bench.refused("backup", str(garbage / "below.db"))
    bench.refused("backup", str(bench.home / "bench.db"))
    assert bench.told("journal", "verify")["entries"] == entries
