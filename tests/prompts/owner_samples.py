"""Samples of what owners read."""

from dataclasses import replace
from datetime import date, time

from bot.matching import Rule
from bot.mentoring import prompts as p
from bot.mentoring.fit import Band
from bot.mentoring.pair import Reason
from bot.mentoring.programme import CONDITIONS, Choosing
from bot.mentoring.summary import Figures, FlowedBack, RoundFigures, Wanted, WeekFigures
from bot.mentoring.waiting import Hint
from tests.prompts.typed import CHANNEL, LATER, REASONS, ROUND, SOON, Typed, user


def _drafted(said: Typed) -> p.DraftedPair:
    return p.DraftedPair("a+b", said.name, 2, said.other, 5, (said.topic,), (said.second,), REASONS)


def previews(said: Typed) -> dict[str, p.Prompt]:
    """What an owner reads who looks into a draft."""
    drafted = _drafted(said)
    change = p.Change(
        new=((said.name, "Cleo Marsh"),),
        gone=((said.name, said.other), ("Dev Patel", "Cleo Marsh")),
        now_alone=("Dev Patel",),
        now_matched=("Eve Larsen", "Finn Murphy"),
    )
    return {
        "choosing_form": p.ChoosingForm(Choosing()),
        "choosing_set": p.ChoosingSet(
            Choosing(departments=300), p.Weighed(18, 36, 15, 12, 17), p.Weighed(18, 36, 13, 18, 17), 410
        ),
        "choosing_set_without_effect": p.ChoosingSet(
            Choosing(), p.Weighed(1, 2, 1, 1, 1), p.Weighed(1, 2, 1, 1, 1)
        ),
        "programme_shown": p.ProgrammeShown(
            said.programme, said.purpose, CONDITIONS, (user("U7"), user("U8")), LATER, 12, None, Choosing(), 0
        ),
        "programme_shown_open": p.ProgrammeShown(
            said.programme,
            said.purpose,
            CONDITIONS,
            (user("U7"),),
            None,
            2,
            date(2027, 6, 30),
            Choosing(lateral=True, related=True, overlap=90),
            3,
        ),
        "words_form": p.WordsForm("Sales kickoff: SKO, kick-off\nKubernetes: kube"),
        "words_kept": p.WordsKept(2),
        "words_kept_none": p.WordsKept(0),
        "about_two_form": p.AboutTwoForm(ROUND),
        "pair_looked": p.PairLooked(ROUND, drafted, ((2, 37), (1, 12))),
        "pair_looked_locked": p.PairLooked(ROUND, replace(drafted, locked=True)),
        "pair_possible": p.PairPossible(ROUND, drafted, 50, change),
        "pair_possible_apart": p.PairPossible(ROUND, drafted, 25, p.Change(), apart=True),
        "pair_not_possible": p.PairNotPossible(ROUND, said.name, said.other, tuple(Rule)),
        "draft_changed": p.DraftChanged(ROUND, said.name, said.other, "lock", 18, 4, change),
        "draft_changed_apart": p.DraftChanged(ROUND, said.name, said.other, "apart", 17, 6, change),
        "draft_changed_unlock": p.DraftChanged(ROUND, said.name, said.other, "unlock", 18, 4, p.Change()),
        "draft_changed_allow": p.DraftChanged(ROUND, said.name, said.other, "allow", 18, 4, p.Change()),
    }


def _summaries(said: Typed) -> dict[str, p.Prompt]:
    """What owners read every week."""
    full = Figures(2, opted_in=40, pairs=18, meetings=25, wanted=Wanted(12, 21, (said.topic,)))
    later = replace(
        full,
        rounds=(RoundFigures(1, 36, 15, None, FlowedBack(9, 4, 8, 10)), RoundFigures(2, 40, 18, 25)),
        weeks=(WeekFigures(2, 12), WeekFigures(3, 12), WeekFigures(4, 25)),
    )
    return {
        "weekly_summary": p.WeeklySummary(said.programme, full, LATER),
        **{
            f"weekly_summary_of_help_{band}": p.WeeklySummary(said.programme, full, LATER, band)
            for band in Band
        },
        "weekly_summary_later": p.WeeklySummary(said.programme, later, LATER, undelivered=12),
        "weekly_summary_held_back": p.WeeklySummary(said.programme, Figures(2, 40, 18, None, None), LATER),
        "weekly_summary_last": p.WeeklySummary(said.programme, full, None, last=True),
        "weekly_summary_last_of_few": p.WeeklySummary(said.programme, None, None, last=True),
        "weekly_summary_of_few": p.WeeklySummary(said.programme, None, LATER, undelivered=3),
    }


def owners(said: Typed) -> dict[str, p.Prompt]:
    """What else an owner reads in messages and windows."""
    drafted = _drafted(said)
    reasons = (
        (Reason("no_topic_fit", (said.topic,)), 3),
        (Reason("no_places"), 1),
        (Reason("no_topic_fit", (said.second,)), 2),
    )
    form = p.SetupForm(
        said.programme,
        said.purpose,
        CHANNEL,
        date(2026, 12, 1),
        8,
        None,
        0,
        time(9),
        "Europe/Berlin",
        (),
        (),
        (),
    )
    return {
        "setup_form": form,
        "setup_form_unreached": replace(form, unreached=(user("U7"), user("U8"))),
        "programme_ready": p.ProgrammeReady(said.programme, CHANNEL, LATER, SOON, new=True),
        "programme_ready_unreached": p.ProgrammeReady(
            said.programme, CHANNEL, LATER, SOON, new=True, unreached=(user("U6"), user("U7"))
        ),
        "programme_ready_again": p.ProgrammeReady(said.programme, CHANNEL, None, SOON, new=False),
        "summary_not_posted": p.SummaryNotPosted(CHANNEL),
        "draft_ready": p.DraftReady(ROUND, 2, pairs=18, waiting=4, reciprocal=15, upward=17),
        "draft_ready_for_everybody": p.DraftReady(ROUND, 2, pairs=18, waiting=0, reciprocal=15, upward=17),
        "round_review": p.RoundReview(ROUND, 2, (drafted,), page=1, pages=3, total=18, waiting=()),
        "round_review_last_page": p.RoundReview(
            ROUND, 2, (drafted,), page=0, pages=1, total=1, waiting=reasons
        ),
        "round_released": p.RoundReleased(2, pairs=18, waiting=4, next_round_at=LATER),
        "round_released_with_a_lock_not_open": p.RoundReleased(
            2, pairs=17, waiting=4, next_round_at=LATER, not_open=((said.name, said.other),)
        ),
        "draft_ready_in_a_round": p.DraftReady(
            ROUND, 3, pairs=2, waiting=0, reciprocal=1, upward=2, held_until=LATER
        ),
        "no_pairs_possible": p.NoPairsPossible(joined=3),
        "no_pairs_possible_in_a_round": p.NoPairsPossible(joined=36, held_until=LATER),
        "no_pair_this_round": p.NoPairThisRound(Reason("everyone_taken"), LATER),
        "no_pair_this_round_with_a_hint": p.NoPairThisRound(
            Reason("no_topic_fit", (said.topic,)), LATER, Hint("learn", 7, said.second)
        ),
        **_summaries(said),
        "owner_news": p.OwnerNews(said.programme, said.name),
    }
