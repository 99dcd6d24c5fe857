"""The Teams edge over a real store and a stand-in for Microsoft, without a server between."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from sqlalchemy import func, select
from sqlmodel import Session

from bot.app import RandomIds
from bot.mail import Outgoing, Reference
from bot.mentoring.ids import Address, WorkspaceId, address
from bot.mentoring.prompts import Prompt
from bot.platforms import sealer_of
from bot.ports import Destination, Kind
from handlers.caller import House
from handlers.limits import Limits
from handlers.teams.build import TeamsAccess, TeamsEdge, build_teams
from handlers.teams.places import places
from storage.codec import decode
from storage.mail_tables import OutboxRow
from storage.store import Store
from tests.slack.asgi import call
from tests.stores import TickingClock
from tests.teams.stand_in import APP, SECRET, TENANT, Microsoft, Person
from tests.worlds import DISCOVERY, JOURNEY, MATCHER

OUTBOX = OutboxRow.__table__


@dataclass
class Answer:
    """What an activity was answered with."""

    status: int
    body: dict[str, Any]


@dataclass
class Edge:
    """The edge, what it reaches, and the workspace of its tenant."""

    edge: TeamsEdge
    microsoft: Microsoft
    store: Store
    workspace: WorkspaceId

    async def known(self, person: Person) -> Address:
        """Somebody who took the bot in."""
        who = address("teams", TENANT, person.id)
        here = Reference(person.conversation, self.microsoft.address, person.account)
        await self.store.references.keep(self.workspace, who, here)
        return who

    async def hear(self, activity: dict[str, Any]) -> Answer:
        """Deliver an activity as Teams does; what it is answered with, and nothing is under way any more."""
        headers = {
            "content-type": "application/json",
            "authorization": f"Bearer {self.microsoft.token()}",
        }
        got = await call(self.edge.gate, headers, json.dumps(activity).encode())
        await self.edge.background.drain(5)
        return Answer(got.status, json.loads(got.body) if got.body else {})

    async def waiting(self) -> list[tuple[Kind, str, Prompt]]:
        """What is in the outbox, oldest first: what it is addressed to, where it goes, what it says."""
        mine = select(OUTBOX).where(OUTBOX.c.workspace_id == self.workspace).order_by(OUTBOX.c.number)

        def work(session: Session) -> list[tuple[Kind, str, Prompt]]:
            opened = self.store.keyring.open
            return [
                (row["kind"], row["ref"], decode(opened(self.workspace, row["prompt"])))
                for row in session.execute(mine).mappings()
            ]

        return await self.store.workshop.run(work)

    async def count(self, table: Any) -> int:
        """How many rows of the tenant a table holds."""
        mine = select(func.count()).select_from(table).where(table.c.workspace_id == self.workspace)
        return await self.store.workshop.run(lambda session: session.scalar(mine) or 0)

    def row(self, to: Destination, prompt: Prompt, *, attempt: int = 1, key: str = "k") -> Outgoing:
        """A message that was claimed."""
        return Outgoing("m1", self.workspace, key, to, prompt, attempt, None)


@asynccontextmanager
async def edge_over(store: Store, clock: TickingClock, owner: str = "", **more: Any) -> AsyncIterator[Edge]:
    """An edge with nobody in it yet; `owner` may set up, and `more` says what of Graph is used."""
    microsoft = Microsoft()
    there = places(TENANT, microsoft.address)

    def seconds() -> float:
        return clock.now.timestamp()

    async with httpx.AsyncClient(transport=httpx.ASGITransport(microsoft.app())) as http:
        edge = build_teams(
            TeamsAccess(APP, SECRET, TENANT, there, frozenset({owner} - {""}), **more),
            store=store,
            references=store.references,
            openings=store.openings,
            house=House(JOURNEY, MATCHER, DISCOVERY, "the people team"),
            http=http,
            sealer=sealer_of(store.keyring),
            new_id=RandomIds(),
            monotonic=seconds,
            limits=Limits(seconds),
        )
        yield Edge(edge, microsoft, store, await store.workspace("teams", TENANT))
        await edge.background.drain(5)
