"""The command line."""

import asyncio
import os
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import SQLAlchemyError

from bot.app import ProgrammeClock, Role, running
from bot.catalogue import load_journey
from bot.demo import DemoError, Wishes, demonstrate
from bot.doctor import examine, schema_is_current
from bot.journey_pages import Side, findings, page, well
from bot.logs import configure
from bot.match_roster import MatchError, MatchWishes, match_roster
from bot.serving import PortTakenError, listening, serve, stop_on_signals
from bot.settings import SERVING, Settings, SettingsError, read_settings
from handlers.teams.package import About, PackageError, package
from prompts.wording import FALLBACK, FOLDER
from storage.lock import AlreadyServedError, FileLock
from storage.migrate import upgrade
from storage.place import DatabasePlaceError, require_place

WRONG_USE = 2
FAILED = 1


class OldSchemaError(Exception):
    """The database is not migrated; the message is one line."""


_KNOWN = (
    OldSchemaError,
    SettingsError,
    DatabasePlaceError,
    AlreadyServedError,
    PortTakenError,
    DemoError,
    MatchError,
    PackageError,
)
"""Errors whose message is the one line that an operator needs."""

cli = typer.Typer(
    name="bothways",
    help="A chat bot that runs workplace mentoring that goes both ways.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


journey = typer.Typer(help="The journey of a pair: check it, read it.", rich_markup_mode=None)
cli.add_typer(journey, name="journey")


def main() -> None:
    """Run one command: exit 0 on success, 2 on wrong use, 1 on failure, errors as one line."""
    sys.exit(_run())


def _run() -> int:
    try:
        code = cli(standalone_mode=False)
    except typer.TyperException as error:
        message = getattr(error, "format_message", error.__str__)()
        line = " ".join(message.replace("Value error, ", "").split())
        return _told(f"{line} (--help shows how)", WRONG_USE)
    except typer.Abort:
        return _told("stopped", FAILED)
    except _KNOWN as error:
        return _told(str(error), FAILED)
    except OSError as error:
        return _told(f"{error.strerror or type(error).__name__}: {error.filename or 'see the log'}", FAILED)
    except SQLAlchemyError as error:
        return _told(f"DATABASE_URL: the database fails ({type(error).__name__}): see `doctor`", FAILED)
    return code if isinstance(code, int) else 0


def _told(line: str, code: int) -> int:
    typer.echo(f"bothways: {line}", err=True)
    return code


@cli.command()
def demo(
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Where the page is served.")] = 8400,
    people: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A roster instead of the drawn company.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Draws another company.")] = None,
    clock: Annotated[
        str | None, typer.Option(help="Where the clock starts, an ISO time; else the next Tuesday at ten.")
    ] = None,
) -> None:
    """Start the sandbox: the real bot beside a local stand-in for Slack, on this machine only."""
    configure("WARNING")
    if "SLACK_BOT_TOKEN" in os.environ:
        typer.echo("bothways: the demonstration uses none of the environment's tokens", err=True)
    asyncio.run(demonstrate(Wishes(port, people, seed, _moment(clock))))


def _moment(given: str | None) -> datetime | None:
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter(f"--clock {given!r} is no ISO time such as 2026-11-24T10:00+01:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@cli.command(name="serve")
def serve_(
    role: Annotated[
        Role, typer.Option(help="web answers requests, worker runs schedules and delivery, all does both.")
    ] = Role.ALL,
) -> None:
    """Run the bot, with what the environment says."""
    settings = read_settings(SERVING)
    require_place(settings.database_url)
    if settings.on_sqlite and role is not Role.ALL:
        raise typer.BadParameter(
            f"--role {role} needs several processes on one database: set DATABASE_URL to a PostgreSQL"
        )
    configure(settings.log_level)
    asyncio.run(_serve(settings, role))


async def _serve(settings: Settings, role: Role) -> None:
    stop = stop_on_signals()
    lock = FileLock(settings.database_url) if settings.on_sqlite else nullcontext()
    with listening(settings.host, settings.port) as bound, lock:
        if not await asyncio.to_thread(schema_is_current, settings.database_url):
            raise OldSchemaError("the database has another schema than this version: run `bothways migrate`")
        async with running(settings, role, ProgrammeClock()) as bot:
            await serve(bot.web, bound, stop)


@cli.command(name="match")
def match_(
    people: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The roster, a PEOPLE.csv.")],
    out: Annotated[Path | None, typer.Option(dir_okay=False, help="Where PAIRS.csv is written.")] = None,
    history: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Pairs of earlier rounds: none meets again."),
    ] = None,
    explain: Annotated[str | None, typer.Option(metavar="ID", help="Why these pairs, or why none.")] = None,
    why_not: Annotated[
        tuple[str, str] | None, typer.Option(metavar="ID ID", help="Why two people are not a pair.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Decides between choices that are worth the same.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON on standard output.")] = False,  # noqa: FBT002 - a flag
) -> None:
    """Match the people of a roster once, without a database."""
    match_roster(MatchWishes(people, out, history, explain, why_not, seed, as_json))


@journey.command(name="check")
def journey_check(
    folder: Annotated[
        Path,
        typer.Argument(
            exists=True,
            file_okay=False,
            metavar="[DIR]",
            help="Holds journey.yml and <locale>/steps/.",
            show_default="the journey that is in use",
        ),
    ] = FOLDER,
) -> None:
    """Look for what is wrong with a journey and its words; one line a finding, with the place."""
    found = tuple(findings(folder))
    for line in found:
        typer.echo(f"bothways: {line}", err=True)
    if found:
        raise typer.Exit(FAILED)
    typer.echo(well(folder))


@journey.command(name="preview")
def journey_preview(
    side: Annotated[Side | None, typer.Option(help="Only what this side reads; else all sides.")] = None,
    locale: Annotated[
        str, typer.Option(help="The language; English where there are no words for it.")
    ] = FALLBACK,
) -> None:
    """Show every prompt that a pair would see, week by week, in Markdown."""
    typer.echo(page(load_journey(), side, locale), nl=False)


@cli.command()
def migrate() -> None:
    """Bring the database to the schema that this version needs; safe to run twice."""
    settings = read_settings()
    require_place(settings.database_url)
    upgrade(settings.database_url)


@cli.command()
def doctor() -> None:
    """Look for what keeps the bot from working; one line a finding, and what to do about it."""
    configure("CRITICAL")  # what it meets on the way is told as a finding
    raise typer.Exit(asyncio.run(_examined()))


teams = typer.Typer(no_args_is_help=True, help="What Microsoft Teams needs.")
cli.add_typer(teams, name="teams")


@teams.callback()
def teams_() -> None:
    """What Microsoft Teams needs."""


@teams.command(name="package")
def package_(
    out: Annotated[Path, typer.Option(dir_okay=False, help="Where the zip file is written.")],
    website: Annotated[
        str | None, typer.Option(help="An https page about your programme; else BOTHWAYS_PUBLIC_URL.")
    ] = None,
    privacy: Annotated[str | None, typer.Option(help="Its privacy notice; else the website.")] = None,
    terms: Annotated[str | None, typer.Option(help="Its terms of use; else the website.")] = None,
    app_version: Annotated[
        str, typer.Option(help="Three numbers; a package that is uploaded anew needs higher ones.")
    ] = "1.0.0",
) -> None:
    """Make the app package to upload in the Teams admin centre."""
    settings = read_settings()
    if settings.teams_app_id is None:
        raise SettingsError("TEAMS_APP_ID is missing: set it to the id of the app's registration in Entra")
    site = website or settings.public_url
    if not site:
        raise SettingsError("BOTHWAYS_PUBLIC_URL is missing: set it, or give --website")
    pages = (site, privacy or site, terms or site)
    about = About(settings.teams_app_id, app_version, *pages, group_chats=settings.teams_group_chats)
    out.write_bytes(package(about))
    typer.echo(f"{out}: upload it in the Teams admin centre, under Manage apps")


async def _examined() -> int:
    code = 0
    async for finding in examine():
        typer.echo(f"{'ok   ' if finding.well else 'wrong'} {finding.line}")
        code = code if finding.well else FAILED
    return code


if __name__ == "__main__":
    main()
