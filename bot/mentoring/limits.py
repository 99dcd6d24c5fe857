"""How much the bot may say: the limits of a nudge and of all that it starts, in any seven days."""

from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(days=7)
MOST_MESSAGES = 3
"""Messages the bot starts with one person in any seven days, over all their pairs."""
MOST_NUDGES = 1
"""Of these, reminders."""
JOINED_WITHIN = timedelta(hours=36)
"""What falls due for one person within this time is said in one message, and so up to so long early."""
SLACK = timedelta(hours=1)
"""Added to the window: a message that left a little late must not draw the next one too near."""


@dataclass(frozen=True)
class Said:
    """One message that counts, at the moment it left or will leave (UTC)."""

    at: datetime
    nudge: bool


def earliest(said: tuple[Said, ...], *, nudge: bool, after: datetime) -> datetime:
    """The first moment at or after `after` at which one more message keeps the limits.

    Every window of seven days that would hold it is looked at, those with messages already planned for
    later included.
    """
    span = WINDOW + SLACK
    moments = [after, *sorted(message.at + span for message in said if message.at + span > after)]
    kept = (moment for moment in moments if _fits(said, moment, nudge=nudge))
    return next(kept, moments[-1])


def others(said: tuple[Said, ...], own: Said | None) -> tuple[Said, ...]:
    """All of these but one that is equal to `own`: a message does not stand in its own way."""
    if own not in said:
        return said
    place = said.index(own)
    return (*said[:place], *said[place + 1 :])


def _fits(said: tuple[Said, ...], moment: datetime, *, nudge: bool) -> bool:
    all_kept = _room_at(tuple(message.at for message in said), moment, MOST_MESSAGES)
    reminders = tuple(message.at for message in said if message.nudge)
    return all_kept and (not nudge or _room_at(reminders, moment, MOST_NUDGES))


def _room_at(times: tuple[datetime, ...], moment: datetime, most: int) -> bool:
    """Whether no window around `moment` already holds `most` of these."""
    span = WINDOW + SLACK
    ends = [moment, *(at for at in times if moment < at < moment + span)]
    return all(sum(end - span < at <= end for at in times) < most for end in ends)
