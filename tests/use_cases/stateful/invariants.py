"""What must hold whatever people do: looked at when something leaves, and when planning has settled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime, timedelta

from bot.mentoring.ids import Address, PairId, ParticipantId
from bot.mentoring.limits import MOST_MESSAGES, MOST_NUDGES, WINDOW
from bot.mentoring.meetings import working_day_before
from bot.mentoring.pair import LIVE, OVER, Pair, PairState
from bot.mentoring.people import Participant, ParticipantState
from bot.mentoring.prompts import (
    CameToNothing,
    ConcernUnreached,
    Introduction,
    MeetingCancelled,
    MeetingReminder,
    MeetingSet,
    PairClosed,
    PairQuiet,
    Prompt,
    Proposal,
    ProposalReminder,
    StepCheckIn,
)
from bot.mentoring.steps import Again
from bot.mentoring.story import Mark
from bot.ports import Kind, Records
from bot.use_cases.stories import story_of
from tests.use_cases.stateful.stores import Arrived
from tests.use_cases.stateful.town import Town
from tests.worlds import JOURNEY, parts_of

UNCOUNTED = (Proposal, Introduction, MeetingReminder)
"""What DESIGN.md's *nudge* does not count, by what is said and not by what the code says of it."""
AGAIN_AFTER = timedelta(days=6)
"""Where nothing has happened in a pair, a step that keeps coming takes at least so long."""
ONE_FOR_EACH = (PairClosed, CameToNothing, PairQuiet)
"""Lines that name no pair, and come once for each."""
AT_ONE_TIME = timedelta(hours=1)


@dataclass
class Watch:
    """Looks at a town; holds what everybody has heard so far."""

    town: Town
    heard: dict[ParticipantId, list[tuple[datetime, Arrived]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    free: set[str] = field(default_factory=set)
    """The keys of what stands in the place of a reminder, and counts as little."""
    steps: dict[tuple[str, PairId, ParticipantId], tuple[datetime, object]] = field(default_factory=dict)

    def leaving(self, arrived: list[Arrived]) -> None:
        """Look at what leaves now."""
        self.town.read(lambda records: self._look_at_all(arrived, records))

    def _look_at_all(self, arrived: list[Arrived], records: Records) -> None:
        for one in arrived:
            for reader in self._readers(one, records):
                self._is_there(reader, one)
                self._is_at_work(reader, one)
                self._still_has_the_pair(reader, one, records)
                self._hears_no_step_twice(reader, one, records)
                self._hears_nothing_twice_at_one_time(reader, one)
                self.heard[reader.id].append((self.town.now, one))
                if self._stands_for_a_reminder(reader, one):
                    self.free.add(one.key)
                self._is_not_pestered(reader)
            self._nothing_locked(one)

    def _readers(self, one: Arrived, records: Records) -> Iterable[Participant]:
        if one.to.kind in (Kind.PERSON, Kind.ROOM):
            found = (records.participant_at(Address(who)) for who in one.to.readers)
            return [who for who in found if who is not None]
        return []

    def _is_there(self, reader: Participant, one: Arrived) -> None:
        """Nothing leaves for somebody who left, or has paused, but that a concern waits unread."""
        if isinstance(one.prompt, ConcernUnreached):
            return
        assert reader.state is ParticipantState.ACTIVE, f"{reader.id} is {reader.state} and hears {one}"

    def _is_at_work(self, reader: Participant, one: Arrived) -> None:
        """Nothing leaves outside the working hours of its reader, however long the bot was away."""
        assert reader.hours.covers(self.town.now), f"{reader.id} is not at work and hears {one}"

    def _still_has_the_pair(self, reader: Participant, one: Arrived, records: Records) -> None:
        """Nothing is said about a pair to somebody for whom it is over; the lines of an end name none."""
        for key in _pairs_in(one.prompt):
            pair = records.pair(key)
            assert pair.open_to(reader.id), f"{reader.id} hears {one} about {pair.state} {pair}"

    def _hears_no_step_twice(self, reader: Participant, one: Arrived, records: Records) -> None:
        """A step is said once; one that comes again does so when something has happened, or at its time."""
        for step, pair in _steps_in(one):
            facts = _facts(pair, records)
            key = (step, pair, reader.id)
            if key in self.steps:
                before, then = self.steps[key]
                assert JOURNEY.by_key[step].again is not Again.NEVER, (
                    f"{key} was said at {before} and again at {self.town.now}"
                )
                waited = self.town.now - before >= AGAIN_AFTER
                assert waited or facts != then, (
                    f"{key} was said at {before} and {self.town.now}, and nothing has happened between"
                )
            self.steps[key] = (self.town.now, facts)

    def _hears_nothing_twice_at_one_time(self, reader: Participant, one: Arrived) -> None:
        """Two messages with one meaning never come together."""
        lately = (each for at, each in self.heard[reader.id] if at > self.town.now - AT_ONE_TIME)
        same = [each for each in lately if (each.prompt, _about(each)) == (one.prompt, _about(one))]
        assert not same, f"{reader.id} hears the same twice: {one} after {same}"

    def _stands_for_a_reminder(self, reader: Participant, one: Arrived) -> bool:
        """Whether it is a word of a date, on the day on which the date would be reminded of, or later."""
        dates: set[datetime] = set()
        if isinstance(one.prompt, MeetingCancelled):
            dates = {one.prompt.at}
        elif isinstance(one.prompt, MeetingSet):
            dates = self.town.dates[one.prompt.meeting]
        return any(working_day_before(reader.hours, at, 1) <= self.town.now for at in dates)

    def _is_not_pestered(self, reader: Participant) -> None:
        """The limits of a nudge and of all messages, over all pairs of a person, in any seven days.

        What was late, since the bot was away, counts at the moment for which it was planned.
        """
        heard = [(one.planned_at or at, one) for at, one in self.heard[reader.id]]
        until = heard[-1][0]
        lately = [one for at, one in heard if until - WINDOW < at <= until]
        started = [one for one in lately if not isinstance(one.prompt, UNCOUNTED)]
        counted = [one.key for one in started if one.key not in self.free]
        assert len(counted) <= MOST_MESSAGES, f"{reader.id} heard {counted} within seven days"
        nudges = [one.key for one in lately if _is_nudge(one.prompt)]
        assert len(nudges) <= MOST_NUDGES, f"{reader.id} was reminded by {nudges} within seven days"

    def _nothing_locked(self, one: Arrived) -> None:
        """Stages of tasks wait until one of the two has said that they know each other."""
        for step, pair in _steps_in(one):
            if JOURNEY.stage[JOURNEY.by_key[step].stage].locked:
                assert pair in self.town.known, f"{step} is said to {pair}, who do not know each other"

    def settled(self) -> None:
        """Look at every pair once planning has come to rest."""
        self.town.read(self._no_limbo)

    def _no_limbo(self, records: Records) -> None:
        for pair in records.pairs(LIVE):
            if pair.next_due_at is not None:
                assert pair.next_due_at > self.town.now, f"{pair} was due"
            else:
                assert _may_wait(pair, records), f"{pair} waits for nothing"
        for pair in records.pairs(OVER):
            assert pair.next_due_at is None, f"{pair} is over and comes back"
            for side in pair.sides:
                self._was_told(pair, side, records)

    def _was_told(self, pair: Pair, side: ParticipantId, records: Records) -> None:
        """Whoever did not end a pair that ran has its end in the post, or read it."""
        gone = side in self.town.were_gone or records.participant(side).state is ParticipantState.LEFT
        if pair.introduced_at is None or gone or self._ended_it(pair, side):
            return
        keys = [each.key for _, each in self.heard[side]] + [each.key for each in records.pending(side)]
        told = [key for key in keys if key.startswith((f"closed:{pair.id}", f"closed-both:{pair.id}"))]
        assert len(told) == 1, f"{side} heard {told} of the end of {pair}"

    def _ended_it(self, pair: Pair, side: ParticipantId) -> bool:
        """Whether somebody ended a pair by a deed, or let it rest until its time was over."""
        both_rested = pair.rests_until is not None and pair.rested_by is None
        return (side, pair.id) in self.town.ended or both_rested or pair.rested_by == pair.ended_by == side

    def came_to_rest(self) -> None:
        """After months in which nobody did anything, every pair rests or is over."""

        def look(records: Records) -> None:
            for pair in records.pairs(LIVE):
                rests = pair.state is PairState.ACTIVE and story_of(pair, records).rests(self.town.now)
                assert rests, f"{pair} is in limbo"

        self.town.read(look)


def _may_wait(pair: Pair, records: Records) -> bool:
    """Whether a pair with nothing ahead rests, or soon will by itself, or waits for somebody who is away."""
    if pair.state is PairState.PAUSED:
        return any(records.participant(side).state is ParticipantState.PAUSED for side in pair.sides)
    return pair.state is PairState.ACTIVE and story_of(pair, records).rests_from is not None


def _steps_in(one: Arrived) -> list[tuple[str, PairId]]:
    """The steps that a message holds, each with its pair."""
    if isinstance(one.prompt, Introduction):
        return [("introduction", one.prompt.pair)]
    found: list[tuple[str, PairId]] = []
    for part in parts_of(one.prompt):
        pairs = [each.pair for each in part.pairs] if isinstance(part, StepCheckIn) else [part.facts.pair]  # type: ignore[attr-defined] # every other step has facts
        found += [(part.step, pair) for pair in pairs]
    return found


def _pairs_in(value: object) -> Iterator[PairId]:
    """Every pair that a prompt speaks of, however deep inside."""
    if is_dataclass(value):
        for each in fields(value):
            inside = getattr(value, each.name)
            if each.name == "pair" and isinstance(inside, str):
                yield PairId(inside)
            else:
                yield from _pairs_in(inside)
    elif isinstance(value, tuple):
        for inside in value:
            yield from _pairs_in(inside)


def _facts(pair: PairId, records: Records) -> object:
    """What has happened in a pair, but for what the bot said."""
    done = [each for each in records.done(pair) if each.answer is not None or each.step in set(Mark)]
    agreement = records.agreement(pair)
    return (records.meetings(pair), tuple(done), agreement.versions, agreement.fine)


def _is_nudge(prompt: Prompt) -> bool:
    steps = (JOURNEY.by_key[part.step] for part in parts_of(prompt))
    return isinstance(prompt, ProposalReminder) or any(step.nudge for step in steps)


def _about(one: Arrived) -> frozenset[str]:
    """What a message's key is about: the neutral line of an end names no pair, and comes once for each."""
    return frozenset(one.key.split(":")) if isinstance(one.prompt, ONE_FOR_EACH) else frozenset()
