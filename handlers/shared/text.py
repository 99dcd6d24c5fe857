"""Text for every platform: measured as they measure, cut only where a grapheme ends."""

from collections.abc import Callable

import regex

from prompts.view import Line

ELLIPSIS = "…"
_GRAPHEMES = regex.compile(r"\X")


def same(text: str) -> str:
    """The text as it is."""
    return text


def size(text: str) -> int:
    """Its length in UTF-16 units, which is never less than what a platform counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int, escape: Callable[[str], str] = same) -> str:
    """`text` escaped, at most `limit` long; what was cut ends with an ellipsis and where a grapheme does."""
    whole = escape(text)
    if size(whole) <= limit:
        return whole
    kept: list[str] = []
    left = limit - size(ELLIPSIS)
    for grapheme in _GRAPHEMES.finditer(text):
        part = escape(grapheme.group())
        left -= size(part)
        if left < 0:
            break
        kept.append(part)
    return "".join(kept) + ELLIPSIS


def words(line: Line) -> str:
    """A line without its styles; mentions are names, links have their address beside them."""
    return "".join(f"{span.text} ({span.link})" if span.link else span.text for span in line)
