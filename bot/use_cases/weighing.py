"""How pairs are chosen: what an owner weighs, and what that costs."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.matching import Figures, Limits, Matcher, reweigh
from bot.mentoring.programme import (
    CONDITIONS,
    LEAST_OVERLAP,
    MOST_OVERLAP,
    MOST_POINTS,
    Choosing,
)
from bot.mentoring.prompts import ChoosingForm, ChoosingSet, ProgrammeShown, Weighed
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import Records
from bot.use_cases.acting import programme_of
from bot.use_cases.matchmaking import as_if_all_were_free, rules_of
from bot.use_cases.reading import Reading, number


@dataclass(frozen=True)
class ChoosingAnswers:
    """What the form holds when it is sent, as it was typed."""

    reciprocity: str
    levels: str
    departments: str
    hours: str
    overlap: str
    lateral: bool
    related: bool


def show_programme(actor: Actor, *, records: Records) -> ProgrammeShown:
    """A programme's settings, its conditions, and how its pairs are chosen."""
    programme = programme_of(records)
    authorise(actor, Action.RUN_PROGRAMME, programme)
    return ProgrammeShown(
        name=programme.name,
        purpose=programme.purpose,
        conditions=CONDITIONS,
        contacts=programme.contacts,
        next_round_at=programme.next_round_at,
        weeks_between_rounds=programme.weeks_between_rounds,
        ends=programme.ends,
        choosing=programme.choosing,
        topics=len(programme.topics),
        mandatory=programme.mandatory,
    )


def open_choosing(actor: Actor, *, records: Records) -> ChoosingForm:
    """Ask how pairs are to be chosen."""
    programme = programme_of(records)
    authorise(actor, Action.RUN_PROGRAMME, programme)
    return ChoosingForm(programme.choosing)


def choose(
    actor: Actor, answers: ChoosingAnswers, matcher: Matcher, *, records: Records, now: datetime
) -> ChoosingSet:
    """Keep how pairs are chosen from the next draft on, and tell what it changes over everybody.

    BadForm with every value that cannot be taken.
    """
    programme = programme_of(records)
    authorise(actor, Action.RUN_PROGRAMME, programme)
    choosing = _read(answers)
    setting = as_if_all_were_free(matcher, records=records, now=now)
    told = reweigh(rules_of(choosing), setting, Limits())
    records.save_programme(replace(programme, choosing=choosing))
    return ChoosingSet(choosing, _weighed(told.now), _weighed(told.then), max(0, told.price))


def _read(answers: ChoosingAnswers) -> Choosing:
    reading = Reading()
    take = reading.take
    choosing = Choosing(
        reciprocity=take(lambda: number("reciprocity", answers.reciprocity, 0, MOST_POINTS), 0),
        levels=take(lambda: number("levels", answers.levels, 0, MOST_POINTS), 0),
        departments=take(lambda: number("departments", answers.departments, 0, MOST_POINTS), 0),
        hours=take(lambda: number("hours", answers.hours, 0, MOST_POINTS), 0),
        overlap=take(lambda: number("overlap", answers.overlap, LEAST_OVERLAP, MOST_OVERLAP), LEAST_OVERLAP),
        lateral=answers.lateral,
        related=answers.related,
    )
    reading.finish()
    return choosing


def _weighed(figures: Figures) -> Weighed:
    return Weighed(
        pairs=figures.pairs,
        people=figures.matched,
        reciprocal=figures.reciprocal,
        across_departments=figures.cross_department,
        upward=figures.upward,
    )
