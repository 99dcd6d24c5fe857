"""Setting up a programme: what it is for, who runs it, when things happen, who hears concerns."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.mentoring.errors import BadInput, NotAllowed, Problem
from bot.mentoring.ids import Address, ProgrammeId, same_workspace
from bot.mentoring.people import ParticipantState, Standing
from bot.mentoring.programme import (
    CONDITIONS,
    FEWEST_CONTACTS,
    FEWEST_WEEKS,
    ROUND_AT,
    Programme,
    at_local,
    under_way_since,
    weekly,
)
from bot.mentoring.prompts import OwnerNews, ProgrammeReady, SetupForm
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.text import NAME_LIMIT, checked
from bot.ports import NewId, Records
from bot.use_cases.reading import Reading, number, one_date, one_time, people, zone
from bot.use_cases.saying import tell_owner

USUAL_WEEKS = 12
MOST_WEEKS = 52
FURTHEST_START = timedelta(days=366)
MOST_OWNERS = 10
MOST_CONTACTS = 10
PURPOSE_LIMIT = 400


@dataclass(frozen=True)
class SetupAnswers:
    """What the set-up form holds when it is sent, as it was typed."""

    name: str
    purpose: str
    channel: Address | None
    first_round: str
    weeks: str
    ends: str
    summary_day: str
    summary_at: str
    zone: str
    owners: tuple[Address, ...]
    contacts: tuple[Address, ...]
    conditions: tuple[str, ...]
    mandatory: bool = False
    routes: str = ""


def open_setup(actor: Actor, *, records: Records, now: datetime) -> SetupForm:
    """The set-up form, with what is set."""
    programme = _editable(actor, records)
    profile = records.profile(actor.address)
    here = profile.zone if profile else "UTC"
    if programme is None:
        return SetupForm(
            name="",
            purpose="",
            channel=None,
            first_round=now.astimezone(ZoneInfo(here)).date() + timedelta(weeks=1),
            weeks_between_rounds=USUAL_WEEKS,
            ends=None,
            summary_day=0,
            summary_at=time(9),
            zone=here,
            owners=(),
            contacts=(),
            conditions=(),
        )
    next_round = programme.next_round_at or now + timedelta(weeks=1)
    return SetupForm(
        name=programme.name,
        purpose=programme.purpose,
        channel=programme.channel,
        first_round=next_round.astimezone(ZoneInfo(programme.zone)).date(),
        weeks_between_rounds=programme.weeks_between_rounds,
        ends=programme.ends,
        summary_day=programme.summary_day,
        summary_at=programme.summary_at,
        zone=programme.zone,
        owners=tuple(owner for owner in programme.owners if owner != actor.address),
        contacts=programme.contacts,
        conditions=CONDITIONS,
        mandatory=programme.mandatory,
        routes=programme.routes,
        unreached=unreached(programme, records),
    )


def set_up(
    actor: Actor,
    answers: SetupAnswers,
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> ProgrammeReady:
    """Launch the programme, or change it; BadForm with every value that cannot be taken."""
    before = _editable(actor, records)
    key = before.id if before else ProgrammeId(new_id())
    read = _read(key, actor.address, answers, records, now)
    programme = _kept(before, read) if before else read
    records.save_programme(programme)
    known = before.owners if before else (actor.address,)
    by = records.profile(actor.address)
    for owner in programme.owners:
        if owner not in known:
            news = OwnerNews(programme.name, by.name if by else "")
            tell_owner(owner, f"owner:{programme.id}:{owner}:{now.date()}", news, now=now, records=records)
    return ProgrammeReady(
        name=programme.name,
        channel=programme.channel,
        next_round_at=programme.next_round_at,
        next_summary_at=programme.next_summary_at,
        new=before is None,
        mandatory=programme.mandatory,
        unreached=unreached(programme, records),
    )


def unreached(programme: Programme, records: Records) -> tuple[Address, ...]:
    """The owners and contacts of a programme whom messages do not reach."""
    return records.out_of_reach((*programme.owners, *programme.contacts))


def _editable(actor: Actor, records: Records) -> Programme | None:
    """The programme to change; None where the first is to be launched. Only its owners change it."""
    programme = records.programme()
    if programme is None:
        authorise(actor, Action.SET_UP)
    else:
        authorise(actor, Action.RUN_PROGRAMME, programme)
    if actor.participant is not None and actor.participant.state is not ParticipantState.LEFT:
        raise NotAllowed
    return programme


def _read(
    key: ProgrammeId,
    by: Address,
    answers: SetupAnswers,
    records: Records,
    now: datetime,
) -> Programme:
    reading = Reading()
    take = reading.take
    here = take(lambda: zone("zone", answers.zone), "UTC")
    today = now.astimezone(ZoneInfo(here)).date()
    first = take(lambda: _date_ahead("first_round", answers.first_round, today), today)
    ends = take(lambda: _end(answers.ends, first), None)
    weekday = take(lambda: number("summary_day", answers.summary_day, 0, 6), 0)
    summary_at = take(lambda: one_time("summary_at", answers.summary_at), ROUND_AT)
    only_me: tuple[Address, ...] = (by,)
    owners = take(lambda: _owners(by, answers.owners, records), only_me)
    programme = Programme(
        id=key,
        name=take(lambda: checked("name", answers.name, NAME_LIMIT), ""),
        purpose=take(lambda: checked("purpose", answers.purpose, PURPOSE_LIMIT, lines=True), ""),
        channel=take(lambda: _channel(answers.channel, by), by),
        owners=owners,
        contacts=take(lambda: _contacts(answers.contacts, owners, records), ()),
        zone=here,
        summary_day=weekday,
        summary_at=summary_at,
        weeks_between_rounds=take(lambda: number("weeks", answers.weeks, FEWEST_WEEKS, MOST_WEEKS), 12),
        ends=ends,
        next_summary_at=weekly(here, weekday, summary_at, now),
        next_round_at=at_local(here, first, ROUND_AT),
        mandatory=answers.mandatory,
        routes=take(lambda: _routes(answers.routes), ""),
    )
    take(lambda: _conditions(answers.conditions), None)
    take(lambda: _after_answers(programme, records), None)
    reading.finish()
    return programme


def _after_answers(changed: Programme, records: Records) -> None:
    """Refuse a next round moved to a day on which answers to the one under way may still be out."""
    before = records.programme()
    if before is None or changed.next_round_at is None or _same_day(before, changed):
        return
    released = under_way_since(before, records.rounds())
    if released is None:
        return
    here = ZoneInfo(changed.zone)
    earliest = released.astimezone(here).date() + timedelta(weeks=FEWEST_WEEKS)
    if changed.next_round_at.astimezone(here).date() < earliest:
        raise BadInput("first_round", Problem.TOO_SOON, earliest.isoformat())


def _kept(before: Programme, changed: Programme) -> Programme:
    """The changed programme with all that the form does not hold: a form holds days, and no moments."""
    changed = replace(
        changed,
        boundary_at=before.boundary_at,
        choosing=before.choosing,
        topics=before.topics,
        helped=before.helped,
    )
    weekly_as_before = (before.zone, before.summary_day, before.summary_at) == (
        changed.zone,
        changed.summary_day,
        changed.summary_at,
    )
    if weekly_as_before:
        changed = replace(changed, next_summary_at=before.next_summary_at)
    return replace(changed, next_round_at=before.next_round_at) if _same_day(before, changed) else changed


def _same_day(before: Programme, changed: Programme) -> bool:
    """Whether the next round stays on its day."""
    old, new = before.next_round_at, changed.next_round_at
    if old is None or new is None or before.zone != changed.zone:
        return False
    zone = ZoneInfo(before.zone)
    return old.astimezone(zone).date() == new.astimezone(zone).date()


def _date_ahead(field: str, typed: str, today: date) -> date:
    day = one_date(field, typed)
    if day < today:
        raise BadInput(field, Problem.IN_THE_PAST)
    if day > today + FURTHEST_START:
        raise BadInput(field, Problem.TOO_FAR, str(FURTHEST_START.days))
    return day


def _end(typed: str, first: date) -> date | None:
    if not typed.strip():
        return None
    day = one_date("ends", typed)
    if day <= first:
        raise BadInput("ends", Problem.ENDS_BEFORE_START)
    return day


def _channel(channel: Address | None, by: Address) -> Address:
    if channel is None:
        raise BadInput("channel", Problem.EMPTY)
    if not same_workspace(channel, by):
        raise BadInput("channel", Problem.CHANNEL_CLOSED)
    return channel


def _owners(by: Address, others: tuple[Address, ...], records: Records) -> tuple[Address, ...]:
    owners = people("owners", (by, *others), by)
    if len(owners) > MOST_OWNERS:
        raise BadInput("owners", Problem.TOO_MANY, str(MOST_OWNERS))
    _all_people("owners", owners, records)
    for owner in owners:
        taking_part = records.participant_at(owner)
        if taking_part is not None and taking_part.state is not ParticipantState.LEFT:
            raise BadInput("owners", Problem.ALREADY_JOINED)
    return owners


def _contacts(
    named: tuple[Address, ...],
    owners: tuple[Address, ...],
    records: Records,
) -> tuple[Address, ...]:
    contacts = people("contacts", named, owners[0])
    if len(contacts) < FEWEST_CONTACTS:
        raise BadInput("contacts", Problem.TOO_FEW_CONTACTS, str(FEWEST_CONTACTS))
    if len(contacts) > MOST_CONTACTS:
        raise BadInput("contacts", Problem.TOO_MANY, str(MOST_CONTACTS))
    if set(contacts) <= set(owners):
        raise BadInput("contacts", Problem.ONLY_OWNERS)
    _all_people("contacts", contacts, records)
    return contacts


def _routes(typed: str) -> str:
    return checked("routes", typed, PURPOSE_LIMIT, lines=True) if typed.strip() else ""


def _all_people(field: str, named: tuple[Address, ...], records: Records) -> None:
    """Nobody whom the directory calls a bot, a guest, somebody of another company, or closed."""
    profiles = [records.profile(who) for who in named]
    if any(profile and profile.standing is not Standing.MEMBER for profile in profiles):
        raise BadInput(field, Problem.NOT_A_PERSON)


def _conditions(ticked: tuple[str, ...]) -> None:
    if set(ticked) != set(CONDITIONS):
        raise BadInput("conditions", Problem.CONDITIONS_OPEN)
