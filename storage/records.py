"""One workspace's rows inside one transaction: the Records that use cases are handed."""

from storage.agreement_records import AgreementRecords
from storage.block_records import BlockRecords
from storage.closing_records import ClosingRecords
from storage.concern_records import ConcernRecords
from storage.ethics_records import EthicsRecords
from storage.meeting_records import MeetingRecords
from storage.message_records import MessageRecords
from storage.pair_records import PairRecords
from storage.people_records import PeopleRecords


class SessionRecords(
    PeopleRecords,
    BlockRecords,
    EthicsRecords,
    PairRecords,
    MeetingRecords,
    AgreementRecords,
    ClosingRecords,
    ConcernRecords,
    MessageRecords,
):
    """Records over a database session; it binds its workspace in every statement."""
