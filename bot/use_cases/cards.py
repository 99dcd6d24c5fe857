"""People, flows and pairs as prompts show them."""

from datetime import datetime

from bot.mentoring.agreement import Standing, standing
from bot.mentoring.closing import Closing
from bot.mentoring.ids import ParticipantId
from bot.mentoring.meetings import held, next_planned
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.people import Participant, ParticipantState, Track
from bot.mentoring.prompts import Card, Flow, PairLine, Waits
from bot.mentoring.story import FIRST_WITHIN
from bot.ports import Records
from bot.use_cases.acting import programme_of
from bot.use_cases.stories import story_of

CLOSING = "closing"
"""What is told of an active pair whose two have agreed to close it together."""
RESTING = "resting"
"""What is told of an active pair about which the bot is quiet until one of the two takes it up."""


def card(one: Participant) -> Card:
    """A person as shown to a partner, proposed or accepted, and to themself."""
    return Card(
        who=one.address,
        name=one.name,
        level=one.level,
        department=one.department,
        learn=one.learn,
        teach=one.teach,
        zone=one.hours.zone,
        starts=one.hours.starts,
        ends=one.hours.ends,
        languages=one.languages,
        handover=one.track is Track.HANDOVER,
    )


def flow(pair: Pair, reader: ParticipantId) -> Flow:
    """What goes each way, seen from the reader."""
    return Flow(you_learn=pair.learns(reader), you_teach=pair.teaches(reader))


def pair_line(pair: Pair, reader: ParticipantId, *, records: Records, now: datetime) -> PairLine:
    """One of the reader's pairs as a line."""
    you, partner = records.participant(reader), records.participant(pair.partner_of(reader))
    closing = records.closing(pair.id)
    closes_at = None if closing is None else closing.closes_at(programme_of(records).ends_at)
    state = _state_for(you, pair, records, now, closes=closes_at is not None)
    meetings = records.meetings(pair.id)
    goals = records.goals(pair.id)
    ahead = next_planned(meetings, now)
    stands = _standing_for(reader, pair, records, now)
    return PairLine(
        pair=pair.id,
        partner=partner.address,
        partner_name=partner.name,
        state=state,
        flow=flow(pair, reader),
        room=pair.room,
        meetings=len(held(meetings)),
        next_meeting_at=ahead.at if ahead else None,
        answered=reader in pair.accepted,
        answer_by=pair.expires_at if pair.state is PairState.PROPOSED else None,
        meet_by=None if meetings else _meet_by(pair, now),
        rested_by_you=pair.rests_by(reader),
        agreement=stands or "",
        your_goal=goals.of(reader) is not None,
        their_goal=goals.of(partner.id) is not None,
        closes_at=closes_at if state == CLOSING else None,
        waits=_waits_for(reader, pair, stands, closing, records=records, now=now),
    )


def _standing_for(reader: ParticipantId, pair: Pair, records: Records, now: datetime) -> Standing | None:
    """Where the two stand with their agreement, without a word of it; None before they are a pair."""
    if pair.state is PairState.PROPOSED:
        return None
    return standing(records.agreement(pair.id), reader, now)


def _waits_for(
    reader: ParticipantId,
    pair: Pair,
    stands: Standing | None,
    closing: Closing | None,
    *,
    records: Records,
    now: datetime,
) -> tuple[str, ...]:
    """What waits for the reader's answer in an open pair of theirs."""
    active = pair.state is PairState.ACTIVE
    offered = active and any(one.by != reader and one.still(now) for one in records.offers(pair.id))
    waits = {
        Waits.PROPOSAL: pair.state is PairState.PROPOSED and reader not in pair.accepted,
        Waits.TIMES: offered,
        Waits.CLOSING: closing is not None and closing.by != reader and closing.waits(now),
        Waits.CHANGE: stands is Standing.PARTNER_PROPOSES,
        Waits.DRAFT: stands is Standing.DRAFT,
    }
    return tuple(what for what, does in waits.items() if does)


def _state_for(reader: Participant, pair: Pair, records: Records, now: datetime, *, closes: bool) -> str:
    """Where a pair stands for the reader.

    To whoever is away, or has let this pair rest by a word of their own, it is paused, also before the other
    has heard. An active pair is closing once both agreed to that. It is resting, which any word of either
    ends, where it has gone quiet as a whole, or where the reader answered the question about the silence with
    a rest, or with nothing.
    """
    if pair.state is not PairState.ACTIVE:
        return pair.state
    if reader.state is ParticipantState.PAUSED or pair.rests_by(reader.id):
        return PairState.PAUSED
    if closes:
        return CLOSING
    story = story_of(pair, records)
    return RESTING if story.rests(now) or story.wants_rest(reader.id, now) else pair.state


def _meet_by(pair: Pair, now: datetime) -> datetime | None:
    """The day before which a first meeting is best, while it lies ahead."""
    if pair.state is not PairState.ACTIVE or pair.introduced_at is None:
        return None
    best = pair.introduced_at + FIRST_WITHIN
    return best if best > now else None
