"""How a pair feels, asked of each alone; whether it helped to ask across levels, only counted."""

from datetime import datetime

from bot.mentoring.errors import BadInput, NotPossibleNow, Problem
from bot.mentoring.fit import Fit, Helped, learns_from_below
from bot.mentoring.ids import PairId
from bot.mentoring.meetings import held
from bot.mentoring.pair import PairState
from bot.mentoring.prompts import FitKept, HelpedKept, StepCheckIn
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.steps import Journey
from bot.ports import Records
from bot.use_cases.acting import open_pairs
from bot.use_cases.marking import wrote
from bot.use_cases.parting import own_pair
from bot.use_cases.telling import asked, check_in

ANSWER = "answer fit"
FIT_ASKED = "fit_asked"
"""The step with which somebody is asked how their pair feels."""


def ask_fit(actor: Actor, key: PairId, journey: Journey, *, records: Records) -> StepCheckIn:
    """Ask somebody how one of their pairs feels; nobody but them sees the answer."""
    pair = own_pair(actor, key, ANSWER, records)
    return check_in(journey.by_key[FIT_ASKED], [pair], records.participant(actor.id), records=records)


def answer_fit(actor: Actor, key: PairId, fit: Fit, *, records: Records, now: datetime) -> FitKept:
    """Keep how a pair feels to the actor, in place of what they said before."""
    pair = own_pair(actor, key, ANSWER, records)
    records.save_fit(pair.id, actor.id, fit)
    wrote(pair, actor.id, records=records, now=now)
    one = records.participant(actor.id)
    others = tuple(
        asked(each, one, records)
        for each in open_pairs(one.id, records, (PairState.ACTIVE,))
        if held(records.meetings(each.id)) and records.fit(each.id, one.id) is None
    )
    return FitKept(pair.id, records.participant(pair.partner_of(actor.id)).name, fit, others)


def answer_helped(actor: Actor, answer: str, *, records: Records, now: datetime) -> HelpedKept:
    """Count whether asking somebody on a lower level helped, once a person.

    NotPossibleNow for somebody who has learnt from nobody below them; BadInput for an answer that is none.
    """
    authorise(actor, Action.TAKE_PART)
    if answer not in set(Helped):
        raise BadInput("helped", Problem.NOT_A_CHOICE)
    if not any(learns_from_below(pair, actor.id) for pair in records.pairs_of(actor.id, PairState)):
        raise NotPossibleNow("answer helped", "other side")
    records.save_helped(actor.id, Helped(answer), now)
    return HelpedKept()
