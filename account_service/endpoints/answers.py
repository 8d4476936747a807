"""Answers: a success as its JSON, every failure as a `Problem` with its status."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final, cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from msgspec.json import Encoder
from starlette.exceptions import HTTPException

from account_service import errors
from account_service.errors import LimitedError, ServiceError

_LOG: Final = logging.getLogger("account_service.http")
_ENCODER: Final = Encoder()
_STATUS: Final[tuple[tuple[type[ServiceError], int], ...]] = (
    (errors.MalformedError, 400),
    (errors.NotSignedInError, 401),
    (errors.ForbiddenError, 403),
    (errors.TooSlowError, 408),
    (errors.ConflictError, 409),
    (errors.RestoredError, 410),
    (errors.TooLargeError, 413),
    (errors.LimitedError, 429),
    (errors.StoreError, 503),
)
_TOO_LARGE: Final = frozenset({"too_large"})
_RETRY_SECONDS: Final = 5
_NAMES: Final = {404: "not_found", 405: "method_not_allowed"}


def answer(body: object, status: int = 200) -> Response:
    """A JSON answer. Nothing on the way may keep it: it is one bench's own."""
    return Response(
        _ENCODER.encode(body), status, {"Cache-Control": "no-store"}, "application/json"
    )


def _status_of(error: ServiceError) -> int:
    if error.code in _TOO_LARGE:
        return 413
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


async def _foreseen(_request: Request, raised: Exception) -> Response:
    error = cast("ServiceError", raised)  # what it is installed for
    status = _status_of(error)
    response = answer({"code": error.code, **error.fields}, status)
    if isinstance(error, LimitedError):
        response.headers["Retry-After"] = str(error.retry_after)
    elif status == 401:  # noqa: PLR2004 - HTTP's own numbers read best as they are
        response.headers["WWW-Authenticate"] = "Bearer"
    elif status == 503:  # noqa: PLR2004
        _LOG.error("the store failed: %s", error.code)
        response.headers["Retry-After"] = str(_RETRY_SECONDS)
    return response


async def _bad_query(_request: Request, _error: Exception) -> Response:
    return answer({"code": "malformed", "detail": "the query"}, 400)


async def _not_routed(_request: Request, error: Exception) -> Response:
    status = cast("HTTPException", error).status_code
    return answer({"code": _NAMES.get(status, "malformed")}, status)


async def _unforeseen(_request: Request, _error: Exception) -> Response:
    # The server logs the traceback; the caller learns only that it was not its fault.
    return answer({"code": "internal"}, 500)


Handler = Callable[[Request, Exception], Awaitable[Response]]


def install(app: FastAPI) -> None:
    """Let every failure of an application be answered by this module."""
    handlers: dict[type[Exception], Handler] = {
        ServiceError: _foreseen,
        RequestValidationError: _bad_query,
        HTTPException: _not_routed,
        Exception: _unforeseen,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)
