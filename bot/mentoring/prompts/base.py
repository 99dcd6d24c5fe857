"""The least of a prompt: what it is, and what to do when a send is in doubt."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar


class Doubt(StrEnum):
    """What to do with a send that may or may not have arrived."""

    RESEND = "resend"
    AT_MOST_ONCE = "at_most_once"


@dataclass(frozen=True)
class Prompt:
    """Something the bot says."""

    doubt: ClassVar[Doubt] = Doubt.RESEND
    lasts: ClassVar[timedelta | None] = None
    """How long after its moment it still makes sense; None for however long."""
    windowed: ClassVar[bool] = False
    """Whether it is shown in a window and nowhere else, so that it never stands in a conversation."""

    @property
    def again(self) -> "Prompt":
        """What stands for it where an answer is kept for a request that comes twice."""
        return self

    def stale_at(self, planned: datetime) -> datetime | None:
        """When it makes no sense any more, if it was planned for then (UTC); None for never."""
        return None if self.lasts is None else planned + self.lasts


@dataclass(frozen=True)
class FormPrompt(Prompt):
    """A prompt that asks for several things at once; `form` names its fields in handlers/forms.py."""

    form: ClassVar[str]
    windowed: ClassVar[bool] = True

    @property
    def carries(self) -> str:
        """A hint that comes back with the answers, such as the pair it is about: looked up, never a right."""
        return ""

    @property
    def keeps(self) -> bool:
        """Whether what was filled in is kept for a while when the form is closed without being sent."""
        return False
