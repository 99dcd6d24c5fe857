"""A pair's story, read from the records."""

from dataclasses import replace

from bot.mentoring.agreement import aligned_due
from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ethics import keeps
from bot.mentoring.handover import is_handover
from bot.mentoring.pair import Pair
from bot.mentoring.story import Story
from bot.ports import Records
from bot.use_cases.acting import programme_of

STILL_ALIGNED = "still_aligned"
"""The step with which somebody is asked whether what the two agreed is still right."""


def story_of(pair: Pair, records: Records) -> Story:
    """What has happened to a pair so far, without what the areas tell: enough to know how it stands."""
    if pair.introduced_at is None:
        raise NotPossibleNow("walk", pair.state)
    return Story(
        sides=pair.sides,
        opened_at=pair.introduced_at,
        lateral=pair.lateral,
        learners=frozenset(exchange.learner for exchange in pair.exchanges),
        teachers=frozenset(exchange.teacher for exchange in pair.exchanges),
        ends_at=programme_of(records).ends_at,
        meetings=records.meetings(pair.id),
        done=records.done(pair.id),
    )


def whole_story_of(pair: Pair, records: Records) -> Story:
    """The story with what the areas of the product know of it: what its journey is decided by."""
    story = story_of(pair, records)
    agreement = records.agreement(pair.id)
    looks = {}
    for side in pair.sides:
        asked = story.told(STILL_ALIGNED, side)
        due = aligned_due(agreement, side, asked[-1].at if asked else None)
        if due is not None:
            looks[side] = due
    return replace(
        story,
        read={(side, step): at for side in pair.sides for step, at in records.steps_read(side).items()},
        keep_code=frozenset(side for side in pair.sides if keeps(records.codes_kept(side), side)),
        handover=is_handover(pair, (records.participant(pair.a), records.participant(pair.b))),
        expected=frozenset(side for side, _ in agreement.expected),
        agreed=agreement.current is not None,
        rhythm=records.rhythm(pair.id).agreed is not None,
        felt=frozenset(side for side in pair.sides if records.fit(pair.id, side) is not None),
        look_again_at=looks,
    )
