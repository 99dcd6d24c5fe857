"""The part of the fake records about what the two of a pair say, agree and plan."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.mentoring.agreement import Agreement
from bot.mentoring.closing import Closing, LookBack, Question
from bot.mentoring.concern import Concern
from bot.mentoring.fit import Fit, Helped
from bot.mentoring.goals import Goals
from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.meetings import Offer, Rhythm
from bot.mentoring.pair_texts import About, PairText


@dataclass
class FakePairWords:
    """Rows in dicts; behaves as storage's part does."""

    offer_rows: dict[tuple[PairId, ParticipantId], Offer] = field(default_factory=dict)
    rhythms: dict[PairId, Rhythm] = field(default_factory=dict)
    texts: dict[tuple[PairId, About, ParticipantId, MeetingId | None], PairText] = field(default_factory=dict)
    feeds: dict[ParticipantId, str] = field(default_factory=dict)
    agreements: dict[PairId, Agreement] = field(default_factory=dict)
    goal_rows: dict[PairId, Goals] = field(default_factory=dict)
    fits: dict[tuple[PairId, ParticipantId], Fit] = field(default_factory=dict)
    helped_rows: dict[ParticipantId, tuple[Helped, datetime]] = field(default_factory=dict)
    wishes: set[tuple[ParticipantId, ParticipantId]] = field(default_factory=set)
    closings: dict[PairId, Closing] = field(default_factory=dict)
    look_back_rows: dict[tuple[PairId, ParticipantId], LookBack] = field(default_factory=dict)
    questions: dict[PairId, Question] = field(default_factory=dict)
    concern_rows: dict[str, Concern] = field(default_factory=dict)

    def offers(self, key: PairId) -> tuple[Offer, ...]:
        """What is offered in a pair."""
        return tuple(one for (pair, _), one in sorted(self.offer_rows.items()) if pair == key)

    def save_offer(self, offer: Offer) -> None:
        """Keep an offer in place of its side's last."""
        self.offer_rows[offer.pair, offer.by] = offer

    def forget_offers(self, key: PairId, by: ParticipantId | None = None) -> None:
        """Take offers back."""
        for pair, side in list(self.offer_rows):
            if pair == key and by in (None, side):
                del self.offer_rows[pair, side]

    def rhythm(self, key: PairId) -> Rhythm:
        """How often a pair meets."""
        return self.rhythms.get(key, Rhythm(key))

    def save_rhythm(self, rhythm: Rhythm) -> None:
        """Keep a rhythm."""
        self.rhythms[rhythm.pair] = rhythm

    def pair_texts(self, key: PairId, about: About) -> tuple[PairText, ...]:
        """What the two wrote."""
        mine = [text for text in self.texts.values() if text.pair == key and text.about is about]
        return tuple(sorted(mine, key=lambda text: (text.at, text.by)))

    def save_pair_text(self, text: PairText) -> None:
        """Keep a text; an empty one goes."""
        place = (text.pair, text.about, text.by, text.meeting)
        self.texts.pop(place, None)
        if text.text:
            self.texts[place] = text

    def feed(self, who: ParticipantId) -> str | None:
        """The secret of a feed."""
        return self.feeds.get(who)

    def save_feed(self, who: ParticipantId, secret: str) -> None:
        """Keep the secret of a feed."""
        self.feeds[who] = secret

    def forget_feed(self, who: ParticipantId) -> None:
        """Let a feed be gone."""
        self.feeds.pop(who, None)

    def fit(self, key: PairId, who: ParticipantId) -> Fit | None:
        """How somebody finds their pair."""
        return self.fits.get((key, who))

    def save_fit(self, key: PairId, who: ParticipantId, fit: Fit) -> None:
        """Keep how somebody finds their pair."""
        self.fits[key, who] = fit

    def helped(self) -> tuple[tuple[Helped, datetime], ...]:
        """Everybody's answers."""
        return tuple(self.helped_rows.values())

    def save_helped(self, who: ParticipantId, answer: Helped, at: datetime) -> None:
        """Keep an answer."""
        self.helped_rows[who] = (answer, at)

    def save_wish(self, who: ParticipantId, whom: ParticipantId) -> None:
        """Keep a wish."""
        self.wishes.add((who, whom))

    def forget_wishes(self, one: ParticipantId, other: ParticipantId) -> None:
        """Forget the wishes of two people."""
        self.wishes -= {(one, other), (other, one)}

    def wished_again(self) -> frozenset[frozenset[ParticipantId]]:
        """Who both wish."""
        return frozenset(frozenset(both) for both in self.wishes if both[::-1] in self.wishes)

    def closing(self, key: PairId) -> Closing | None:
        """The wish to close together."""
        return self.closings.get(key)

    def save_closing(self, closing: Closing) -> None:
        """Keep it."""
        self.closings[closing.pair] = closing

    def forget_closing(self, key: PairId) -> None:
        """Forget it."""
        self.closings.pop(key, None)

    def look_backs(self, key: PairId) -> dict[ParticipantId, LookBack]:
        """What each side said."""
        return {who: said for (pair, who), said in self.look_back_rows.items() if pair == key}

    def save_look_back(self, key: PairId, who: ParticipantId, said: LookBack) -> None:
        """Keep what a side said."""
        self.look_back_rows[key, who] = said

    def question(self, key: PairId) -> Question | None:
        """Whether the pair goes on."""
        return self.questions.get(key)

    def save_question(self, question: Question) -> None:
        """Keep the question."""
        self.questions[question.pair] = question

    def concerns(self) -> tuple[Concern, ...]:
        """Every concern."""
        return tuple(sorted(self.concern_rows.values(), key=lambda one: (one.at, one.id)))

    def save_concern(self, concern: Concern) -> None:
        """Keep a concern."""
        self.concern_rows[concern.id] = concern

    def agreement(self, key: PairId) -> Agreement:
        """What a pair agreed."""
        return self.agreements.get(key, Agreement(key))

    def save_agreement(self, agreement: Agreement) -> None:
        """Keep what a pair agreed."""
        self.agreements[agreement.pair] = agreement

    def goals(self, key: PairId) -> Goals:
        """A pair's goals."""
        return self.goal_rows.get(key, Goals(key))

    def save_goals(self, goals: Goals) -> None:
        """Keep a pair's goals."""
        self.goal_rows[goals.pair] = goals
