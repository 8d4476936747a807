"""``POST /v1/entries``: a bench pushes its journal."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from msgspec.json import Decoder

from account_service.contract import MAX_PUSH_BYTES, Pushed, PushRequest
from account_service.endpoints.answers import answer
from account_service.endpoints.bodies import bounded_body, decoded
from account_service.endpoints.callers import signed_in_caller
from account_service.endpoints.documents import given, signed_in, taken
from account_service.endpoints.parts import Parts
from account_service.services.pushing import push
from account_service.services.signing_in import Caller

_DECODER: Final = Decoder(PushRequest)
_PROBLEMS: Final = {
    400: "`malformed`, `not_canonical`, `too_deep` or `not_in_order`: nothing was stored",
    401: "`token_unknown` or `token_revoked`",
    403: "`bench_mismatch`: an entry of another bench",
    408: "`body_too_slow`",
    409: "`gap` with `expected_seq`; `device_forked`, `hash_mismatch` with `seq`: nothing stored",
    413: "`body_too_large`, or `too_large` with the `seq` of an entry beyond 64 KiB",
}


def router(parts: Parts) -> APIRouter:
    """The route."""
    routes = APIRouter()

    def stored(caller: Caller, body: bytes) -> Response:
        asked = decoded(_DECODER, body)
        return answer(push(parts.database, caller, asked.entries, parts.clock()))

    @routes.post(
        "/v1/entries",
        summary="Push entries: at most 1000, at most 1 MiB, in seq order",
        responses=given(200, Pushed, "One outcome for each entry", _PROBLEMS),
        openapi_extra={**taken(PushRequest), **signed_in()},
    )
    async def push_entries(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction] - registered
        caller = await signed_in_caller(parts, request)
        body = await bounded_body(request, MAX_PUSH_BYTES, parts.body_seconds)
        return await run_in_threadpool(stored, caller, body)

    return routes
