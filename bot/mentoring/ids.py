"""Names for the identifiers that the core passes around."""

from typing import NewType

WorkspaceId = NewType("WorkspaceId", str)
"""One workspace of one platform; first in every key and every query."""

ParticipantId = NewType("ParticipantId", str)
ProgrammeId = NewType("ProgrammeId", str)
RoundId = NewType("RoundId", str)
PairId = NewType("PairId", str)
MeetingId = NewType("MeetingId", str)

Address = NewType("Address", str)
"""Where a person or channel is reached, `platform:workspace:id`; never a key of the core."""


def address(platform: str, team: str, local: str) -> Address:
    """The address of `local` (a user or channel id) in `team` of `platform`."""
    return Address(f"{platform}:{team}:{local}")


def local_id(where: Address) -> str:
    """The platform's own id inside an address."""
    return where.rsplit(":", 1)[1]
