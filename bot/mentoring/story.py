"""What has happened to a pair so far: the facts that its journey looks at, and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from bot.mentoring.ids import ParticipantId
from bot.mentoring.meetings import Meeting, MeetingState, held, lost, next_planned

FIRST_WITHIN = timedelta(days=10)
"""How soon after its introduction a pair does best to meet."""
FORTNIGHT, MONTH = timedelta(days=14), timedelta(days=30)
OFTEN = 4
"""Meetings that come every fortnight; after them, every month."""
USUAL_LENGTH = timedelta(weeks=26)
"""How long a journey is planned for where the programme has no end."""
SNOOZE = timedelta(days=7)
REST_AFTER = timedelta(days=10)
"""How long after the private words about a silence, with none of the two answering, the pair rests."""
QUIET_WORD = "quiet_word"
"""The step with which silence is brought up."""
WELCOME_BACK = "welcome_back"
"""The step with which a pair starts gently after a break."""


class Answer(StrEnum):
    """Answers that the journey itself acts on; a step may have others."""

    MET = "met"
    NOT_YET = "not_yet"
    KNOWN = "known"
    MOSTLY_ME = "mostly_me"
    MOSTLY_PARTNER = "mostly_partner"
    REST = "rest"


class Mark(StrEnum):
    """What somebody did without being asked, kept among the steps."""

    TOLD = "told_of_meeting"
    OFFERED = "offered_times"
    DATED = "set_a_meeting"
    WROTE = "wrote"
    """They wrote, agreed or chose something of their pair."""
    WOKE = "woke"
    BACK = "back"
    SNOOZED = "snoozed"


_MARKS = frozenset(Mark)
_STIRS = tuple(mark for mark in Mark if mark is not Mark.SNOOZED)
"""What one of the two does of their own accord, with which a pair that went quiet begins again for both."""


@dataclass(frozen=True)
class Done:
    """A step that was said, to one person or to the room (`to` None), and what they answered and when.

    What somebody did of their own accord is kept the same way, under the name of a Mark.
    """

    step: str
    at: datetime
    to: ParticipantId | None = None
    answer: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class Story:
    """What has happened to an active pair so far. Areas of the product add a fact as one field each.

    `sides` are in order of level; a `lateral` pair has neither a senior nor a junior side. `ends_at` is when
    the programme is over, None where it has no end.
    """

    sides: tuple[ParticipantId, ParticipantId]
    opened_at: datetime
    lateral: bool = False
    learners: frozenset[ParticipantId] = frozenset()
    teachers: frozenset[ParticipantId] = frozenset()
    ends_at: datetime | None = None
    meetings: tuple[Meeting, ...] = ()
    done: tuple[Done, ...] = ()
    read: Mapping[tuple[ParticipantId, str], datetime] = field(default_factory=dict)
    """When each of the two was last told a step alone, in whichever of their pairs."""
    keep_code: frozenset[ParticipantId] = frozenset()
    """Who said that they keep to the code."""
    handover: bool = False
    """Whether one of the two is about to leave, and hands on what they know."""
    expected: frozenset[ParticipantId] = frozenset()
    """Who wrote what they expect of the pair."""
    agreed: bool = False
    """Whether the two have an agreement."""
    rhythm: bool = False
    """Whether they agreed how often they meet."""
    felt: frozenset[ParticipantId] = frozenset()
    """Who said how the pair feels."""
    look_again_at: Mapping[ParticipantId, datetime] = field(default_factory=dict)
    """When each is next to be asked whether the agreement is still right; nobody before there is one."""

    @cached_property
    def _told(self) -> dict[tuple[str, ParticipantId | None], tuple[Done, ...]]:
        found: dict[tuple[str, ParticipantId | None], tuple[Done, ...]] = {}
        for done in sorted(self.done, key=lambda one: one.at):
            found[done.step, done.to] = (*found.get((done.step, done.to), ()), done)
        return found

    def told(self, step: str, to: ParticipantId | None) -> tuple[Done, ...]:
        """The times this step was said to this recipient, oldest first."""
        return self._told.get((step, to), ())

    def last(self, mark: Mark, by: ParticipantId | None = None) -> datetime | None:
        """When this was last done, by one of the two or by either."""
        whose = self.sides if by is None else (by,)
        return max((self.told(mark, one)[-1].at for one in whose if self.told(mark, one)), default=None)

    @cached_property
    def held(self) -> tuple[Meeting, ...]:
        """The meetings held, oldest first."""
        return held(self.meetings)

    @cached_property
    def lost(self) -> tuple[Meeting, ...]:
        """The dates since the last meeting held that came to nothing, oldest first."""
        return lost(self.meetings)

    @cached_property
    def planned_at(self) -> datetime | None:
        """The last date that was set and of which nobody has told yet, past or ahead."""
        return max((m.at for m in self.meetings if m.state is MeetingState.PLANNED), default=None)

    def ahead(self, now: datetime) -> Meeting | None:
        """The date that lies ahead."""
        return next_planned(self.meetings, now)

    @property
    def cadence(self) -> timedelta:
        """How long after the last meeting, or after the introduction, the next does best to come."""
        if not self.held:
            return FIRST_WITHIN
        return FORTNIGHT if len(self.held) < OFTEN else MONTH

    @property
    def last_held_at(self) -> datetime:
        """The last meeting held, or else the introduction."""
        return self.held[-1].at if self.held else self.opened_at

    @property
    def horizon(self) -> datetime:
        """Until when the journey is planned."""
        return self.ends_at or self.opened_at + USUAL_LENGTH

    def sign(self, side: ParticipantId) -> datetime:
        """The last sign of life of one of the two; a meeting is a sign of both."""
        return max(self.last_held_at, self._signs[side])

    @cached_property
    def _signs(self) -> dict[ParticipantId, datetime]:
        found = dict.fromkeys(self.sides, self.opened_at)
        for done in self.done:
            at = done.at if done.step in _MARKS else done.answered_at
            if done.to in found and at is not None:
                found[done.to] = max(found[done.to], at)
        return found

    @cached_property
    def known(self) -> bool:
        """Whether one of the two has said that they know each other a bit."""
        return any(done.answer == Answer.KNOWN for done in self.done)

    def answers(self) -> Iterator[Done]:
        """What was answered, in order of the answers."""
        given = (done for done in self.done if done.answer is not None)
        return iter(sorted(given, key=lambda done: (done.answered_at or done.at, done.to or "")))

    def snoozed_until(self, side: ParticipantId) -> datetime | None:
        """Until when somebody wants to hear nothing of this pair."""
        at = self.last(Mark.SNOOZED, side)
        return None if at is None else at + SNOOZE

    def wants_rest(self, side: ParticipantId, now: datetime) -> bool:
        """Whether this pair rests for somebody, whatever the other does."""
        since = self.hears_nothing_from(side)
        return since is not None and since <= now

    def hears_nothing_from(self, side: ParticipantId) -> datetime | None:
        """From when the pair rests for one side: they asked for it, or let the word about their silence pass.

        What the other does of their own accord begins it anew for both; that they answer when asked does not.
        """
        quiet = self._quiet_from(side)
        if quiet is None or side in self._rest_asked:
            return quiet
        return quiet if self.told(QUIET_WORD, side)[-1].at >= self._stirred else None

    @cached_property
    def _stirred(self) -> datetime:
        """When one of the two last did something of their own accord."""
        return max((at for mark in _STIRS if (at := self.last(mark)) is not None), default=self.opened_at)

    @cached_property
    def _rest_asked(self) -> dict[ParticipantId, datetime]:
        """When each of those who want a rest, and have given no sign of life since, asked for it."""
        found: dict[ParticipantId, datetime] = {}
        for done in self.done:
            at = done.answered_at
            if done.answer != Answer.REST or done.to not in self._signs or at is None:
                continue
            if at >= self.sign(done.to):
                found[done.to] = at
        return found

    @cached_property
    def last_post(self) -> datetime | None:
        """When the room last heard something."""
        return max((done.at for done in self.done if done.to is None), default=None)

    def _quiet_from(self, side: ParticipantId) -> datetime | None:
        """From when somebody is quiet: they asked for a rest, or let the word about their silence pass."""
        asked = self._rest_asked.get(side)
        if asked is not None:
            return asked
        words = self.told(QUIET_WORD, side)
        return words[-1].at + REST_AFTER if words and words[-1].at >= self.sign(side) else None

    @cached_property
    def rests_from(self) -> datetime | None:
        """From when the pair rests: both are quiet. Any sign of life of either ends a rest."""
        one, other = (self._quiet_from(side) for side in self.sides)
        return None if one is None or other is None else max(one, other)

    def rests(self, now: datetime) -> bool:
        """Whether the pair rests."""
        return self.rests_from is not None and self.rests_from <= now

    def over(self, now: datetime) -> bool:
        """Whether the programme has ended around it."""
        return self.ends_at is not None and self.ends_at <= now
