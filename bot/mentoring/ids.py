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
_PARTS = 3


def address(platform: str, team: str, local: str) -> Address:
    """The address of `local` (a user or channel id) in `team` of `platform`."""
    return Address(f"{platform}:{team}:{local}")


def local_id(where: Address) -> str:
    """The platform's own id inside an address."""
    return where.rsplit(":", 1)[1]


def same_workspace(one: Address, other: Address) -> bool:
    """Whether two addresses are well formed and lie in one workspace of one platform."""
    parts, others = one.split(":"), other.split(":")
    return len(parts) == len(others) == _PARTS and all(parts) and all(others) and parts[:2] == others[:2]
