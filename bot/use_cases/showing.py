"""What a person can look at: help, their pairs, why, privacy, their home."""

from datetime import datetime

from bot.mentoring.errors import NotFound
from bot.mentoring.ids import Address, PairId
from bot.mentoring.pair import Pair, PairState, Reason
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.programme import RoundState
from bot.mentoring.prompts import (
    Help,
    PairLine,
    PairsShown,
    Privacy,
    Prompt,
    WhichPair,
    WhyNone,
    WhyShown,
)
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.waiting import Waiting
from bot.ports import Records
from bot.use_cases.acknowledging import show_code
from bot.use_cases.acting import open_pairs, programme_of
from bot.use_cases.cards import flow, pair_line
from bot.use_cases.telling import asked

CODE_PAGE = "ethics"
"""The page of help that the person can answer."""


def show_help(
    actor: Actor, topic: str, commands: tuple[str, ...], support: str, *, records: Records
) -> Prompt:
    """What can be done now; `commands` are the words this person can use."""
    authorise(actor, Action.READ)
    if topic == CODE_PAGE:
        return show_code(actor, records=records)
    return Help(topic=topic, commands=commands, joined=takes_part(actor), support=support)


def show_privacy(actor: Actor, support: str, *, records: Records) -> Privacy:
    """What is stored, who sees what."""
    authorise(actor, Action.READ)
    programme = records.programme()
    return Privacy(contacts=programme.contacts if programme else (), support=support)


def takes_part(actor: Actor) -> bool:
    """Whether the person has opted in and not left."""
    return actor.participant is not None and actor.participant.state is not ParticipantState.LEFT


def show_pairs(actor: Actor, *, records: Records, now: datetime) -> PairsShown:
    """My pairs and what comes next."""
    authorise(actor, Action.TAKE_PART)
    programme = programme_of(records)
    return PairsShown(
        pairs=pair_lines(actor, records, now),
        next_round_at=programme.next_round_at,
        resting=records.participant(actor.id).resting_since is not None,
    )


def pair_lines(actor: Actor, records: Records, now: datetime) -> tuple[PairLine, ...]:
    """The actor's pairs that are open, oldest first."""
    pairs = open_pairs(actor.id, records)
    return tuple(pair_line(pair, actor.id, records=records, now=now) for pair in pairs)


def why(actor: Actor, partner: Address | None, *, records: Records) -> Prompt:
    """Why this pair, of which of several, or why none yet. Nothing is told about who is no partner."""
    authorise(actor, Action.TAKE_PART)
    pairs = open_pairs(actor.id, records)
    if partner is not None:
        pairs = tuple(
            pair for pair in pairs if records.participant(pair.partner_of(actor.id)).address == partner
        )
        if not pairs:
            raise NotFound
    if not pairs:
        return _why_none(records.participant(actor.id), records)
    if len(pairs) > 1:
        one = records.participant(actor.id)
        return WhichPair("why", tuple(asked(pair, one, records) for pair in pairs))
    return _why_shown(pairs[0], actor, records)


def why_of(actor: Actor, key: PairId, *, records: Records) -> WhyShown:
    """Why one of the actor's pairs; NotFound for what is none of theirs, or not open any more."""
    authorise(actor, Action.TAKE_PART)
    pair = next((one for one in open_pairs(actor.id, records) if one.id == key), None)
    if pair is None:
        raise NotFound
    return _why_shown(pair, actor, records)


def _why_shown(pair: Pair, actor: Actor, records: Records) -> WhyShown:
    other = records.participant(pair.partner_of(actor.id))
    return WhyShown(
        partner_name=other.name,
        partner=other.address,
        reasons=pair.reasons,
        flow=flow(pair, actor.id),
    )


def _why_none(one: Participant, records: Records) -> WhyNone:
    next_round_at = programme_of(records).next_round_at
    if one.state is ParticipantState.PAUSED:
        return WhyNone(Reason("paused_now"), next_round_at)
    if not one.places:
        return WhyNone(Reason("no_places"), next_round_at)
    if one.resting_since is not None:
        return WhyNone(Reason("rests_now"), next_round_at)
    released = [each for each in records.rounds() if each.state is RoundState.RELEASED]
    if not released:
        return WhyNone(Reason("first_round"), next_round_at)
    waits = records.waiting(released[-1].id).get(one.id)
    if waits is None:
        had_one = any(pair.proposed_at for pair in records.pairs_of(one.id, PairState))
        waits = Waiting(Reason("came_to_nothing" if had_one else "late"))
    return WhyNone(waits.reason, next_round_at, waits.search)
