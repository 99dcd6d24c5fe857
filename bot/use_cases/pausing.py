"""Pausing, coming back, leaving."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.pair import UNDER_WAY, Pair, PairEvent, PairState
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.prompts import (
    LeaveAsked,
    LeftProgramme,
    Paused,
    PauseEnded,
    PauseForm,
    Resumed,
)
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.story import WELCOME_BACK, Mark
from bot.ports import NewId, Records
from bot.use_cases.acting import open_pairs, programme_of
from bot.use_cases.ending import away_key, end, quiet_key, rest, rest_quietly, tell_of_rest
from bot.use_cases.marking import mark
from bot.use_cases.proposing import end_proposals
from bot.use_cases.reading import pause_end
from bot.use_cases.reminding import plan_reminders
from bot.use_cases.saying import tell
from bot.use_cases.timing import plan_anew

USUAL_PAUSE = timedelta(weeks=2)


def open_pause(actor: Actor, *, records: Records, now: datetime) -> PauseForm:
    """Ask until when."""
    authorise(actor, Action.TAKE_PART)
    one = records.participant(actor.id)
    return PauseForm(until=(now + USUAL_PAUSE).astimezone(ZoneInfo(one.hours.zone)).date())


def pause(
    actor: Actor,
    until: str,
    *,
    tell_partners: bool,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> Paused:
    """Pause until a day: proposals come to nothing, active pairs rest, nothing is said to the person.

    Pausing again moves the day. Partners hear the day only with `tell_partners`.
    """
    authorise(actor, Action.TAKE_PART)
    one = records.participant(actor.id)
    ends = pause_end(until, one.hours.zone, now)
    resting = replace(one, state=ParticipantState.PAUSED, paused_until=ends, tell_partners=tell_partners)
    records.save_participant(resting)
    records.withdraw(one.id, _ended_key(one))
    end_proposals(resting, records=records, now=now, new_id=new_id)
    for pair in open_pairs(one.id, records, (PairState.ACTIVE,)):
        if pair.quiet_until is None:
            rest_quietly(pair, one.id, records=records, now=now, new_id=new_id)
    _let_wait(resting, records, now)
    if tell_partners:
        _say_until_when(resting, records, now)
    return Paused(until=ends, active_pairs=len(_under_way(one, records)), told=tell_partners)


def _ended_key(one: Participant) -> str:
    """How the keys of the words begin that say that a pause is over."""
    return f"pause-ended:{one.id}:"


def _let_wait(resting: Participant, records: Records, now: datetime) -> None:
    """Let what waits for somebody wait for their return, each message where the limits leave room then."""
    for message in records.pending(resting.id):
        plan_anew(message, max(resting.paused_until or now, message.at), records=records)


def tell_partners(actor: Actor, *, records: Records, now: datetime) -> Paused:
    """Let partners know until when, instead of the neutral line."""
    authorise(actor, Action.TAKE_PART)
    one = records.participant(actor.id)
    if one.state is not ParticipantState.PAUSED or one.paused_until is None:
        raise NotPossibleNow("tell partners", one.state)
    telling = replace(one, tell_partners=True)
    records.save_participant(telling)
    _say_until_when(telling, records, now)
    return Paused(until=one.paused_until, active_pairs=len(_under_way(one, records)), told=True)


def _say_until_when(one: Participant, records: Records, now: datetime) -> None:
    for pair in _under_way(one, records):
        if pair.ended_by is not None:
            resting = pair.after(PairEvent.PAUSE) if pair.state is PairState.ACTIVE else pair
            records.save_pair(resting)
        elif pair.state is PairState.ACTIVE:
            rest(pair, records=records, now=now)
        else:
            partner = records.participant(pair.partner_of(one.id))
            tell_of_rest(pair, one, partner, records=records, now=now)


def _under_way(one: Participant, records: Records) -> tuple[Pair, ...]:
    return open_pairs(one.id, records, UNDER_WAY)


def resume(actor: Actor, *, records: Records, now: datetime, new_id: NewId) -> Resumed:
    """End a pause by one's own word."""
    authorise(actor, Action.TAKE_PART)
    one = records.participant(actor.id)
    paused = one.state is ParticipantState.PAUSED
    if paused:
        _back(one, records, now, new_id)
    return Resumed(was_paused=paused, next_round_at=programme_of(records).next_round_at)


def end_pause(one: Participant, *, records: Records, now: datetime, new_id: NewId) -> None:
    """End a pause whose day has come, with a word to the person."""
    programme = programme_of(records)
    back = _back(one, records, now, new_id)
    ended = PauseEnded(next_round_at=programme.next_round_at)
    tell(back, f"{_ended_key(one)}{one.paused_until}", ended, at=now, records=records)


def _back(one: Participant, records: Records, now: datetime, new_id: NewId) -> Participant:
    back = replace(one, state=ParticipantState.ACTIVE, paused_until=None, tell_partners=False)
    records.save_participant(back)
    for pair in _under_way(one, records):
        mark(pair, Mark.BACK, one.id, records=records, now=now)
        for side in pair.sides:  # a start that still waits makes way for the one that comes now
            records.withdraw(side, f"{WELCOME_BACK}:{pair.id}:")
        _go_on(pair, back, records, now, new_id)
    return back


def _go_on(pair: Pair, back: Participant, records: Records, now: datetime, new_id: NewId) -> None:
    """Let a pair go on for somebody who is back.

    Where the other has ended it or paused meanwhile, unheard, it reads as if it went on, and they hear
    after some quiet days.
    """
    partner = records.participant(pair.partner_of(back.id))
    awake = pair.after(PairEvent.RESUME) if pair.state is PairState.PAUSED else pair
    for side in pair.sides:
        for line in (quiet_key(pair), away_key(pair)):
            records.withdraw(side, line)
    if pair.ended_by is not None:
        records.save_pair(replace(awake, next_due_at=now))
    elif pair.rests_until is not None:
        records.save_pair(replace(pair, next_due_at=pair.quiet_until or pair.rests_until))
    elif partner.state is ParticipantState.ACTIVE:
        records.save_pair(replace(awake, quiet_until=None, next_due_at=now))
        plan_reminders(awake, records=records, now=now)
    elif partner.tell_partners and pair.state is PairState.PAUSED:
        tell_of_rest(pair, partner, back, records=records, now=now)
    else:
        rest_quietly(awake, partner.id, records=records, now=now, new_id=new_id)


def ask_leave(actor: Actor, *, records: Records) -> LeaveAsked:
    """What leaving ends; nothing happens yet."""
    authorise(actor, Action.TAKE_PART)
    return LeaveAsked(pairs=len(_under_way(records.participant(actor.id), records)))


def leave(actor: Actor, *, records: Records, now: datetime, new_id: NewId) -> LeftProgramme:
    """Leave: proposals come to nothing, pairs close with the neutral line, nothing more is said.

    Leaving twice says the same.
    """
    programme = programme_of(records)
    if actor.participant is not None and actor.participant.state is ParticipantState.LEFT:
        return LeftProgramme(programme=programme.name)
    authorise(actor, Action.TAKE_PART)
    one = records.participant(actor.id)
    end_proposals(one, records=records, now=now, new_id=new_id)
    for pair in _under_way(one, records):
        end(pair, one.id, records=records, now=now, new_id=new_id)
    records.withdraw(one.id)
    records.forget_feed(one.id)
    records.save_participant(replace(one, state=ParticipantState.LEFT, paused_until=None))
    return LeftProgramme(programme=programme.name)
