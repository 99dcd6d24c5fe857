"""Calls to Slack that leave no message: waiting where Slack asks for it."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import ClientConnectionError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.shared.http import SERVER_ERROR, TOO_MANY_REQUESTS, seconds

TRIES = 3
LONGEST_WAIT = 30
"""Seconds; a person who waits longer presses again."""


def status_of(error: SlackApiError) -> int:
    """The HTTP status Slack refused with."""
    response = error.response  # aiohttp's own where the body could not be read
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or SERVER_ERROR)


def code_of(error: SlackApiError) -> str:
    """Slack's word for why it refused, empty where it gave none."""
    data = getattr(error.response, "data", None)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def retry_after(error: SlackApiError) -> int | None:
    """The seconds Slack asks us to wait, None where it refused for another reason."""
    if status_of(error) != TOO_MANY_REQUESTS and code_of(error) != "ratelimited":
        return None
    return seconds(str(error.response.headers.get("Retry-After", "")))


async def patiently(call: Callable[[], Awaitable[AsyncSlackResponse]]) -> AsyncSlackResponse:
    """Call Slack, and again after the time it asks for, a few times; other refusals are raised at once.

    Only for calls that say the same thing when they are made twice: after a connection that broke, as one
    kept alive does when Slack lets go of it just then, the call is made again at once.
    """
    for _ in range(TRIES - 1):
        try:
            return await call()
        except ClientConnectionError:
            continue
        except SlackApiError as error:
            wait = retry_after(error)
            if wait is None or wait > LONGEST_WAIT:
                raise
            await asyncio.sleep(wait)
    return await call()
