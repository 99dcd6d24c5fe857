"""What surrounds the meetings of pairs of one workspace: offers, rhythms, agendas, notes, calendar feeds."""

from hashlib import sha256

from sqlalchemy import Text, bindparam, delete, insert, or_, select

from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.meetings import Offer, Rhythm
from bot.mentoring.pair_texts import About, PairText
from storage.meeting_tables import FeedRow, OfferRow, PairTextRow, RhythmRow
from storage.record_base import RecordBase
from storage.shelf import KEY, WORKSPACE, Shelf

NEXT = ""
"""What stands in a text's meeting while it is for the next."""
OFFERS, RHYTHMS = Shelf(Offer, OfferRow), Shelf(Rhythm, RhythmRow)
OFFER, TEXTS, FEEDS = OFFERS.table.c, PairTextRow.__table__, FeedRow.__table__
TEXT, FEED = TEXTS.c, FEEDS.c

OFFERS_OF = OFFERS.all.where(OFFER.pair == bindparam(KEY)).order_by(OFFER.by)
NO_OFFERS = delete(OFFERS.table).where(
    OFFERS.mine,
    OFFER.pair == bindparam(KEY),
    or_(OFFER.by == bindparam("its_side"), bindparam("its_side", type_=Text).is_(None)),
)
_OF_PAIR = (
    TEXT.workspace_id == bindparam(WORKSPACE),
    TEXT.pair == bindparam(KEY),
    TEXT.about == bindparam("its_kind"),
)
TEXTS_OF = select(TEXT.by, TEXT.meeting, TEXT.text, TEXT.at).where(*_OF_PAIR).order_by(TEXT.at, TEXT.by)
NO_TEXT = delete(TEXTS).where(
    *_OF_PAIR, TEXT.by == bindparam("its_side"), TEXT.meeting == bindparam("its_meeting")
)
_THE_FEED = (FEED.workspace_id == bindparam(WORKSPACE), FEED.participant == bindparam(KEY))
SECRET = select(FEED.secret).where(*_THE_FEED)
NO_FEED = delete(FEEDS).where(*_THE_FEED)


def feed_hash(secret: str) -> str:
    """What a feed is found by. Its secret is random, so that a plain hash gives nothing away."""
    return sha256(secret.encode()).hexdigest()


class MeetingRecords(RecordBase):
    """The part of Records around meetings."""

    def offers(self, key: PairId) -> tuple[Offer, ...]:
        """The times that the sides of a pair offer each other now, one offer a side at most."""
        return self._all(OFFERS, OFFERS_OF, **{KEY: key})

    def save_offer(self, offer: Offer) -> None:
        """Write an offer in place of what its side offered before."""
        self.forget_offers(offer.pair, offer.by)
        self._write(OFFERS, offer)

    def forget_offers(self, key: PairId, by: ParticipantId | None = None) -> None:
        """Take back what was offered in a pair, by one side or by both."""
        self._execute(NO_OFFERS, **{KEY: key, "its_side": by})
        self._unsee(OFFERS, lambda offer: offer.pair == key and by in (None, offer.by))

    def rhythm(self, key: PairId) -> Rhythm:
        """How often a pair meets; nothing agreed where nobody has said."""
        return self._find(RHYTHMS, key) or Rhythm(key)

    def save_rhythm(self, rhythm: Rhythm) -> None:
        """Write a rhythm, new or changed."""
        self._write(RHYTHMS, rhythm)

    def pair_texts(self, key: PairId, about: About) -> tuple[PairText, ...]:
        """What the two of a pair wrote for each other, oldest first."""
        rows = self._execute(TEXTS_OF, **{KEY: key, "its_kind": about})
        return tuple(
            PairText(
                key,
                about,
                ParticipantId(by),
                None if meeting == NEXT else MeetingId(meeting),
                self._keyring.open(self._workspace, sealed).decode(),
                at,
            )
            for by, meeting, sealed, at in rows
        )

    def save_pair_text(self, text: PairText) -> None:
        """Write such a text in place of the same side's for the same meeting; an empty one goes."""
        meeting = text.meeting or NEXT
        place = {KEY: text.pair, "its_kind": text.about, "its_side": text.by, "its_meeting": meeting}
        self._execute(NO_TEXT, **place)
        if text.text:
            row = {"workspace_id": self._workspace, "pair": text.pair, "about": text.about, "by": text.by}
            sealed = self._keyring.seal(self._workspace, text.text.encode())
            self._connection.execute(
                insert(TEXTS), {**row, "meeting": meeting, "text": sealed, "at": text.at}
            )

    def feed(self, who: ParticipantId) -> str | None:
        """The secret of a person's calendar feed."""
        sealed = self._execute(SECRET, **{KEY: who}).scalar()
        return None if sealed is None else self._keyring.open(self._workspace, sealed).decode()

    def save_feed(self, who: ParticipantId, secret: str) -> None:
        """Give a person's calendar feed a new secret; the old one is gone."""
        self.forget_feed(who)
        sealed = self._keyring.seal(self._workspace, secret.encode())
        row = {"workspace_id": self._workspace, "participant": who, "hash": feed_hash(secret)}
        self._connection.execute(insert(FEEDS), {**row, "secret": sealed})

    def forget_feed(self, who: ParticipantId) -> None:
        """Let a person's calendar feed be gone, if there is one."""
        self._execute(NO_FEED, **{KEY: who})
