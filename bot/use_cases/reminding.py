"""The word before a meeting: what to talk about, asked of whoever learns, and told the day before."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.mentoring.ids import ParticipantId
from bot.mentoring.meetings import Meeting, next_planned, working_day_before
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.pair_texts import About
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.prompts import AgendaAsked, MeetingReminder, Prompt, Whom
from bot.ports import Message, Records
from bot.use_cases.saying import moment_for, tell, to_person

REMINDED, ASKED = 1, 3
"""Working days before a meeting, in each reader's own week."""


def whom(pair: Pair, reader: ParticipantId, *, records: Records) -> Whom:
    """With whom the reader meets."""
    partner = records.participant(pair.partner_of(reader))
    return Whom(pair.id, partner.name, partner.hours.zone)


def plan_reminders(pair: Pair, *, records: Records, now: datetime) -> None:
    """Set what is said before the pair's next date, in place of what was; nothing where there is none."""
    forget_reminders(pair, records=records)
    meeting = next_planned(records.meetings(pair.id), now)
    if meeting is None or pair.state is not PairState.ACTIVE:
        return
    for side in pair.sides:
        one = records.participant(side)
        if pair.open_to(side):
            _plan_for(pair, meeting, one, records=records, now=now)


def forget_reminders(pair: Pair, *, records: Records) -> None:
    """Take back what waits to be said before a date of the pair."""
    for side in pair.sides:
        records.withdraw(side, _key(pair))


def reminded(one: Participant, meeting: Meeting, now: datetime) -> bool:
    """Whether the reminder of a meeting has gone out to somebody, or there was no time left for one."""
    return working_day_before(one.hours, meeting.at, REMINDED) <= now


def agenda_of(pair: Pair, *, records: Records) -> tuple[tuple[str, str], ...]:
    """What the two want to talk about next: (name, text)."""
    texts = records.pair_texts(pair.id, About.AGENDA)
    return tuple((records.participant(one.by).name, one.text) for one in texts if one.meeting is None)


def reminder_of(pair: Pair, meeting: Meeting, one: Participant, *, records: Records) -> MeetingReminder:
    """What one of the two reads before a meeting."""
    agenda = agenda_of(pair, records=records)
    asks = bool(pair.learns(one.id)) and not agenda
    with_whom = whom(pair, one.id, records=records)
    return MeetingReminder(with_whom, meeting.id, meeting.at, meeting.minutes, agenda, asks)


@dataclass(frozen=True)
class DateWord:
    """A word of a date, and the key of its message.

    `reckons` is when the reader would sit there, `stands` the date that there is now, None for none. `brief`
    is said in the place of the reminder where the week leaves no room for `prompt`.
    """

    key: str
    prompt: Prompt
    brief: Prompt
    reckons: datetime
    stands: datetime | None


def tell_in_time(one: Participant, word: DateWord, *, records: Records, now: datetime) -> None:
    """Tell of a date in working hours and within the limits.

    Where the limits leave no room before it, the word comes in brief, in the place of its reminder, and
    counts as little as that: so nobody sits alone in a meeting. What the reminder itself says by then is not
    said twice.
    """
    if one.state is ParticipantState.LEFT:
        return
    moment = moment_for(one, now, counted=True, nudge=False, records=records)
    latest = one.hours.opening(max(now, working_day_before(one.hours, word.reckons, REMINDED)))
    reminder = None if word.stands is None else working_day_before(one.hours, word.stands, REMINDED)
    if reminder is not None and now < reminder <= min(moment, latest):
        return
    if one.state is ParticipantState.PAUSED or moment <= latest:
        said = Message(word.key, to_person(one.address), word.prompt, moment, (one.id,))
    else:
        said = Message(word.key, to_person(one.address), word.brief, latest)
    records.post(replace(said, closes_at=one.hours.closing(said.not_before)))


def _plan_for(pair: Pair, meeting: Meeting, one: Participant, *, records: Records, now: datetime) -> None:
    reminder = reminder_of(pair, meeting, one, records=records)
    key = f"{_key(pair)}{meeting.id}:{meeting.sequence}"
    day_before = working_day_before(one.hours, meeting.at, REMINDED)
    if day_before > now:
        tell(one, f"{key}:before:{one.id}", reminder, at=day_before, records=records, counted=False)
    asked_at = working_day_before(one.hours, meeting.at, ASKED)
    if reminder.asks and asked_at > now:
        moment = moment_for(one, asked_at, counted=True, nudge=False, records=records)
        if moment < day_before:
            question = AgendaAsked(reminder.whom, meeting.at)
            tell(one, f"{key}:agenda:{one.id}", question, at=moment, records=records)


def _key(pair: Pair) -> str:
    return f"meeting:{pair.id}:"
