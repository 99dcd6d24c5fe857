"""Looks for what keeps the bot from working, and says what to do about each finding."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime

from aiohttp import ClientError
from httpx import HTTPError
from slack_sdk.errors import SlackApiError
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from bot.app import RandomIds, steady_seconds, wall_clock
from bot.platforms import teams_access
from bot.settings import SERVING, Settings, SettingsError, read_settings
from handlers.slack.calls import code_of
from handlers.slack.client import slack_client, slack_session
from handlers.slack.gate import MAX_AGE
from handlers.slack.scopes import SCOPES
from handlers.teams.build import TeamsAccess, teams_client
from handlers.teams.graph import MANAGERS, Graph, roles
from handlers.teams.ids import PERSON
from handlers.teams.keys import Keys, KeysAwayError
from handlers.teams.speaking import App, Speaker, TokenRefusedError
from storage.encryption import Keyring
from storage.migrate import is_current
from storage.place import DatabasePlaceError, require_place
from storage.store import open_store

SKEW = MAX_AGE // 10
"""Seconds the clock may be off; ten times as much and no signature is taken any more."""


OVERDUE = timedelta(minutes=10)
"""A process that runs leaves nothing due for so long, whatever it waits for."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is well, and in one line what it is and what to do."""

    well: bool
    line: str


def _well(line: str) -> Finding:
    return Finding(well=True, line=line)


def _wrong(line: str) -> Finding:
    return Finding(well=False, line=line)


async def examine() -> AsyncIterator[Finding]:
    """Look at configuration, database, Slack and Teams, in this order."""
    try:
        settings = read_settings()
    except SettingsError as error:
        yield _wrong(str(error))
        return
    try:
        read_settings(SERVING)
        yield _well("configuration: nothing is missing")
    except SettingsError as error:
        yield _wrong(str(error))
    found = await asyncio.to_thread(_database, settings)
    yield found
    if found.well and settings.keys:
        yield await _schedules(settings)
    if settings.slack_bot_token is not None:
        for finding in await _slack(settings, settings.slack_bot_token.get_secret_value()):
            yield finding
    if settings.on_teams and not settings.lacks(SERVING):
        for finding in await _teams(settings):
            yield finding


def _database(settings: Settings) -> Finding:
    try:
        require_place(settings.database_url)
        current = schema_is_current(settings.database_url)
    except DatabasePlaceError as error:
        return _wrong(str(error))
    except SQLAlchemyError:
        return _wrong("DATABASE_URL: the database does not answer: check address, account and that it runs")
    if not current:
        return _wrong("database: it has another schema than this version needs: run `bothways migrate`")
    return _well("database: it answers and its schema is current")


async def _schedules(settings: Settings) -> Finding:
    """Whether anybody works: whether something has been due for longer than any process would leave it."""
    store = open_store(settings.database_url, Keyring(settings.secret_keys), wall_clock, RandomIds())
    try:
        overdue = await store.overdue(wall_clock() - OVERDUE)
    finally:
        store.close()
    if overdue:
        minutes = OVERDUE // timedelta(minutes=1)
        return _wrong(
            f"schedules: something has been due for {minutes} minutes and more: start `bothways serve`,"
            " on PostgreSQL with `--role worker`, or look into its log"
        )
    return _well("schedules: nothing waits that should have been done")


def schema_is_current(database_url: str) -> bool:
    """Whether the database has this version's schema; SQLAlchemyError where it does not answer."""
    engine = create_engine(database_url, hide_parameters=True)
    try:
        with engine.connect() as connection:
            return is_current(connection)
    finally:
        engine.dispose()


async def _slack(settings: Settings, token: str) -> list[Finding]:
    async with slack_session() as session:
        try:
            answer = await slack_client(session, token, settings.slack_api).auth_test()
        except SlackApiError as error:
            return [
                _wrong(f"SLACK_BOT_TOKEN: Slack refuses it ({_word(code_of(error))}): install the app anew")
            ]
        except (ClientError, OSError):
            return [_wrong(f"SLACK_API_BASE_URL: {settings.slack_api} cannot be reached: check the network")]
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return [_well("slack: the token is good"), *_scopes(headers), *_clock(headers)]


async def _teams(settings: Settings) -> list[Finding]:
    access = teams_access(settings)
    found = []
    async with teams_client(access.places) as http:
        app = App(http, access.places, access.app_id, access.secret)
        try:
            await Speaker(app, access.places.scope, steady_seconds).token()
            found.append(_well("teams: Microsoft knows the app and its secret"))
        except TokenRefusedError as error:
            found.append(_wrong(_REFUSED.get(error.code, _NO_TOKEN).format(code=_word(error.code))))
        except HTTPError:
            found.append(_wrong("teams: Microsoft's sign-in cannot be reached: check the network"))
        try:
            await Keys(http, access.places.keys, steady_seconds).of("")
            found.append(_well("teams: the keys that sign its requests can be had"))
        except KeysAwayError:
            found.append(_wrong("teams: the keys that sign its requests cannot be had: check the network"))
        if access.permissions:
            found += await _graph(app, access)
    if not any(map(PERSON.fullmatch, settings.owners)):
        found.append(
            _wrong(
                "BOTHWAYS_OWNERS: Teams names no admins: set it to the Entra object ids of those who may set"
                " up a programme"
            )
        )
    return found


async def _graph(app: App, access: TeamsAccess) -> list[Finding]:
    """Whether Microsoft Graph answers, and which of the permissions that the settings need were granted."""
    speaker = Speaker(app, access.places.graph_scope, steady_seconds)
    graph = Graph(app.http, speaker, access.places.graph)
    try:
        granted = roles(await speaker.token())
    except TokenRefusedError as error:
        return [_wrong(f"graph: Microsoft gives no token for it ({_word(error.code)}): {_GRANT}")]
    except HTTPError:
        return [_wrong("graph: Microsoft's sign-in cannot be reached: check the network")]
    if not await graph.there():
        return [_wrong(f"graph: {access.places.graph} does not answer: check the network")]
    found = [_well("graph: it can be reached")]
    for name in access.permissions:
        if granted is None:
            found.append(_well(f"graph: it does not tell whether {name} was granted"))
        elif name in granted:
            found.append(_well(f"graph: {name} is granted"))
        else:
            variable = "TEAMS_MANAGERS" if name in MANAGERS else "TEAMS_GROUP_CHATS"
            found.append(_wrong(f"graph: {name} is not granted: {_GRANT}, or unset {variable}"))
    return found


_GRANT = "add it in Entra under API permissions, as an application permission, and grant admin consent"
_NO_TOKEN = "teams: Microsoft refuses the app ({code}): check TEAMS_APP_ID and TEAMS_TENANT_ID"  # noqa: S105 # words
_REFUSED = {"invalid_client": "TEAMS_APP_SECRET: Microsoft refuses it: make a new client secret for the app"}


def _word(code: str) -> str:
    return code if code.isidentifier() else "no reason given"


def _scopes(headers: dict[str, str]) -> list[Finding]:
    given = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",") if scope.strip()}
    if not given:
        return [_well("slack: it does not tell which scopes were granted")]
    lacking = [f"{scope} (to {why})" for scope, why in SCOPES.items() if scope not in given]
    more = [f"slack: the scope {scope} is not needed: take it away" for scope in given - SCOPES.keys()]
    if lacking:
        return [_wrong(f"slack: add the scope {lack} and install the app anew") for lack in lacking]
    return [_well("slack: all scopes are granted"), *map(_well, sorted(more))]


def _clock(headers: dict[str, str]) -> list[Finding]:
    try:
        theirs = parsedate_to_datetime(headers.get("date", ""))
    except ValueError:
        return []
    off = abs((wall_clock() - theirs).total_seconds())
    if off > SKEW:
        return [_wrong(f"clock: it is {off:.0f} seconds off Slack's: let the machine keep time (NTP)")]
    return [_well("clock: it agrees with Slack's")]
