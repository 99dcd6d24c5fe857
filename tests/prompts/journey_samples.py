"""Samples of every step of the journey, in each of its answers, and of what stands around the steps."""

from dataclasses import replace

from bot.catalogue import load_journey
from bot.journey_pages import People
from bot.journey_pages import facts as facts_of
from bot.mentoring import prompts as p
from bot.mentoring.steps import Kind, Step, To
from bot.use_cases.telling import WITH_FACTS
from tests.prompts.typed import LATER, OTHER_PAIR, PAIR, Typed

JOURNEY = load_journey()


def steps(said: Typed) -> dict[str, p.Prompt]:
    """Every step by its key; a question also once it is answered, by key and answer."""
    plain = [step for step in JOURNEY.steps if step.kind is not Kind.INTRODUCTION]
    return {name: prompt for step in plain for name, prompt in _of(step, said).items()} | _around(said)


def facts(said: Typed, to: To = To.EACH) -> p.Facts:
    """A pair in which both learn, as the one reads it whom a step speaks to."""
    two = People(said.name, said.other, said.topic, said.second, said.programme, said.purpose)
    return replace(facts_of(to, two), pair=PAIR)


def sample(step: Step, said: Typed) -> p.Prompt:
    """A step as it is first said."""
    if step.kind is Kind.CHECK_IN:
        return check_in(step.key, p.PairAsked(PAIR, said.other))
    return WITH_FACTS[step.kind](step.key, step.doubt, step.lasts_days, facts(said, step.to))


def _of(step: Step, said: Typed) -> dict[str, p.Prompt]:
    first = sample(step, said)
    found = {step.key: first}
    if isinstance(first, p.StepQuestion):
        found |= {f"{step.key}_{one}": replace(first, answered=one) for one in step.answers}
    if isinstance(first, p.StepCheckIn):
        two = (p.PairAsked(PAIR, said.other), p.PairAsked(OTHER_PAIR, said.name))
        found[f"{step.key}_two"] = replace(first, pairs=two)
    return found


def check_in(key: str, *pairs: p.PairAsked) -> p.StepCheckIn:
    """A question about these pairs."""
    step = JOURNEY.by_key[key]
    return p.StepCheckIn(step.key, step.doubt, step.lasts_days, pairs)


def _question(key: str, said: Typed) -> p.StepQuestion:
    step = JOURNEY.by_key[key]
    return p.StepQuestion(step.key, step.doubt, step.lasts_days, facts(said))


def _card(key: str, known: p.Facts) -> p.StepCard:
    step = JOURNEY.by_key[key]
    return p.StepCard(step.key, step.doubt, step.lasts_days, known)


def _around(said: Typed) -> dict[str, p.Prompt]:
    other = p.PairAsked(OTHER_PAIR, said.name)
    lateral = replace(facts(said, To.BOTH), lateral=True)
    return {
        "what_flows_back_to_the_teacher": _card("what_flows_back", replace(facts(said), you_learn=())),
        "after_the_second_with_a_goal": _card(
            "after_the_second", replace(facts(said), goal=said.topic, small_step=said.word)
        ),
        "goals_that_are_set": _card("goals", replace(facts(said, To.BOTH), goals_set=True)),
        "lean_on_one_way": _card("lean_on", replace(facts(said), you_teach=())),
        "know_each_other_without_purpose": _card("know_each_other", replace(facts(said), purpose="")),
        "power_difference_lateral": _card("power_difference", lateral),
        "show_me_lateral": _card("show_me", lateral),
        "steps_together": p.StepsTogether(
            check_ins=(check_in("did_you_meet", p.PairAsked(PAIR, said.other), other),),
            questions=(_question("talk_balance", said),),
            cards=(_card("lean_on", facts(said)),),
        ),
        "pair_awake": p.PairAwake(PAIR, said.other),
        "snoozed": p.Snoozed((said.other,), LATER),
        "snoozed_two": p.Snoozed((said.other, said.name), LATER),
        "snoozed_here": p.SnoozedHere((said.other,), LATER),
    }
