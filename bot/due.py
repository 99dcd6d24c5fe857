"""What can fall due in a workspace."""

from dataclasses import dataclass
from enum import StrEnum

from bot.mentoring.ids import WorkspaceId


class DueKind(StrEnum):
    """What can fall due: a message does when its readers stop work before it left."""

    PARTICIPANT = "participant"
    PAIR = "pair"
    PROGRAMME = "programme"
    MESSAGE = "message"


@dataclass(frozen=True)
class DueItem:
    """One thing that is due in one workspace."""

    workspace: WorkspaceId
    kind: DueKind
    id: str
