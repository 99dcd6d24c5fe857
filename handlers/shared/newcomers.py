"""Who opts in or sets up is asked after in the platform's directory first."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.mentoring.people import Profile
from bot.mentoring.prompts import Prompt
from bot.mentoring.text import clean
from bot.ports import NewId, Records

_WORDS = re.compile(r"[\W_]*(join|setup)\b", re.IGNORECASE)
_JOIN = "open_join"
_BUTTONS = frozenset({_JOIN, "open_setup"})


def asks_to_begin(words: str) -> bool:
    """Whether a command opens the form to join or to set up."""
    return bool(_WORDS.match(clean(words)))


def asks_to_join(words: str) -> bool:
    """Whether it opens the form to join."""
    found = _WORDS.match(clean(words))
    return found is not None and found.group(1).casefold() == "join"


def joins(action: str) -> bool:
    """Whether a button opens the form to join."""
    return action == _JOIN


def begins(action: str) -> bool:
    """Whether a button does."""
    return action in _BUTTONS


def knowing(
    profiles: tuple[Profile, ...],
    use: Callable[..., Prompt],
    *args: Any,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> Prompt:
    """Save what the directory told, then run a use in the same transaction."""
    for profile in profiles:
        records.save_profile(profile)
    return use(*args, records=records, now=now, new_id=new_id)
