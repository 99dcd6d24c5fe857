"""Text for Slack: escaped once, measured as Slack measures, cut only where a grapheme ends."""

from collections.abc import Callable

import regex

from bot.mentoring.ids import local_id
from handlers.slack.types import Json
from prompts.view import Line, Span

ELLIPSIS = "…"
_GRAPHEMES = regex.compile(r"\X")


def same(text: str) -> str:
    """The text as it is."""
    return text


def escaped(text: str) -> str:
    """The text for a mrkdwn target: what Slack would read as markup is data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def size(text: str) -> int:
    """Its length in UTF-16 units, which is never less than what Slack counts."""
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


def plain(text: str, limit: int) -> Json:
    """A plain_text object, in which nothing is live; `:names:` of emoji stay letters."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


def words(line: Line) -> str:
    """A line without its styles; mentions are names, links have their address beside them."""
    return "".join(f"{span.text} ({span.link})" if span.link else span.text for span in line)


def elements(line: Line, limit: int) -> list[Json]:
    """A line as rich_text elements of at most `limit` characters; text elements are inert in Slack."""
    found: list[Json] = []
    left = limit
    for span in line:
        if size(span.text) > left:
            if left:
                found.append(_element(Span(cut(span.text, left), span.bold, span.italic)))
            break
        left -= size(span.text)
        if span.text or span.person or span.room:
            found.append(_element(span))
    return found


def _element(span: Span) -> Json:
    looks = {name: True for name, on in (("bold", span.bold), ("italic", span.italic)) if on}
    style = {"style": looks} if looks else {}
    if span.person:
        return {"type": "user", "user_id": local_id(span.person), **style}
    if span.room:
        return {"type": "channel", "channel_id": local_id(span.room), **style}
    if span.link:
        return {"type": "link", "url": span.link, "text": span.text, **style}
    return {"type": "text", "text": span.text, **style}
