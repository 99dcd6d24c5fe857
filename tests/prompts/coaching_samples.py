"""Samples of coaching by role."""

from dataclasses import replace

from bot.mentoring import prompts as p
from bot.mentoring.people import Direction
from tests.prompts.typed import NOW, Typed, user


def coaching(said: Typed) -> dict[str, p.Prompt]:
    """The code, ideas of what to learn, and what is not passed on."""
    ideas = (p.Idea(said.topic, 1, wanted=False), p.Idea(said.second, 4, wanted=True))
    return {
        "ethics_code": p.EthicsCode(None, joined=True),
        "ethics_code_kept": p.EthicsCode(NOW, joined=True),
        "ethics_code_for_newcomers": p.EthicsCode(None, joined=False),
        "not_relayed": p.NotRelayed((user("U7"), user("U8"))),
        "not_relayed_without_contacts": p.NotRelayed(()),
        "discover_form": p.DiscoverForm(),
        "discovered": p.Discovered((*ideas, p.Idea("Deep craft", 0, wanted=False)), job=False),
        "discovered_with_a_skill_of_the_job": p.Discovered(
            (p.Idea("Deep craft", 0, wanted=False),), job=True
        ),
        "discovered_nothing_new": p.Discovered((), job=False),
    }


def by_role(known: dict[str, p.Prompt]) -> dict[str, p.Prompt]:
    """What is said otherwise by level, to who hands over, and to who named a direction."""
    joined, form, shown = known["joined"], known["join_form_again"], known["profile_shown"]
    proposal, introduction, changed = known["proposal"], known["introduction"], known["interests_changed"]
    ready, programme = known["programme_ready"], known["programme_shown"]
    assert isinstance(joined, p.Joined)
    assert isinstance(form, p.JoinForm)
    assert isinstance(shown, p.ProfileShown)
    assert isinstance(proposal, p.Proposal)
    assert isinstance(introduction, p.Introduction)
    assert isinstance(changed, p.InterestsChanged)
    assert isinstance(ready, p.ProgrammeReady)
    assert isinstance(programme, p.ProgrammeShown)
    leaving = replace(proposal.partner, handover=True)
    return {
        "joined_further_up": replace(joined, upper=True),
        "join_form_of_a_handover": replace(form, handover=True, direction=Direction.CRAFT),
        "profile_shown_of_a_handover": replace(
            shown, card=replace(shown.card, handover=True), direction=Direction.CRAFT, code_kept_at=NOW
        ),
        "proposal_of_a_handover": replace(proposal, partner=leaving),
        "proposal_to_hand_over": replace(proposal, you=replace(proposal.you, handover=True)),
        "introduction_of_a_handover": replace(introduction, other=replace(introduction.other, handover=True)),
        "interests_changed_for_the_first_time": replace(changed, first=True),
        "programme_ready_though_mandatory": replace(ready, mandatory=True),
        "programme_shown_though_mandatory": replace(programme, mandatory=True),
    }
