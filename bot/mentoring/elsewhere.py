"""Telling words about one incident or one person from a command with a slip in it."""

from dataclasses import dataclass

import regex

_MENTION = regex.compile(r"@\w+|\b\w+:\w+:\w+")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_ENOUGH = 4
"""Words with a mention among them that are more than a command with somebody's name."""


@dataclass(frozen=True)
class Cues:
    """Words of one language that tell what somebody wants.

    `feedback` stand for it by themselves; `passing` ask, as the first word, that something be passed on,
    unless one of `not_passing` follows; `people` stand for somebody, `incidents` for what somebody did.
    """

    feedback: frozenset[str]
    passing: frozenset[str]
    not_passing: frozenset[str]
    people: frozenset[str]
    incidents: frozenset[str]


def is_about_somebody(typed: str, cues: Cues, *, near: bool) -> bool:
    """Whether words that are no command speak of one incident or one person.

    `near`: the first of them is a command with a slip in it. Careful rather than clever: what is missed gets
    the answer to an unknown word, which is harmless too.
    """
    mentioned = bool(_MENTION.search(typed))
    words = _WORD.findall(_MENTION.sub(" ", typed).casefold())
    if cues.feedback.intersection(words):
        return True
    if words and words[0] in cues.passing:
        rest = words[1:]
        return mentioned or bool(rest and rest[0] not in cues.not_passing)
    somebody = mentioned or bool(cues.people.intersection(words))
    if somebody and cues.incidents.intersection(words):
        return True
    return mentioned and not near and len(words) + 1 >= _ENOUGH
