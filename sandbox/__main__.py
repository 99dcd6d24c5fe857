"""The stand-in as a process of its own: `python -m sandbox --port 8400 --bot http://127.0.0.1:8401 …`."""

import argparse
import asyncio
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from sandbox.company import draw_company
from sandbox.manifest import Manifest, ManifestError, read_manifest
from sandbox.people import RosterError, RosterPerson, load_roster
from sandbox.running import RunningSandbox
from sandbox.story import prepare, tell_story
from sandbox.workspace import Workspace

FAILED = 1
WRONG_USE = 2
USUAL_MANIFEST = Path("manifest.yml")


def main() -> int:
    """Run until a signal comes; 2 on wrong use, 1 on failure, with one clear line on standard error."""
    options = _options()
    try:
        roster = load_roster(options.people) if options.people else draw_company(options.seed)
        manifest = _manifest(options.manifest)
        start = _moment(options.clock)
    except RosterError as error:
        return _told(f"--people {options.people}: {error}", WRONG_USE)
    except (ManifestError, ValueError) as error:
        return _told(str(error), WRONG_USE)
    try:
        asyncio.run(_serve(options, roster, manifest, start))
    except OSError as error:
        return _told(f"port {options.port} cannot be used: {error.strerror}", FAILED)
    return 0


def _told(line: str, code: int) -> int:
    sys.stderr.write(f"sandbox: {line}\n")
    return code


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8400, help="where the page is served, on loopback")
    parser.add_argument("--bot", required=True, help="the bot's address, such as http://127.0.0.1:8401")
    parser.add_argument("--signing-secret", required=True)
    parser.add_argument("--bot-token", required=True)
    parser.add_argument("--people", type=Path, help="a roster (PEOPLE.csv) instead of the drawn company")
    parser.add_argument("--seed", type=int, default=1, help="draws another company")
    parser.add_argument("--clock", help="where the programme clock starts, an ISO time; default: now")
    parser.add_argument("--manifest", type=Path, help=f"scopes, commands, events; default: {USUAL_MANIFEST}")
    parser.add_argument(
        "--story",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="set the programme up and, with the drawn company, let most people join",
    )
    return parser.parse_args()


def _manifest(given: Path | None) -> Manifest:
    if given is None and not USUAL_MANIFEST.exists():
        return Manifest()
    return read_manifest(given or USUAL_MANIFEST)


def _moment(given: str | None) -> datetime | None:
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise ValueError(f"--clock {given!r} is not an ISO time such as 2026-11-02T09:00:00+00:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


async def _serve(
    options: argparse.Namespace, roster: list[RosterPerson], manifest: Manifest, start: datetime | None
) -> None:
    workspace = Workspace(roster, manifest=manifest, start=start, seed=options.seed)
    sandbox = RunningSandbox(
        workspace,
        bot_address=options.bot,
        signing_secret=options.signing_secret,
        bot_token=options.bot_token,
        port=options.port,
    )
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with sandbox:
        story = asyncio.create_task(_story(options, sandbox))
        await stop.wait()
        story.cancel()


async def _story(options: argparse.Namespace, sandbox: RunningSandbox) -> None:
    if not options.story:
        return
    sandbox.slack.ready.clear()
    telling = prepare(sandbox.slack) if options.people else tell_story(sandbox.slack)
    try:
        trouble = await telling
    finally:
        sandbox.slack.ready.set()
    if trouble:
        sandbox.workspace.trouble = f"The story could not be told: {trouble}"
        sandbox.workspace.changes.announce()
        sys.stderr.write(f"sandbox: {sandbox.workspace.trouble}\n")


if __name__ == "__main__":
    sys.exit(main())
