"""The OpenAPI document: current, and true."""

import json
import re
from pathlib import Path
from typing import Any

import httpx

from account_service import contract
from account_service.bootstrap import document
from account_service.version import VERSION
from tests.account_service.conftest import HttpBench

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"


def test_the_committed_document_is_current() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == document() + "\n", (
        "run: account-service openapi > docs/openapi.json"
    )


def test_the_service_gives_the_document(client: httpx.Client) -> None:
    assert client.get("/openapi.json").json() == json.loads(document())


def test_every_reference_leads_somewhere() -> None:
    described = json.loads(document())
    found: list[str] = re.findall(r'"\$ref": "([^"]+)"', document())
    assert len(found) > 20
    for reference in found:
        place: Any = described
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_the_bounds_are_in_the_document() -> None:
    schemas = json.loads(document())["components"]["schemas"]
    assert schemas["PushRequest"]["properties"]["entries"]["maxItems"] == contract.MAX_ENTRIES
    assert schemas["SealedEntry"]["additionalProperties"] is False
    assert set(schemas["SealedEntry"]["required"]) == set(contract.SealedEntry.__struct_fields__)


def test_every_path_that_needs_a_token_says_so(client: httpx.Client) -> None:
    for path, operations in json.loads(document())["paths"].items():
        for method, operation in operations.items():
            status = client.request(method, path).status_code
            assert (status == httpx.codes.UNAUTHORIZED) == ("security" in operation), path


def test_an_answer_has_a_status_that_the_document_names(http_bench: HttpBench) -> None:
    operations = json.loads(document())["paths"]
    entry = http_bench.journal.entry()
    answers = [
        ("/v1/entries", "post", http_bench.push(entry)),
        ("/v1/entries", "post", http_bench.push({**entry, "seq": 5})),
        ("/v1/entries", "post", http_bench.post(b"{")),
        ("/v1/entries", "post", http_bench.post(b" " * (contract.MAX_PUSH_BYTES + 1))),
        ("/v1/log", "get", http_bench.pull()),
        ("/v1/log", "get", http_bench.pull(after=9)),
        ("/v1/log", "get", http_bench.pull(limit=0)),
    ]
    assert [answer.status_code for _, _, answer in answers] == [200, 409, 400, 413, 200, 410, 400]
    for path, method, answer in answers:
        assert str(answer.status_code) in operations[path][method]["responses"]


def test_the_version_is_the_distributions() -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{VERSION}"\n' in project
