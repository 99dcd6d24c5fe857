"""People whose pause ends: the smallest thing that the planner itself has to say something about."""

from datetime import datetime, time, timedelta

from bot.mentoring.ids import Address, ParticipantId
from bot.mentoring.people import Hours, ParticipantState
from bot.ports import NewId, Records
from tests.builders import a_participant, a_programme

ANY_HOUR = Hours("UTC", time(0), time(23, 59, 59), frozenset(range(7)))
WELCOME_BACK = "your pause is over"


def found(*, records: Records, now: datetime, new_id: NewId) -> None:
    """A programme whose round and summary lie far ahead."""
    del new_id
    later = now + timedelta(weeks=9)
    records.save_programme(a_programme(next_summary_at=later, next_round_at=later))


def pause(
    number: int, who: Address, until: datetime, *, records: Records, now: datetime, new_id: NewId
) -> None:
    """Somebody who takes part, and is away until a moment."""
    del now, new_id
    one = a_participant(
        f"p{number}",
        address=who,
        id=ParticipantId(f"p{number}"),
        hours=ANY_HOUR,
        state=ParticipantState.PAUSED,
        paused_until=until,
    )
    records.save_participant(one)
