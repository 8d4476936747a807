"""``GET /v1/log``: a bench pulls what its organisation did since its cursor."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from account_service.contract import DEFAULT_PAGE, GENESIS, MAX_INTEGER, MAX_PAGE, LogPage
from account_service.endpoints.answers import answer
from account_service.endpoints.callers import signed_in_caller
from account_service.endpoints.documents import given, signed_in
from account_service.endpoints.parts import Parts
from account_service.services.pulling import Cursor, pull
from account_service.services.signing_in import Caller

_PROBLEMS: Final = {
    400: "`malformed`",
    401: "`token_unknown` or `token_revoked`",
    410: "`restored`: the cursor is not on this service's chain; begin again at 0",
}
_After = Annotated[int, Query(ge=0, le=MAX_INTEGER, description="the revision of the cursor")]
_Chain = Annotated[
    str, Query(pattern="^[0-9a-f]{64}$", max_length=64, description="the chain of the cursor")
]
_Limit = Annotated[int, Query(ge=1, le=MAX_PAGE, description="items that are wanted at most")]


def router(parts: Parts) -> APIRouter:
    """The route."""
    routes = APIRouter()

    def page(caller: Caller, cursor: Cursor, limit: int) -> Response:
        return answer(pull(parts.database, caller, cursor, limit))

    @routes.get(
        "/v1/log",
        summary="Pull the organisation's log after a cursor",
        responses=given(200, LogPage, "A page and the next cursor", _PROBLEMS),
        openapi_extra=signed_in(),
    )
    async def pull_log(  # pyright: ignore[reportUnusedFunction] - registered
        request: Request, after: _After = 0, chain: _Chain = GENESIS, limit: _Limit = DEFAULT_PAGE
    ) -> Response:
        caller = await signed_in_caller(parts, request)
        return await run_in_threadpool(page, caller, Cursor(after, chain), limit)

    return routes
