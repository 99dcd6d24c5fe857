"""Which stage of its journey a pair is in, which one comes next, and when.

The first stages follow the first meetings. From then on each meeting opens one stage, as long as the time
left allows it, what the two wish for first; the midpoint and the closing come in any case.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.mentoring.conditions import needless
from bot.mentoring.steps import Journey, Opens, Stage
from bot.mentoring.story import Story

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
APART = timedelta(days=10)
"""The least time between two stages that meetings open."""
GOALS_BY = timedelta(days=14)
"""How long after the first stages the goals come, where no second meeting is told of."""
LAST_WEEKS = timedelta(days=14)
"""How long before the end the closing stage opens, or the last fifth of a short programme."""
_FIFTH = 5
_SECOND = 2


@dataclass(frozen=True)
class Chapter:
    """A stage that was opened, or will be, at a moment."""

    stage: str
    at: datetime


@dataclass(frozen=True)
class Chapters:
    """The stages a story has opened, oldest first, and the one to come."""

    opened: tuple[Chapter, ...]
    following: Chapter | None

    @property
    def current(self) -> Chapter | None:
        """The stage the pair is in, of those that are opened one after another."""
        return self.opened[-1] if self.opened else None


def chapters(story: Story, journey: Journey) -> Chapters:
    """Where the pair stands in its journey."""
    first: dict[str, datetime] = {}
    for done in story.done:
        stage = journey.timed.get(done.step)
        if stage is not None:
            first[stage] = min(first.get(stage, done.at), done.at)
    opened = tuple(Chapter(key, at) for key, at in sorted(first.items(), key=lambda one: (one[1], one[0])))
    return Chapters(opened, _following(story, journey, opened))


def closing_from(story: Story) -> datetime:
    """When the closing stage opens."""
    span = story.horizon - story.opened_at
    return story.horizon - min(LAST_WEEKS, span / _FIFTH)


def _following(story: Story, journey: Journey, opened: tuple[Chapter, ...]) -> Chapter | None:
    """The stage to come; None before the first posts were said, and once the closing has been opened."""
    base = _base(story, journey, opened)
    ready = [stage for stage in journey.stages if stage.opens is not Opens.BY_STEPS]
    been = {chapter.stage for chapter in opened}
    if base is None or any(journey.stage[key].opens is Opens.LAST_WEEKS for key in been):
        return None
    left = [stage for stage in ready if stage.key not in been and (story.known or not stage.locked)]
    moments = [(stage.key, _moment(story, base, stage, left)) for stage in left]
    found = [Chapter(key, at) for key, at in moments if at is not None]
    wished = {key: place for place, key in enumerate(_wishes(story, journey))}
    order = {stage.key: place for place, stage in enumerate(journey.stages)}
    return min(
        found,
        key=lambda one: (one.at, wished.get(one.stage, len(order)), order[one.stage]),
        default=None,
    )


def _base(story: Story, journey: Journey, opened: tuple[Chapter, ...]) -> datetime | None:
    """When the last stage was opened, or the last of the first posts was said; None while one is unsaid."""
    first = (step for step in journey.steps if step.opens_room and not needless(step.unless, story, None))
    posts = [story.told(step.key, None) for step in first]
    if not all(posts):
        return None
    return max([story.opened_at, *(said[0].at for said in posts), *(one.at for one in opened)])


def _moment(story: Story, base: datetime, stage: Stage, left: list[Stage]) -> datetime | None:
    """When a stage would open, the last one having been opened at `base`; None where nothing opens it."""
    goals = any(one.opens is Opens.SECOND_MEETING for one in left)
    match stage.opens:
        case Opens.SECOND_MEETING:
            return _goals_at(story, base)
        case Opens.HALFWAY:
            return _halfway(story, base, goals=goals)
        case Opens.LAST_WEEKS:
            return closing_from(story)
        case Opens.MEETING if not goals:
            return _slot(story, base, halfway=any(one.opens is Opens.HALFWAY for one in left))
        case _:
            return None


def _goals_at(story: Story, base: datetime) -> datetime:
    latest = base + GOALS_BY
    return min(latest, story.held[_SECOND - 1].at + DAY) if len(story.held) >= _SECOND else latest


def _halfway(story: Story, base: datetime, *, goals: bool) -> datetime:
    """Half of the time, a week after the stage before it and before the closing in any case."""
    half = story.opened_at + (story.horizon - story.opened_at) / 2
    before = _goals_at(story, base) if goals else base
    return min(max(half, before + WEEK), closing_from(story) - min(WEEK, (story.horizon - half) / 2))


def _slot(story: Story, base: datetime, *, halfway: bool) -> datetime | None:
    """The day after a meeting since the last stage; None without one, or where the next comes too soon."""
    since = [meeting.at for meeting in story.held if meeting.at >= base - DAY]
    if not since:
        return None
    moment = max(since[0] + DAY, base + APART)
    limit = _halfway(story, base, goals=False) if halfway else closing_from(story)
    return moment if moment + WEEK <= limit else None


def _wishes(story: Story, journey: Journey) -> tuple[str, ...]:
    """The stages that the two wished for, in the order in which they said so."""
    wished = (done.answer for done in story.answers() if done.answer in journey.chosen)
    return tuple(dict.fromkeys(answer for answer in wished if answer is not None))
