"""Views as readable files. `python -m tests.prompts.golden` writes them anew; look at the difference."""

from collections.abc import Iterator
from pathlib import Path

from bot.mentoring.prompts import FormPrompt, Prompt
from handlers.forms import fields
from prompts.render import render, render_form
from prompts.view import (
    Block,
    Bullets,
    Button,
    Buttons,
    Chart,
    Divider,
    Heading,
    Input,
    Line,
    Note,
    Paragraph,
    Reader,
    Span,
    Table,
    View,
)
from tests.prompts.golden_files import write_all

FOLDER = Path(__file__).parent.parent / "golden" / "views" / "en"
READER = Reader(zone="Europe/Berlin")


def view_of(prompt: Prompt, reader: Reader = READER) -> View:
    """Give the view of a prompt, a form with its real fields."""
    if isinstance(prompt, FormPrompt):
        return render_form(prompt, fields(prompt), reader)
    return render(prompt, reader)


def dump(view: View) -> str:
    """Give a view as text that a person can read: its blocks, then all of it in plain words."""
    lines = [line for block in view.blocks for line in _block(block)]
    if view.form:
        lines.insert(
            0, f"[form {view.form.name}] {view.form.title} ({view.form.submit}) {view.form.value}".strip()
        )
    return "\n".join([*lines, "", "--- in plain words", view.text, ""])


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"[heading] {text}"
        case Paragraph(line):
            yield f"[paragraph] {_line(line)}"
        case Note(line):
            yield f"[note] {_line(line)}"
        case Bullets(items):
            yield from (f"[bullet] {_line(item)}" for item in items)
        case Buttons(buttons):
            yield f"[buttons] {' | '.join(_button(button) for button in buttons)}"
        case Divider():
            yield "[divider]"
        case Chart():
            yield f"[{block.kind}] {block.title}"
            yield f"    {block.axis}: {', '.join(block.categories)}"
            yield from (f"    {one.name}: {', '.join(map(str, one.points))}" for one in block.series)
        case Table():
            yield f"[table] {block.caption}"
            yield from (f"    {' | '.join(map(str, row))}" for row in (block.header, *block.rows))
        case Input():
            yield from _input(block)


def _button(button: Button) -> str:
    tone = "" if button.tone == "plain" else f" ({button.tone})"
    return f"{button.label}{tone} -> {button.action} {button.value}".rstrip()


def _input(one: Input) -> list[str]:
    needed = "" if one.required else ", optional"
    lines = [f"[{one.kind}{needed}] {one.label}: {', '.join(one.initial)}".rstrip()]
    lines += [f"    {one.hint}"] if one.hint else []
    return lines + [f"    ( ) {option.label}" for option in one.options]


def _line(line: Line) -> str:
    """Give a line with its marks; spans of one style that touch share theirs."""
    return "".join(_span(span) for span in line).replace("****", "")


def _span(span: Span) -> str:
    text = f"{span.text}<{span.person or span.room or span.link}>" if _points(span) else span.text
    text = f"_{text}_" if span.italic else text
    return f"**{text}**" if span.bold else text


def _points(span: Span) -> bool:
    return bool(span.person or span.room or span.link)


def main() -> None:
    """Write every golden file anew and take away those without a sample."""
    write_all(FOLDER, "md", lambda prompt: dump(view_of(prompt)))


if __name__ == "__main__":
    main()
