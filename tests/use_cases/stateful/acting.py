"""How the rules of a history act: in the name of somebody, about a pair, with time passing afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from bot.mentoring.agreement import OFTEN, REPLY
from bot.mentoring.ids import MeetingId, ParticipantId
from bot.mentoring.meetings import MeetingState
from bot.mentoring.pair import LIVE, OVER, Pair, PairState
from bot.mentoring.steps import Kind
from bot.ports import Records
from tests.use_cases.stateful.invariants import Watch
from tests.use_cases.stateful.town import NAMES, Town
from tests.worlds import JOURNEY

WHO = st.sampled_from(NAMES)
Whose = tuple[int, bool]
WHOSE = st.tuples(st.integers(0, 19), st.booleans())
"""Who of which pair: a number for the pair, and which of its sides."""
OVER_ONE, OUTSIDER = 18, 19
"""Numbers that stand for a pair that is over, and for somebody who is in another pair."""
NUMBER = st.integers(0, 11)
WORDS = st.sampled_from(["Listening", "A talk", "A look at work", "Some time", "", "x" * 900])
MOMENT, HOUR, DAY, WEEK = timedelta(0), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
THEN = st.sampled_from([MOMENT, MOMENT, MOMENT, HOUR, 7 * HOUR, DAY, 3 * DAY, WEEK])
"""How long nobody does anything afterwards; often the clock stands still."""


class Acting(RuleBasedStateMachine):
    """What all rules share: the town, and the watch over it."""

    town: Town
    watch: Watch

    def later(self, span: timedelta) -> None:
        """Let time pass; where it stands still, nothing is planned between two deeds."""
        if span:
            self.town.skip(span)

    def about(self, whose: Whose, use: Callable[..., Any], *args: object, then: timedelta = MOMENT) -> None:
        """Do something about one pair, by one of its two."""
        for who, pair in self.of_one_pair(whose):
            self.town.do(who, use, pair.id, *args)
        self.later(then)

    def in_quiet(self, whose: Whose, use: Callable[..., Any]) -> None:
        """Do something about one pair that the other side is not to notice."""
        for who, pair in self.of_one_pair(whose):
            self.quietly(who, lambda: self.town.do(who, use, pair.id))  # noqa: B023 # used at once

    def quietly(self, who: str, deed: Callable[[], object]) -> None:
        """Do something that a partner is not to notice, and look whether they could."""
        partners = {
            pair.partner_of(ParticipantId(who)) for pair in self.town.pairs_of(who) if pair.state in LIVE
        }
        before = {one: self.town.seen_by(one) for one in sorted(partners)}
        deed()
        for one, seen in before.items():
            self.town.sound = self.town.seen_by(one) == seen
            assert self.town.sound, f"{one} could see what {who} did in quiet"

    def of_one_pair(self, whose: Whose) -> list[tuple[str, Pair]]:
        """Somebody and a pair: mostly one that lives, and one of its two; nothing where there is none."""
        number, second = whose
        over = number == OVER_ONE

        def look(records: Records) -> list[Pair]:
            return list(records.pairs(OVER if over else LIVE))

        pairs = self.town.read(look)
        if not pairs:
            return []
        pair = pairs[number % len(pairs)]
        if number == OUTSIDER:
            return [(next(name for name in NAMES if name not in pair.sides), pair)]
        return [(pair.sides[second], pair)]

    def asked(self, who: str) -> list[tuple[Pair, str]]:
        """The questions somebody was asked, in whichever pair, the newest last."""

        def look(records: Records) -> list[tuple[Pair, str]]:
            pairs = records.pairs_of(ParticipantId(who), PairState)
            said = [
                (done.at, pair, done) for pair in pairs for done in records.done(pair.id) if done.to == who
            ]
            steps = [
                (pair, JOURNEY.by_key[done.step])
                for _, pair, done in sorted(said, key=lambda one: one[0])
                if done.step in JOURNEY.by_key
            ]
            return [(pair, step.key) for pair, step in steps if step.answers and step.kind is Kind.QUESTION]

        found: list[tuple[Pair, str]] = self.town.read(look)
        return found

    def a_meeting(self, pair: Pair, number: int, *, planned: bool = False) -> MeetingId:
        """A meeting of a pair, or one that is not there."""

        def look(records: Records) -> list[MeetingId]:
            found = records.meetings(pair.id)
            return [one.id for one in found if not planned or one.state is MeetingState.PLANNED]

        meetings = self.town.read(look)
        return MeetingId(meetings[number % len(meetings)]) if meetings else MeetingId("none")


def terms(words: str, weeks: str) -> dict[str, str]:
    """What somebody writes in the form of expectations, or of an agreement."""
    free = dict.fromkeys(("learn", "share", "hope", "channel", "cancel"), words)
    return free | {"often": OFTEN[0], "reply": REPLY[0], "look_back": weeks}


def other_of(pair: Pair, who: str) -> str:
    """The partner; for somebody of another pair, one of the two."""
    return next(side for side in pair.sides if side != who)
