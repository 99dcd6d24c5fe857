"""A view in plain words, for those who hear it, for notifications, and wherever blocks cannot be shown."""

from collections.abc import Iterable, Iterator

import regex

from prompts.view import (
    Block,
    Bullets,
    Buttons,
    Chart,
    Divider,
    Heading,
    Input,
    Line,
    Note,
    Paragraph,
    Table,
)


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


def in_words(figure: Table | Chart) -> tuple[str, tuple[str, ...]]:
    """(what a table or chart is about, a line for each of its rows): all that it shows."""
    if isinstance(figure, Table):
        rows = ((str(row[0]), zip(figure.header[1:], row[1:], strict=True)) for row in figure.rows)
        return figure.caption, tuple(_row(name, cells) for name, cells in rows)
    names = [one.name for one in figure.series]
    columns = zip(*(one.points for one in figure.series), strict=True)
    points = (zip(names, values, strict=True) for values in columns)
    return figure.title, tuple(map(_row, figure.categories, points))


def _row(name: str, cells: Iterable[tuple[str, str | int]]) -> str:
    """A row as it is read: "Round 2: pairs 18, meetings 25"."""
    return f"{name}: {', '.join(f'{column} {value}' for column, value in cells)}"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield text
        case Paragraph(line) | Note(line):
            yield _text(line)
        case Bullets(items):
            yield from (f"• {_text(item)}" for item in items)
        case Table() | Chart():
            title, rows = in_words(block)
            yield f"{title}:"
            yield from (f"• {row}" for row in rows)
        case Buttons(buttons):
            yield f"You can press: {', '.join(button.label for button in buttons)}."
        case Input():
            yield f"{block.label}: {block.hint}" if block.hint else block.label
        case Divider():
            return


def _text(line: Line) -> str:
    return "".join(span.text for span in line)
