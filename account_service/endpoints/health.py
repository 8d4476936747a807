"""``GET /v1/health``: the service answers."""

from fastapi import APIRouter, Response

from account_service.contract import Health
from account_service.endpoints.answers import answer
from account_service.endpoints.documents import given
from account_service.version import VERSION


def router() -> APIRouter:
    """The route."""
    routes = APIRouter()

    @routes.get(
        "/v1/health", summary="Is the service there?", responses=given(200, Health, "It is", {})
    )
    async def health() -> Response:  # pyright: ignore[reportUnusedFunction] - the decorator registers it
        return answer(Health("ok", VERSION))

    return routes
