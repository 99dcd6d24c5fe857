"""Everybody's own page shows where they stand, what comes next with its date, and all they can do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.mentoring.ids import Address
from bot.mentoring.people import ParticipantState
from bot.mentoring.programme import RoundState
from bot.mentoring.prompts import (
    ClosingAgreed,
    DraftReady,
    Home,
    OwnerHome,
    ParticipantHome,
    Prompt,
    RoundNow,
)
from bot.mentoring.rights import Action
from bot.mentoring.story import FIRST_WITHIN
from bot.use_cases import closing, pausing, rounds, showing
from bot.use_cases.home import show_home
from handlers.commands import COMMANDS
from prompts.view import Buttons
from tests.counter import Counter, a_busy_counter, in_words
from tests.use_cases import test_use_cases_agreeing as agreements
from tests.use_cases.test_use_cases_parting import together
from tests.worlds import MATCHER, TUESDAY, World, a_programme, a_world, at

BY_BUTTON = {
    "help": "show_help",
    "join": "open_join",
    "learn": "open_learn",
    "teach": "open_teach",
    "forget": "open_forget",
    "find": "open_find",
    "profile": "show_profile",
    "pairs": "show_pairs",
    "why": "show_why",
    "pause": "pause_form",
    "resume": "resume",
    "leave": "open_leave",
    "met": "met",
    "meet": "propose_time",
    "agenda": "open_agenda",
    "notes": "show_notes",
    "privacy": "show_privacy",
    "setup": "open_setup",
    "match": "match",
    "summary": "summary",
    "block": "show_blocks",
    "end": "open_end",
    "rematch": "open_rematch",
    "concern": "open_concern",
    "goals": "show_goals",
    "agreement": "show_agreement",
    "expect": "open_expect",
    "programme": "show_programme",
    "discover": "open_discover",
}
"""What stands on one's own page for each command."""


def home_of(world: World, name: str) -> Prompt:
    """The page of somebody."""
    return show_home(world.actor(name), records=world.records, now=world.now)


def a_participants_home(world: World, name: str = "ana") -> ParticipantHome:
    """The page of somebody who takes part."""
    shown = home_of(world, name)
    assert isinstance(shown, ParticipantHome)
    return shown


def an_owners_home(world: World) -> OwnerHome:
    """The page of the owner."""
    shown = home_of(world, "owner")
    assert isinstance(shown, OwnerHome)
    return shown


def actions(counter: Counter, name: str) -> set[str]:
    """What somebody can press on their page."""
    view = in_words(home_of(counter.world, name))
    return {one.action for block in view.blocks if isinstance(block, Buttons) for one in block.buttons}


def test_everything_a_command_does_can_be_done_by_a_button() -> None:
    assert set(BY_BUTTON) == {command.word for command in COMMANDS}
    counter, *_ = a_busy_counter()
    owner, paused = Counter(a_world()), Counter(a_world())
    paused.send("ana", "pause", {"until": ("2026-12-20",)})
    offered = actions(counter, "ana") | actions(paused, "ana")
    for command in COMMANDS:
        owners = command.shown_to in (Action.SET_UP, Action.RUN_PROGRAMME)
        assert BY_BUTTON[command.word] in (actions(owner, "owner") if owners else offered), command.word


@pytest.mark.parametrize("name", ["ana", "cem", "eli", "owner", "zoe"])
def test_every_button_of_a_page_answers(name: str) -> None:
    counter, *_ = a_busy_counter()
    view = in_words(home_of(counter.world, name))
    for block in view.blocks:
        for one in block.buttons if isinstance(block, Buttons) else ():
            fresh, *_ = a_busy_counter()
            assert in_words(fresh.press(name, one.action, one.value)).text, one.label


def test_a_newcomer_reads_what_it_is_and_when_the_next_round_is() -> None:
    world = a_world()
    programme = a_programme()
    expected = Home(
        programme.name, programme.purpose, may_set_up=False, next_round_at=programme.next_round_at
    )
    assert home_of(world, "zoe") == expected


@pytest.mark.parametrize("may", [True, False])
def test_before_any_programme_only_who_may_is_asked_to_set_one_up(*, may: bool) -> None:
    counter = Counter(World())
    actor = replace(counter.world.actor("zoe"), may_set_up=may)
    shown = show_home(actor, records=counter.world.records, now=TUESDAY)
    assert ("Set up a programme" in in_words(shown).text) is may


def test_who_has_left_is_a_newcomer_again() -> None:
    world = a_world()
    ana = world.actor("ana").participant
    assert ana
    world.records.save_participant(replace(ana, state=ParticipantState.LEFT))
    assert isinstance(home_of(world, "ana"), Home)


def test_a_proposal_says_until_when_it_can_be_answered() -> None:
    world = a_world()
    (key,) = world.propose_all()
    (line,) = a_participants_home(world).pairs
    assert (line.state, line.answer_by) == ("proposed", world.records.pair(key).expires_at)


def test_a_pair_without_a_date_says_when_a_first_meeting_is_best_until_that_has_gone_by() -> None:
    world = a_world()
    (key,) = world.propose_all()
    world.accept("ana", key)
    world.accept("ben", key)
    introduced = world.records.pair(key).introduced_at
    assert introduced
    (line,) = a_participants_home(world).pairs
    assert (line.meet_by, line.answer_by) == (introduced + FIRST_WITHIN, None)
    world.now = introduced + FIRST_WITHIN
    assert a_participants_home(world).pairs[0].meet_by is None


def test_a_pair_with_a_date_says_the_date() -> None:
    world = a_world()
    (key,) = world.propose_all()
    world.accept("ana", key)
    world.accept("ben", key)
    world.set_date(key, "2026-11-30", "10:00")
    (line,) = a_participants_home(world, "ben").pairs
    assert line.next_meeting_at
    assert (line.next_meeting_at.date().isoformat(), line.meet_by) == ("2026-11-30", None)


def test_a_pause_shows_until_when() -> None:
    counter = Counter(a_world())
    counter.send("ana", "pause", {"until": ("2026-12-20",)})
    until = a_participants_home(counter.world).paused_until
    assert until
    assert until.date().isoformat() in ("2026-12-19", "2026-12-20")


def test_the_round_under_way_is_the_last_that_went_out() -> None:
    world = a_world()
    assert a_participants_home(world).round is None
    world.propose_all()
    assert a_participants_home(world).round == an_owners_home(world).round == RoundNow(1, TUESDAY)


def test_an_owner_finds_the_draft_that_waits_and_nothing_once_it_is_out() -> None:
    world = a_world()
    assert an_owners_home(world).draft is None
    ready = rounds.draft(
        world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(ready, DraftReady)
    draft = an_owners_home(world).draft
    assert draft
    assert (draft.round, draft.number, draft.pairs, draft.drafted_at) == (ready.round, 1, 1, TUESDAY)
    rounds.review(world.actor("owner"), ready.round, 0, records=world.records)
    assert an_owners_home(world).draft == draft, "a draft that was looked over still waits for its release"
    rounds.release(world.actor("owner"), ready.round, records=world.records, now=world.now)
    assert an_owners_home(world).draft is None


def test_a_draft_that_was_dropped_does_not_wait() -> None:
    world = a_world()
    ready = rounds.draft(
        world.actor("owner"), MATCHER, records=world.records, now=world.now, new_id=world.ids
    )
    assert isinstance(ready, DraftReady)
    one = world.records.round(ready.round)
    world.records.save_round(replace(one, state=RoundState.DROPPED))
    assert an_owners_home(world).draft is None


def test_an_owner_reads_who_runs_it_and_what_comes_next_but_nobodys_answers() -> None:
    world = a_world()
    world.propose_all()
    world.now += timedelta(days=1)
    programme = world.records.programme()
    shown = an_owners_home(world)
    assert programme
    assert (shown.next_summary_at, shown.channel) == (programme.next_summary_at, programme.channel)
    assert shown.contacts == (Address("slack:T1:HR"), Address("slack:T1:WORKS"))
    text = in_words(shown).text
    assert "Ana" not in text
    assert "Ben" not in text


def test_a_pair_that_closes_is_shown_as_such_to_both_with_the_day_until_which_they_can_look_back() -> None:
    world, pair = together()
    closing.propose(world.actor("ben"), pair, records=world.records, now=world.now)
    (line,) = showing.show_pairs(world.actor("ana"), records=world.records, now=world.now).pairs
    assert (line.state, line.closes_at) == ("active", None), "not before both wish it"
    agreed = closing.agree(world.actor("ana"), pair, records=world.records, now=world.now)
    assert isinstance(agreed, ClosingAgreed)
    for name in ("ana", "ben"):
        (line,) = showing.show_pairs(world.actor(name), records=world.records, now=world.now).pairs
        assert (line.state, line.closes_at) == ("closing", agreed.closes_at)
    pausing.pause(
        world.actor("ana"), "1w", tell_partners=False, records=world.records, now=world.now, new_id=world.ids
    )
    (line,) = showing.show_pairs(world.actor("ana"), records=world.records, now=world.now).pairs
    assert (line.state, line.closes_at) == ("paused", None)


def waits(world: World, name: str) -> tuple[str, ...]:
    """What waits for somebody's answer in their one pair, as their page says."""
    (line,) = a_participants_home(world, name).pairs
    return line.waits


def test_what_the_other_asked_waits_on_ones_page_until_it_is_answered() -> None:
    world = a_world()
    (pair,) = world.propose_all()
    assert (waits(world, "ana"), waits(world, "ben")) == (("proposal",), ("proposal",))
    world.accept("ana", pair)
    assert (waits(world, "ana"), waits(world, "ben")) == ((), ("proposal",))
    world.accept("ben", pair)
    world.settle()
    assert (waits(world, "ana"), waits(world, "ben")) == ((), ())
    world.offer("ben", pair, "2026-12-03", "10:00")
    closing.propose(world.actor("ben"), pair, records=world.records, now=world.now)
    assert (waits(world, "ana"), waits(world, "ben")) == (("times", "closing"), ())
    closing.not_now(world.actor("ana"), pair, records=world.records, now=world.now)
    assert waits(world, "ana") == ("times",)
    world.now = datetime(2026, 12, 4, tzinfo=UTC)
    assert waits(world, "ana") == (), "those times have gone by"


def test_an_agreement_waits_for_whoever_has_not_said_yes_and_a_change_for_the_other() -> None:
    world = agreements.compared()
    assert (waits(world, "ana"), waits(world, "ben")) == (("draft",), ("draft",))
    agreements.agree(world, "ana")
    assert (waits(world, "ana"), waits(world, "ben")) == ((), ("draft",))
    agreements.agree(world, "ben")
    change = agreements.change_of(world, by="ben")
    assert (waits(world, "ana"), waits(world, "ben")) == (("change",), ())
    agreements.agree(world, "ana", change)
    assert waits(world, "ana") == ()


def test_what_waits_stands_on_the_page_with_a_press_that_answers_it() -> None:
    world = agreements.agreed()
    agreements.change_of(world, by="ben")
    world.offer("ben", agreements.PAIR, "2026-12-03", "10:00")
    closing.propose(world.actor("ben"), agreements.PAIR, records=world.records, now=world.now)
    text = in_words(home_of(world, "ana")).text
    assert "This waits for your answer" in text
    assert "Ben offers times to meet" in text
    assert "Ben would like to close your pair together" in text
    assert "Ben suggests a change of what you agreed" in text
    assert "This waits for your answer" not in in_words(home_of(world, "ben")).text


def test_an_owner_reads_which_owners_and_contacts_messages_do_not_reach() -> None:
    world = a_world()
    assert an_owners_home(world).unreached == ()
    world.records.away = {at("hr"), at("ana")}
    assert an_owners_home(world).unreached == (at("hr"),), "of participants an owner hears nothing by name"
