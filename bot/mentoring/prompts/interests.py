"""Small forms for what one learns and teaches: what commands do with words, by buttons."""

from dataclasses import dataclass
from typing import ClassVar

from bot.mentoring.prompts.base import FormPrompt


@dataclass(frozen=True)
class LearnForm(FormPrompt):
    """Asks what else the person wants to learn."""

    form: ClassVar[str] = "learn"


@dataclass(frozen=True)
class TeachForm(FormPrompt):
    """Asks what else the person can teach."""

    form: ClassVar[str] = "teach"


@dataclass(frozen=True)
class ForgetForm(FormPrompt):
    """Asks which of the person's topics to take off; there is at least one."""

    form: ClassVar[str] = "forget"
    topics: tuple[str, ...]


@dataclass(frozen=True)
class FindForm(FormPrompt):
    """Asks for the topic to look for a teacher of."""

    form: ClassVar[str] = "find"
