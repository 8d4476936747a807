"""The OpenAPI document: FastAPI's own, and the bodies that msgspec decodes and encodes."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from msgspec.json import schema_components

from account_service import contract

_BODIES: Final = (
    contract.EnrolRequest,
    contract.Enrolled,
    contract.PushRequest,
    contract.Pushed,
    contract.LogPage,
    contract.Health,
    contract.Problem,
)
_REFERENCE: Final = "#/components/schemas/{name}"


def content(body: type) -> dict[str, Any]:
    """A JSON body by reference."""
    return {"application/json": {"schema": {"$ref": _REFERENCE.format(name=body.__name__)}}}


def taken(body: type) -> dict[str, Any]:
    """The part of an operation that documents what it takes."""
    return {"requestBody": {"required": True, "content": content(body)}}


def signed_in() -> dict[str, Any]:
    """The part of an operation that documents that it wants a bench's token."""
    return {"security": [{"bench": []}]}


def given(
    status: int, body: type, meaning: str, problems: dict[int, str]
) -> dict[int | str, dict[str, Any]]:
    """The responses of an operation: its success and the problems that it names."""
    responses: dict[int | str, dict[str, Any]] = {
        status: {"description": meaning, "content": content(body)}
    }
    for number, codes in problems.items():
        responses[number] = {"description": codes, "content": content(contract.Problem)}
    responses["default"] = {
        "description": "`internal`, or `busy`",
        "content": content(contract.Problem),
    }
    return responses


def describe(app: FastAPI) -> dict[str, Any]:
    """The whole document."""
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    _, schemas = schema_components(_BODIES, ref_template=_REFERENCE)
    item = schemas["LogItem"]
    item["oneOf"] = [{"required": ["entry"]}, {"required": ["row"]}]
    components = document.setdefault("components", {})
    components["schemas"] = dict(sorted(schemas.items()))
    components["securitySchemes"] = {
        "bench": {
            "type": "http",
            "scheme": "bearer",
            "description": "the token that `/v1/enrol` gave",
        }
    }
    return document
