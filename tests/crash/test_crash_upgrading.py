"""A restart and a migration in the middle of a journey change nothing of what people are told."""

from storage.migrate import downgrade, upgrade
from tests.crash.living import live, nothing
from tests.dialogues.cast import four_pairs
from tests.dialogues.conftest import a_town

FIRST = "0001"
DAY, DAYS = 3, 7


async def test_an_upgrade_in_the_middle_of_a_journey_changes_nothing(
    database_url: str, undisturbed_url: str
) -> None:
    async with a_town(undisturbed_url, four_pairs()) as town:
        undisturbed = await live(town, DAYS, nothing)
    async with a_town(database_url, four_pairs()) as town:
        days = iter(range(DAYS))

        async def upgraded() -> None:
            if next(days) == DAY:
                await town.bot.stop()
                downgrade(database_url, FIRST)
                upgrade(database_url)
                await town.bot.start()

        assert await live(town, DAYS, upgraded) == undisturbed
