"""What Microsoft's answers mean: taken, refused for now, refused for good, or nobody knows."""

from collections.abc import Awaitable
from typing import TypeVar

import httpx

from bot.mail import Refused, Way
from handlers.shared.http import SERVER_ERROR, TOO_MANY_REQUESTS, seconds

NO_TOKEN = "token_not_taken"  # noqa: S105 # a code
BAD_REQUEST, UNAUTHORISED, FORBIDDEN, NOT_FOUND, CONFLICT, GONE = 400, 401, 403, 404, 409, 410
REQUEST_TIMEOUT, PRECONDITION_FAILED, TOO_LARGE = 408, 412, 413
NEVER = frozenset({BAD_REQUEST, FORBIDDEN, NOT_FOUND, GONE, TOO_LARGE})
"""Statuses after which another try cannot help; 401 passes."""
UNSURE = frozenset({REQUEST_TIMEOUT, PRECONDITION_FAILED})
"""Statuses besides 5xx that name no step at which it went wrong: it may have been done all the same.

412 is something behind Teams that met another call for the same conversation; Microsoft says to try again.
"""
T = TypeVar("T")


class InDoubtError(Exception):
    """Microsoft's answer leaves open whether it was done; its word for why is the message."""


class Denied(Refused):
    """We may not do that, or not there (403)."""


class NotThere(Refused):
    """What was addressed is not there, or not there any more (404, 410)."""


class Already(Refused):
    """It is so already (409)."""


_OWN = {FORBIDDEN: Denied, NOT_FOUND: NotThere, GONE: NotThere, CONFLICT: Already}


async def called(call: Awaitable[T], way: Way | None = None) -> T:
    """The answer to a call; Refused or InDoubtError by what Microsoft, or the network, says."""
    try:
        return await call
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise Refused("unreachable") from error  # no connection: nothing left this machine
    except httpx.HTTPStatusError as error:
        raise verdict(error.response, way) from error


def verdict(answer: httpx.Response, way: Way | None) -> Exception:
    """What an answer means that is none of success: refused for now, for good, or nobody knows."""
    status, code = answer.status_code, code_of(answer)
    if status == TOO_MANY_REQUESTS:
        wait = seconds(answer.headers.get("Retry-After", ""))
        return Refused("ratelimited", retry_after=wait, way=way)
    if status >= SERVER_ERROR or status in UNSURE:
        return InDoubtError(code)
    if status == UNAUTHORISED:
        return Refused(NO_TOKEN)
    return _OWN.get(status, Refused)(code, permanent=status in NEVER)


def code_of(answer: httpx.Response) -> str:
    """Microsoft's word for why it refused, the status where it gives none."""
    try:
        error = answer.json().get("error")
    except (ValueError, AttributeError):
        error = None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and code else f"http_{answer.status_code}"
