"""Coaching by role: the code, help with not knowing what one needs, and what I never pass on."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.mentoring.ids import Address
from bot.mentoring.prompts.base import FormPrompt, Prompt


@dataclass(frozen=True)
class EthicsCode(Prompt):
    """The ethics and confidentiality code as it reads now.

    `kept_at` is when the reader said that they keep to it; `joined` whether they can say so.
    """

    kept_at: datetime | None
    joined: bool


@dataclass(frozen=True)
class NotRelayed(Prompt):
    """To words about one incident or one person: where they belong. `contacts` listen to concerns."""

    contacts: tuple[Address, ...]


@dataclass(frozen=True)
class DiscoverForm(FormPrompt):
    """Asks five questions of somebody who does not know what they need; nothing of it is kept."""

    form: ClassVar[str] = "discover"


@dataclass(frozen=True)
class Idea:
    """A topic that somebody might want to learn.

    `teachers` is how many people who agreed to be found can be asked for it now; `wanted` that it stands on
    the reader's list.
    """

    topic: str
    teachers: int
    wanted: bool


@dataclass(frozen=True)
class Discovered(Prompt):
    """Ideas of what to learn. `job`: an answer told of a skill that the person's job needs today."""

    ideas: tuple[Idea, ...]
    job: bool
