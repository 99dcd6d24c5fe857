"""Goals on both sides of a pair: set, shown, walked towards in small steps, and celebrated in private."""

from datetime import datetime

from bot.mentoring import goals as core
from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.goals import LONGEST, Aim, Goal
from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.pair import UNDER_WAY, Pair
from bot.mentoring.prompts import (
    GoalForm,
    GoalKept,
    GoalReached,
    GoalsShown,
    PairGoals,
    PartnerReached,
    Prompt,
    ReachedForm,
    StepDone,
)
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.text import checked
from bot.ports import Records
from bot.use_cases.acting import no_pair_yet, open_pairs
from bot.use_cases.agreeing import together
from bot.use_cases.marking import wrote
from bot.use_cases.reading import Reading
from bot.use_cases.saying import tell_partner


def show_goals(actor: Actor, *, records: Records) -> Prompt:
    """The goals of both sides, in every pair of the actor's."""
    authorise(actor, Action.TAKE_PART)
    pairs = open_pairs(actor.id, records, UNDER_WAY)
    if not pairs:
        return no_pair_yet(actor, "goals", records=records)
    return GoalsShown(tuple(_both(pair, actor.id, records) for pair in pairs))


def _both(pair: Pair, one: ParticipantId, records: Records) -> PairGoals:
    goals, partner = records.goals(pair.id), pair.partner_of(one)
    name = records.participant(partner).name
    return PairGoals(pair.id, name, goals.of(one), goals.of(partner), len(goals.reached(one)))


def open_goal(actor: Actor, key: PairId, *, records: Records) -> GoalForm:
    """Ask for the actor's goal; the same of both sides."""
    here = together(actor, key, records)
    return GoalForm(here.pair.id, here.partner.name, records.goals(key).of(here.you.id))


def set_goal(actor: Actor, key: PairId, aim: Aim, *, records: Records, now: datetime) -> GoalKept:
    """Set the actor's goal, or put a new one in the place of the one before."""
    here = together(actor, key, records)
    reading = Reading()
    what = reading.take(lambda: checked("what", aim.what, LONGEST, lines=True), "")
    evidence = reading.take(lambda: checked("evidence", aim.evidence, LONGEST, lines=True), "")
    step = reading.take(lambda: checked("step", aim.step, LONGEST, lines=True), "")
    reading.finish()
    goals = core.aimed(records.goals(key), here.you.id, Aim(what, evidence, step), now)
    records.save_goals(goals)
    wrote(here.pair, here.you.id, records=records, now=now)
    return GoalKept(here.pair.id, here.partner.name, goals.of(here.partner.id) is not None)


def mark_step(actor: Actor, key: PairId, step: str, *, records: Records, now: datetime) -> StepDone:
    """Mark the actor's own small step as done."""
    here = together(actor, key, records)
    goals = core.stepped(records.goals(key), here.you.id, step)
    records.save_goals(goals)
    wrote(here.pair, here.you.id, records=records, now=now)
    goal = _own(goals, here.you.id)
    return StepDone(here.pair.id, goal.step, goal.steps)


def ask_reached(actor: Actor, key: PairId, *, records: Records) -> ReachedForm:
    """Ask whether the partner may hear that the actor's goal is reached."""
    here = together(actor, key, records)
    return ReachedForm(here.pair.id, here.partner.name, _own(records.goals(key), here.you.id))


def reach_goal(
    actor: Actor, key: PairId, number: str, *, tell: bool, records: Records, now: datetime
) -> GoalReached:
    """Celebrate a goal with its owner alone; the partner hears of it only if the owner said so."""
    here = together(actor, key, records)
    goal = _own(records.goals(key), here.you.id)
    if number != str(goal.number):
        raise NotPossibleNow("reach", "goal moved")
    records.save_goals(core.reached(records.goals(key), here.you.id, goal.number, now))
    wrote(here.pair, here.you.id, records=records, now=now)
    if tell:
        told = PartnerReached(here.you.name, goal.what)
        tell_partner(here.pair, here.you.id, f"reached:{goal.number}", told, records=records, now=now)
    return GoalReached(here.pair.id, here.partner.name, goal.what, told=tell)


def _own(goals: core.Goals, one: ParticipantId) -> Goal:
    goal = goals.of(one)
    if goal is None:
        raise NotPossibleNow("goal", "no goal")
    return goal
