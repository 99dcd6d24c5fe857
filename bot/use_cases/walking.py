"""Walking a pair along its journey: saying what is due, and knowing when to come back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import ParticipantId
from bot.mentoring.journey import Done, Due, Journey, Step, Story, due_steps, outstanding
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.programme import Programme
from bot.mentoring.prompts import Align, DidYouMeet, Introduction, KnowEachOther, PairAsked, Prompt, SetADate
from bot.ports import Message, Records
from bot.use_cases.acting import open_pairs, programme_of
from bot.use_cases.cards import card
from bot.use_cases.saying import JOINED_WITHIN, moment_for, room_moment, tell, to_room


@dataclass(frozen=True)
class _Walk:
    """What saying a step needs to know."""

    pair: Pair
    journey: Journey
    records: Records
    now: datetime


def walk(
    pair: Pair,
    journey: Journey,
    *,
    records: Records,
    now: datetime,
) -> Pair:
    """Say what is due to an active pair and set when to look again."""
    way = _Walk(pair, journey, records, now)
    waiting: dict[tuple[str, ParticipantId | None], datetime] = {}
    said = True
    while said:
        said = False
        for due in due_steps(story_of(pair, records), journey, now):
            if (due.step.key, due.to) in waiting:
                continue
            moment = _say(way, due)
            if moment is None:
                said = True
                break
            waiting[due.step.key, due.to] = moment
    later = [due.at for due in outstanding(story_of(pair, records), journey, now) if due.at > now]
    walked = replace(pair, next_due_at=min([*waiting.values(), *later], default=None))
    records.save_pair(walked)
    return walked


def story_of(pair: Pair, records: Records) -> Story:
    """What has happened to a pair so far."""
    if pair.introduced_at is None:
        raise NotPossibleNow("walk", pair.state)
    return Story(pair.sides, pair.introduced_at, records.meetings(pair.id), records.done(pair.id))


def _say(way: _Walk, due: Due) -> datetime | None:
    """Say one step; the moment to try again where it has to wait, None once it was said."""
    return _say_in_room(way, due.step) if due.to is None else _say_to(way, due.step, due.to)


def _say_in_room(way: _Walk, step: Step) -> datetime | None:
    people = tuple(way.records.participant(side) for side in way.pair.sides)
    moment = room_moment(people, way.now, counted=step.counted, nudge=step.nudge, records=way.records)
    if moment is not None and moment > way.now:
        return moment
    prompt = _ROOM[step.prompt](way.pair, people, programme_of(way.records))
    key = f"{step.key}:{way.pair.id}"
    if moment is None:
        for one in people:
            tell(one, f"{key}:{one.id}", prompt, at=way.now, records=way.records, counted=step.counted)
    else:
        counts_for = way.pair.sides if step.counted else ()
        message = Message(key, to_room(way.pair, people), prompt, way.now, counts_for, step.nudge)
        way.records.post(message)
    way.records.save_done(way.pair.id, Done(step.key, way.now))
    return None


def _say_to(way: _Walk, step: Step, to: ParticipantId) -> datetime | None:
    """Say a step to one person, together with the same step of their other pairs."""
    one = way.records.participant(to)
    moment = moment_for(one, way.now, counted=step.counted, nudge=step.nudge, records=way.records)
    if moment > way.now:
        return moment
    together = [way.pair, *(other for other in _others(way, one) if _soon(way, other, step, to))]
    together.sort(key=lambda pair: pair.id)
    first = together[0]
    occurrence = len(story_of(first, way.records).told(step, to))
    key = f"{step.key}:{to}:{first.id}:{occurrence}"
    prompt = _EACH[step.prompt](tuple(asked(pair, one, way.records) for pair in together))
    tell(one, key, prompt, at=way.now, records=way.records, counted=step.counted, nudge=step.nudge)
    for pair in together:
        way.records.save_done(pair.id, Done(step.key, way.now, to))
    return None


def _others(way: _Walk, one: Participant) -> tuple[Pair, ...]:
    if one.state is not ParticipantState.ACTIVE:
        return ()
    active = open_pairs(one.id, way.records, (PairState.ACTIVE,))
    return tuple(pair for pair in active if pair.id != way.pair.id)


def _soon(way: _Walk, pair: Pair, step: Step, to: ParticipantId) -> bool:
    ahead = outstanding(story_of(pair, way.records), way.journey, way.now)
    return any(
        due.step.key == step.key and due.to == to and due.at <= way.now + JOINED_WITHIN for due in ahead
    )


def asked(pair: Pair, one: Participant, records: Records) -> PairAsked:
    """One of a person's pairs inside a question to them, with what they are after in it."""
    partner, goal = records.participant(pair.partner_of(one.id)), records.goals(pair.id).of(one.id)
    return PairAsked(
        pair=pair.id,
        partner=partner.name,
        goal=goal.what if goal else "",
        step=goal.step if goal and not goal.step_done else "",
        back=pair.learns_nothing == one.id,
    )


def _introduction(pair: Pair, people: tuple[Participant, ...], programme: Programme) -> Prompt:
    one, other = people
    booking = one if pair.learns(one.id) else other
    return Introduction(
        one=card(one),
        other=card(other),
        one_learns=pair.learns(one.id),
        other_learns=pair.learns(other.id),
        reasons=pair.reasons,
        books=booking.address,
        books_name=booking.name,
        lateral=pair.lateral,
        programme=programme.name,
        purpose=programme.purpose,
        pair=pair.id,
    )


def _know_each_other(pair: Pair, people: tuple[Participant, ...], _programme: Programme) -> Prompt:
    return KnowEachOther(people[0].name, people[1].name, pair.id)


def _align(pair: Pair, people: tuple[Participant, ...], _programme: Programme) -> Prompt:
    return Align(people[0].name, people[1].name, pair.id)


_ROOM: dict[str, Callable[[Pair, tuple[Participant, ...], Programme], Prompt]] = {
    "Introduction": _introduction,
    "KnowEachOther": _know_each_other,
    "Align": _align,
}
_EACH: dict[str, Callable[[tuple[PairAsked, ...]], Prompt]] = {
    "SetADate": SetADate,
    "DidYouMeet": DidYouMeet,
}
