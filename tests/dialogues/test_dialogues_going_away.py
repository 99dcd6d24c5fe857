"""Pausing, coming back and leaving, with somebody who waits on the other side."""

from tests.dialogues.cast import ANA, BEN, FINN
from tests.dialogues.differences import LEAVER, TAKEN_OUT, needs
from tests.dialogues.on_slack import SlackTown
from tests.dialogues.on_teams import TeamsTown
from tests.dialogues.town import Town

QUIET = "One of your pairs rests for now. There is nothing to do for you, and it goes on by itself."
CLOSED = "One of your pairs has come to its end. Thank you for the time you gave it."
AWAY = "Your partner is away until Tuesday 22 December; I'll be quiet until then."


async def test_a_pause_tells_the_partner_no_day_and_the_person_nothing_until_it_ends(paired: Town) -> None:
    owner = await paired.owner()
    owners, anas = await paired.heard(owner), await paired.heard(ANA)
    paused = await paired.say(BEN, "/mentor pause 4w")
    assert paused.startswith(
        "You are paused until Tuesday 22 December, and hear nothing from me before that."
    )
    assert "Your partners hear only that a pair rests for now." in paused
    assert await paired.heard(ANA) == anas
    bens = await paired.heard(BEN)
    await paired.skip(26)
    assert await paired.heard(BEN) == bens
    (line,) = (await paired.heard(ANA))[len(anas) :]
    assert line.splitlines()[0] == QUIET
    await paired.skip(4)
    welcome, *_ = (await paired.heard(BEN))[len(bens) :]
    assert welcome.startswith("Welcome back, your pause is over.")
    await paired.skip(14)
    assert any("Did you meet Ben Okafor lately?" in text for text in await paired.heard(ANA))
    assert await paired.heard(owner) == owners


async def test_a_ticked_box_lets_the_partner_know_until_when(paired: Town) -> None:
    await paired.say(BEN, "/mentor pause")
    assert await paired.window(BEN)
    await paired.submit(BEN, Until="2026-12-22", Partners=["My partners may know until when"])
    assert "I tell your partners until when." in await paired.window(BEN)
    await paired.skip(20)
    heard = [text.splitlines()[0] for text in await paired.heard(ANA)]
    assert heard.count(AWAY) == 1
    assert QUIET not in heard


async def test_a_button_after_the_pause_says_the_day_instead_of_the_neutral_line(paired: Town) -> None:
    await paired.say(BEN, "/mentor pause until 2026-12-22")
    told = await paired.answers(BEN, "Let my partners know until when")
    assert "I tell your partners until when." in told
    await paired.skip(20)
    heard = [text.splitlines()[0] for text in await paired.heard(ANA)]
    assert (heard.count(AWAY), heard.count(QUIET)) == (1, 0)


async def test_coming_back_early_goes_on_where_things_stood(paired: Town) -> None:
    assert "You were not paused" in await paired.say(BEN, "/mentor resume")
    before = await paired.say(ANA, "/mentor pairs")
    await paired.say(BEN, "/mentor pause 4w")
    assert await paired.say(ANA, "/mentor pairs") == before, "she has not heard of it yet"
    back = await paired.say(BEN, "/mentor resume")
    assert back.startswith("Welcome back. Your pairs go on where they stood.")
    assert "active" in await paired.say(ANA, "/mentor pairs")
    await paired.skip(7)
    assert not any(QUIET in text for text in await paired.heard(ANA))
    await paired.say(BEN, "/mentor pause 4w")
    await paired.skip(6)
    assert "resting for now" in await paired.say(ANA, "/mentor pairs")
    await paired.say(BEN, "/mentor resume")
    assert "active" in await paired.say(ANA, "/mentor pairs")


async def test_leaving_is_asked_confirmed_and_reversible_and_the_partner_reads_one_line(paired: Town) -> None:
    owner = await paired.owner()
    owners, anas = await paired.heard(owner), await paired.heard(ANA)
    asked = await paired.say(BEN, "/mentor leave")
    assert "1 pair of yours ends." in asked
    assert "I keep your profile and who you were paired with" in asked
    assert ": active" in await paired.answers(BEN, "Stay")
    await paired.say(BEN, "/mentor leave")
    left = await paired.answers(BEN, "Yes, leave")
    assert left.startswith("You have left Bothways.")
    assert f"{paired.command('join')} brings you back" in left
    assert await paired.heard(ANA) == anas
    bens = await paired.heard(BEN)
    await paired.skip(7)
    (line,) = (await paired.heard(ANA))[len(anas) :]
    assert line.startswith(CLOSED)
    assert "Ben" not in line
    await paired.skip(14)
    assert await paired.heard(BEN) == bens
    assert await paired.heard(owner) == owners
    await paired.join(BEN)
    assert "You have no pair just now." in await paired.say(BEN, "/mentor pairs")


async def test_the_closing_line_comes_one_to_three_working_days_later(four_pairs_town: Town) -> None:
    town = four_pairs_town
    await town.opt_everyone_in()
    await town.release_a_round()
    for number in range(4):
        await town.press(f"LOW{number}", "Accept")
        await town.press(f"TOP{number}", "Accept")
    before = {number: len(await town.heard(f"LOW{number}")) for number in range(4)}
    for number in range(4):
        await town.say(f"TOP{number}", "/mentor leave")
        await town.press(f"TOP{number}", "Yes, leave")
    await town.go_to("2026-11-25T08:59:00+00:00")
    assert {number: len(await town.heard(f"LOW{number}")) for number in range(4)} == before
    await town.go_to("2026-11-27T17:00:00+00:00")
    lines = {number: await town.drawn(f"LOW{number}", "come to its end") for number in range(4)}
    assert [lines[number] for number in (1, 2, 3)] == [lines[0]] * 3


@needs(LEAVER)
async def test_a_closed_account_leaves_without_a_word_and_its_partner_reads_the_same_line(
    paired: Town,
) -> None:
    assert isinstance(paired, SlackTown)
    await paired.leaves_the_company(BEN)
    await paired.skip(7)
    assert (await paired.heard(ANA))[-1].startswith(CLOSED)


UNREACHED = "My messages do not reach Ben Okafor at the moment."


@needs(TAKEN_OUT)
async def test_a_partner_hears_kindly_of_somebody_whom_messages_do_not_reach_and_owners_read_a_count(
    paired: Town,
) -> None:
    assert isinstance(paired, TeamsTown)
    owner = await paired.owner()
    bens, owners = len(await paired.heard(BEN)), await paired.heard(owner)
    await paired.take_out(BEN)
    await paired.skip(0.5)
    assert not any(UNREACHED in text for text in await paired.heard(ANA)), "not on the same day"
    await paired.skip(20)
    (line,) = [text for text in await paired.heard(ANA) if UNREACHED in text]
    assert "says nothing about the two of you" in line
    assert len(await paired.heard(BEN)) == bens
    assert "A few messages of the week could not be delivered." in await paired.stands()
    assert await paired.heard(owner) == owners, "nothing by name"
    assert "You are first in line" in await paired.answers(ANA, "Somebody new")


@needs(TAKEN_OUT)
async def test_whoever_takes_the_bot_in_again_goes_on_where_the_pair_stood(paired: Town) -> None:
    assert isinstance(paired, TeamsTown)
    await paired.take_out(BEN)
    await paired.skip(0.1)
    bens = len(await paired.heard(BEN))
    await paired.take_in(BEN)
    assert "active" in await paired.say(BEN, "/mentor pairs")
    await paired.skip(14)
    assert not any(UNREACHED in text for text in await paired.heard(ANA))
    assert len(await paired.heard(BEN)) > bens + 1, "the journey goes on"


async def test_somebody_who_never_joined_is_told_how_whatever_they_ask(village: Town) -> None:
    for words in ("pause 2w", "resume", "leave", "profile", "pairs", "why", "met", "learn Go", "find Go"):
        assert (await village.say(FINN, f"/mentor {words}")).startswith("You are not in the programme yet")
