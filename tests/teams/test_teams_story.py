"""A whole round on Teams, through POST /teams/messages and nothing else."""

from datetime import timedelta

from tests.teams.checking import problems
from tests.teams.town import ANA, BEN, OWNER, TEAM, Town, join, set_up, town


async def paired(here: Town) -> None:
    """Ana and Ben join, are drafted, looked over, released, and both say yes."""
    await set_up(here)
    await join(here, ANA, "2", "Negotiation", "Python", "Research")
    await join(here, BEN, "5", "Python", "Negotiation", "Sales")
    draft = await here.say(OWNER, "match")
    await here.press(OWNER, draft, "Review pairs")
    await here.press(OWNER, here.last(OWNER), "Release")
    for person, partner in ((ANA, BEN), (BEN, ANA)):
        proposal = here.found(person, f"Here is somebody for you: {partner.name}")
        answer = await here.press(person, proposal, "Accept")
        assert "Accept" not in proposal.buttons, "the answer took the proposal's place for good"
        assert answer["value"]["fallbackText"], "and at once for who pressed"
    await here.skip(timedelta(hours=1))


async def test_two_people_join_are_paired_meet_and_the_channel_reads_of_it(database_url: str) -> None:
    async with town(database_url) as here:
        await paired(here)
        for person, partner in ((ANA, BEN), (BEN, ANA)):
            told = here.found(person, "meet each other")
            assert told.text.startswith(f"To you and {partner.name}, each in your own chat with me.")
        await here.skip(timedelta(days=16))
        asked = here.found(ANA, "Did you meet Ben Okafor lately?")
        answer = await here.press(ANA, asked, "We met")
        assert "Did you meet" not in answer["value"]["fallbackText"]
        assert asked.replaced == 1
        summaries = here.microsoft.to(TEAM)
        assert len(summaries) == 2, "two Mondays have passed"
        assert all(one.text.startswith("Bothways: the week") for one in summaries)
        assert not [one for one in summaries if "Ana" in one.text or "Ben" in one.text]
        assert [line for one in here.microsoft.said for line in problems(one.card)] == []
        counters = here.bot.counters
        assert counters.sent >= len(here.microsoft.said)
        assert (counters.doubts, counters.failed, counters.refused, counters.doubled) == (0, 0, 0, 0)
