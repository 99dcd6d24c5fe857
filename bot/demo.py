"""The demonstration: the real bot on a fresh SQLite file, beside a stand-in for Slack, on loopback only."""

import asyncio
import logging
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import typer
from cryptography.fernet import Fernet

from bot.app import ProgrammeClock, Role, running, wall_clock
from bot.serving import listening, serve, stop_on_signals
from bot.settings import SERVING, Settings, read_settings
from storage.lock import FileLock
from storage.migrate import upgrade

LOOPBACK = "127.0.0.1"
MANIFEST = Path(__file__).resolve().parent.parent / "manifest.yml"
ZONE = ZoneInfo("Europe/Berlin")
TUESDAY = 1
LOOK_AGAIN = 0.1
STARTS_WITHIN = 60.0
ENDS_WITHIN = 5.0
WRONG_USE = 2


class DemoError(Exception):
    """The demonstration cannot run; the message is one line."""


@dataclass(frozen=True)
class Wishes:
    """What was asked for: the page's port, a roster, a seed for the drawn company, where the clock starts."""

    port: int
    people: Path | None
    seed: int | None
    clock: datetime | None


def usual_start(now: datetime) -> datetime:
    """The next Tuesday at ten in the morning in Europe, when most people there and some elsewhere work."""
    today = now.astimezone(ZONE).date()
    ahead = (TUESDAY - today.weekday() - 1) % 7 + 1
    return datetime.combine(today + timedelta(days=ahead), time(10), ZONE)


async def demonstrate(wishes: Wishes) -> None:
    """Run until a signal comes.

    Raises:
        typer.BadParameter: the stand-in cannot do what was asked for, such as use this roster.
        DemoError: the stand-in ended by itself, or its page does not answer.
    """
    stop = stop_on_signals()
    start = wishes.clock or usual_start(wall_clock())
    with (
        tempfile.TemporaryDirectory(prefix="bothways-") as folder,
        listening(LOOPBACK, 0) as bound,
    ):
        with listening(LOOPBACK, wishes.port):
            pass  # taken: said now, in one line, and not by the stand-in
        address = f"http://{LOOPBACK}:{bound.getsockname()[1]}"
        settings = _settings(Path(folder), wishes.port, address)
        await asyncio.to_thread(upgrade, settings.database_url)
        with FileLock(settings.database_url):
            async with running(settings, Role.ALL, ProgrammeClock(start), demonstration=True) as bot:
                ended = asyncio.Event()
                serving = asyncio.create_task(serve(bot.web, bound, ended))
                try:
                    async with _stand_in(wishes, settings, address, start) as stand_in:
                        await _until(stop, stand_in, f"http://{LOOPBACK}:{wishes.port}/")
                finally:
                    ended.set()  # after the stand-in, which would miss the bot
                    await serving


def _settings(folder: Path, port: int, address: str) -> Settings:
    """Secrets of the moment, and a database that goes with the folder."""
    return read_settings(
        SERVING,
        {
            "SLACK_BOT_TOKEN": f"xoxb-demo-{secrets.token_hex(12)}",
            "SLACK_SIGNING_SECRET": secrets.token_hex(16),
            "SLACK_API_BASE_URL": f"http://{LOOPBACK}:{port}/api/",
            "DATABASE_URL": f"sqlite:///{folder / 'bothways.db'}",
            "BOTHWAYS_SECRET_KEYS": Fernet.generate_key().decode(),
            "BOTHWAYS_SUPPORT": "the people team",
            "BOTHWAYS_PUBLIC_URL": address,
        },
    )


class _StandIn:
    """The stand-in's process, and what it says on standard error: kept until it runs, then passed on."""

    def __init__(self, child: asyncio.subprocess.Process) -> None:
        self.child = child
        self._runs = False
        self._kept: list[str] = []
        self._listening = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        while self.child.stderr is not None and (line := await self.child.stderr.readline()):
            self._kept.append(line.decode(errors="replace"))
            if self._runs:
                self._pass_on()

    def _pass_on(self) -> None:
        sys.stderr.write("".join(self._kept))
        self._kept.clear()

    def runs(self) -> None:
        """Its page answers: what it says from now on is no reason to end."""
        self._runs = True
        self._pass_on()

    def silence(self) -> None:
        """Hear no more of it."""
        self._listening.cancel()

    async def why_it_ended(self) -> Exception:
        """The error for an end of its own accord: what it said last, where it did not run yet."""
        await self._listening
        code = self.child.returncode
        said = self._kept[-1].removeprefix("sandbox: ").strip() if self._kept else ""
        if said and code == WRONG_USE:
            return typer.BadParameter(said)
        return DemoError(f"the stand-in for Slack ended by itself (exit {code}){said and ': '}{said}")


@asynccontextmanager
async def _stand_in(wishes: Wishes, settings: Settings, bot: str, start: datetime) -> AsyncIterator[_StandIn]:
    """The stand-in as a process of its own, ended with the block; signals reach it through us alone."""
    arguments = {
        "--port": str(wishes.port),
        "--bot": bot,
        "--signing-secret": settings.signing_secrets[0],
        "--bot-token": settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else "",
        "--clock": start.isoformat(),
        "--people": str(wishes.people) if wishes.people else "",
        "--seed": "" if wishes.seed is None else str(wishes.seed),
        "--manifest": str(MANIFEST),
    }
    given = [part for name, value in arguments.items() if value for part in (name, value)]
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", *given, start_new_session=True, stderr=asyncio.subprocess.PIPE
    )
    stand_in = _StandIn(child)
    try:
        yield stand_in
    finally:
        stand_in.silence()
        logging.disable(logging.CRITICAL)  # what either was doing is cut off now, and that is no error
        if child.returncode is None:
            child.terminate()
            try:
                await asyncio.wait_for(child.wait(), ENDS_WITHIN)
            except TimeoutError:
                child.kill()
                await child.wait()


async def _until(stop: asyncio.Event, stand_in: _StandIn, page: str) -> None:
    """Say where the page is once it answers, then wait for a signal."""
    stopped, ended = asyncio.create_task(stop.wait()), asyncio.create_task(stand_in.child.wait())
    shown = asyncio.create_task(_answering(page))
    await asyncio.wait({stopped, ended, shown}, return_when=asyncio.FIRST_COMPLETED)
    if shown.done() and not ended.done() and shown.result():
        stand_in.runs()
        typer.echo(f"Bothways is at {page} (Ctrl-C ends it)")
        sys.stdout.flush()
        await asyncio.wait({stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
    for task in (stopped, shown):
        task.cancel()
    if ended.done():
        raise await stand_in.why_it_ended()
    ended.cancel()
    if not stop.is_set():
        raise DemoError(f"{page} does not answer")


async def _answering(page: str) -> bool:
    """Whether the page answers in time."""
    async with httpx.AsyncClient(trust_env=False, timeout=1.0) as client:
        for _ in range(round(STARTS_WITHIN / LOOK_AGAIN)):
            try:
                if (await client.get(page)).is_success:
                    return True
            except httpx.HTTPError:
                pass
            await asyncio.sleep(LOOK_AGAIN)
    return False
