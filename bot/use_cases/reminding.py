"""The word before a meeting: what to talk about, asked of whoever learns, and told the day before."""

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


def tell_in_time(
    one: Participant,
    key: str,
    prompt: Prompt,
    *,
    reckons: datetime,
    stands: datetime | None,
    records: Records,
    now: datetime,
) -> None:
    """Tell of a date in working hours and within the limits, in place of what waits of it.

    `reckons` is when the reader would sit there, `stands` the date that there is now. Where the limits leave
    no room before it, the word comes in the place of its reminder, and counts as little as that: so nobody
    sits alone in a meeting. What the reminder itself says by then is not said twice.
    """
    if one.state is ParticipantState.LEFT:
        return
    moment = moment_for(one, now, counted=True, nudge=False, records=records)
    latest = max(now, working_day_before(one.hours, reckons, REMINDED))
    reminder = None if stands is None else working_day_before(one.hours, stands, REMINDED)
    if reminder is not None and now < reminder <= min(moment, latest):
        return
    if one.state is ParticipantState.PAUSED or moment <= latest:
        records.post(Message(key, to_person(one.address), prompt, moment, (one.id,)))
    else:
        records.post(Message(key, to_person(one.address), prompt, one.hours.opening(latest)))


def _plan_for(pair: Pair, meeting: Meeting, one: Participant, *, records: Records, now: datetime) -> None:
    with_whom, key = whom(pair, one.id, records=records), f"{_key(pair)}{meeting.id}:{meeting.sequence}"
    agenda = agenda_of(pair, records=records)
    learns = bool(pair.learns(one.id))
    day_before = working_day_before(one.hours, meeting.at, REMINDED)
    if day_before > now:
        asks = learns and not agenda
        reminder = MeetingReminder(with_whom, meeting.id, meeting.at, meeting.minutes, agenda, asks)
        tell(one, f"{key}:before:{one.id}", reminder, at=day_before, records=records, counted=False)
    asked_at = working_day_before(one.hours, meeting.at, ASKED)
    if learns and not agenda and asked_at > now:
        moment = moment_for(one, asked_at, counted=True, nudge=False, records=records)
        if moment < day_before:
            tell(
                one, f"{key}:agenda:{one.id}", AgendaAsked(with_whom, meeting.at), at=moment, records=records
            )


def _key(pair: Pair) -> str:
    return f"meeting:{pair.id}:"
