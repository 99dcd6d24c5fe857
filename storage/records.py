"""One workspace's rows inside one transaction: the Records that use cases are handed."""

from collections.abc import Iterable
from typing import Any

from bot.mentoring.ids import PairId
from storage.agreement_records import AGREEMENTS, GOALS, AgreementRecords
from storage.block_records import BlockRecords
from storage.closing_records import CLOSINGS, FITS, QUESTIONS, ClosingRecords
from storage.concern_records import ConcernRecords
from storage.ethics_records import KEPT_BY, EthicsRecords
from storage.meeting_records import RHYTHMS, MeetingRecords
from storage.message_records import MessageRecords
from storage.pair_records import DONE, MEETINGS_OF, PAIRS, PAIRS_OF, READ, PairRecords
from storage.people_records import PARTICIPANTS, PeopleRecords
from storage.reach_records import ReachRecords
from storage.shelf import Rows

OF_PAIR: tuple[Rows[Any], ...] = (MEETINGS_OF, DONE, FITS, CLOSINGS, QUESTIONS)
OF_PERSON: tuple[Rows[Any], ...] = (READ, KEPT_BY, PAIRS_OF)


class SessionRecords(
    PeopleRecords,
    BlockRecords,
    EthicsRecords,
    PairRecords,
    MeetingRecords,
    AgreementRecords,
    ClosingRecords,
    ConcernRecords,
    ReachRecords,
    MessageRecords,
):
    """Records over a database session; it binds its workspace in every statement."""

    def gather(self, pairs: Iterable[PairId]) -> None:
        """Read in one go what planning looks at of several pairs and their people; it changes nothing."""
        keys = tuple(pairs)
        for shelf in (PAIRS, AGREEMENTS, GOALS, RHYTHMS):
            self._gather_values(shelf, keys)
        people = sorted({side for key in keys if (pair := self._find(PAIRS, key)) for side in pair.sides})
        self._gather_values(PARTICIPANTS, people)
        for rows in OF_PAIR:
            self._gather(rows, keys)
        for rows in OF_PERSON:
            self._gather(rows, people)
        self._gather_values(PAIRS, (key for who in people for _, key in self._of(PAIRS_OF, who)))
        self._gather_said(people)
