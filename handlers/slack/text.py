"""Text for Slack: escaped once, and last."""

from bot.mentoring.ids import local_id
from handlers.shared.text import cut, size
from handlers.shared.types import Json
from prompts.view import Line, Span


def escaped(text: str) -> str:
    """The text for a mrkdwn target: what Slack would read as markup is data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str, limit: int) -> Json:
    """A plain_text object, in which nothing is live; `:names:` of emoji stay letters."""
    return {"type": "plain_text", "text": cut(text, limit), "emoji": False}


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
