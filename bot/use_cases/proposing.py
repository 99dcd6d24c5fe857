"""Proposals: shown to both, opened by two yeses, and the one wording for all that comes to nothing."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.journey import Done, Journey
from bot.mentoring.pair import ANSWER_WITHIN, REMIND_AFTER, Pair, PairEvent, PairState
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.programme import Programme
from bot.mentoring.prompts import (
    AcceptedBoth,
    AcceptedFirst,
    CameToNothing,
    Declined,
    Lapsed,
    Prompt,
    Proposal,
    ProposalReminder,
)
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import Message, NewId, Records
from bot.use_cases.acting import programme_of
from bot.use_cases.cards import card, flow
from bot.use_cases.saying import JOINED_WITHIN, moment_for, tell, tell_quietly, to_person
from bot.use_cases.walking import walk

ENDED_BY = "ended_by"
REMINDED = "reminded"
AFTER_REMINDER = timedelta(days=2)
"""The least time a proposal stays open after its reminder."""
_OVER = (PairState.DECLINED, PairState.EXPIRED)


def propose(pair: Pair, *, records: Records, now: datetime) -> Pair:
    """Show both profiles to both; nothing opens until both accept."""
    programme = programme_of(records)
    proposed = replace(
        pair.after(PairEvent.PROPOSE),
        proposed_at=now,
        expires_at=now + ANSWER_WITHIN,
        next_due_at=now + REMIND_AFTER,
    )
    records.save_pair(proposed)
    for side in proposed.sides:
        reader = records.participant(side)
        at = moment_for(reader, now, counted=False, nudge=False, records=records)
        shown = proposal_for(proposed, side, programme, records=records)
        records.post(Message(f"proposal:{pair.id}:{side}", to_person(reader.address), shown, at))
    return proposed


def proposal_for(
    pair: Pair,
    reader: ParticipantId,
    programme: Programme,
    *,
    records: Records,
    asked_by_you: bool = False,
) -> Proposal:
    """A proposal as one of the two sees it."""
    you, partner = records.participant(reader), records.participant(pair.partner_of(reader))
    if pair.expires_at is None:
        raise NotPossibleNow("show", pair.state)
    return Proposal(
        pair=pair.id,
        you=card(you),
        partner=card(partner),
        flow=flow(pair, reader),
        reasons=pair.reasons,
        programme=programme.name,
        purpose=programme.purpose,
        answer_by=pair.expires_at,
        asked_by_you=asked_by_you,
    )


def accept(
    actor: Actor,
    key: PairId,
    journey: Journey,
    *,
    records: Records,
    now: datetime,
) -> Prompt:
    """Say yes. The second yes opens the room; a yes said twice gets the same answer."""
    pair = records.pair(key)
    authorise(actor, Action.ANSWER_PAIR, pair)
    if pair.state in _OVER:
        return CameToNothing()
    partner = records.participant(pair.partner_of(actor.id))
    if pair.state is PairState.PROPOSED and actor.id in pair.accepted:
        return AcceptedFirst()
    if pair.state is PairState.ACTIVE:
        return AcceptedBoth(partner=partner.address, opens_at=_opens_at(pair, records))
    accepted = pair.accepted_by(actor.id)
    if accepted.state is PairState.PROPOSED:
        records.save_pair(accepted)
        return AcceptedFirst()
    return _open(accepted, partner, journey, records=records, now=now)


def _open(
    pair: Pair,
    partner: Participant,
    journey: Journey,
    *,
    records: Records,
    now: datetime,
) -> AcceptedBoth:
    """Open an accepted pair: its room at once if both are at work, else when both are."""
    for side in pair.sides:
        one = records.participant(side)
        records.save_participant(replace(one, waiting=0))
    opened = walk(replace(pair, introduced_at=now), journey, records=records, now=now)
    return AcceptedBoth(partner=partner.address, opens_at=_opens_at(opened, records))


def _opens_at(pair: Pair, records: Records) -> datetime | None:
    """When an accepted pair's room opens, None once something was said there."""
    said_in_room = any(done.to is None for done in records.done(pair.id))
    return None if said_in_room else pair.next_due_at


def decline(actor: Actor, key: PairId, *, records: Records, now: datetime, new_id: NewId) -> Declined:
    """Say no, without a reason and without anybody hearing of it; a no said twice gets the same answer."""
    pair = records.pair(key)
    authorise(actor, Action.ANSWER_PAIR, pair)
    answer = Declined(next_round_at=programme_of(records).next_round_at)
    if pair.state in _OVER:
        return answer
    come_to_nothing(pair, actor.id, PairEvent.DECLINE, records=records, now=now, new_id=new_id)
    return answer


def come_to_nothing(
    pair: Pair,
    cause: ParticipantId | None,
    event: PairEvent,
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> Pair:
    """End a proposal. Whoever had accepted reads one line, the same for every cause, after some days.

    `cause` is the person it ended by, None for the time that ran out. Who had not answered hears at the
    proposal's end what they would have heard anyway.
    """
    over = replace(pair.after(event), ended_at=now, next_due_at=pair.expires_at if cause else None)
    records.save_pair(over)
    if cause is not None:
        records.save_done(pair.id, Done(ENDED_BY, now, cause))
    for side in pair.accepted - {cause}:
        one = records.participant(side)
        records.save_participant(replace(one, waiting=one.waiting + 1))
        tell_quietly(one, f"nothing:{pair.id}", CameToNothing(), now=now, new_id=new_id, records=records)
    _forget_asking(over, records)
    return over


def lapse(pair: Pair, *, records: Records, now: datetime, new_id: NewId) -> Pair:
    """At a proposal's end, a kind line to everybody who has not answered it."""
    ended_by = {done.to for done in records.done(pair.id) if done.step == ENDED_BY}
    if pair.state is PairState.PROPOSED:
        pair = come_to_nothing(pair, None, PairEvent.EXPIRE, records=records, now=now, new_id=new_id)
    next_round_at = programme_of(records).next_round_at
    for side in sorted(set(pair.sides) - pair.accepted - ended_by):
        one = records.participant(side)
        if one.state is ParticipantState.ACTIVE:
            tell(one, f"lapsed:{pair.id}:{side}", Lapsed(next_round_at), at=now, records=records)
    over = replace(pair, next_due_at=None)
    records.save_pair(over)
    return over


def remind(pair: Pair, *, records: Records, now: datetime) -> Pair:
    """Bring a proposal up again, once, to whoever has not answered; its end waits for the reminder.

    Proposals of one person that are to be brought up within a day fall together in one message.
    """
    ends = pair.expires_at or now
    waits: list[datetime] = []
    for side in sorted(set(pair.sides) - pair.accepted):
        if _reminded(pair, side, records):
            continue
        one = records.participant(side)
        moment = moment_for(one, now, counted=True, nudge=True, records=records)
        if moment > now:
            waits.append(moment)
        else:
            _bring_up(one, records=records, now=now)
        ends = max(ends, moment + AFTER_REMINDER)
    kept = replace(pair, expires_at=ends, next_due_at=min(waits, default=ends))
    records.save_pair(kept)
    return kept


def _bring_up(one: Participant, *, records: Records, now: datetime) -> None:
    open_ones = [
        pair
        for pair in records.pairs_of(one.id, (PairState.PROPOSED,))
        if one.id not in pair.accepted
        and not _reminded(pair, one.id, records)
        and pair.proposed_at is not None
        and pair.proposed_at + REMIND_AFTER <= now + JOINED_WITHIN
    ]
    proposals = tuple(
        (pair.id, records.participant(pair.partner_of(one.id)).name, pair.expires_at or now)
        for pair in open_ones
    )
    key = f"{REMINDED}:{one.id}:{min(pair.id for pair in open_ones)}"
    tell(one, key, ProposalReminder(proposals), at=now, records=records, nudge=True)
    for pair in open_ones:
        records.save_done(pair.id, Done(REMINDED, now, one.id))


def _reminded(pair: Pair, side: ParticipantId, records: Records) -> bool:
    return any(done.step == REMINDED and done.to == side for done in records.done(pair.id))


def _forget_asking(pair: Pair, records: Records) -> None:
    """Take back a proposal that has not left yet from somebody who does not take part any more."""
    for side in pair.sides:
        if records.participant(side).state is not ParticipantState.ACTIVE:
            records.withdraw(side, f"proposal:{pair.id}")
