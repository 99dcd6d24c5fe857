"""Samples of how pairs feel and end, and of concerns."""

from dataclasses import replace

from bot.mentoring import prompts as p
from bot.mentoring.closing import LookBack
from bot.mentoring.concern import ForThePair
from bot.mentoring.fit import Fit
from tests.prompts.typed import LATER, NOW, OTHER_PAIR, PAIR, SOON, Typed, user

WORDS = "I speak up in reviews now."


def closings(said: Typed) -> dict[str, p.Prompt]:
    """Everything that is said about how pairs feel, end and go on."""
    one, other = p.PairAsked(PAIR, said.other), p.PairAsked(OTHER_PAIR, said.name)
    words = LookBack(said.word, WORDS, said.word, said.word, said.word)
    return {
        "fit_kept_good": p.FitKept(PAIR, said.other, Fit.GOOD),
        "fit_kept_with_another": p.FitKept(PAIR, said.other, Fit.GOOD, (other,)),
        "fit_kept_unsure": p.FitKept(PAIR, said.other, Fit.UNSURE),
        "fit_kept_not_right": p.FitKept(PAIR, said.other, Fit.NOT_RIGHT),
        "helped_kept": p.HelpedKept(),
        "end_asked": p.EndAsked(PAIR, said.other),
        "which_pair_to_end": p.WhichPair("end", (one, other)),
        "pair_ended": p.PairEnded(),
        "rematch_asked": p.RematchAsked((one,)),
        "rematch_asked_two": p.RematchAsked((one, other)),
        "rematched": p.Rematched(),
        "opened": p.Opened(LATER),
        "rested": p.Rested(),
        "rest_ended": p.RestEnded(said.other),
        "closing_asked": p.ClosingAsked(PAIR, said.other, LATER),
        "closing_proposed": p.ClosingProposed(said.other, LATER),
        "going_on_for_now": p.GoingOnForNow(said.other, yours=False),
        "going_on_for_now_yours": p.GoingOnForNow(said.other, yours=True),
        "closing_agreed": p.ClosingAgreed(PAIR, said.other, LATER),
        "look_back_form": p.LookBackForm(PAIR, said.other, words),
        "look_back_kept": p.LookBackKept(said.other, shared=False, closes_at=LATER),
        "look_back_kept_and_shared": p.LookBackKept(said.other, shared=True, closes_at=LATER),
        "look_back_shown": p.LookBackShown(PAIR, said.other, words),
        "closed_together": p.ClosedTogether(said.other, words),
        "closed_together_without_words": p.ClosedTogether(said.other, None),
        "go_on_asked": p.GoOnAsked((one,), SOON),
        "go_on_asked_two": p.GoOnAsked((one, other), SOON),
        "go_on_noted": p.GoOnNoted(PAIR, said.other, yes=True, decided_at=SOON),
        "go_on_noted_with_another": p.GoOnNoted(PAIR, said.other, yes=True, decided_at=SOON, others=(other,)),
        "go_on_noted_no": p.GoOnNoted(PAIR, said.other, yes=False, decided_at=SOON),
    }


def concerns(said: Typed) -> dict[str, p.Prompt]:
    """Everything that is said about concerns."""
    listeners = (p.Listener(user("U7"), said.name), p.Listener(user("U8"), ""))
    given = p.GivenConcern("c1", said.name, NOW, None, LATER, 0)
    read = replace(given, id="c2", read_at=SOON, kept_longer=1)
    missed = replace(given, id="c3", reached=False)
    onward = p.ConcernOnward("c3", said.name, listeners, LATER, said.purpose)
    told = p.ConcernRead(
        concern="c1",
        reporter=user("U1"),
        reporter_name=said.name,
        about=user("U2"),
        about_name=said.other,
        at=NOW,
        words=said.word,
        kept_until=LATER,
    )
    return {
        "concern_about_form": p.ConcernAboutForm(user("U2"), listeners, said.purpose),
        "concern_about_form_without_routes": p.ConcernAboutForm(None, listeners, ""),
        "concern_form": p.ConcernForm(user("U2"), (), listeners, paired=True),
        "concern_form_without_a_pair": p.ConcernForm(user("U2"), (user("U8"),), listeners[:1], paired=False),
        **{f"concern_given_{way}": p.ConcernGiven(said.name, way, "") for way in ForThePair},
        "concern_outside": p.ConcernOutside(said.purpose),
        "concerns_aside": p.ConcernsAside(),
        "concerns_full": p.ConcernsFull(""),
        "concern_lost": p.ConcernLost(),
        "concerns_shown": p.ConcernsShown((given,)),
        "concerns_shown_two": p.ConcernsShown((given, read)),
        "concerns_shown_one_unreached": p.ConcernsShown((missed,)),
        "concerns_shown_two_unreached": p.ConcernsShown((given, missed)),
        "concern_unreached": p.ConcernUnreached(),
        "concern_onward": onward,
        "concern_onward_to_nobody": replace(onward, contact="", listeners=(), routes=""),
        "concern_taken_back": p.ConcernTakenBack(was_read=False),
        "concern_taken_back_after_reading": p.ConcernTakenBack(was_read=True),
        "concern_waiting": p.ConcernWaiting("c1"),
        "concern_read": told,
        "concern_was_read": p.ConcernWasRead("c1", LATER),
        "concern_kept_longer": p.ConcernKeptLonger("c1", LATER),
    }
