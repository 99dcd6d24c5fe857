"""The weekly summary: an owner's figures, with what is held back."""

from dataclasses import replace
from datetime import datetime

from bot.mentoring.programme import Programme, Round, RoundState
from bot.mentoring.prompts import WeeklySummary
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.summary import (
    FEWEST_PAIRS,
    FEWEST_PEOPLE,
    Figures,
    meetings_to_show,
)
from bot.ports import Destination, Kind, Message, Records
from bot.use_cases.acting import programme_of


def show_summary(actor: Actor, *, records: Records) -> WeeklySummary:
    """The figures of the last weekly summary; asking does not move them."""
    programme = programme_of(records)
    authorise(actor, Action.RUN_PROGRAMME, programme)
    return _summary(programme, _current(records))


def post_summary(programme: Programme, *, records: Records, now: datetime) -> None:
    """Post the week's summary in the programme's channel and set the next one."""
    current = _current(records)
    if current is not None:
        current = _with_meetings(current, records, now)
        records.save_round(current)
    day = programme.next_summary_at.date().isoformat()
    summary = _summary(programme, current)
    channel = Destination(Kind.CHANNEL, programme.channel, programme.owners[:1])
    records.post(Message(f"summary:{programme.id}:{day}", channel, summary, now))
    records.save_programme(replace(programme, next_summary_at=programme.after_summary(now)))


def _current(records: Records) -> Round | None:
    released = [one for one in records.rounds() if one.state is RoundState.RELEASED]
    return max(released, key=lambda one: one.number, default=None)


def _with_meetings(current: Round, records: Records, now: datetime) -> Round:
    """The round with the count of meetings moved on, if enough people stand behind the move."""
    since = records.held_since(current.released_at or now)
    fresh = [pair for _id, pair, at in since if current.shown_until is None or at > current.shown_until]
    people = {side for key in fresh for side in records.pair(key).sides}
    shown = meetings_to_show(current.meetings_shown, len(since), len(people))
    moved = shown != current.meetings_shown
    return replace(current, meetings_shown=shown, shown_until=now if moved else current.shown_until)


def _summary(programme: Programme, current: Round | None) -> WeeklySummary:
    figures = None
    if current is not None and current.pairs >= FEWEST_PAIRS:
        figures = Figures(
            round=current.number,
            opted_in=current.opted_in if current.opted_in >= FEWEST_PEOPLE else None,
            pairs=current.pairs,
            meetings=current.meetings_shown or None,
            wanted=current.wanted,
        )
    return WeeklySummary(programme.name, figures, programme.next_round_at)
