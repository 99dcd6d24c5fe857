"""Puts the Slack edge together out of what app.py hands it."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import ClientSession
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from handlers.caller import House
from handlers.limits import Limits
from handlers.shared.background import Background
from handlers.shared.incidents import Incidents
from handlers.shared.people import People
from handlers.shared.rights import Rights
from handlers.shared.store import Store
from handlers.slack.answers import Answers
from handlers.slack.asking import Asked
from handlers.slack.client import Installed, slack_client
from handlers.slack.directory import Directory
from handlers.slack.edge import Endpoint, bolt_app
from handlers.slack.failures import Failures
from handlers.slack.gate import Gate
from handlers.slack.limiting import Limiting
from handlers.slack.listeners import Listeners
from handlers.slack.messenger import SlackMessenger
from handlers.slack.pictures import Pictures, draw
from handlers.slack.posting import Posting
from handlers.slack.refs import Seals
from handlers.slack.windows import Windows


@dataclass(frozen=True)
class Access:
    """How Slack is reached: `token` speaks for us, `secrets` sign (newest first), `owners` may set up."""

    token: str
    api: str
    secrets: tuple[str, ...] = ()
    owners: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SlackEdge:
    """Everything of Slack that the rest of the bot uses."""

    gate: Gate
    bolt: AsyncApp
    failures: Failures
    client: AsyncWebClient
    installed: Installed
    messenger: SlackMessenger
    background: Background


def build_edge(  # noqa: PLR0913 # every part that app.py hands over, by its name
    access: Access,
    *,
    store: Store,
    house: House,
    session: ClientSession,
    seals: Seals,
    new_id: Callable[[], str],
    wall: Callable[[], float],
    limits: Limits,
) -> SlackEdge:
    """The Slack edge over one session; `wall` gives seconds since the epoch, for signatures.

    `limits` count what each person asks for.
    """
    client = slack_client(session, access.token, access.api)
    answers, people = Answers(session, access.api), People(store)
    installed, incidents = Installed(client, store), Incidents(new_id)
    background = Background(incidents)
    posting = Posting(client, Pictures(client, session, draw))
    windows = Windows(
        client=client,
        answers=answers,
        directory=Directory(client),
        store=store,
        people=people,
        asked=Asked(house, Rights(access.owners), seals),
        background=background,
    )
    listeners, limiting = Listeners(installed, windows), Limiting(limits, installed, windows)
    failures = Failures(incidents, windows)
    bolt = bolt_app(listeners, limiting, failures, client)
    return SlackEdge(
        gate=Gate(Endpoint(bolt, failures), access.secrets, wall),
        bolt=bolt,
        failures=failures,
        client=client,
        installed=installed,
        messenger=SlackMessenger(client, posting, answers, store, people, seals),
        background=background,
    )
