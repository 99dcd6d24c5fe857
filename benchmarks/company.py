"""Sixty people who take part, in pairs, as the ack benchmark finds them in the database."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import wall_clock
from bot.mentoring.ids import ParticipantId, address
from bot.mentoring.pair import Exchange, PairState
from bot.mentoring.people import Hours
from bot.ports import NewId, Records
from sandbox.members import TEAM_ID, slack_id
from sandbox.people import RosterPerson, load_roster
from storage.encryption import Keyring
from storage.migrate import upgrade
from storage.store import open_store
from tests.builders import a_meeting, a_pair, a_participant, a_programme
from tests.stores import KEYS, CountedIds

ROSTER = Path(__file__).parent.parent / "tests/data/people_60.csv"


def people() -> tuple[str, ...]:
    """The sixty people's ids in Slack."""
    return tuple(slack_id(one.id) for one in load_roster(ROSTER))


def settle(database: str) -> None:
    """Migrate the database and let all of them take part there, each in one pair that has met once."""
    upgrade(database)
    store = open_store(database, Keyring(KEYS), wall_clock, CountedIds())
    try:
        workspace = asyncio.run(store.workspace("slack", TEAM_ID))
        asyncio.run(store.run(workspace, _settle, load_roster(ROSTER)))
    finally:
        store.close()


def _settle(roster: list[RosterPerson], *, records: Records, now: datetime, new_id: NewId) -> None:
    del new_id
    records.save_programme(a_programme(next_summary_at=now + timedelta(days=4), next_round_at=None))
    for one in roster:
        records.save_participant(
            replace(
                a_participant(one.id, learn="; ".join(one.learn), teach="; ".join(one.teach)),
                address=address("slack", TEAM_ID, slack_id(one.id)),
                name=one.name,
                level=one.level,
                department=one.department,
                hours=Hours(one.timezone),
                languages=one.languages,
                places=one.places,
                joined_at=now - timedelta(days=30),
            )
        )
    half = len(roster) // 2
    for a, b in zip(roster[:half], roster[half:], strict=True):
        exchanges = tuple(
            Exchange(ParticipantId(learner.id), ParticipantId(teacher.id), topic)
            for learner, teacher, topic in ((a, b, "Negotiation"), (b, a, "Python"))
        )
        pair = a_pair(
            a.id,
            b.id,
            exchanges=exchanges,
            state=PairState.ACTIVE,
            accepted=frozenset((ParticipantId(a.id), ParticipantId(b.id))),
            introduced_at=now - timedelta(days=20),
            proposed_at=now - timedelta(days=21),
            expires_at=None,
        )
        records.save_pair(pair)
        records.save_meeting(a_meeting(pair.id, f"{pair.id}-1", at=now + timedelta(days=2)))
