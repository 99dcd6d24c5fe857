"""Walking a pair along its journey: saying what is due, and knowing when to come back."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.journey import Due, outstanding
from bot.mentoring.limits import JOINED_WITHIN
from bot.mentoring.pair import Pair, PairState
from bot.mentoring.people import Participant, ParticipantState, common_closing
from bot.mentoring.steps import Journey, Kind
from bot.mentoring.story import Done, Story
from bot.ports import Message, Records
from bot.use_cases.acting import open_pairs
from bot.use_cases.ending import end_with_programme
from bot.use_cases.saying import SLOT, moment_for, room_moment, tell, to_room
from bot.use_cases.stories import whole_story_of
from bot.use_cases.telling import Said, for_one, for_room

MOST_TOGETHER = 3
"""Steps in one message; what is more comes another day."""
ANOTHER_DAY = timedelta(days=1)
PATIENCE = timedelta(days=12)
"""How long a post waits for a moment that suits the room."""


@dataclass
class _Walk:
    """One look after one pair: `waiting` holds what has to wait, and until when; stories are read once."""

    pair: Pair
    journey: Journey
    records: Records
    now: datetime
    waiting: dict[tuple[str, ParticipantId | None], datetime] = field(default_factory=dict)
    stories: dict[PairId, Story] = field(default_factory=dict)
    looks: dict[PairId, tuple[Due, ...]] = field(default_factory=dict)

    def story(self, pair: Pair) -> Story:
        """What has happened to a pair, what was said in this look included."""
        if pair.id not in self.stories:
            self.stories[pair.id] = whole_story_of(pair, self.records)
        return self.stories[pair.id]

    def ahead(self, pair: Pair) -> tuple[Due, ...]:
        """What is still to be said to a pair, as things stand in this look."""
        if pair.id not in self.looks:
            self.looks[pair.id] = outstanding(self.story(pair), self.journey, self.now)
        return self.looks[pair.id]

    def keep(self, pair: Pair, done: Done) -> None:
        """Note that something was said."""
        story = self.story(pair)
        self.stories[pair.id] = replace(story, done=(*story.done, done))
        self.looks.pop(pair.id, None)
        self.records.save_done(pair.id, done)

    def forget_others(self) -> None:
        """Read the stories of all other pairs anew: somebody was told what they are not told in two."""
        self.stories = {key: story for key, story in self.stories.items() if key == self.pair.id}
        self.looks = {key: look for key, look in self.looks.items() if key == self.pair.id}


def walk(pair: Pair, journey: Journey, *, records: Records, now: datetime) -> Pair:
    """Say what is due to an active pair and set when to look again; close it where its programme is over."""
    way = _Walk(pair, journey, records, now)
    if way.story(pair).over(now):
        return end_with_programme(pair, records=records, now=now)
    while (due := _next(way)) is not None:
        if due.to is None:
            _say_in_room(way, due)
        else:
            _say_to(way, due.to)
    story = way.story(pair)
    later = [due.at for due in way.ahead(pair) if due.at > now]
    moments = [*way.waiting.values(), *later, *([story.ends_at] if story.ends_at else [])]
    walked = replace(pair, next_due_at=min(moments, default=None))
    records.save_pair(walked)
    return walked


def _next(way: _Walk) -> Due | None:
    """The next thing that is due and has not been found to have to wait."""
    due = (one for one in way.ahead(way.pair) if one.at <= way.now)
    return next((one for one in due if (one.step.key, one.to) not in way.waiting), None)


def _say_in_room(way: _Walk, due: Due) -> None:
    """Say a step to both in their room, once both are at work and the limits of both leave room for it.

    It is said to each alone instead where their hours never meet, where one of them does not want to hear
    of it now, and where other pairs of theirs have left no moment for PATIENCE.
    """
    pair, records, step = way.pair, way.records, due.step
    people = tuple(records.participant(side) for side in pair.sides)
    story = way.story(pair)
    moment = room_moment(people, way.now, counted=step.counted, nudge=step.nudge, records=records)
    apart = moment is None or any(_wants_silence(story, side, way.now) for side in pair.sides)
    if moment is not None and moment > way.now and not apart:
        if moment < due.at + PATIENCE:
            way.waiting[step.key, None] = moment
            return
        apart = True
    prompt = for_room(step, pair, records=records)
    key = f"{step.key}:{pair.id}:{len(story.told(step.key, None))}"
    if apart:
        for one in people:
            at = _snoozed(story, one.id, way.now) or way.now
            if not story.wants_rest(one.id, way.now):
                tell(one, f"{key}:{one.id}", prompt, at=at, records=records, counted=step.counted)
    else:
        counts_for, hours = pair.sides if step.counted else (), (one.hours for one in people)
        closes_at = common_closing(hours, way.now)
        records.post(Message(key, to_room(pair, people), prompt, way.now, counts_for, step.nudge, closes_at))
    way.keep(pair, Done(step.key, way.now))


def _wants_silence(story: Story, side: ParticipantId, now: datetime) -> bool:
    return _snoozed(story, side, now) is not None or story.wants_rest(side, now)


def _snoozed(story: Story, side: ParticipantId, now: datetime) -> datetime | None:
    """Until when somebody has snoozed this pair; None where they have not."""
    until = story.snoozed_until(side)
    return until if until is not None and until > now else None


def _say_to(way: _Walk, to: ParticipantId) -> None:
    """Say all that is due to one person, over all their pairs, in one message.

    A post that waits for the room goes first: else what each hears alone would use up what the limits leave.
    """
    one = way.records.participant(to)
    mine = [due for due in _ahead(way, way.pair, to) if (due.step.key, to) not in way.waiting]
    now_due = [due for due in mine if due.at <= way.now]
    nudge = any(due.step.nudge for due in now_due)
    moment = moment_for(one, way.now, counted=True, nudge=nudge, records=way.records)
    moment = max([moment, *(at for (_, whom), at in way.waiting.items() if whom is None)])
    if moment > way.now:
        together = not nudge or moment < way.now + SLOT  # a reminder's minute is near enough to wait for it
        way.waiting |= {(due.step.key, to): moment for due in now_due if due.step.nudge or together}
        return
    told = [(due, way.pair) for due in sorted(mine, key=lambda due: due.at > way.now)]
    told += [(due, pair) for pair in _others(way, one) for due in _ahead(way, pair, to)]
    _tell(way, one, _first_few(_once([(due, pair) for due, pair in told if nudge or not due.step.nudge])))
    left = _ahead(way, way.pair, to)
    way.waiting |= {(due.step.key, to): way.now + ANOTHER_DAY for due in left if due.at <= way.now}


def _once(told: list[tuple[Due, Pair]]) -> list[tuple[Due, Pair]]:
    """Without what a person reads alike in all their pairs, but for the first of them."""
    seen: set[str] = set()
    kept = []
    for due, pair in told:
        if due.step.alone_days is None or due.step.key not in seen:
            kept.append((due, pair))
            seen.add(due.step.key)
    return kept


def _first_few(told: list[tuple[Due, Pair]]) -> list[tuple[Due, Pair]]:
    """As many as one message holds; a check-in counts once, however many pairs it asks for."""
    parts = [(due.step.key, "" if due.step.kind is Kind.CHECK_IN else pair.id) for due, pair in told]
    kept = set(list(dict.fromkeys(parts))[:MOST_TOGETHER])
    return [one for one, part in zip(told, parts, strict=True) if part in kept]


def _tell(way: _Walk, one: Participant, told: list[tuple[Due, Pair]]) -> None:
    together = sorted(told, key=lambda item: (way.journey.order[item[0].step.key], item[1].id))
    first, pair = together[0][0].step, together[0][1]
    key = f"{first.key}:{one.id}:{pair.id}:{len(way.story(pair).told(first.key, one.id))}"
    prompt = for_one([Said(due.step, of) for due, of in together], one, records=way.records)
    nudge = any(due.step.nudge for due, _ in together)
    tell(one, key, prompt, at=way.now, records=way.records, nudge=nudge)
    for due, of in together:
        way.keep(of, Done(due.step.key, way.now, one.id))
    if any(due.step.alone_days is not None for due, _ in together):
        way.forget_others()


def _others(way: _Walk, one: Participant) -> list[Pair]:
    """A person's other pairs that walk their journey: none about which the bot is quiet, none that closes."""
    if one.state is not ParticipantState.ACTIVE:
        return []
    active = open_pairs(one.id, way.records, (PairState.ACTIVE,))
    walking = (pair for pair in active if pair.introduced_at is not None and pair.quiet_until is None)
    return [pair for pair in walking if pair.id != way.pair.id and not _closes(pair, way.records)]


def _closes(pair: Pair, records: Records) -> bool:
    """Whether the two have agreed to close their pair together."""
    closing = records.closing(pair.id)
    return closing is not None and closing.agreed_at is not None


def _ahead(way: _Walk, pair: Pair, to: ParticipantId) -> list[Due]:
    """What is due to a person in one pair, and what soon will be and may come a little earlier."""
    soon = way.now + JOINED_WITHIN
    return [due for due in way.ahead(pair) if due.to == to and due.at <= (way.now if due.exact else soon)]
