"""``POST /v1/enrol``: a code becomes a bench's token."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from msgspec.json import Decoder

from account_service.contract import MAX_ENROL_BYTES, Enrolled, EnrolRequest
from account_service.endpoints.answers import answer
from account_service.endpoints.bodies import bounded_body, decoded
from account_service.endpoints.documents import given, taken
from account_service.endpoints.parts import Parts
from account_service.errors import ForbiddenError, LimitedError, MalformedError, TooLargeError
from account_service.services.enrolling import enrol

_DECODER: Final = Decoder(EnrolRequest)
_PROBLEMS: Final = {
    400: "`malformed`",
    403: "`code_unknown`, `code_used` or `code_expired`",
    408: "`body_too_slow`",
    413: "`body_too_large`",
    429: "`too_many_attempts`: this address failed too often; `Retry-After` tells how long to wait",
}


def router(parts: Parts) -> APIRouter:
    """The route."""
    routes = APIRouter()

    @routes.post(
        "/v1/enrol",
        status_code=201,
        summary="Spend an enrolment code for a token",
        responses=given(201, Enrolled, "The token, shown once", _PROBLEMS),
        openapi_extra=taken(EnrolRequest),
    )
    async def enrol_bench(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction] - registered
        address = "" if request.client is None else request.client.host
        wait = parts.limiter.wait(address)
        if wait:
            raise LimitedError(wait)
        try:
            body = await bounded_body(request, MAX_ENROL_BYTES, parts.body_seconds)
            asked = decoded(_DECODER, body)
            enrolled = await run_in_threadpool(
                enrol, parts.database, asked, now=parts.clock(), random=parts.random
            )
        except (ForbiddenError, MalformedError, TooLargeError):
            parts.limiter.failed(address)
            raise
        return answer(enrolled, 201)

    return routes
