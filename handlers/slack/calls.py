"""Calls to Slack that leave no message: waiting where Slack asks for it, and one bounded set of tasks."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from aiohttp import ClientConnectionError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.logs import Log
from handlers.slack.incidents import Incidents

TRIES = 3
LONGEST_WAIT = 30
"""Seconds; a person who waits longer presses again."""
MOST_TASKS = 500
"""What is under way at once; more is let go, and the person presses again."""
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500

log = Log("slack")


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


def seconds(given: str) -> int:
    """A Retry-After header's whole seconds; 1 where it holds anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < len("100000") else 1


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


class Background:
    """The one bounded set of tasks for calls that may be lost; drained when the bot shuts down."""

    def __init__(self, incidents: Incidents, most: int = MOST_TASKS) -> None:
        self._incidents = incidents
        self._most = most
        self._tasks: set[asyncio.Task[None]] = set()

    def spawn(
        self,
        work: Coroutine[Any, Any, None],
        sorry: Callable[[str], Coroutine[Any, Any, None]] | None = None,
    ) -> None:
        """Run `work` soon; where it fails the incident is noted and `sorry(incident)` tells the person."""
        if len(self._tasks) >= self._most:
            work.close()
            log.warning("background_full", count=len(self._tasks))
            return
        task = asyncio.create_task(self._reported(work, sorry))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._tasks)

    async def drain(self, seconds: float | None = None) -> None:
        """Wait until all is done, at most `seconds`; what is not done by then is cancelled."""
        deadline = None if seconds is None else asyncio.get_running_loop().time() + seconds
        while self._tasks:
            left = None if deadline is None else max(0.0, deadline - asyncio.get_running_loop().time())
            _, late = await asyncio.wait(set(self._tasks), timeout=left)
            if late:
                for task in late:
                    task.cancel()
                await asyncio.gather(*late, return_exceptions=True)
                return

    async def _reported(
        self,
        work: Coroutine[Any, Any, None],
        sorry: Callable[[str], Coroutine[Any, Any, None]] | None,
    ) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - the one place where such a call's failure ends
            incident = self._incidents.note(error, "background_failed")
            if sorry is not None:
                await self._reported(sorry(incident), None)
