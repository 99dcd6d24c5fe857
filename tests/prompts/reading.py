"""What tests look for in a view."""

from collections.abc import Iterator

from prompts.view import Block, Bullets, Button, Buttons, Heading, Input, Note, Paragraph, Span, View


def spans(view: View) -> Iterator[Span]:
    """Give every span of a view; a heading as one without style."""
    for block in view.blocks:
        yield from _spans(block)


def _spans(block: Block) -> Iterator[Span]:
    match block:
        case Heading(text):
            yield Span(text)
        case Paragraph(line) | Note(line):
            yield from line
        case Bullets(items):
            yield from (span for item in items for span in item)
        case _:
            return


def buttons(view: View) -> Iterator[Button]:
    """Give the buttons of a view."""
    for block in view.blocks:
        if isinstance(block, Buttons):
            yield from block.buttons


def note(view: View) -> str:
    """Give the small print of a view."""
    return " ".join(span.text for block in view.blocks if isinstance(block, Note) for span in block.line)


def inputs(view: View) -> tuple[Input, ...]:
    """Give the fields of a view."""
    return tuple(block for block in view.blocks if isinstance(block, Input))


def shape(view: View) -> list[object]:
    """Give all of a view but its texts: the kinds of its blocks, the styles of its spans, its actions.

    What stands behind the question mark of a link is a value, encoded, such as a meeting's title.
    """
    parts: list[object] = [type(block).__name__ for block in view.blocks]
    parts += [
        (one.bold, one.italic, one.person, one.room, (one.link or "").partition("?")[0])
        for one in spans(view)
    ]
    parts += [(one.action, one.tone) for one in buttons(view)]
    return parts
