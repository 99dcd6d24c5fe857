"""A pair: two participants, what flows between them, and the states it passes through."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.mentoring.errors import NotFound, NotPossibleNow
from bot.mentoring.ids import Address, PairId, ParticipantId, RoundId

ANSWER_WITHIN = timedelta(days=7)
"""How long a proposal stays open."""
REMIND_AFTER = timedelta(days=4)
"""When a proposal nobody answered is brought up again, once."""


class PairState(StrEnum):
    """Where a pair stands; DRAFTED is seen by owners only."""

    DRAFTED = "drafted"
    PROPOSED = "proposed"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"
    DECLINED = "declined"
    EXPIRED = "expired"


class PairEvent(StrEnum):
    """What can happen to a pair."""

    PROPOSE = "propose"
    ACCEPT = "accept"
    OPEN = "open"
    DECLINE = "decline"
    EXPIRE = "expire"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"
    DROP = "drop"


TRANSITIONS = {
    PairState.DRAFTED: {PairEvent.PROPOSE: PairState.PROPOSED, PairEvent.DROP: PairState.CLOSED},
    PairState.PROPOSED: {
        PairEvent.ACCEPT: PairState.PROPOSED,
        PairEvent.OPEN: PairState.ACTIVE,
        PairEvent.DECLINE: PairState.DECLINED,
        PairEvent.EXPIRE: PairState.EXPIRED,
    },
    PairState.ACTIVE: {PairEvent.PAUSE: PairState.PAUSED, PairEvent.CLOSE: PairState.CLOSED},
    PairState.PAUSED: {PairEvent.RESUME: PairState.ACTIVE, PairEvent.CLOSE: PairState.CLOSED},
}
"""state -> event -> state. ACCEPT is the first yes of two, OPEN the second."""

LIVE = (PairState.PROPOSED, PairState.ACTIVE, PairState.PAUSED)
"""The states in which a pair takes a place of each side."""
UNDER_WAY = (PairState.ACTIVE, PairState.PAUSED)
"""The states of a pair that was introduced and has not ended."""
OVER = (PairState.DECLINED, PairState.EXPIRED, PairState.CLOSED)
"""The states that nothing leads out of."""


@dataclass(frozen=True)
class Exchange:
    """Who learns which topic from whom."""

    learner: ParticipantId
    teacher: ParticipantId
    topic: str


@dataclass(frozen=True)
class Reason:
    """One reason for a pair, as data: `kind` names its words, `values` fill them."""

    kind: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """Two participants, `a` of the lower level (ties: the lower id); a lateral pair is of one level.

    `accepted` holds who has said yes; a proposal lapses at `expires_at`; `room` is the pair's channel once
    it was opened; `next_due_at` is the moment at which something is to be said or decided, None for never.
    `ended_by` is the side that has ended it, at `ended_at`: for the other it stays as it was until they
    hear, not before `quiet_until`. A rest is kept quiet until then too. Once it is over for both, `ended_at`
    is when that was. `rested_by` is the side that lets this one pair rest, until `rests_until`;
    None with such a moment where both do.
    `flows_back_since` is when a one-sided pair found what flows back.
    """

    id: PairId
    a: ParticipantId
    b: ParticipantId
    exchanges: tuple[Exchange, ...]
    state: PairState
    round: RoundId | None = None
    reasons: tuple[Reason, ...] = ()
    score: int = 0
    lateral: bool = False
    accepted: frozenset[ParticipantId] = frozenset()
    proposed_at: datetime | None = None
    expires_at: datetime | None = None
    introduced_at: datetime | None = None
    ended_by: ParticipantId | None = None
    ended_at: datetime | None = None
    quiet_until: datetime | None = None
    flows_back_since: datetime | None = None
    room: Address | None = None
    next_due_at: datetime | None = None
    rested_by: ParticipantId | None = None
    rests_until: datetime | None = None

    @property
    def sides(self) -> tuple[ParticipantId, ParticipantId]:
        """The two, lower level first."""
        return (self.a, self.b)

    @property
    def reciprocal(self) -> bool:
        """Whether exchanges go both ways."""
        return len({exchange.learner for exchange in self.exchanges}) == len(self.sides)

    def open_to(self, one: ParticipantId) -> bool:
        """Whether the pair is live for `one`, who has not ended it; the other may have, unheard."""
        return self.state in LIVE and self.ended_by != one

    def rests_by(self, one: ParticipantId) -> bool:
        """Whether `one` lets this one pair rest; the other may as well, each without the other's knowing."""
        return self.rests_until is not None and self.rested_by in (None, one)

    def partner_of(self, one: ParticipantId) -> ParticipantId:
        """The other of the two; NotFound for anybody else."""
        if one not in self.sides:
            raise NotFound
        return self.b if one == self.a else self.a

    def learns(self, one: ParticipantId) -> tuple[str, ...]:
        """The topics that `one` learns here."""
        return tuple(exchange.topic for exchange in self.exchanges if exchange.learner == one)

    def teaches(self, one: ParticipantId) -> tuple[str, ...]:
        """The topics that `one` teaches here."""
        return tuple(exchange.topic for exchange in self.exchanges if exchange.teacher == one)

    @property
    def learns_nothing(self) -> ParticipantId | None:
        """The side that learns nothing here; None in a reciprocal pair."""
        return next((side for side in self.sides if not self.learns(side)), None)

    def flowing_back(self, topics: tuple[str, ...], now: datetime) -> "Pair":
        """The pair once the side that learned nothing has chosen what flows back.

        NotPossibleNow where both learn already.
        """
        learner = self.learns_nothing
        if learner is None:
            raise NotPossibleNow("flow back", "reciprocal")
        chosen = tuple(Exchange(learner, self.partner_of(learner), topic) for topic in topics)
        return replace(self, exchanges=(*self.exchanges, *chosen), flows_back_since=now)

    def after(self, event: PairEvent) -> "Pair":
        """The pair once `event` has happened; NotPossibleNow where the table has no way."""
        try:
            return replace(self, state=TRANSITIONS[self.state][event])
        except KeyError:
            raise NotPossibleNow(event, self.state) from None

    def accepted_by(self, one: ParticipantId) -> "Pair":
        """The pair after a yes of `one`: still proposed after the first, active after the second.

        NotFound for anybody else.
        """
        event = PairEvent.OPEN if self.partner_of(one) in self.accepted else PairEvent.ACCEPT
        return replace(self.after(event), accepted=self.accepted | {one})
