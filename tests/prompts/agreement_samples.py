"""Samples of what the two of a pair read about what they expect, agree and are after."""

from dataclasses import replace
from datetime import date

from bot.mentoring import prompts as p
from bot.mentoring.agreement import Standing, Terms
from bot.mentoring.goals import Goal
from bot.mentoring.ids import ParticipantId
from tests.prompts.journey_samples import check_in
from tests.prompts.typed import LATER, NOW, OTHER_PAIR, PAIR, SOON, Typed, user

ENDS = date(2027, 6, 30)
CHANGE = "dec1de"
ABOUT_A_PAIR = ("goals", "expect", "agreement", "meet", "met", "agenda", "notes", "end", "rematch")
"""Commands that are about a pair."""


def terms(said: Typed) -> Terms:
    """What somebody expects."""
    return Terms(
        learn=said.topic,
        share=said.second,
        hope=said.purpose,
        often="fortnightly",
        reply="two_days",
        look_back="8",
        channel=said.department,
        cancel=said.word,
        worry=said.purpose,
        off_limits=said.second,
        ends=ENDS,
    )


_AHEAD = (
    Standing.NOBODY_WROTE,
    Standing.YOU_WROTE,
    Standing.PARTNER_WROTE,
    Standing.DRAFT,
    Standing.YOU_AGREED,
)
ROWS = (
    p.Changed("often", "fortnightly", "monthly"),
    p.Changed("ends", ENDS.isoformat(), ""),
)


def _rows(said: Typed) -> tuple[p.Changed, ...]:
    return (*ROWS, p.Changed("cancel", said.word, said.purpose), p.Changed("worry", "", said.topic))


def _flow(said: Typed) -> p.Flow:
    return p.Flow(you_learn=(said.topic,), you_teach=(said.second,))


def expectations(said: Typed) -> dict[str, p.Prompt]:
    """What is said while the two write and compare."""
    both = (
        p.Both("learn", said.topic, "Clear writing"),
        p.Both("hope", said.purpose, said.purpose),
        p.Both("often", "fortnightly", "monthly", "monthly"),
        p.Both("reply", "two_days", "two_days"),
        p.Both("worry", "", said.topic),
        p.Both("ends", ENDS.isoformat(), ""),
    )
    compared = p.Compared(PAIR, said.name, said.other, both)
    ahead = p.AgreementAhead(PAIR, said.other, Standing.NOBODY_WROTE, _flow(said))
    mine = p.OpenChange(PAIR, CHANGE, said.other, _rows(said), LATER, 0, yours=True)
    asked = (p.PairAsked(PAIR, said.other), p.PairAsked(OTHER_PAIR, said.name))
    return {
        "expect_form": p.ExpectForm(PAIR, said.other),
        "expect_form_again": p.ExpectForm(PAIR, said.other, terms(said)),
        "expected": p.Expected(PAIR, said.other),
        "partner_wrote": p.PartnerWrote(PAIR, said.other),
        "compared": compared,
        "compared_after_agreeing": replace(compared, agreed=True),
        **{f"agreement_ahead_{one}": replace(ahead, standing=one) for one in _AHEAD},
        "agreement_ahead_with_your_change": replace(ahead, standing=Standing.YOU_PROPOSE, change=mine),
        "which_pair_to_expect": p.WhichPair("expect", asked),
        "which_pair_to_agreement": p.WhichPair("agreement", asked),
        **{f"no_pair_yet_{what}": p.NoPairYet(what, LATER) for what in ABOUT_A_PAIR},
        "no_pair_yet_proposed": p.NoPairYet("meet", LATER, proposed=True),
    }


def agreements(said: Typed) -> dict[str, p.Prompt]:
    """What is said about the agreement and its changes."""
    agreed = (
        p.Term("learn", said.topic),
        p.Term("often", "monthly"),
        p.Term("cancel", said.purpose),
        p.Term("ends", ENDS.isoformat()),
    )
    sent = p.ChangeSent(PAIR, CHANGE, said.other, _rows(said), LATER)
    proposed = p.ChangeProposed(PAIR, CHANGE, said.other, _rows(said), LATER)
    mine = p.OpenChange(PAIR, CHANGE, said.other, _rows(said), LATER, 0, yours=True)
    theirs = replace(mine, yours=False, back_to=2)
    shown = p.AgreementShown(PAIR, said.other, 1, 1, NOW, agreed, _flow(said), LATER)
    asked = (p.PairAsked(PAIR, said.other), p.PairAsked(OTHER_PAIR, said.name))
    fine = replace(asked[0], answered="fine")
    return {
        "agreed_first": p.AgreedFirst(said.other),
        "agreed": p.Agreed(PAIR, said.other, 1),
        "agreed_and_told": p.Agreed(PAIR, said.other, 1, told=True),
        "agreed_on_a_change": p.Agreed(PAIR, said.other, 3, told=True),
        "change_form": p.ChangeForm(PAIR, said.other, 2, terms(said)),
        "change_sent": sent,
        "change_sent_to_go_back": replace(sent, back_to=1),
        "change_proposed": proposed,
        "change_proposed_to_go_back": replace(proposed, back_to=1),
        "terms_kept": p.TermsKept(PAIR, said.other),
        "change_declined": p.ChangeDeclined(PAIR, said.other),
        "change_taken_back": p.ChangeTakenBack(PAIR, said.other),
        "agreement_shown": shown,
        "agreement_shown_with_your_change": replace(shown, newest=2, number=2, change=mine, others=(1,)),
        "agreement_shown_with_their_change": replace(shown, newest=3, number=3, change=theirs),
        "agreement_shown_after_a_no": replace(shown, newest=9, number=9, fate="declined", others=(7, 8)),
        "agreement_shown_after_a_lapse": replace(shown, fate="lapsed"),
        "agreement_shown_after_taking_back": replace(shown, fate="withdrawn"),
        "agreement_shown_as_it_was": replace(shown, newest=2, others=(2,)),
        "still_aligned_half_answered": check_in("still_aligned", fine, asked[1]),
        "still_aligned_answered": check_in("still_aligned", fine),
    }


def goals(said: Typed) -> dict[str, p.Prompt]:
    """What is said about goals and what flows back."""
    mine = Goal(ParticipantId("a"), 1, said.topic, said.purpose, said.word, NOW)
    theirs = Goal(ParticipantId("b"), 2, said.second, said.purpose, said.word, NOW, 3, step_done=True)
    both = p.PairGoals(PAIR, said.other, mine, theirs, 1)
    open_one = p.PairGoals(OTHER_PAIR, said.name, None, None)
    turned = p.PairGoals(PAIR, said.other, theirs, mine)
    back = p.FlowsBack(PAIR, said.other, (said.topic, "Deep craft"), yours=True)
    return {
        "goal_form": p.GoalForm(PAIR, said.other),
        "goal_form_again": p.GoalForm(PAIR, said.other, mine),
        "goal_kept": p.GoalKept(PAIR, said.other, partner_has=True),
        "goal_kept_alone": p.GoalKept(PAIR, said.other, partner_has=False),
        "goals_shown": p.GoalsShown((both,)),
        "goals_shown_turned": p.GoalsShown((turned,)),
        "goals_shown_two": p.GoalsShown((both, open_one)),
        "step_done": p.StepDone(PAIR, said.word, 1),
        "step_done_again": p.StepDone(PAIR, said.word, 4),
        "reached_form": p.ReachedForm(PAIR, said.other, mine),
        "goal_reached": p.GoalReached(PAIR, said.other, said.topic, told=False),
        "goal_reached_and_told": p.GoalReached(PAIR, said.other, said.topic, told=True),
        "partner_reached": p.PartnerReached(said.other, said.topic),
        "back_form": p.BackForm(PAIR, said.other, (said.topic, "Deep craft")),
        "flows_back": back,
        "flows_back_told": replace(back, yours=False),
        "did_you_meet_with_a_goal": check_in(
            "did_you_meet", p.PairAsked(PAIR, said.other, goal=said.topic, step=said.word)
        ),
        "did_you_meet_and_learn_nothing": check_in("did_you_meet", p.PairAsked(PAIR, said.other, back=True)),
        "set_a_date_and_learn_nothing": check_in("set_a_date", p.PairAsked(PAIR, said.other, back=True)),
        "pairs_shown_with_an_agreement": p.PairsShown(_lines(said), SOON),
    }


def _lines(said: Typed) -> tuple[p.PairLine, ...]:
    line = p.PairLine(
        PAIR, user("U2"), said.other, "active", p.Flow((), (said.second,)), None, 1, None, answered=True
    )
    stands = [(one, one in ("agreed", "draft"), one in ("agreed", "you_wrote")) for one in Standing]
    return tuple(
        replace(line, agreement=one, your_goal=yours, their_goal=theirs) for one, yours, theirs in stands
    )
