"""One workspace's rows inside one transaction: the Records that use cases are handed."""

from storage.block_records import BlockRecords
from storage.meeting_records import MeetingRecords
from storage.message_records import MessageRecords
from storage.pair_records import PairRecords
from storage.people_records import PeopleRecords


class SessionRecords(PeopleRecords, BlockRecords, PairRecords, MeetingRecords, MessageRecords):
    """Records over a database session; it binds its workspace in every statement."""
