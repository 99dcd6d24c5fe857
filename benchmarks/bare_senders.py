"""The peers: a loop that posts with slack_sdk, and a Procrastinate task that does; nothing is kept safe."""

import asyncio
import sys
from typing import Any

import aiohttp
from procrastinate import App, PsycopgConnector
from slack_sdk.web.async_client import AsyncWebClient

AT_ONCE = 8
TASK = "post"


def client(session: aiohttp.ClientSession, api: str) -> AsyncWebClient:
    """Slack's own client over one session."""
    made = AsyncWebClient("xoxb-bare", base_url=api, session=session)
    made.proxy = None
    return made


async def loop(api: str, sends: int) -> None:
    """Post so many messages, eight at once."""
    numbers = iter(range(sends))
    async with aiohttp.ClientSession() as session:
        slack = client(session, api)

        async def one_after_the_other() -> None:
            for number in numbers:
                await slack.chat_postMessage(channel=f"C{number:08d}", text=f"Message {number}")

        await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))


def tasks(database: str) -> App:
    """An engine that knows of the task by its name alone."""
    return App(connector=PsycopgConnector(conninfo=database))


async def work(database: str, api: str) -> None:
    """Work off jobs until killed."""
    async with aiohttp.ClientSession() as session:
        slack, app = client(session, api), tasks(database)

        @app.task(name=TASK)
        async def post(number: int) -> None:
            await slack.chat_postMessage(channel=f"C{number:08d}", text=f"Message {number}")

        async with app.open_async():
            await app.run_worker_async(concurrency=AT_ONCE, install_signal_handlers=False)


async def defer(database: str, sends: int) -> None:
    """Put so many jobs in, with the engine's own tables where they are not there yet."""
    app = tasks(database)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        jobs: list[dict[str, Any]] = [{"number": number} for number in range(sends)]
        await app.configure_task(TASK).batch_defer_async(*jobs)


if __name__ == "__main__":
    if sys.argv[1] == "loop":
        asyncio.run(loop(sys.argv[2], int(sys.argv[3])))
    else:
        asyncio.run(work(sys.argv[2], sys.argv[3]))
