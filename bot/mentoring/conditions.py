"""The conditions that a step of the journey may name, in one table."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.mentoring.ids import ParticipantId
from bot.mentoring.story import Answer, Mark, Story

Condition = Callable[[Story, ParticipantId | None, datetime], bool]
"""Whether something holds of a story, for whom the step would be said to (None: the room), now."""
CHECK_IN = "did_you_meet"
TRIED = 2
"""A pair that answered "not yet" so often in a row needs another kind of help."""
OFFER_WAITS = timedelta(days=7)
"""How long somebody who was offered times may take before a pair counts as one without a date in sight."""
CLOSING = timedelta(days=21)
"""So near its programme's end a pair looks back, and not at what it agreed for the time ahead."""
UNEVEN = (Answer.MOSTLY_ME, Answer.MOSTLY_PARTNER)


def _said_not_yet(story: Story, to: ParticipantId | None, _now: datetime) -> bool:
    """The last answers of this person, all since the last meeting, were "not yet"."""
    told = [done for done in story.told(CHECK_IN, to) if done.at >= story.last_held_at and done.answer]
    return len(told) >= TRIED and all(done.answer == Answer.NOT_YET for done in told[-TRIED:])


def _lately(offered: datetime | None, now: datetime) -> bool:
    return offered is not None and now < offered + OFFER_WAITS


CONDITIONS: dict[str, Condition] = {
    "both_expect": lambda story, _to, _now: story.agreed or set(story.sides) <= story.expected,
    "agreed": lambda story, _to, _now: story.agreed,
    "rhythm_agreed": lambda story, _to, _now: story.rhythm,
    "code_kept": lambda story, to, _now: to in story.keep_code,
    "said_how_it_feels": lambda story, to, _now: to in story.felt,
    "learns": lambda story, to, _now: to in story.learners,
    "nothing_offered": lambda story, _to, now: not _lately(story.last(Mark.OFFERED), now),
    "end_is_far": lambda story, _to, now: story.ends_at is None or now + CLOSING <= story.ends_at,
    "never_met": lambda story, _to, _now: not story.held,
    "no_date_ahead": lambda story, _to, now: story.ahead(now) is None,
    "known": lambda story, _to, _now: story.known,
    "unknown": lambda story, _to, _now: not story.known,
    "one_way": lambda story, _to, _now: not set(story.sides) <= story.learners,
    "met_twice": lambda story, _to, _now: len(story.held) == TRIED,
    "said_not_yet_twice": _said_not_yet,
    "handover": lambda story, _to, _now: story.handover,
    "uneven_talk": lambda story, _to, _now: any(done.answer in UNEVEN for done in story.done),
}


def needless(unless: tuple[str, ...], story: Story, to: ParticipantId | None) -> bool:
    """Whether one of these conditions, which do not change with time alone, has made a step needless."""
    return any(CONDITIONS[name](story, to, story.opened_at) for name in unless)
