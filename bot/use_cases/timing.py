"""Moments computed anew: when somebody's hours change, and when the rules of time zones do."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.mentoring.ids import ParticipantId
from bot.mentoring.programme import Programme
from bot.ports import NewId, Records


def keep_hours(who: ParticipantId, *, records: Records) -> None:
    """Let what waits for somebody wait for their working hours, as they are now."""
    hours = records.participant(who).hours
    for message in records.pending(who):
        opening = hours.opening(message.at)
        if opening > message.at:
            records.postpone(who, opening, message.key)


def keep_time(*, records: Records, now: datetime, new_id: NewId) -> None:
    """Set what still lies ahead by the rules of time zones as they are now."""
    del new_id  # a unit of work hands it to every use
    for one in records.participants():
        keep_hours(one.id, records=records)
    programme = records.programme()
    if programme is not None:
        records.save_programme(_set_anew(programme, now))


def _set_anew(programme: Programme, now: datetime) -> Programme:
    """The same local days and times, at the moments at which they now are."""
    summary, draft = programme.next_summary_at, programme.next_round_at
    if summary > now:
        programme = replace(programme, next_summary_at=programme.after_summary(summary - timedelta(days=1)))
    if draft is not None and draft > now:
        programme = replace(programme, next_round_at=programme.same_day(draft))
    return programme
