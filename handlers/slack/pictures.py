"""Pictures of charts: drawn by a process of their own, uploaded to Slack, named by their file ids."""

import asyncio
import json
import sys
from base64 import b64decode
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import Log
from handlers.shared.http import OK
from handlers.slack.calls import code_of
from handlers.slack.figures import described
from prompts.view import Chart

log = Log("slack")

DRAWING = "handlers.slack.drawing"
ROOT = Path(__file__).parents[2]
"""Where our packages lie."""
PATIENCE = 10.0
"""Seconds that drawing may take: after them there is still time to send the message in words."""
HOSTS = frozenset({"files.slack.com", "files.slack-gov.com"})
NAME = "chart.png"

Draw = Callable[[tuple[Chart, ...]], Awaitable[list[bytes]]]
"""Gives a PNG picture of each chart; NoPictureError where there is none."""


class NoPictureError(Exception):
    """There is no picture, and no harm done: the message goes in words. `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Pictures:
    """Draws charts and uploads them, to Slack's own hosts or to the one that stands in for its API."""

    def __init__(self, client: AsyncWebClient, session: ClientSession, draw: Draw) -> None:
        self._client = client
        self._session = session
        self._draw = draw
        self._stand_in = urlsplit(str(client.base_url))[:2]

    async def of(self, charts: tuple[Chart, ...]) -> dict[Chart, str]:
        """The file id of each chart's picture; none at all where one of them cannot be had."""
        try:
            pictures = await self._draw(charts)
            return {
                chart: await self._uploaded(chart, png) for chart, png in zip(charts, pictures, strict=True)
            }
        except SlackApiError as error:
            log.warning("no_picture", code=code_of(error))
        except NoPictureError as error:
            log.warning("no_picture", code=error.code)
        except (ClientError, TimeoutError) as error:
            log.warning("no_picture", code=type(error).__name__)
        return {}

    async def _uploaded(self, chart: Chart, png: bytes) -> str:
        """Upload in Slack's three steps; the file belongs to the bot until a message shows it."""
        place = await self._client.files_getUploadURLExternal(
            filename=NAME, length=len(png), alt_txt=described(chart)
        )
        await self._sent(str(place["upload_url"]), png)
        file = str(place["file_id"])
        await self._client.files_completeUploadExternal(files=[{"id": file, "title": chart.title}])
        return file

    async def _sent(self, address: str, png: bytes) -> None:
        parts = urlsplit(address)
        if not (parts.scheme == "https" and parts.hostname in HOSTS) and parts[:2] != self._stand_in:
            raise NoPictureError("foreign_address")
        headers = {"Content-Type": "application/octet-stream"}
        async with self._session.post(address, data=png, headers=headers) as response:
            if response.status != OK:
                raise NoPictureError(f"http_{response.status}")


async def draw(charts: tuple[Chart, ...], patience: float = PATIENCE) -> list[bytes]:
    """The charts as PNG pictures; NoPictureError where drawing fails or takes more than so many seconds."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        DRAWING,
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    told = json.dumps([asdict(chart) for chart in charts]).encode()
    try:
        async with asyncio.timeout(patience):
            pictures, _ = await process.communicate(told)
    except TimeoutError:
        raise NoPictureError("drawing_is_slow") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise NoPictureError("drawing_failed")
    return [b64decode(one) for one in json.loads(pictures)]
