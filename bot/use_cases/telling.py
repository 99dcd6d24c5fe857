"""A step becomes a prompt: with the facts it may tell, alone or together with others."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.mentoring.ids import ParticipantId
from bot.mentoring.pair import Pair
from bot.mentoring.people import Participant
from bot.mentoring.programme import Programme
from bot.mentoring.prompts import (
    Facts,
    Introduction,
    PairAsked,
    Prompt,
    StepCard,
    StepCheckIn,
    StepDilemma,
    StepQuestion,
    StepReading,
    StepsTogether,
)
from bot.mentoring.steps import Kind, Step
from bot.ports import Records
from bot.use_cases.acting import programme_of
from bot.use_cases.cards import card

One = StepCard | StepCheckIn | StepDilemma | StepQuestion | StepReading
"""A step as one person reads it."""
WITH_FACTS: dict[Kind, Callable[..., StepCard | StepDilemma | StepQuestion | StepReading]] = {
    Kind.CARD: StepCard,
    Kind.DILEMMA: StepDilemma,
    Kind.QUESTION: StepQuestion,
    Kind.READING: StepReading,
}
"""The prompt of each kind of step that is about one pair."""


@dataclass(frozen=True)
class Said:
    """A step that one person is told, of one of their pairs."""

    step: Step
    pair: Pair


def for_room(step: Step, pair: Pair, *, records: Records) -> Prompt:
    """A step as both read it, in their room or each alone."""
    people = tuple(records.participant(side) for side in pair.sides)
    programme = programme_of(records)
    if step.kind is Kind.INTRODUCTION:
        return _introduction(pair, people, programme)
    facts = _facts(pair, people[0].id, programme, records, room=True)
    return WITH_FACTS[step.kind](step.key, step.doubt, step.lasts_days, facts)


def for_one(told: list[Said], one: Participant, *, records: Records) -> Prompt:
    """What falls together for one person, as one message; a check-in asks for all its pairs at once."""
    steps = list(dict.fromkeys(said.step for said in told if said.step.kind is Kind.CHECK_IN))
    found: list[One] = [
        check_in(step, [said.pair for said in told if said.step == step], one, records=records)
        for step in steps
    ]
    found += [
        alone(said.step, said.pair, one, records=records)
        for said in told
        if said.step.kind is not Kind.CHECK_IN
    ]
    if len(found) == 1:
        return found[0]
    return StepsTogether(
        check_ins=tuple(part for part in found if isinstance(part, StepCheckIn)),
        questions=tuple(part for part in found if isinstance(part, StepQuestion)),
        cards=tuple(part for part in found if isinstance(part, StepCard)),
        readings=tuple(part for part in found if isinstance(part, StepReading)),
        dilemmas=tuple(part for part in found if isinstance(part, StepDilemma)),
    )


def check_in(step: Step, pairs: list[Pair], one: Participant, *, records: Records) -> StepCheckIn:
    """A question about several pairs of one person."""
    lines = tuple(asked(pair, one, records) for pair in pairs)
    return StepCheckIn(step.key, step.doubt, step.lasts_days, lines)


def alone(step: Step, pair: Pair, one: Participant, *, records: Records) -> One:
    """A step about one pair, as one of the two reads it."""
    facts = _facts(pair, one.id, programme_of(records), records)
    return WITH_FACTS[step.kind](step.key, step.doubt, step.lasts_days, facts)


def answered(step: Step, pair: Pair, one: Participant, answer: str, *, records: Records) -> StepQuestion:
    """A question once it was answered: what comes of it."""
    facts = _facts(pair, one.id, programme_of(records), records)
    return StepQuestion(step.key, step.doubt, step.lasts_days, facts, answer)


def asked(pair: Pair, one: Participant, records: Records) -> PairAsked:
    """One of a person's pairs inside a question to them, with what they are after in it."""
    partner, goal = records.participant(pair.partner_of(one.id)), records.goals(pair.id).of(one.id)
    return PairAsked(
        pair=pair.id,
        partner=partner.name,
        goal=goal.what if goal else "",
        step=goal.step if goal and not goal.step_done else "",
        back=pair.learns_nothing == one.id,
    )


def _facts(
    pair: Pair, you: ParticipantId, programme: Programme, records: Records, *, room: bool = False
) -> Facts:
    goals = records.goals(pair.id)
    mine = None if room else goals.of(you)
    return Facts(
        pair=pair.id,
        you=records.participant(you).name,
        partner=records.participant(pair.partner_of(you)).name,
        you_learn=pair.learns(you),
        you_teach=pair.teaches(you),
        lateral=pair.lateral,
        programme=programme.name,
        purpose=programme.purpose,
        room=room,
        goal=mine.what if mine else "",
        small_step=mine.step if mine and not mine.step_done else "",
        goals_set=all(goals.of(side) is not None for side in pair.sides),
    )


def _introduction(pair: Pair, people: tuple[Participant, ...], programme: Programme) -> Introduction:
    one, other = people
    booking = one if pair.learns(one.id) else other
    return Introduction(
        one=card(one),
        other=card(other),
        one_learns=pair.learns(one.id),
        other_learns=pair.learns(other.id),
        reasons=pair.reasons,
        books=booking.address,
        books_name=booking.name,
        lateral=pair.lateral,
        programme=programme.name,
        purpose=programme.purpose,
        pair=pair.id,
    )
