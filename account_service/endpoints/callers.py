"""The bench behind a request, by its ``Authorization`` header."""

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from account_service.endpoints.parts import Parts
from account_service.errors import NotSignedInError
from account_service.services.signing_in import Caller, caller_of


async def signed_in_caller(parts: Parts, request: Request) -> Caller:
    """Who calls; asked before any body is read.

    Raises:
        NotSignedInError: ``token_unknown`` or ``token_revoked``.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise NotSignedInError("token_unknown")
    return await run_in_threadpool(caller_of, parts.database, token.strip())
