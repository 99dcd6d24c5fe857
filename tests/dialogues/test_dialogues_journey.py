"""The journey as the two of a pair live it: what is asked, what an answer changes, how it rests."""

from tests.databases import ON_SQLITE
from tests.dialogues.cast import ANA, BEN
from tests.dialogues.differences import ROOM, needs
from tests.dialogues.town import Town

pytestmark = ON_SQLITE
"""Which words come when does not depend on the store."""

GOALS = "a goal each"
QUIET = "It has been quiet between"
WEEK = 7


async def told(town: Town, person: str, words: str) -> int:
    """How many messages with these words somebody has read."""
    return sum(words in text for text in await town.heard(person))


async def test_tasks_stay_locked_until_knowing_each_other_is_confirmed(paired: Town) -> None:
    """E2: meetings alone bring no goals; one word of one of the two does."""
    for _ in range(2):
        await paired.skip(WEEK)
        await paired.say(ANA, "/mentor met")
    await paired.skip(2 * WEEK)
    assert await told(paired, BEN, GOALS) == 0
    answer = await paired.answers(BEN, "We know each other a bit")
    assert "From now on I also bring goals" in answer
    await paired.skip(WEEK)
    assert await told(paired, BEN, GOALS) == await told(paired, ANA, GOALS) == 1


async def test_who_answers_one_of_several_questions_finds_the_others_there(paired: Town) -> None:
    """Three things fell together in one message: each is answered for itself, and none is lost."""
    await paired.skip(WEEK)
    await paired.say(ANA, "/mentor met")
    await paired.skip(8)
    asked = await paired.message_with(BEN, "can you speak openly")
    assert "All of this fell together" in asked["text"]
    assert "That is good to hear" in await paired.answers(BEN, "Good so far")
    assert "your rhythm" in await paired.answers(BEN, "Every two weeks")
    assert "From now on I also bring goals" in await paired.answers(BEN, "We know each other a bit")
    again = await paired.message_with(BEN, "can you speak openly")
    assert (again["ts"], again["text"]) == (asked["ts"], asked["text"])


async def test_what_the_two_choose_comes_after_their_next_meeting(paired: Town) -> None:
    """A4, B4: staying an expert is one direction of several; the map ends in a search or a wish."""
    await paired.skip(WEEK)
    await paired.say(ANA, "/mentor met")
    await paired.skip(3)
    await paired.press(ANA, "We know each other a bit")
    await paired.skip(9)
    await paired.say(ANA, "/mentor met")
    await paired.skip(2 * WEEK)
    assert "noted" in await paired.answers(ANA, "Where I want to go")
    await paired.say(BEN, "/mentor met")
    await paired.skip(3 * WEEK)
    assert await told(paired, BEN, "to stay an expert and go deeper") == 1
    assert await told(paired, BEN, "name the difference") == 0
    shown = await paired.message_with(ANA, "Draw a small map")
    assert {"Find somebody", "Wish for the next round"} <= set(shown["buttons"])
    for way in ("up:", "down:", "sideways:", "other departments", "outside work"):
        assert way in shown["text"]


async def test_the_teacher_is_asked_to_seek_advice_around_the_third_meeting(paired: Town) -> None:
    """B6: the prompt comes between the second meeting and the third, and the swap is kept."""
    await paired.skip(WEEK)
    await paired.say(ANA, "/mentor met")
    await paired.skip(3)
    await paired.press(ANA, "We know each other a bit")
    await paired.skip(9)
    await paired.say(ANA, "/mentor met")
    await paired.skip(2 * WEEK)
    assert await told(paired, BEN, "for advice") == 1
    await paired.say(ANA, "/mentor met")
    await paired.skip(WEEK)
    assert "Tell them what came of it" in await paired.answers(BEN, "I asked them")


async def test_who_snoozes_hears_nothing_of_the_pair_for_a_week(paired: Town) -> None:
    await paired.skip(8)
    before = await paired.heard(ANA)
    assert "I am quiet about Ben Okafor until" in await paired.answers(ANA, "Snooze")
    await paired.skip(5)
    assert len(await paired.heard(ANA)) == len(before)
    assert await told(paired, BEN, "Did you meet") == 1
    await paired.skip(4)
    assert await told(paired, ANA, "Did you meet") == 1


@needs(ROOM)
async def test_a_snooze_in_the_room_leaves_the_post_to_the_other(paired: Town) -> None:
    await paired.skip(3)
    post = await paired.message_with(BEN, "know each other first")
    await paired.press(BEN, "Snooze", post["ts"])
    assert await paired.reads(ANA, post["ts"]) == post["text"]
    assert await told(paired, BEN, "I am quiet about Ana Silva until") == 1
    assert await told(paired, ANA, "I am quiet about") == 0


async def test_not_yet_offers_a_time_and_a_stall_after_two_meetings_brings_help(paired: Town) -> None:
    """E10: help and no blame, once no date follows the second meeting; E9: a date is offered at once."""
    await paired.skip(11)
    answer = await paired.answers(ANA, "Not yet")
    assert "not yet, and that is fine" in answer
    assert "Propose a time" in (await paired.message_with(ANA, "not yet, and that is fine"))["buttons"]
    await paired.say(ANA, "/mentor met")
    await paired.skip(12)
    assert "When do you two meet next?" in await paired.say(ANA, "/mentor met")
    await paired.skip(4 * WEEK)
    assert await told(paired, ANA, "met twice. Keep it alive") == 1
    assert await told(paired, BEN, "met twice. Keep it alive") == 1


async def test_one_sided_talk_brings_a_swap_of_roles_without_saying_who_told(paired: Town) -> None:
    await paired.skip(WEEK)
    await paired.say(ANA, "/mentor met")
    await paired.skip(12)
    await paired.say(ANA, "/mentor met")
    await paired.skip(WEEK)
    await paired.press(ANA, "Mostly Ben Okafor")
    await paired.skip(2 * WEEK)
    assert await told(paired, BEN, "swap roles once") == 1
    assert await told(paired, BEN, "half of the time") == 0


async def test_a_silent_pair_rests_and_one_press_of_either_brings_it_back(paired: Town) -> None:
    """Nobody answers for months: a few words, rest, seen in /mentor pairs, and back with one press."""
    await paired.skip(20 * WEEK)
    heard = {person: await paired.heard(person) for person in (ANA, BEN)}
    assert all(QUIET in texts[-1] for texts in heard.values())
    assert max(map(len, heard.values())) <= 10
    assert "quiet, until one of you starts again" in await paired.say(BEN, "/mentor pairs")
    await paired.press(BEN, "Start again")
    assert "Ana Silva: active" in await paired.say(BEN, "/mentor pairs")
    await paired.skip(3 * WEEK)
    assert len(await paired.heard(ANA)) > len(heard[ANA])


async def test_the_power_difference_is_spoken_of_in_its_stage(paired: Town) -> None:
    """E5, D12: chosen by nobody; with a few lines to read and a question."""
    await paired.skip(8)
    await paired.say(ANA, "/mentor met")
    await paired.skip(3)
    await paired.press(ANA, "We know each other a bit")
    await paired.skip(9)
    await paired.say(ANA, "/mentor met")
    await paired.skip(2 * WEEK)
    await paired.say(ANA, "/mentor met")
    await paired.skip(2 * WEEK)
    assert await told(paired, ANA, "name the difference") == 1
    assert await told(paired, BEN, "Talk about: when did you last change your mind") == 1
