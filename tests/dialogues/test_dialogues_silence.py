"""Somebody who never answers anything, over 26 weeks and more, as the two of the pair read it over HTTP."""

import pytest

from tests.databases import ON_SQLITE
from tests.dialogues.cast import ANA, BEN
from tests.dialogues.four_weeks import Played, played
from tests.dialogues.town import Json, Town

pytestmark = ON_SQLITE
"""Who hears what, and when, does not depend on the store."""

HALF_A_YEAR = 26
QUIET = "It has been quiet between"
ASKED = "Half a year has passed with"
CLOSED = "One of your pairs has come to its end."
SAID_YES = ("nce both of you have said yes", "You both said yes")
NEW = "I'm open to a new pair"


@pytest.fixture
async def paired(village: Town) -> Town:
    """Ana and Ben talk in their room; from now on Ana answers nothing."""
    await village.join(ANA, BEN)
    await village.release_a_round()
    await village.press(ANA, "Accept")
    await village.press(BEN, "Accept")
    return village


async def live(town: Town, weeks: int, *, kind: bool = False) -> None:
    """Let weeks pass; a `kind` Ben says that they have not met, and would like to go on."""
    answered: set[str] = set()
    for _ in range(weeks):
        await town.skip(7)
        for message in (await town.state(BEN))["messages"] if kind else ():
            button = next((one for one in ("Not yet", "Go on") if one in message["buttons"]), None)
            if button and message["ts"] not in answered:
                answered.add(message["ts"])
                await town.press(BEN, button, message["ts"])


def spoken(state: Json) -> Played:
    """All that the bot said to Ana; what Ben is answered is no part of it."""
    proposals = {one["ts"] for one in state["messages"] if any(yes in one["text"] for yes in SAID_YES)}
    told = played(state, proposals)
    only = tuple(one for one in told.said if "UANA" in one.readers)
    assert only
    return Played(only, told.summaries, told.zones)


async def gets_no_more_than_the_limits(town: Town) -> Played:
    """What Ana heard: at most three messages and one reminder in any seven days, all of it at work."""
    told = spoken(await town.state())
    assert told.busiest_week() <= 3
    assert told.most_nudges() <= 1
    assert told.out_of_hours() == []
    assert told.twice() == []
    return told


@pytest.mark.parametrize("kind", [False, True], ids=["both silent", "the other kind"])
async def test_who_never_answers_rests_after_a_few_words_and_comes_back_with_one_press(
    paired: Town, *, kind: bool
) -> None:
    """Whatever the other does; what the bot says of itself ends with the word about the silence."""
    await live(paired, 12, kind=kind)
    heard = await paired.heard(ANA)
    assert len(heard) <= 14
    assert sum(QUIET in text for text in heard) == 1
    assert "quiet, until one of you starts again" in await paired.say(ANA, "/mentor pairs")
    count = len(await paired.heard(ANA))
    await live(paired, 8, kind=kind)
    assert len(await paired.heard(ANA)) == count, "she rests, and hears nothing"
    await gets_no_more_than_the_limits(paired)
    await paired.say(ANA, "/mentor pairs")
    count = len(await paired.heard(ANA))
    await paired.press(ANA, "Start again")
    assert "Ben Okafor: active" in await paired.say(ANA, "/mentor pairs")
    await live(paired, 3, kind=kind)
    assert len(await paired.heard(ANA)) > count + 1


@pytest.mark.parametrize("kind", [False, True], ids=["both silent", "the other kind"])
async def test_after_half_a_year_of_silence_the_pair_ends_kindly_and_one_press_brings_a_new_one(
    paired: Town, *, kind: bool
) -> None:
    """Neither learns what the other said to the last question; Ana never wrote a word in it all."""
    await live(paired, HALF_A_YEAR, kind=kind)
    await live(paired, 4, kind=kind)
    await gets_no_more_than_the_limits(paired)
    for person in (ANA, BEN):
        (line,) = [text for text in await paired.heard(person) if CLOSED in text]
        assert not any(name in line for name in ("Ana", "Ben"))
    assert sum(ASKED in text for text in await paired.heard(ANA)) == 1, "asked once, in private"
    lines = [await paired.drawn(person, CLOSED) for person in (ANA, BEN)]
    assert lines[0] == lines[1]
    assert "You rest: no new pair comes before you say so" in await paired.say(ANA, "/mentor pairs")
    assert (await paired.answers(ANA, NEW)).startswith("Good to have you.")
    assert "You rest" not in await paired.say(ANA, "/mentor pairs")
    told = "\n".join(await paired.heard(BEN))
    assert "never answer" not in told
    if kind:
        assert "It is nearly always the calendar and not you" in told
        assert "Nobody hears of it, and you need no reason" in told
