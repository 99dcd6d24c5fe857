"""Puts the Teams edge together out of what the bot hands it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from bot.mail import Openings, References
from handlers.caller import House
from handlers.limits import Limits
from handlers.shared.background import Background
from handlers.shared.incidents import Incidents
from handlers.shared.people import People
from handlers.shared.rights import Rights
from handlers.shared.store import Store
from handlers.teams.directory import Directory
from handlers.teams.gate import Gate
from handlers.teams.graph import GROUP_CHATS, MANAGERS, Graph
from handlers.teams.keys import Keys
from handlers.teams.library import library
from handlers.teams.listeners import Listeners
from handlers.teams.managers import Managers
from handlers.teams.messenger import TeamsMessenger
from handlers.teams.places import Places
from handlers.teams.reaching import Reaching
from handlers.teams.reading import READER
from handlers.teams.rooms import Rooms
from handlers.teams.showing import Sealer, Showing
from handlers.teams.speaking import App, Speaker

TIMEOUT = httpx.Timeout(10.0)
"""Seconds for each part of a call; Microsoft's library alone waits for ever."""
SERVICE = "https://smba.trafficmanager.net/teams"
"""Microsoft's service for everybody, where no team has told of its own."""


@dataclass(frozen=True)
class TeamsAccess:
    """How Teams is reached: the app's id and secret, its tenant, who may set up, and what of Graph is used.

    `catalogue_id` is the app's own in the organisation's catalogue, which group chats need; empty for none.
    """

    app_id: str
    secret: str
    tenant: str
    places: Places
    owners: frozenset[str] = frozenset()
    catalogue_id: str = ""
    managers: bool = False

    @property
    def permissions(self) -> tuple[str, ...]:
        """The application permissions of Graph that this needs."""
        return (GROUP_CHATS if self.catalogue_id else ()) + (MANAGERS if self.managers else ())


@dataclass(frozen=True)
class TeamsEdge:
    """Everything of Teams that the rest of the bot uses."""

    gate: Gate
    messenger: TeamsMessenger
    background: Background
    speaker: Speaker


@asynccontextmanager
async def teams_client(places: Places) -> AsyncIterator[httpx.AsyncClient]:
    """The one client for all calls: kept-alive, no redirects, with time-outs.

    Past the environment's proxy where a stand-in on this machine is asked.
    """
    async with httpx.AsyncClient(
        timeout=TIMEOUT, follow_redirects=False, trust_env=not places.stand_in
    ) as http:
        yield http


def build_teams(  # noqa: PLR0913 # every part that the bot hands over, by its name
    access: TeamsAccess,
    *,
    store: Store,
    references: References,
    openings: Openings,
    house: House,
    http: httpx.AsyncClient,
    sealer: Sealer,
    new_id: Callable[[], str],
    monotonic: Callable[[], float],
    limits: Limits,
) -> TeamsEdge:
    """The Teams edge over one client; `monotonic` gives seconds that only go forward."""
    places = access.places
    app = App(http, places, access.app_id, access.secret)
    speaker = Speaker(app, places.scope, monotonic)
    known = library()
    service = places.stand_in or SERVICE
    calls = known.api(http, speaker.token)
    graph = Graph(http, Speaker(app, places.graph_scope, monotonic), places.graph)
    people, reaching, incidents = People(store, READER), Reaching(references, store), Incidents(new_id)
    background = Background(incidents)
    showing = Showing(calls, store, references, sealer)
    listeners = Listeners(
        tenant=access.tenant,
        store=store,
        house=house,
        rights=Rights(access.owners),
        limits=limits,
        people=people,
        reaching=reaching,
        directory=Directory(calls, references, Managers(graph, monotonic) if access.managers else None),
        showing=showing,
        calls=calls,
        background=background,
        incidents=incidents,
    )
    keys = Keys(http, places.keys, monotonic)
    rooms = None
    if access.catalogue_id:
        rooms = Rooms(graph, calls, store, openings, references, access.catalogue_id, service, monotonic)
    return TeamsEdge(
        gate=Gate(access.app_id, access.tenant, places, keys, known.verified, listeners.heard),
        messenger=TeamsMessenger(calls, speaker, store, reaching, people, showing, service, rooms),
        background=background,
        speaker=speaker,
    )
