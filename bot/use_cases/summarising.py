"""The weekly summary: an owner's figures, with what is held back."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.mentoring.fit import help_to_show
from bot.mentoring.programme import Programme, Round, RoundState
from bot.mentoring.prompts import WeeklySummary
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.summary import (
    FEWEST_PAIRS,
    FEWEST_PEOPLE,
    MOST_ROUNDS,
    Figures,
    FlowedBack,
    RoundFigures,
    meetings_to_show,
    weeks_shown,
)
from bot.ports import Destination, Kind, Message, Records
from bot.use_cases.acting import programme_of

WEEK = timedelta(days=7)


def show_summary(actor: Actor, *, records: Records) -> WeeklySummary:
    """The figures of the last weekly summary; asking does not move them."""
    programme = programme_of(records)
    authorise(actor, Action.RUN_PROGRAMME, programme)
    return _summary(programme, _released(records))


def post_summary(programme: Programme, *, records: Records, now: datetime) -> None:
    """Post the week's summary in the programme's channel and set the next one."""
    rounds = _released(records)
    if rounds:
        rounds = (*rounds[:-1], _with_meetings(rounds[-1], records, now))
        records.save_round(rounds[-1])
    programme = replace(programme, helped=help_to_show(programme.helped, records.helped(), now))
    day = programme.summary_date.isoformat()
    undelivered = records.undelivered(now - WEEK)
    summary = replace(_summary(programme, rounds), undelivered=undelivered)
    channel = Destination(Kind.CHANNEL, programme.channel, programme.owners[:1])
    records.post(Message(f"summary:{programme.id}:{day}", channel, summary, now))
    records.save_programme(replace(programme, next_summary_at=programme.after_summary(now)))


def _released(records: Records) -> tuple[Round, ...]:
    """The rounds that went out, the current one last."""
    released = (one for one in records.rounds() if one.state is RoundState.RELEASED)
    return tuple(sorted(released, key=lambda one: one.number))


def _with_meetings(current: Round, records: Records, now: datetime) -> Round:
    """The round with the count of meetings moved on, if enough people stand behind the move."""
    since = records.held_since(current.released_at or now)
    fresh = [pair for _id, pair, at in since if current.shown_until is None or at > current.shown_until]
    people = {side for key in fresh for side in records.pair(key).sides}
    shown = meetings_to_show(current.meetings_shown, len(since), len(people))
    return replace(
        current,
        meetings_shown=shown,
        meetings_weekly=(*current.meetings_weekly, shown),
        shown_until=now if shown != current.meetings_shown else current.shown_until,
    )


def _summary(programme: Programme, rounds: tuple[Round, ...]) -> WeeklySummary:
    """The summary of the last of these rounds; without figures where its pairs are too few for any."""
    enough = bool(rounds) and rounds[-1].pairs >= FEWEST_PAIRS
    figures = _figures(rounds[-1], rounds) if enough else None
    helped = programme.helped.band if enough and programme.helped is not None else ""
    return WeeklySummary(programme.name, figures, programme.next_round_at, helped)


def _figures(current: Round, rounds: tuple[Round, ...]) -> Figures:
    return Figures(
        round=current.number,
        opted_in=current.opted_in if current.opted_in >= FEWEST_PEOPLE else None,
        pairs=current.pairs,
        meetings=current.meetings_shown or None,
        wanted=current.wanted,
        rounds=tuple(
            RoundFigures(
                one.number, one.opted_in, one.pairs, one.meetings_shown or None, _if_shown(one.flowed_back)
            )
            for one in rounds
            if one.pairs >= FEWEST_PAIRS and one.opted_in >= FEWEST_PEOPLE
        )[-MOST_ROUNDS:],
        weeks=weeks_shown(current.meetings_weekly),
    )


def _if_shown(one: FlowedBack | None) -> FlowedBack | None:
    return one if one is not None and one.shown else None
