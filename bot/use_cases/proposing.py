"""Proposals: shown to both, opened by two yeses, and the one wording for all that comes to nothing."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.limits import JOINED_WITHIN
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
from bot.mentoring.steps import Journey
from bot.mentoring.story import Done
from bot.ports import NewId, Records
from bot.use_cases.acting import open_pairs, programme_of
from bot.use_cases.cards import card, flow
from bot.use_cases.ending import end
from bot.use_cases.saying import moment_for, quiet_moment, room_moment, tell
from bot.use_cases.walking import walk

REMINDED = "reminded"
AFTER_REMINDER = timedelta(days=2)
"""The least time a proposal stays open after its reminder."""
Answer = TypeVar("Answer", bound=Prompt)


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
    records.forget_wishes(*proposed.sides)
    for side in proposed.sides:
        reader = records.participant(side)
        shown = proposal_for(proposed, side, programme, records=records)
        tell(reader, f"proposal:{pair.id}:{side}", shown, at=now, records=records, counted=False)
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
    new_id: NewId,
) -> Prompt:
    """Say yes. The second yes opens the room; a yes said twice gets the same answer.

    Where the other side has ended it unheard, a yes reads like a first one, and the neutral line follows.
    """
    pair = records.pair(key)
    authorise(actor, Action.ANSWER_PAIR, pair)
    if not pair.open_to(actor.id):
        return _nothing_more(pair, PairEvent.ACCEPT, CameToNothing())
    partner = records.participant(pair.partner_of(actor.id))
    if pair.state is PairState.PROPOSED and actor.id in pair.accepted:
        return AcceptedFirst()
    if pair.state is PairState.ACTIVE:
        return AcceptedBoth(partner=partner.address, opens_at=_opens_at(pair, records))
    if pair.ended_by is not None and pair.state is PairState.PROPOSED:
        quiet_until = quiet_moment(records.participant(actor.id), now, new_id)
        accepted = pair.accepted | {actor.id}
        records.save_pair(replace(pair, accepted=accepted, quiet_until=quiet_until, next_due_at=quiet_until))
        return AcceptedFirst()
    accepted_pair = pair.accepted_by(actor.id)
    if accepted_pair.state is PairState.PROPOSED:
        records.save_pair(accepted_pair)
        return AcceptedFirst()
    return _open(accepted_pair, partner, journey, records=records, now=now)


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
    """When an accepted pair's room opens, None once something was said there.

    It is told as it was at the second yes, whatever has happened to the pair since.
    """
    if pair.introduced_at is None or any(done.to is None for done in records.done(pair.id)):
        return None
    people = tuple(records.participant(side) for side in pair.sides)
    return room_moment(people, pair.introduced_at, counted=False, nudge=False, records=records)


def decline(actor: Actor, key: PairId, *, records: Records, now: datetime, new_id: NewId) -> Declined:
    """Say no, without a reason and without anybody hearing of it; a no said twice gets the same answer."""
    pair = records.pair(key)
    authorise(actor, Action.ANSWER_PAIR, pair)
    answer = Declined(next_round_at=programme_of(records).next_round_at)
    if not pair.open_to(actor.id):
        return _nothing_more(pair, PairEvent.DECLINE, answer)
    pair.after(PairEvent.DECLINE)
    end(pair, actor.id, records=records, now=now, new_id=new_id)
    return answer


def _nothing_more(pair: Pair, event: PairEvent, answer: Answer) -> Answer:
    """The answer where a proposal is over for who asks; of a pair that had opened, that it is no longer open.

    It is the same whoever of the two ended it first.
    """
    if pair.introduced_at is not None:
        raise NotPossibleNow(event, PairState.CLOSED)
    return answer


def end_proposals(one: Participant, *, records: Records, now: datetime, new_id: NewId) -> None:
    """End all proposals of somebody who takes part no more, and take back those that have not left yet."""
    for pair in open_pairs(one.id, records, (PairState.PROPOSED,)):
        end(pair, one.id, records=records, now=now, new_id=new_id)
        records.withdraw(one.id, f"proposal:{pair.id}")


def lapse(pair: Pair, *, records: Records, now: datetime, new_id: NewId) -> None:
    """At a proposal's end, a kind line to everybody who has not answered it; one a day, for all of them."""
    silent = [side for side in sorted(pair.sides) if pair.open_to(side) and side not in pair.accepted]
    next_round_at = programme_of(records).next_round_at
    for side in silent:
        one = records.participant(side)
        if one.state is ParticipantState.ACTIVE:
            _say_lapsed(one, Lapsed(next_round_at), records=records, now=now)
    for side in silent:
        pair = end(pair, side, records=records, now=now, new_id=new_id)


def _say_lapsed(one: Participant, line: Lapsed, *, records: Records, now: datetime) -> None:
    """Say that a proposal has lapsed, once for all that do so on one day."""
    begins = f"lapsed:{one.id}:"
    if not any(message.key.startswith(begins) for message in records.pending(one.id)):
        day = one.hours.day(one.hours.opening(now))
        tell(one, f"{begins}{day}", line, at=now, records=records)


def remind(pair: Pair, *, records: Records, now: datetime) -> Pair:
    """Bring a proposal up again, once, to whoever has not answered; its end waits for the reminder.

    Proposals of one person that are to be brought up within a day fall together in one message. Its end is
    the same where one side has ended it, so that the other cannot tell.
    """
    ends = pair.expires_at or now
    waits: list[datetime] = []
    for side in sorted(set(pair.sides) - pair.accepted):
        if _reminded(pair, side, records):
            continue
        one, gone = records.participant(side), side == pair.ended_by
        here = replace(one, state=ParticipantState.ACTIVE) if gone else one
        moment = moment_for(here, now, counted=True, nudge=True, records=records)
        if moment > now and not gone:
            waits.append(moment)
        elif not gone:
            _bring_up(one, records=records, now=now)
        ends = max(ends, moment + AFTER_REMINDER)
    kept = replace(pair, expires_at=ends, next_due_at=min(waits, default=ends))
    records.save_pair(kept)
    return kept


def _bring_up(one: Participant, *, records: Records, now: datetime) -> None:
    open_ones = [
        pair
        for pair in open_pairs(one.id, records, (PairState.PROPOSED,))
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
