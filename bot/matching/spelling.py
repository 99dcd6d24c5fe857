"""Brings different spellings of one topic to one key, and tells a typing error from another word."""

import re
import unicodedata

from rapidfuzz.distance import OSA

LONGEST_TOPIC = 80
"""Characters of a topic that are read; the rest of a longer text changes nothing."""

SHORTEST_TYPO = 5
LONG_WORD = 9

_SYMBOLS = {
    "c++": "cplusplus",
    "c#": "csharp",
    "f#": "fsharp",
    ".net": "dotnet",
    "&": " and ",
    "+": " and ",
    "@": " at ",
}
_SYMBOL = re.compile(r"(?<![\w.])c ?\+\+|(?<![\w.])[cf] ?#|(?<!\w)\.net\b|[&+@]")
_SUFFIX_JS = re.compile(r"\.(js|io|ai|py)\b")
_APOSTROPHES = re.compile("['\u2019`]")
_NOT_WORD = re.compile(r"[^\w]+|_")
_BRITISH = (
    (re.compile(r"(?<=\w{3})is(?=(e|ed|er|ers|es|ing|able|ation|ations|ational)$)"), "iz"),
    (re.compile(r"(behavi|col|lab|fav|hon|neighb|hum)our"), r"\1or"),
    (re.compile(r"^programme$"), "program"),
    (re.compile(r"^centre"), "center"),
    (re.compile(r"^licence"), "license"),
    (re.compile(r"^defence"), "defense"),
    (re.compile(r"^catalogue"), "catalog"),
    (re.compile(r"^dialogue"), "dialog"),
    (re.compile(r"(model|label|travel|cancel|channel)l(?=(ing|ed|er)$)"), r"\1"),
    (re.compile(r"^judgement"), "judgment"),
)
_PERHAPS_BRITISH = re.compile("is|our|gramme|centre|cence|fence|ogue|ll|judge")
_KEPT_S = frozenset({"aws", "css", "ios", "macos", "dns", "sas", "news", "ops", "rails", "sales", "jenkins"})
_SILENT = frozenset({"the", "a", "an"})


def clean(text: str) -> str:
    """The text as it is shown: one line, single spaces, at most `LONGEST_TOPIC` characters."""
    composed = unicodedata.normalize("NFKC", text[: 4 * LONGEST_TOPIC])
    printable = "".join(char if char.isprintable() else " " for char in composed)
    return " ".join(printable.split())[:LONGEST_TOPIC].rstrip()


def normalise(text: str) -> str:
    """The key under which a topic is looked up: case, accents, punctuation, plurals, spelling are gone.

    Signs that carry meaning stay (C, C++ and C# have three keys). A text of other signs only keeps them.
    """
    lowered = clean(text).casefold()
    spelled = _SYMBOL.sub(lambda match: _SYMBOLS[match.group().replace(" ", "")], lowered)
    joined = _APOSTROPHES.sub("", _SUFFIX_JS.sub(r"\1", spelled))
    words = [_word(word) for word in _NOT_WORD.sub(" ", _without_accents(joined)).split()]
    return " ".join(word for word in words if word not in _SILENT) or " ".join(words) or lowered


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(char for char in parts if not unicodedata.combining(char)))


def _word(word: str) -> str:
    if _PERHAPS_BRITISH.search(word):
        for pattern, american in _BRITISH:
            word = pattern.sub(american, word)
    return _singular(word)


def _singular(word: str) -> str:
    if len(word) <= 3 or word in _KEPT_S or not word.endswith("s") or word.endswith(("ss", "us", "is", "js")):  # noqa: PLR2004 - "css", "gas"
        return word
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004 - "ties" is no "ty"
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes")) else word[:-1]


def is_typo(typed: str, known: str, vocabulary: frozenset[str]) -> bool:
    """Whether the key `typed` is a slip of the key `known`: every differing word is a near miss.

    A word that stands in `vocabulary` is never a slip ("product" is no slip of "project"), nor is a
    short one, nor one with another digit in it.
    """
    if initials(typed) != initials(known):
        return False
    words = zip(typed.split(), known.split(), strict=True)
    wrong = [(one, other) for one, other in words if one != other]
    return bool(wrong) and all(one not in vocabulary and _near(one, other) for one, other in wrong)


def initials(key: str) -> str:
    """The first letters of a key's words: hardly anybody mistypes those, so slips keep them."""
    return "".join(word[0] for word in key.split())


def _near(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < SHORTEST_TYPO or _digits(one) != _digits(other):
        return False
    allowed = 2 if shorter >= LONG_WORD else 1
    return int(OSA.distance(one, other, score_cutoff=allowed)) <= allowed


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())
