"""What people type: cleaned once at the edge, the same for both databases."""

import unicodedata

import regex

from bot.mentoring.errors import BadInput, Problem

NAME_LIMIT = 80
TOPIC_LIMIT = 60
"""Graphemes a person may type in a name and in a topic."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters, marks and a pattern that show nothing at all, and so make a name that looks empty."""
_INVISIBLE = "\u00ad\u180e\u200b\u2060-\u206f\ufeff\ufff0-\uffff"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_DROPPED = regex.compile(f"[\\p{{Cc}}\\p{{Cs}}{_BIDI}{_FILLERS}{_INVISIBLE}{_PRIVATE}\U000e0000-\U000e007f]")
_BREAKS = regex.compile(r"\r\n|[\r\n\u0085\u2028\u2029\v\f]")
_SPACES = regex.compile(r"[^\S\n]+")
_PILE = regex.compile(r"(\p{M}{2})\p{M}+")
_VISIBLE = regex.compile(r"[\p{L}\p{N}\p{P}\p{S}]")
_LONELY_JOINER = regex.compile(
    r"(?<![\p{L}\p{M}\p{So}\p{Sk}\ufe0f])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{So}])"
)


def clean(typed: str, *, lines: bool = False) -> str:
    """What was typed, safe to store and show: NFC, no controls, overrides or invisible characters.

    At most two combining marks stay on a base; white space is folded; line breaks stay only with
    `lines`. Joiners stay where they join letters or emoji. Private-use characters go, since rendering
    marks its places with them.
    """
    text = typed.encode("utf-8", "ignore").decode("utf-8")
    text = _BREAKS.sub("\n" if lines else " ", text).replace("\t", " ")
    text = "\n".join(_DROPPED.sub("", line) for line in text.split("\n"))
    text = unicodedata.normalize("NFC", _LONELY_JOINER.sub("", text))
    text = _PILE.sub(r"\1", text)
    text = _SPACES.sub(" ", text)
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def length(text: str) -> int:
    """Its length as a reader counts: in graphemes."""
    return len(regex.findall(r"\X", text))


def shortened(text: str, limit: int) -> str:
    """The text cut at a grapheme's end to at most `limit` graphemes, with an ellipsis where it was cut."""
    graphemes = regex.findall(r"\X", text)
    return text if len(graphemes) <= limit else "".join(graphemes[: limit - 1]) + "…"


def checked(field: str, typed: str, limit: int, *, required: bool = True, lines: bool = False) -> str:
    """`typed`, cleaned and inside `limit` graphemes; BadInput names the field otherwise.

    What shows nothing, such as marks without a letter, is empty. A code-point cap of eight times the limit
    stops what looks short and is not.
    """
    if len(typed) > limit * 20:
        raise BadInput(field, Problem.TOO_LONG, str(limit))
    text = clean(typed, lines=lines)
    if not _VISIBLE.search(text):
        text = ""
    if required and not text:
        raise BadInput(field, Problem.EMPTY)
    if length(text) > limit or len(unicodedata.normalize("NFKC", text)) > limit * 8:
        raise BadInput(field, Problem.TOO_LONG, str(limit))
    return text
