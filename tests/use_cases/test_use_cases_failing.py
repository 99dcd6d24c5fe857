"""What becomes of messages that the platform will never take."""

from bot.mentoring.ids import Address, ParticipantId
from bot.mentoring.prompts import PauseEnded, Prompt, SummaryNotPosted, WeeklySummary
from bot.ports import Destination, Kind
from bot.use_cases.failing import hear_of_failure
from bot.use_cases.saying import to_person
from tests.worlds import OWNER, World, a_programme, a_world, at

CHANNEL = Address("slack:T1:CHANNEL")
TO_CHANNEL = Destination(Kind.CHANNEL, CHANNEL, (OWNER,))
SECOND = at("second")


def fails(world: World, to: Destination, prompt: Prompt) -> None:
    """A message will never be taken."""
    hear_of_failure("its key", to, prompt, records=world.records, now=world.now, new_id=world.ids)


def summed_up(world: World) -> WeeklySummary:
    """The summary as it left."""
    world.skip(days=8)
    (summary,) = [message.prompt for _, message in world.log if message.to.kind is Kind.CHANNEL]
    assert isinstance(summary, WeeklySummary)
    return summary


def test_owners_read_a_summary_that_could_not_be_posted_once_each_and_what_to_do() -> None:
    world = a_world()
    world.records.save_programme(a_programme(owners=(OWNER, SECOND)))
    summary = summed_up(world)
    before = len(world.log)
    for _ in range(2):
        fails(world, TO_CHANNEL, summary)
    world.skip(days=1)
    told = [(message.to.ref, message.prompt) for _, message in world.log[before:]]
    notice = SummaryNotPosted(CHANNEL)
    assert [one for one in told if one[0] == OWNER] == [(OWNER, notice), (OWNER, summary)]
    assert [one for one in told if one[0] == SECOND] == [(SECOND, notice), (SECOND, summary)]


def test_of_other_messages_that_fail_nobody_hears() -> None:
    world = a_world()
    summary = summed_up(world)
    before = len(world.log)
    fails(world, to_person(at("ana")), PauseEnded(next_round_at=None))
    fails(world, to_person(OWNER), summary)
    world.skip(hours=10)
    assert world.log[before:] == []


def test_without_a_programme_there_is_nobody_to_tell() -> None:
    world = a_world()
    summary = summed_up(world)
    world.records.programmes.clear()
    fails(world, TO_CHANNEL, summary)
    assert not world.records.pending(ParticipantId("ana"))


def test_an_owner_hears_of_it_in_their_hours() -> None:
    world = a_world()
    summary = summed_up(world)
    world.now = world.now.replace(hour=23)
    before = len(world.log)
    fails(world, TO_CHANNEL, summary)
    world.settle()
    assert world.log[before:] == []
    world.skip(days=1)
    assert world.said_to("owner", SummaryNotPosted) == [SummaryNotPosted(CHANNEL)]
