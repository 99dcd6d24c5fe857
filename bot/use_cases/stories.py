"""A pair's story, read from the records."""

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ethics import keeps
from bot.mentoring.handover import is_handover
from bot.mentoring.pair import Pair
from bot.mentoring.story import Story
from bot.ports import Records
from bot.use_cases.acting import programme_of


def story_of(pair: Pair, records: Records) -> Story:
    """What has happened to a pair so far."""
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
        read={(side, step): at for side in pair.sides for step, at in records.steps_read(side).items()},
        keep_code=frozenset(side for side in pair.sides if keeps(records.codes_kept(side), side)),
        handover=is_handover(pair, (records.participant(pair.a), records.participant(pair.b))),
    )
