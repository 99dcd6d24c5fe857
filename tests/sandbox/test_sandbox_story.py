"""Everybody opts in, and the story of the demonstration, through the real interface."""

import asyncio
from dataclasses import replace

import pytest

from sandbox.company import draw_company
from sandbox.members import CONTACT_IDS, OWNER_ID
from sandbox.people import RosterPerson
from sandbox.story import prepare, tell_story
from sandbox.workspace import Workspace
from tests.sandbox.conftest import MONDAY, ROSTER
from tests.sandbox.joining_bot import Joining
from tests.sandbox.tiny_bot import Served, serving


async def test_everybody_opts_in_with_what_they_declared(served: Served) -> None:
    bot = Joining(served)
    answer = await served.post("opt-everyone-in")
    assert answer == {"ok": True, "opted_in": 3, "failed": {}}
    ada = bot.sent["UP00001"]
    assert ada["Name"]["value"] == "Ada Okafor"
    assert ada["Level"]["selected_option"]["value"] == "2"
    assert [topic["value"] for topic in ada["I want to learn"]["selected_options"]] == ["sql"]
    assert ada["Working day starts"]["selected_time"] == "09:00"
    assert ada["Time zone"]["selected_option"]["value"] == "Europe/Berlin"
    assert [spoken["value"] for spoken in ada["Languages"]["selected_options"]] == ["en"]
    assert ada["My manager"]["selected_user"] is None
    assert ada["Joined the company"]["value"] == "2024-03"
    assert [chosen["value"] for chosen in ada["Being found"]["selected_options"]] == ["yes"]
    assert (await served.state())["forms"] == []


async def test_who_cannot_opt_in_is_named_with_the_reason(served: Served) -> None:
    bot = Joining(served)
    bot.taken = {"Bo Lindgren"}
    answer = await served.post("opt-everyone-in")
    assert answer == {"ok": False, "opted_in": 2, "failed": {"UP00002": "Name: That name is taken"}}
    assert (await served.state())["forms"] == []


async def test_a_topic_that_the_bot_knows_by_another_name_is_the_one_it_offers() -> None:
    async with serving(Workspace([replace(ROSTER[0], teach=("Speeches",))], start=MONDAY)) as served:
        bot = Joining(served)
        bot.known_as = {"Speeches": "Public speaking"}
        await served.post("opt-everyone-in")
    taught = bot.sent["UP00001"]["I can teach"]["selected_options"]
    assert [topic["text"]["text"] for topic in taught] == ["Public speaking"]


async def test_managers_and_topics_nobody_knows_are_declared_too() -> None:
    boss = ROSTER[1]
    learner = replace(ROSTER[0], manager=boss.id, learn=("Knitting",))
    async with serving(Workspace([learner, boss], start=MONDAY)) as served:
        bot = Joining(served)
        await served.post("opt-everyone-in")
    assert bot.sent["UP00001"]["My manager"]["selected_user"] == "UP00002"
    assert [topic["value"] for topic in bot.sent["UP00001"]["I want to learn"]["selected_options"]] == [
        "Knitting"
    ]


async def test_more_people_than_slack_lets_open_forms_in_a_minute_can_opt_in() -> None:
    crowd = [replace(ROSTER[0], id=f"P{n:05d}", name=f"Person {n}") for n in range(110)]
    async with serving(Workspace(crowd, start=MONDAY)) as served:
        bot = Joining(served)
        answer = await served.post("opt-everyone-in")
    assert bot.errors == []
    assert answer["opted_in"] == 110


async def test_the_story_sets_up_lets_most_people_in_and_drafts_a_round() -> None:
    company = [replace(person, languages=("en",)) for person in draw_company(1)]
    async with serving(Workspace(company, start=MONDAY)) as served:
        bot = Joining(served)
        assert await tell_story(served.sandbox.slack) is None
    setup = bot.sent.pop(OWNER_ID)
    assert setup["Contacts for concerns"]["selected_users"] == list(CONTACT_IDS)
    assert len(setup["Conditions"]["selected_options"]) == 2
    assert setup["First round"]["selected_date"] == "2026-11-09"
    assert len(bot.sent) == len(company) - 8
    assert bot.matches == 1


async def test_with_a_roster_of_ones_own_the_programme_is_only_set_up(served: Served) -> None:
    bot = Joining(served)
    assert await prepare(served.sandbox.slack) is None
    assert set(bot.sent) == {OWNER_ID}
    assert bot.matches == 0


async def test_a_story_that_cannot_be_told_says_why(served: Served) -> None:
    @served.app.command("/mentor")
    async def mentor(ack: object) -> None:
        await ack(text="Not today")  # type: ignore[operator] # Bolt passes a function

    trouble = await tell_story(served.sandbox.slack)
    assert trouble == "/mentor setup opened no form: Not today"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_drawn_company_looks_real(seed: int) -> None:
    company = draw_company(seed)
    assert company == draw_company(seed)
    by_id = {person.id: person for person in company}
    assert len(by_id) == len(company) == 42
    assert {person.level for person in company} == set(range(1, 9))
    assert len({person.timezone for person in company}) >= 5
    assert len({person.department for person in company}) == 8
    assert sum(person.manager is None for person in company) == 1
    for person in company:
        assert person.learn
        assert person.teach
        assert not set(person.learn) & set(person.teach)
        if person.manager is not None:
            assert by_id[person.manager].level > person.level
    assert _pairs(company) > 12


def test_another_seed_draws_another_company() -> None:
    assert draw_company(1) != draw_company(2)


def _pairs(company: list[RosterPerson]) -> int:
    """Disjoint pairs across levels, outside reporting lines, with something to learn."""
    by_id = {person.id: person for person in company}
    taken: set[str] = set()
    for junior in company:
        for senior in company:
            exchange = set(junior.learn) & set(senior.teach) or set(senior.learn) & set(junior.teach)
            free = not {junior.id, senior.id} & taken
            if free and junior.level < senior.level and exchange and senior.id not in _line(junior, by_id):
                taken |= {junior.id, senior.id}
    return len(taken) // 2


def _line(person: RosterPerson, by_id: dict[str, RosterPerson]) -> set[str]:
    above: set[str] = set()
    while person.manager is not None:
        above.add(person.manager)
        person = by_id[person.manager]
    return above


async def test_what_scripts_ask_for_waits_until_the_story_is_told(served: Served) -> None:
    served.sandbox.slack.ready.clear()
    assert (await served.state())["ready"] is False
    waiting = asyncio.ensure_future(served.post("say", person="UP00001", text="hello"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    served.sandbox.slack.ready.set()
    assert (await waiting)["ok"] is True
    assert (await served.state())["ready"] is True
