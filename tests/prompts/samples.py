"""At least one sample of everything the bot can say, with any words that people might have typed."""

from dataclasses import replace
from datetime import date, time, timedelta

from bot.matching import HelpKind, Rule
from bot.mentoring import prompts as p
from bot.mentoring.errors import BadInput, Problem
from bot.mentoring.ids import PairId, address
from bot.mentoring.pair import Reason
from bot.mentoring.waiting import Hint, Search, Supply
from tests.prompts.agreement_samples import agreements, expectations, goals
from tests.prompts.closing_samples import closings, concerns
from tests.prompts.coaching_samples import by_role, coaching
from tests.prompts.journey_samples import steps
from tests.prompts.meeting_samples import meetings
from tests.prompts.owner_samples import owners, previews
from tests.prompts.typed import (
    CHANNEL,
    LATER,
    NOW,
    OTHER_PAIR,
    PAIR,
    REASONS,
    ROUND,
    SOON,
    Typed,
    user,
)


def samples(typed: Typed | None = None) -> dict[str, p.Prompt]:
    """Every prompt by a name of its own: the class in snake case, and what is special about it."""
    said = typed or Typed()
    known = {
        **_answers(said),
        **_joining(said),
        **_own(said),
        **_breaks(said),
        **_proposals(said),
        **_journey(said),
        **expectations(said),
        **agreements(said),
        **goals(said),
        **meetings(said),
        **steps(said),
        **_blocks(said),
        **previews(said),
        **owners(said),
        **_homes(said),
        **coaching(said),
        **_resting(said),
        **closings(said),
        **concerns(said),
    }
    return {**known, **by_role(known)}


def _card(said: Typed, *, other: bool = False) -> p.Card:
    return p.Card(
        who=user("U2" if other else "U1"),
        name=said.other if other else said.name,
        level=5 if other else 2,
        department=said.department,
        learn=(said.topic,) if not other else (said.second, "listening"),
        teach=(said.second, "how decisions are made") if not other else (said.topic,),
        zone="America/Argentina/Buenos_Aires" if other else "Europe/Berlin",
        starts=time(9),
        ends=time(17, 30),
        languages=("en", "de"),
    )


def _flow(said: Typed) -> p.Flow:
    return p.Flow(you_learn=(said.topic,), you_teach=(said.second,))


def _answers(said: Typed) -> dict[str, p.Prompt]:
    words = ("help", "join", "learn", "pairs", "pause", "leave", "privacy")
    return {
        "help": p.Help("", words, joined=True, support="#help-mentoring"),
        "help_for_newcomers": p.Help("", ("help", "join", "privacy"), joined=False, support=""),
        "help_on_feedback": p.Help("feedback", words, joined=True, support=""),
        "help_on_privacy": p.Help("privacy", words, joined=True, support=""),
        "help_on_roles": p.Help("roles", words, joined=True, support=""),
        "help_on_coaching": p.Help("coaching", words, joined=True, support=""),
        "help_on_managing_up": p.Help("managing-up", words, joined=True, support=""),
        "help_on_the_primer": p.Help("primer", words, joined=True, support=""),
        "help_on_owners": p.Help("owners", words, joined=False, support=""),
        "help_on_a_command": p.Help("pause", words, joined=True, support=""),
        "help_on_something_else": p.Help(said.word, words, joined=True, support=""),
        "unknown": p.Unknown(said.word, "learn"),
        "unknown_and_nothing_near": p.Unknown(said.word, ""),
        "left_over": p.LeftOver("profile"),
        "left_over_after_met": p.LeftOver("met"),
        "left_over_after_why": p.LeftOver("why"),
        "comes_later": p.ComesLater("goals"),
        "sorry": p.Sorry("7f3a9c", "#help-mentoring"),
        "sorry_without_support": p.Sorry("7f3a9c", ""),
        "too_much_at_once": p.TooMuchAtOnce(42),
        "nothing": p.Nothing(),
        "owners_only": p.OwnersOnly(),
        "join_first": p.JoinFirst(),
        "no_programme_yet": p.NoProgrammeYet(),
        "moved_on_to_active": p.MovedOn("accept", "active"),
        "moved_on_to_declined": p.MovedOn("accept", "declined"),
        "moved_on_to_no_places": p.MovedOn("ask to pair", "no places"),
        "moved_on_while_paused": p.MovedOn("ask to pair", "paused"),
        "moved_on_to_gone": p.MovedOn("press", "gone"),
        "unclear": p.Unclear(BadInput("until", Problem.NOT_A_DATE)),
        "not_for_them": p.NotForThem("guest"),
    }


def _joining(said: Typed) -> dict[str, p.Prompt]:
    return {
        "join_form": p.JoinForm(
            said.name,
            "Europe/Berlin",
            joined=False,
            programme=said.programme,
            purpose=said.purpose,
            holidays="DE",
        ),
        "join_form_again": p.JoinForm(said.name, "Europe/Berlin", joined=True, programme="", purpose=""),
        "join_form_resumed": p.JoinForm(
            said.name,
            "Europe/Berlin",
            joined=False,
            programme=said.programme,
            purpose=said.purpose,
            level=3,
            department=said.department,
            learn=(said.topic,),
            resumed=True,
        ),
    }


def _own(said: Typed) -> dict[str, p.Prompt]:
    return {
        "welcome": p.Welcome(said.programme, said.purpose, LATER),
        "join_left": p.JoinLeft(LATER),
        "join_forgotten": p.JoinForgotten(),
        "joined": p.Joined(
            said.programme, LATER, late=False, learn=(said.topic,), teach=(said.second,), places=2
        ),
        "joined_late_and_teaching_nothing": p.Joined(
            said.programme, LATER, late=True, learn=(said.topic,), teach=(), places=1
        ),
        "joined_without_places": p.Joined(
            said.programme, None, late=False, learn=(), teach=(said.topic,), places=0
        ),
        "profile_saved": p.ProfileSaved(),
        "interests_changed": p.InterestsChanged(
            "learn", (said.topic, said.second), ((said.word, said.topic),), known=(), others=12
        ),
        "interests_changed_to_teach": p.InterestsChanged(
            "teach", (said.topic,), (), known=(said.second,), others=0
        ),
        "interests_changed_not_at_all": p.InterestsChanged("learn", (), (), known=(said.topic,), others=7),
        "interest_forgotten": p.InterestForgotten(said.topic, was_there=True),
        "interest_forgotten_not_there": p.InterestForgotten(said.topic, was_there=False),
        "profile_shown": p.ProfileShown(
            _card(said),
            places=2,
            since="2021-04",
            manager=user("U9"),
            findable=True,
            paused_until=None,
            holidays="DE-BY",
        ),
        "profile_shown_paused": p.ProfileShown(
            _card(said), places=1, since="", manager=None, findable=False, paused_until=LATER
        ),
        "teachers_found": p.TeachersFound(said.topic, (_teacher(said),)),
        "teachers_found_several": p.TeachersFound(said.topic, (_teacher(said), _teacher(said, other=True))),
        "teachers_found_none": p.TeachersFound(said.topic, ()),
        "pairs_shown": p.PairsShown(_lines(said), LATER),
        "pairs_shown_one": p.PairsShown(_lines(said)[:1], LATER),
        "pairs_shown_none": p.PairsShown((), None),
        "pairs_shown_resting": p.PairsShown((replace(_lines(said)[0], state="resting"),), LATER),
        "learn_form": p.LearnForm(),
        "teach_form": p.TeachForm(),
        "forget_form": p.ForgetForm((said.topic, said.second)),
        "find_form": p.FindForm(),
        "why_shown": p.WhyShown(said.other, user("U2"), REASONS, _flow(said)),
        "why_none": p.WhyNone(Reason("no_topic_fit", (said.topic,)), LATER),
        "why_none_step_by_step": p.WhyNone(Reason("everyone_taken"), LATER, _search(said)),
    }


def _search(said: Typed) -> Search:
    people = (37, 21, 12, 11, 7, 3, 0)
    hints = (Hint(kind.value, 6, said.topic, 30) for kind in HelpKind)
    return Search(
        left=tuple((rule.value, count) for rule, count in zip(Rule, people, strict=True)),
        supply=(Supply(said.topic, 0), Supply(said.second, 1), Supply("Go", 4)),
        hints=tuple(hints),
    )


def _breaks(said: Typed) -> dict[str, p.Prompt]:
    return {
        "pause_form": p.PauseForm(date(2026, 12, 8)),
        "paused": p.Paused(LATER, active_pairs=2, told=False),
        "paused_and_told": p.Paused(LATER, active_pairs=1, told=True),
        "paused_alone": p.Paused(LATER, active_pairs=0, told=False),
        "resumed": p.Resumed(was_paused=True, next_round_at=LATER),
        "resumed_from_nothing": p.Resumed(was_paused=False, next_round_at=LATER),
        "pause_ended": p.PauseEnded(LATER),
        "leave_asked": p.LeaveAsked(pairs=2),
        "leave_asked_without_pairs": p.LeaveAsked(pairs=0),
        "left_programme": p.LeftProgramme(said.programme),
        "privacy": p.Privacy((user("U7"), user("U8")), "#help-mentoring"),
        "privacy_without_contacts": p.Privacy((), ""),
    }


def _teacher(said: Typed, *, other: bool = False) -> p.Teacher:
    name = said.name if other else said.other
    return p.Teacher(user("U1" if other else "U2"), name, 5, said.department, (said.topic, said.second))


def _lines(said: Typed) -> tuple[p.PairLine, ...]:
    return (
        p.PairLine(
            PAIR, user("U2"), said.other, "active", _flow(said), address("slack", "T1", "G1"),
            meetings=3, next_meeting_at=SOON, answered=True, waits=("times", "closing", "change"),
        ),
        p.PairLine(
            OTHER_PAIR, user("U1"), said.name, "proposed", _flow(said), None,
            meetings=0, next_meeting_at=None, answered=False, answer_by=SOON, waits=("proposal",),
        ),
        p.PairLine(
            PairId("beef"), user("U3"), "Chi Nguyễn", "proposed", _flow(said), None,
            meetings=0, next_meeting_at=None, answered=True,
        ),
        p.PairLine(
            PairId("deed"), user("U4"), "Dana Weiss", "closing", _flow(said), None,
            meetings=5, next_meeting_at=None, answered=True, closes_at=SOON, waits=("draft",),
        ),
    )  # fmt: skip


def _proposals(said: Typed) -> dict[str, p.Prompt]:
    proposal = p.Proposal(
        pair=PAIR,
        you=_card(said),
        partner=_card(said, other=True),
        flow=_flow(said),
        reasons=REASONS,
        programme=said.programme,
        purpose=said.purpose,
        answer_by=NOW + timedelta(days=7),
    )
    asked = (Reason("asked", (said.name,)),)
    return {
        "proposal": proposal,
        "proposal_asked_by_you": replace(proposal, reasons=asked, asked_by_you=True),
        "proposal_asked_by_the_other": replace(proposal, reasons=asked),
        "proposal_reminder": p.ProposalReminder(((PAIR, said.other, SOON),)),
        "proposal_reminder_of_two": p.ProposalReminder(
            ((PAIR, said.other, SOON), (OTHER_PAIR, said.name, SOON))
        ),
        "accepted_first": p.AcceptedFirst(),
        "accepted_both": p.AcceptedBoth(user("U2"), SOON),
        "accepted_both_at_work": p.AcceptedBoth(user("U2"), None),
        "declined": p.Declined(LATER),
        "lapsed": p.Lapsed(LATER),
        "came_to_nothing": p.CameToNothing(),
    }


def _journey(said: Typed) -> dict[str, p.Prompt]:
    introduction = p.Introduction(
        one=_card(said),
        other=_card(said, other=True),
        one_learns=(said.topic,),
        other_learns=(said.second,),
        reasons=REASONS,
        books=user("U1"),
        books_name=said.name,
        lateral=False,
        programme=said.programme,
        purpose=said.purpose,
        pair=PAIR,
    )
    return {
        "introduction": introduction,
        "introduction_one_sided": replace(introduction, other_learns=(), lateral=True),
        "pair_quiet": p.PairQuiet(),
        "partner_away": p.PartnerAway(LATER),
        "partner_unreached": p.PartnerUnreached(user("U2"), said.name),
        "pair_closed": p.PairClosed(LATER),
    }


def _blocks(_said: Typed) -> dict[str, p.Prompt]:
    return {
        "blocked": p.Blocked(user("U2"), 0),
        "blocked_and_ended": p.Blocked(user("U2"), 1),
        "unblocked": p.Unblocked(user("U2")),
        "blocks_shown": p.BlocksShown((user("U2"), user("U3"))),
        "block_form": p.BlockForm(),
        "blocks_shown_none": p.BlocksShown(()),
    }


def _resting(said: Typed) -> dict[str, p.Prompt]:
    rested = replace(_lines(said)[0], state="paused", rested_by_you=True)
    return {
        "pairs_shown_while_resting": p.PairsShown((), LATER, resting=True),
        "pairs_shown_rested_by_you": p.PairsShown((rested,), LATER),
    }


def _homes(said: Typed) -> dict[str, p.Prompt]:
    newcomer = p.Home(said.programme, said.purpose, may_set_up=False, next_round_at=LATER)
    home = p.ParticipantHome(
        programme=said.programme,
        name=said.name,
        level=2,
        department=said.department,
        learn=(said.topic,),
        teach=(said.second,),
        places=3,
        zone="Europe/Berlin",
        starts=time(9),
        ends=time(17, 30),
        findable=True,
        paused_until=None,
        pairs=_lines(said),
        round=p.RoundNow(2, NOW - timedelta(days=5)),
        next_round_at=LATER,
    )
    fresh = replace(_lines(said)[0], meetings=0, next_meeting_at=None, meet_by=SOON)
    none: tuple[str, ...] = ()
    owner = p.OwnerHome(
        programme=said.programme,
        purpose=said.purpose,
        channel=CHANNEL,
        owners=(user("U5"), user("U6")),
        contacts=(user("U7"), user("U8")),
        round=p.RoundNow(2, NOW - timedelta(days=5)),
        draft=None,
        next_round_at=LATER,
        next_summary_at=SOON,
    )
    return {
        "home": newcomer,
        "home_with_a_form_left": replace(newcomer, kept_until=SOON),
        "home_before_any_programme": p.Home("", "", may_set_up=False, next_round_at=None),
        "home_of_who_may_set_up": p.Home("", "", may_set_up=True, next_round_at=None),
        "participant_home": home,
        "participant_home_with_one": replace(home, pairs=(fresh,), round=None),
        "participant_home_resting": replace(home, resting=True),
        "participant_home_with_a_pair_at_rest": replace(home, pairs=(replace(fresh, state="resting"),)),
        "participant_home_paused": replace(home, paused_until=SOON, pairs=()),
        "participant_home_of_nothing": replace(home, pairs=(), learn=none, teach=none, places=0),
        "owner_home": owner,
        "owner_home_unreached": replace(owner, unreached=(user("U7"),)),
        "owner_home_with_a_draft": replace(owner, draft=p.DraftWaiting(ROUND, 1, 21, NOW), round=None),
    }
