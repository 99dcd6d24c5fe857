"""Opting in, interests, and what is known about me."""

from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.matching.topics import How, Topics
from bot.mentoring.errors import BadInput, CannotTakePart, Problem
from bot.mentoring.ids import Address, ParticipantId
from bot.mentoring.people import (
    MAX_INTERESTS,
    MAX_PLACES,
    Direction,
    Hours,
    Participant,
    ParticipantState,
    Profile,
    Standing,
    Track,
)
from bot.mentoring.programme import LADDER, Programme
from bot.mentoring.prompts import (
    InterestForgotten,
    InterestsChanged,
    Joined,
    JoinForm,
    ProfileSaved,
    ProfileShown,
    Prompt,
)
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.summary import FEWEST_PEOPLE
from bot.mentoring.text import NAME_LIMIT, checked, clean
from bot.ports import Holidays, NewId, Records
from bot.use_cases.acknowledging import code_kept_at
from bot.use_cases.acting import programme_of
from bot.use_cases.cards import card
from bot.use_cases.interests import Interests
from bot.use_cases.reading import Reading, choices, month, number, one_time, people, read_direction, zone
from bot.use_cases.resuming import resumed
from bot.use_cases.timing import keep_hours


@dataclass(frozen=True)
class JoinAnswers:
    """What the join form holds when it is sent, as it was typed."""

    name: str
    level: str
    department: str
    learn: tuple[str, ...]
    teach: tuple[str, ...]
    places: str
    starts: str
    ends: str
    zone: str
    languages: tuple[str, ...]
    manager: Address | None
    since: str
    findable: bool
    handover: bool = False
    direction: str = ""
    holidays: str = ""


def open_join(
    actor: Actor, holidays: Holidays, manager: Profile | None = None, *, records: Records
) -> JoinForm:
    """The opt-in form, with what is known already, or what stood in it when it was left half-way.

    Whoever joins anew is offered the `manager` that the directory names, and may take it out.
    """
    programme = programme_of(records)
    _may_join(actor, records)
    profile = records.profile(actor.address)
    known = actor.participant
    if known is None or known.state is ParticipantState.LEFT:
        fresh = JoinForm(
            name=profile.name if profile else "",
            zone=profile.zone if profile else "UTC",
            joined=False,
            programme=programme.name,
            purpose=programme.purpose,
            manager=manager.address if manager else None,
            manager_name=manager.name if manager else "",
            holidays=holidays.of_zone(profile.zone) if profile else "",
        )
        left = records.left_form(actor.address)
        return fresh if left is None else resumed(fresh, left)
    return JoinForm(
        name=known.name,
        zone=known.hours.zone,
        joined=True,
        programme=programme.name,
        purpose=programme.purpose,
        level=known.level,
        department=known.department,
        learn=known.learn,
        teach=known.teach,
        places=known.places,
        starts=known.hours.starts,
        ends=known.hours.ends,
        languages=known.languages,
        manager=known.manager,
        since=known.since,
        findable=known.findable,
        handover=known.track is Track.HANDOVER,
        direction=known.direction,
        holidays=known.hours.holidays,
    )


def join(
    actor: Actor,
    answers: JoinAnswers,
    topics: Topics,
    holidays: Holidays,
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> Prompt:
    """Opt in, or change what was said at opting in; BadForm with every value that cannot be taken."""
    programme = programme_of(records)
    _may_join(actor, records)
    known = actor.participant
    key = known.id if known else ParticipantId(new_id())
    read = _read(key, actor.address, answers, Interests(topics, records), holidays)
    if known is not None and known.state is not ParticipantState.LEFT:
        kept = replace(
            read,
            state=known.state,
            paused_until=known.paused_until,
            tell_partners=known.tell_partners,
            waiting=known.waiting,
            joined_at=known.joined_at,
            resting_since=known.resting_since,
        )
        records.save_participant(kept)
        if kept.hours != known.hours:
            keep_hours(kept.id, records=records)
        return ProfileSaved()
    records.save_participant(replace(read, joined_at=now))
    records.forget_left_form(actor.address)
    return _welcome(programme, read, records)


def _welcome(programme: Programme, one: Participant, records: Records) -> Joined:
    return Joined(
        programme=programme.name,
        next_round_at=programme.next_round_at,
        late=any(each.released_at for each in records.rounds()),
        learn=one.learn,
        teach=one.teach,
        places=one.places,
        upper=one.level > LADDER // 2,
    )


def _may_join(actor: Actor, records: Records) -> None:
    """Owners, guests, bots and people of other companies do not take part."""
    if actor.owner:
        raise CannotTakePart("owner")
    authorise(actor, Action.JOIN)
    profile: Profile | None = records.profile(actor.address)
    if profile is not None and profile.standing is not Standing.MEMBER:
        raise CannotTakePart(profile.standing)


def _read(
    key: ParticipantId, where: Address, answers: JoinAnswers, interests: Interests, holidays: Holidays
) -> Participant:
    """The participant that the answers describe; every problem is found before any is told."""
    reading = Reading()
    take = reading.take
    hours = _hours(answers, reading, holidays)
    none: tuple[str, ...] = ()
    learn = take(lambda: _topics("learn", answers.learn, interests), none)
    teach = take(lambda: _topics("teach", answers.teach, interests), none)
    if not learn and not teach and not reading.problems:
        reading.problems.append(BadInput("learn", Problem.EMPTY))
    no_people: tuple[Address, ...] = ()
    named = (answers.manager,) if answers.manager and answers.manager != where else ()
    manager = take(lambda: people("manager", named, where), no_people)
    read = Participant(
        id=key,
        address=where,
        name=take(lambda: checked("name", answers.name, NAME_LIMIT), ""),
        level=take(lambda: number("level", answers.level, 1, LADDER), 1),
        department=take(lambda: checked("department", answers.department, NAME_LIMIT), ""),
        hours=hours,
        learn=learn,
        teach=teach,
        places=take(lambda: number("places", answers.places, 0, MAX_PLACES), 1),
        languages=take(lambda: choices("languages", answers.languages), ()),
        manager=next(iter(manager), None),
        since=take(lambda: month("since", answers.since), ""),
        findable=answers.findable,
        track=Track.HANDOVER if answers.handover else Track.LEARNING,
        direction=take(lambda: read_direction(answers.direction), Direction.UNSAID),
    )
    reading.finish()
    return read


def _hours(answers: JoinAnswers, reading: Reading, holidays: Holidays) -> Hours:
    """The working hours that the answers describe, with the holidays of the place named, if one is."""
    take = reading.take
    starts = take(lambda: one_time("starts", answers.starts), time(9))
    ends = take(lambda: one_time("ends", answers.ends), time(17))
    if ends <= starts:
        reading.problems.append(BadInput("ends", Problem.ENDS_BEFORE_START))
    here = take(lambda: zone("zone", answers.zone), "UTC")
    place = answers.holidays.strip()
    if place and not holidays.known(place):
        reading.problems.append(BadInput("holidays", Problem.NOT_A_CHOICE))
    return Hours(here, starts, ends, holidays=place, off=holidays.days_off(place))


def _topics(side: str, typed: tuple[str, ...], interests: Interests) -> tuple[str, ...]:
    """Topic names for what was typed, each once; BadInput where one is too long or there are too many."""
    if len(typed) > MAX_INTERESTS:
        raise BadInput(side, Problem.TOO_MANY, str(MAX_INTERESTS))
    names = (interests.resolved(side, one).topic.name for one in typed if one.strip())
    return tuple(dict.fromkeys(names))


def add_interests(
    actor: Actor,
    side: str,
    typed: str,
    topics: Topics,
    *,
    records: Records,
) -> InterestsChanged:
    """Add topics, separated by commas, to "learn" or "teach"; near-duplicates merge, with a notice."""
    return add_topics(actor, side, tuple(typed.replace(";", ",").split(",")), topics, records=records)


def add_topics(
    actor: Actor,
    side: str,
    typed: tuple[str, ...],
    topics: Topics,
    *,
    records: Records,
) -> InterestsChanged:
    """Add topics, one by one, to "learn" or "teach"."""
    authorise(actor, Action.TAKE_PART)
    one = records.participant(actor.id)
    words = [word for word in typed if word.strip()]
    if not words:
        raise BadInput(side, Problem.EMPTY)
    if len(words) > MAX_INTERESTS:
        raise BadInput(side, Problem.TOO_MANY, str(MAX_INTERESTS))
    interests = Interests(topics, records)
    found = [interests.resolved(side, word) for word in words]
    before = one.learn if side == "learn" else one.teach
    names = tuple(dict.fromkeys(each.topic.name for each in found))
    after = tuple(dict.fromkeys((*before, *names)))
    if len(after) > MAX_INTERESTS:
        raise BadInput(side, Problem.TOO_MANY, str(MAX_INTERESTS))
    learn, teach = (after, one.teach) if side == "learn" else (one.learn, after)
    records.save_participant(one.with_interests(learn, teach))
    return InterestsChanged(
        side=side,
        added=tuple(name for name in names if name not in before),
        merged=tuple(
            (clean(word), each.topic.name)
            for word, each in zip(words, found, strict=True)
            if each.how in (How.ALIAS, How.TYPO)
        ),
        known=tuple(name for name in names if name in before),
        others=_others(one.id, side, names, interests),
        first=not before,
    )


def _others(who: ParticipantId, side: str, names: tuple[str, ...], interests: Interests) -> int:
    """How many others stand on the opposite side of a topic, 0 where fewer than FEWEST_PEOPLE do.

    Of several topics at once nothing is told: the count of two beside that of one would tell of one person.
    """
    if len(names) != 1:
        return 0
    others = [one for one in interests.declared if one.id != who]
    count = sum(names[0] in (one.teach if side == "learn" else one.learn) for one in others)
    return count if count >= FEWEST_PEOPLE else 0


def forget_interest(actor: Actor, typed: str, topics: Topics, *, records: Records) -> InterestForgotten:
    """Take a topic off both sides."""
    authorise(actor, Action.TAKE_PART)
    one = records.participant(actor.id)
    name = Interests(topics, records).named(typed)
    there = name in one.learn or name in one.teach
    learn = tuple(topic for topic in one.learn if topic != name)
    teach = tuple(topic for topic in one.teach if topic != name)
    records.save_participant(one.with_interests(learn, teach))
    return InterestForgotten(topic=name, was_there=there)


def show_profile(actor: Actor, *, records: Records) -> ProfileShown:
    """What is known about the actor."""
    authorise(actor, Action.TAKE_PART)
    one = records.participant(actor.id)
    return ProfileShown(
        card=card(one),
        places=one.places,
        since=one.since,
        manager=one.manager,
        findable=one.findable,
        paused_until=one.paused_until if one.state is ParticipantState.PAUSED else None,
        direction=one.direction,
        code_kept_at=code_kept_at(one.id, records),
        holidays=one.hours.holidays,
    )
