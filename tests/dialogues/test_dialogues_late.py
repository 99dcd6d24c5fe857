"""The bot or the platform is away over the end of a day: nobody reads anything at night, nothing is lost."""

from tests.dialogues.cast import ANA, BEN, EVE
from tests.dialogues.town import Town

PROPOSED, WAITS = "Here is somebody for you", "This round has no pair for you"
FRIDAY_EVENING, SATURDAY_NIGHT = "2026-11-27T16:45:00+00:00", "2026-11-28T03:00:00+00:00"
MONDAY = "2026-11-30T{}:00+00:00"
"""Everybody works in London, from nine to five."""


async def heard(town: Town) -> list[int]:
    """How often Ana and Ben have read their proposal, and Eve that she waits."""
    read = ((ANA, PROPOSED), (BEN, PROPOSED), (EVE, WAITS))
    return [sum(words in text for text in await town.heard(who)) for who, words in read]


async def comes_on_monday(town: Town) -> None:
    """From the night on: nobody reads anything before Monday at nine, and then everybody once."""
    before = await heard(town)
    await town.go_to(MONDAY.format("08:59"))
    assert await heard(town) == before
    await town.go_to(MONDAY.format("09:30"))
    assert await heard(town) == [1, 1, 1]
    await town.skip(1)
    assert await heard(town) == [1, 1, 1]


async def test_what_was_planned_for_a_day_without_the_bot_comes_on_the_next_working_day(
    drafted: Town,
) -> None:
    await drafted.go_to("2026-11-26T20:00:00+00:00")
    await drafted.press(await drafted.owner(), "Release")
    assert await heard(drafted) == [0, 0, 0]
    await drafted.away_until(SATURDAY_NIGHT)
    assert await heard(drafted) == [0, 0, 0]
    await comes_on_monday(drafted)


async def test_what_the_platform_would_not_take_before_the_evening_comes_on_the_next_working_day(
    drafted: Town,
) -> None:
    await drafted.go_to(FRIDAY_EVENING)
    await drafted.asks_to_wait(seconds=10 * 3600, times=1)
    await drafted.press(await drafted.owner(), "Release")
    assert await heard(drafted) != [1, 1, 1]
    await comes_on_monday(drafted)


async def test_whoever_writes_at_night_is_answered_at_once_beside_what_waits_for_them(drafted: Town) -> None:
    await drafted.go_to("2026-11-26T20:00:00+00:00")
    await drafted.press(await drafted.owner(), "Release")
    await drafted.away_until(SATURDAY_NIGHT)
    assert "proposed, open for an answer" in await drafted.say(ANA, "/mentor pairs")
    await comes_on_monday(drafted)
