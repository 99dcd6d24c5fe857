"""One pair over half a year, eight hours apart, from opting in to its end: a story told over HTTP alone.

Rosa, on level 2 in Los Angeles, wants to learn from Tomas, on level 6 in London, who names no wish.
"""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from tests.databases import ON_SQLITE
from tests.dialogues.half_a_year import NAMES, ROSA, TOMAS, Life, two_far_apart, wishes
from tests.dialogues.town import Founding

pytestmark = ON_SQLITE
"""Each area that the story touches has a dialogue on both stores; half a year on each takes minutes."""

BOTH = (ROSA, TOMAS)
ROOM = (
    "meet each other",
    "know each other first",
    "what do you expect of each other?",
    "a goal each",
    "swap roles once",
    "name the difference",
    "disagreeing well",
    "Rosa Duarte leads, and Tomas Berg asks",
    "what we take for granted",
    "half-way, look at it together",
    "how this place really works",
    "rules that nobody wrote down",
    "swap half a day",
    "where to?",
    "follow the energy",
    "look back before you part",
)
"""What stands in the two's room, in this order, or was said to each alone where no hour suited both."""
CLOSED = "One of your pairs has come to its end."


@pytest.fixture
async def life(found: Founding) -> AsyncIterator[Life]:
    """A programme that ends in half a year, with nobody in it."""
    async with found(two_far_apart()) as town:
        life = Life(town)
        await life.fills(await town.owner(), "/mentor setup", Ends="2027-05-28")
        yield life


async def they_opt_in_and_say_yes(life: Life) -> None:
    """Nobody is enrolled; both see both profiles; nothing opens before both said yes."""
    town = life.town
    for person in BOTH:
        await town.say(person, "/mentor join")
        assert (await town.submit(person, **wishes(person)))["ok"]
    assert "not knowing is expected here" in await town.window(TOMAS)
    assert "not knowing is expected here" not in await town.window(ROSA)
    for person in BOTH:
        await town.cancel(person)
    await town.release_a_round()
    proposed = {person: await life.read(person, "Here is somebody for you") for person in BOTH}
    life.proposals |= {one["ts"] for one in proposed.values()}
    assert "You learn: Running meetings" in proposed[ROSA]["text"]
    assert "You teach: Running meetings" in proposed[TOMAS]["text"]
    assert "You learn" not in proposed[TOMAS]["text"], "one-sided, so far"
    assert "About 5 hours a day when both can meet" in proposed[TOMAS]["text"]
    assert "nce both of you have said yes" in await town.answers(TOMAS, "Accept")
    assert not any("meet each other" in text for text in await town.heard(TOMAS))
    await town.press(ROSA, "Accept")
    introduced = (await life.read(TOMAS, "meet each other"))["text"]
    assert "What flows back to Tomas Berg is still open" in introduced
    assert "Rosa Duarte books the first meeting" in introduced
    for person in BOTH:
        await life.presses(person, "I'll keep to this", "Our code")


async def they_know_each_other_and_it_flows_back(life: Life) -> None:
    """The first meeting has no goals; what flows back is chosen; how it feels stays private."""
    town = life.town
    await life.set_a_date("2026-12-03", "10:00", "Pick Thu 18:00")
    await life.until("2026-12-02 21:00")
    assert "10:00 (18:00 for Tomas Berg)" in (await life.read(ROSA, "for 30 minutes"))["text"]
    assert "18:00 (10:00 for Rosa Duarte)" in (await life.read(TOMAS, "for 30 minutes"))["text"]
    await life.until("2026-12-03 18:40")
    assert await life.has_read(ROSA, "Come curious") == 0, "each side is coached for itself"
    assert await life.has_read(TOMAS, "You were asked for this") == 0
    await life.meet(1)
    asked = await life.read(TOMAS, "What would you like to know from them?")
    await town.press(TOMAS, "Choose what I learn", asked["ts"])
    await town.submit(TOMAS, I_want_to_learn=["Data visualisation"])
    assert "From now on you learn Data visualisation from Rosa Duarte" in await town.window(TOMAS)
    await town.cancel(TOMAS)
    assert (
        "goes both ways" in (await life.read(ROSA, "would like to learn Data visualisation from you"))["text"]
    )
    for person in BOTH:
        await life.presses(person, "Every two weeks", "How often do you and")
    await life.set_a_date("2026-12-22", "10:00", "Pick Tue 18:00")
    assert "Only you and I know" in await life.confides(TOMAS, "Good so far", "can you speak openly")


HOPES: dict[str, dict[str, Any]] = {
    ROSA: {
        "What_I_hope_to_learn": "To chair without losing the quiet ones",
        "What_I_can_share": "How charts mislead",
        "What_I_hope_for": "Plain words",
        "How_often_we_meet": "Every two weeks",
        "Where_we_talk": "Video",
        "How_we_cancel": "A line the day before",
        "What_could_go_wrong": "My mornings are early",
    },
    TOMAS: {
        "What_I_hope_to_learn": "To read a chart with care",
        "What_I_can_share": "Twenty years of meetings",
        "What_I_hope_for": "That you tell me when I talk too long",
        "How_often_we_meet": "Once a month",
        "Where_we_talk": "Video",
        "How_we_cancel": "A new time at once",
        "What_could_go_wrong": "I give advice too soon",
    },
}


async def they_expect_apart_and_agree_together(life: Life) -> None:
    """Nobody sees the other's before both are in; then both read the same, and one yes is not enough."""
    town = life.town
    await life.read(ROSA, "what do you expect of each other?")
    assert "Thank you, that is yours" in await life.fills(ROSA, "/mentor expect", **HOPES[ROSA])
    await life.read(TOMAS, "has written down what they expect")
    assert "Plain words" not in await life.looks_up(TOMAS)
    await life.fills(TOMAS, "/mentor expect", **HOPES[TOMAS])
    both = await town.say(TOMAS, "/mentor expect")
    assert both == await town.say(ROSA, "/mentor expect")
    for said in ("Plain words", "I give advice too soon", "To start with: Once a month"):
        assert said in both
    for person in BOTH:
        assert "Nothing is agreed yet" in await town.say(person, "/mentor agreement")
        await town.press(person, "Agree")
    assert "A line the day before" in await town.say(TOMAS, "/mentor agreement")
    await life.until("2026-12-22 18:40")
    await life.meet(2)


GOALS = {
    ROSA: ("To chair our design review", "Everybody has spoken", "Ask the quietest first"),
    TOMAS: ("To read a chart with care", "I find the trick in one", "Bring a chart I doubt"),
}


async def each_sets_a_goal(life: Life) -> None:
    """Goals come once one says that they know each other; there is one on each side, whatever the level."""
    town = life.town
    assert await life.has_read(ROSA, "a goal each") == 0
    assert "lovely" in await life.presses(
        ROSA, "We know each other a bit", "Do you know Tomas Berg a bit by now?"
    )
    await life.confides(ROSA, "Mostly Tomas Berg", "Who talked more when you last met")
    await life.read(ROSA, "a goal each")
    for person, (goal, notice, step) in GOALS.items():
        fields = {
            "What_I_want_to_have_learned": goal,
            "How_I_will_notice": notice,
            "My_smallest_next_step": step,
        }
        await life.fills(person, "/mentor goals", "Set my goal", **fields)
    for person in BOTH:
        shown = await town.say(person, "/mentor goals")
        assert all(goal in shown for goal, _, _ in GOALS.values())
    assert "noted" in await life.presses(
        ROSA, "How we disagree", "What would you like to talk about with Tomas"
    )
    assert "noted" in await life.presses(
        TOMAS, "One shows, one asks", "What would you like to talk about with Rosa"
    )
    await life.set_a_date("2027-01-14", "10:00", "Pick Thu 18:00")
    await life.until("2027-01-14 18:40")
    await town.say(ROSA, "/mentor goals")
    assert "That is a first step, and it counts" in await town.answers(ROSA, "Step done")
    await life.meet(3)


async def a_change_is_refused_and_another_accepted(life: Life) -> None:
    """Nothing changes on one side's word; a no gives no reason and leaves what holds."""
    town = life.town
    change = ("/mentor agreement", "Suggest a change")
    assert "Nothing changes before they agree" in await life.fills(
        TOMAS, *change, How_we_cancel="Never on the day"
    )
    asked = await life.read(ROSA, "suggests a change to your agreement")
    assert "Then: Never on the day" in asked["text"]
    assert "It stays as it is" in await town.answers(ROSA, "Keep it as it is")
    assert "Nobody needs a reason" in (await life.read(TOMAS, "would rather keep your agreement"))["text"]
    assert "Never on the day" not in await town.say(TOMAS, "/mentor agreement")
    await life.fills(TOMAS, *change, How_we_cancel="The day before, with a new time")
    again = await life.read(ROSA, "Then: The day before, with a new time")
    await town.press(ROSA, "Agree", again["ts"])
    for person in BOTH:
        shown = await town.say(person, "/mentor agreement")
        assert "The day before, with a new time" in shown
        assert "version 2" in shown


async def two_dates_are_cancelled_and_ten_minutes_rescue_the_third(life: Life) -> None:
    """Either side cancels, in a zone of their own; the second time a short meeting is suggested to both."""
    town = life.town
    cancels = ((TOMAS, "2027-01-28", "Thu"), (ROSA, "2027-02-04", "Thu"))
    for person, day, weekday in cancels:
        await life.set_a_date(day, "10:00", f"Pick {weekday} 18:00")
        other = BOTH[BOTH.index(person) - 1]
        assert await life.has_read(other, "came to nothing") == 0
        heard = await life.has_read(other, "does not work out")
        await town.say(person, "/mentor meet")
        assert "You owe none" in await town.answers(person, "Cancel it")
        cancelled = await life.today()
        await life.read(other, "does not work out")
        assert await life.has_read(other, "does not work out") == heard + 1
        assert not (await town.heard(person))[-1].startswith("Did you meet"), "not in the same breath"
    for person in BOTH:
        short = await life.read(person, "came to nothing")
        assert "nobody is to blame" in short["text"]
        assert "The ten-minute meeting" in short["text"]
    assert (await life.today() - cancelled).days <= 14, "as the limits of both leave room"
    await life.set_a_date("2027-02-19", "08:00", "Pick Fri 16:00")
    await life.until("2027-02-19 16:15")
    await life.meet(4)


async def half_way_each_says_in_private_what_now(life: Life) -> None:
    """One wants to keep it, the other to end it well: neither learns of it, and no owner does."""
    town = life.town
    await life.read(TOMAS, "are half-way. What now?")
    day = await life.today()
    assert "2027-02-22" <= day.isoformat() <= "2027-03-05", "half of the time"
    said = await life.confides(TOMAS, "Bring it to a good end", "are half-way. What now?")
    assert "Nothing ends by itself" in said
    assert "Say it to them too" in await life.confides(ROSA, "Keep it as it is", "are half-way. What now?")
    await life.presses(ROSA, "How this place works", "The second half with Tomas Berg")
    await life.set_a_date("2027-03-18", "10:00", "Pick Thu 17:00")
    reminder = await life.read(TOMAS, "meet on Thursday 18 March")
    assert "17:00 (10:00 for Rosa Duarte)" in reminder["text"], "seven hours, for two weeks of the year"
    await life.until("2027-03-18 18:00")
    await life.meet(5)
    assert "Still fine" in (await life.read(ROSA, "Some weeks have passed since you agreed"))["buttons"]
    await town.press(ROSA, "Still fine")


async def one_goal_is_reached(life: Life) -> None:
    """Celebrated in private, and told to the other where the one wishes it."""
    town = life.town
    await life.set_a_date("2027-04-20", "10:00", "Pick Tue 18:00")
    await life.until("2027-04-20 18:40")
    await life.meet(6)
    tick = {"Your_partner": ["My partner may hear of it"]}
    assert "you reached it" in await life.fills(TOMAS, "/mentor goals", "I reached it", **tick)
    await life.read(ROSA, "reached a goal in your pair")
    assert "Goals you reached here: 1" in await town.say(TOMAS, "/mentor goals")


async def they_close_with_thanks(life: Life) -> None:
    """The last stage comes in the last two weeks; both look back, each alone, and read it when both did."""
    town = life.town
    await life.until("2027-05-14 12:00")
    assert await life.has_read(ROSA, "look back before you part") == 0
    await life.read(ROSA, "look back before you part")
    for person in BOTH:
        await life.read(person, "for one thing, as exactly as you can")
    await town.say(ROSA, "/mentor end")
    assert "I tell Tomas Berg" in await town.answers(ROSA, "Propose to close together")
    agreed = await life.presses(TOMAS, "Let's close together", "would like to close your pair together")
    assert "or on Friday 28 May" in agreed, "the programme's last day, and no day after it"
    await life.read(ROSA, "close together. Two things make it a good end")
    await town.press(ROSA, "Look back")
    await town.submit(ROSA, **{"What do you want to thank them for?": "You waited five seconds, each time."})
    await town.cancel(ROSA)
    assert "five seconds" not in await life.looks_up(TOMAS)
    await town.press(TOMAS, "Look back")
    await town.submit(TOMAS, **{"What changed for you?": "I ask what a chart leaves out."})
    assert "You waited five seconds, each time." in await town.window(TOMAS)
    await town.cancel(TOMAS)
    closed = await life.read(ROSA, "is closed, by both of you")
    assert "I ask what a chart leaves out." in closed["text"]
    for person in BOTH:
        assert "You have no pair just now" in await town.say(person, "/mentor pairs")


async def one_of_them_ends_it(life: Life) -> None:
    """Until the line comes the other can look up nothing; the line names nobody, and nobody is asked why."""
    town = life.town
    await life.until("2027-05-11 18:00")
    before = await life.looks_up(ROSA)
    await town.say(TOMAS, "/mentor end")
    assert "nobody is to blame" in await town.answers(TOMAS, "End it")
    assert await life.looks_up(ROSA) == before
    line = (await life.read(ROSA, CLOSED))["text"]
    assert not any(name in line for name in (*NAMES.values(), "Tomas", "ended it"))
    assert 1 <= (await life.today()).toordinal() - date(2027, 5, 11).toordinal() <= 3
    for person in BOTH:
        shown = await town.say(person, "/mentor pairs")
        assert "You have no pair just now" in shown
        assert "You rest: no new pair comes before you say so" in shown
        assert not any(name in shown for name in NAMES.values())


async def the_half_year(life: Life) -> None:
    """All of it but its end."""
    await they_opt_in_and_say_yes(life)
    await they_know_each_other_and_it_flows_back(life)
    await they_expect_apart_and_agree_together(life)
    await each_sets_a_goal(life)
    await a_change_is_refused_and_another_accepted(life)
    await two_dates_are_cancelled_and_ten_minutes_rescue_the_third(life)
    await half_way_each_says_in_private_what_now(life)
    await one_goal_is_reached(life)


async def what_held_all_along(life: Life, stages: tuple[str, ...]) -> None:
    """The hours of both, the limits, nothing twice, the stages in their order; and no owner read a name."""
    told = await life.told()
    assert told.out_of_hours() == []
    assert told.busiest_week() <= 3
    assert told.most_nudges() <= 1
    assert told.twice() == []
    for person in BOTH:
        assert tuple(await life.in_order(person, ROOM)) == stages
    state = await life.town.state(await life.town.owner())
    read = "\n".join(one["text"] for one in state["messages"])
    for secret in (*NAMES.values(), *(goal for goal, _, _ in GOALS.values()), "Plain words", "good end"):
        assert secret not in read


async def test_a_pair_eight_hours_apart_lives_through_half_a_year_and_closes_with_thanks(life: Life) -> None:
    await the_half_year(life)
    await they_close_with_thanks(life)
    heard = {person: len(await life.town.heard(person)) for person in BOTH}
    await life.until("2027-06-07 12:00")
    assert {person: len(await life.town.heard(person)) for person in BOTH} == heard, "it is over for both"
    await what_held_all_along(life, ROOM)


async def test_a_half_year_that_one_of_the_two_ends_tells_nobody_which(life: Life) -> None:
    await the_half_year(life)
    await one_of_them_ends_it(life)
    heard = {person: len(await life.town.heard(person)) for person in BOTH}
    await life.until("2027-06-07 12:00")
    assert {person: len(await life.town.heard(person)) for person in BOTH} == heard, (
        "nor at its programme's end"
    )
    await what_held_all_along(life, ROOM[:-1])
