"""Blocks: private, and taken back with one press."""

from dataclasses import dataclass
from typing import ClassVar

from bot.mentoring.ids import Address
from bot.mentoring.prompts.base import Doubt, FormPrompt, Prompt


@dataclass(frozen=True)
class Blocked(Prompt):
    """To somebody who blocked a person: what that means. `ended` counts pairs of the two that ended by it."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    whom: Address
    ended: int


@dataclass(frozen=True)
class Unblocked(Prompt):
    """To somebody who took a block back."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    whom: Address


@dataclass(frozen=True)
class BlocksShown(Prompt):
    """The people somebody has blocked, oldest first; a name would tell who takes part."""

    doubt: ClassVar[Doubt] = Doubt.AT_MOST_ONCE
    blocked: tuple[Address, ...]


@dataclass(frozen=True)
class BlockForm(FormPrompt):
    """Asks whom somebody never wants to be paired with."""

    form: ClassVar[str] = "block"
