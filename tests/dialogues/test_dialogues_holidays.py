"""Public holidays as people meet them: chosen in the form, kept quiet, and left out of the times to meet."""

from tests.databases import ON_SQLITE
from tests.dialogues.cast import ANA, BEN, FINN
from tests.dialogues.town import Town

pytestmark = ON_SQLITE
"""Which days are off does not depend on the store."""

REMINDER = "A first meeting is easiest when it has a date"


async def keep(town: Town, person: str, place: str | None) -> None:
    """Somebody says whose public holidays they keep."""
    await town.say(person, "/mentor join")
    assert (await town.submit(person, Public_holidays=place))["ok"]


async def reminded(town: Town, person: str) -> bool:
    """Whether somebody has read the reminder to set a date."""
    return any(REMINDER in text for text in await town.heard(person))


async def offered(town: Town, person: str) -> str:
    """The times that the form to meet offers somebody."""
    await town.say(person, "/mentor meet")
    times = (await town.form(person))["Times in both your hours"]["options"]
    await town.cancel(person)
    return ", ".join(times)


async def test_the_form_opens_with_the_country_of_the_time_zone_and_takes_none(village: Town) -> None:
    await village.say(FINN, "/mentor join")
    assert (await village.form(FINN))["Public holidays"]["value"] == "Britain (UK)"
    await village.cancel(FINN)
    await village.join(FINN)
    assert "Public holidays, on which I keep quiet: Britain (UK)" in await village.say(
        FINN, "/mentor profile"
    )
    await keep(village, FINN, "Britain (UK), Scotland")
    assert "Britain (UK), Scotland" in await village.say(FINN, "/mentor profile")
    await keep(village, FINN, None)
    assert "Public holidays" not in await village.say(FINN, "/mentor profile")


async def test_a_reminder_that_falls_on_a_public_holiday_comes_on_the_next_working_day(paired: Town) -> None:
    """Wednesday 2 December is a holiday in Laos and none in Britain."""
    await keep(paired, ANA, "Laos")
    await paired.go_to("2026-12-02T23:00:00+00:00")
    assert await reminded(paired, BEN)
    assert not await reminded(paired, ANA)
    await paired.go_to("2026-12-03T12:00:00+00:00")
    assert await reminded(paired, ANA)


async def test_what_waits_for_a_day_moves_on_once_somebody_says_that_it_is_a_holiday(paired: Town) -> None:
    await paired.go_to("2026-12-01T22:00:00+00:00")
    await keep(paired, ANA, "Laos")
    await paired.go_to("2026-12-02T23:00:00+00:00")
    assert not await reminded(paired, ANA)


async def test_no_time_to_meet_falls_on_a_public_holiday_of_one_of_the_two(paired: Town) -> None:
    """Around the new year: 25 and 28 December and 1 January are free in Britain."""
    await paired.go_to("2026-12-23T15:00:00+00:00")
    free = ("25 Dec", "28 Dec", "1 Jan")
    times = await offered(paired, ANA)
    assert times
    assert not any(day in times for day in free)
    for person in (ANA, BEN):
        await keep(paired, person, None)
    times = await offered(paired, ANA)
    assert any(day in times for day in free)
