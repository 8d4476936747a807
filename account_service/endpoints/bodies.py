"""Reading a body within bounds of size and time, and decoding it strictly."""

import asyncio
from typing import Final, TypeVar

from fastapi import Request
from msgspec import DecodeError, ValidationError
from msgspec.json import Decoder
from starlette.requests import ClientDisconnect

from account_service.errors import MalformedError, TooLargeError, TooSlowError

_Decoded = TypeVar("_Decoded")
_DRAINED: Final = 16 * 1024 * 1024
"""Bytes of an oversized body that are read and forgotten, so that its sender hears the answer."""
_MAX_DETAIL: Final = 200


async def bounded_body(request: Request, most: int, seconds: float) -> bytes:
    """Read a request's body.

    Args:
        request: The request.
        most: Bytes that it may have, whatever its headers say.
        seconds: How long it may take.

    Raises:
        TooLargeError: ``body_too_large``.
        TooSlowError: ``body_too_slow`` or ``body_cut_off``.
        MalformedError: ``encoding_unsupported``: the body is compressed.
    """
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise MalformedError("encoding_unsupported")
    try:
        async with asyncio.timeout(seconds):
            return await _read(request, most)
    except TimeoutError as error:
        raise TooSlowError("body_too_slow") from error
    except ClientDisconnect as error:
        raise TooSlowError("body_cut_off") from error


async def _read(request: Request, most: int) -> bytes:
    body, size = bytearray(), 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= most:
            body += chunk
        else:
            body.clear()
        if size > _DRAINED:
            break
    if size > most:
        raise TooLargeError("body_too_large")
    return bytes(body)


def decoded(decoder: Decoder[_Decoded], body: bytes) -> _Decoded:
    """Decode a body.

    Raises:
        MalformedError: ``malformed`` with a ``detail`` for developers that names the place, never
            the content; or ``too_deep``.
    """
    try:
        return decoder.decode(body)
    except RecursionError as error:
        raise MalformedError("too_deep") from error
    except ValidationError as error:
        raise MalformedError("malformed", {"detail": _place(str(error))}) from error
    except DecodeError as error:
        raise MalformedError("malformed", {"detail": "not JSON"}) from error
    except UnicodeDecodeError as error:
        raise MalformedError("malformed", {"detail": "not UTF-8"}) from error


def _place(text: str) -> str:
    # An unknown member's name is the sender's text: everything else in these messages is ours.
    return (text.partition("`")[0] if "unknown field" in text else text)[:_MAX_DETAIL]
