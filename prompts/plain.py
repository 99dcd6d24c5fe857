"""A view in plain words, for those who hear it, for notifications, and wherever blocks cannot be shown."""

from collections.abc import Iterable, Iterator

import regex

from prompts.view import Block, Bullets, Buttons, Divider, Heading, Input, Line, Note, Paragraph


def plain(blocks: Iterable[Block]) -> str:
    """Everything the blocks say, one line or more each; the answers that buttons give are named."""
    return "\n".join(line for block in blocks for line in _lines(block))


def fitted(text: str, limit: int) -> str:
    """The text in at most `limit` code points, cut at a grapheme's end, with an ellipsis where it was cut."""
    if len(text) <= limit:
        return text
    kept = ""
    for grapheme in regex.findall(r"\X", text):
        if len(kept) + len(grapheme) >= limit:
            break
        kept += grapheme
    return f"{kept.rstrip()}…"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield text
        case Paragraph(line) | Note(line):
            yield _text(line)
        case Bullets(items):
            yield from (f"• {_text(item)}" for item in items)
        case Buttons(buttons):
            yield f"You can press: {', '.join(button.label for button in buttons)}."
        case Input():
            yield f"{block.label}: {block.hint}" if block.hint else block.label
        case Divider():
            return


def _text(line: Line) -> str:
    return "".join(span.text for span in line)
