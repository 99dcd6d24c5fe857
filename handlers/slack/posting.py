"""Posts a message in the best form Slack takes: its own charts and tables, else pictures, else words."""

import asyncio

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.logs import Log
from handlers.shared.types import Json
from handlers.slack.blocks import message
from handlers.slack.calls import code_of
from handlers.slack.figures import charts_of, figures_of, native, pictured
from handlers.slack.pictures import Pictures
from handlers.slack.refs import marked
from prompts.view import View

log = Log("slack")

REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format"})
"""Slack's codes for blocks it does not take. Such a message certainly does not stand, so posting another
form of it inside the same attempt cannot say it twice."""
WAITS = (0.0, 1.0, 2.0)
"""Seconds before each try with pictures: Slack refuses a file for the first moments after its upload
(slack-github-action #413)."""


class Posting:
    """Posts views as messages in channels and conversations."""

    def __init__(self, client: AsyncWebClient, pictures: Pictures, waits: tuple[float, ...] = WAITS) -> None:
        self._client = client
        self._pictures = pictures
        self._waits = waits

    async def post(self, channel: str, view: View, name: str) -> AsyncSlackResponse:
        """Post once, the buttons under a name; raises what Slack refuses but for the form of its blocks."""
        if not figures_of(view):
            return await self._call(channel, marked(message(view), name))
        posted = await self._try(channel, marked(message(view, native(view)), name))
        if posted is None:
            log.info("native_blocks_refused")
            posted = await self._with_pictures(channel, view, name)
        return posted if posted is not None else await self._call(channel, marked(message(view), name))

    async def _with_pictures(self, channel: str, view: View, name: str) -> AsyncSlackResponse | None:
        charts = charts_of(view)
        files = await self._pictures.of(charts) if charts else {}
        for wait in self._waits if files else ():
            await asyncio.sleep(wait)
            posted = await self._try(channel, marked(message(view, pictured(files)), name))
            if posted is not None:
                return posted
        return None

    async def _try(self, channel: str, said: Json) -> AsyncSlackResponse | None:
        """The answer, None where Slack does not take such blocks."""
        try:
            return await self._call(channel, said)
        except SlackApiError as error:
            if code_of(error) not in REFUSED:
                raise
            return None

    async def _call(self, channel: str, said: Json) -> AsyncSlackResponse:
        return await self._client.chat_postMessage(channel=channel, parse="none", link_names=False, **said)
