"""Text for Adaptive Cards: what people typed is data, whatever it looks like."""

import re

from handlers.shared.text import cut, size
from handlers.shared.types import Json
from prompts.view import Line, Span

JOINER = "\u2060"
"""A word joiner, which nobody sees: between two braces it keeps `{{DATE(…)}}` from being a date."""
_MARKS = re.compile(r"[\\`*_\[\]<>~|&]|^[#+-]|(?<=^[0-9])[.)]|(?<=^[0-9]{2})[.)]")
"""What Markdown gives a meaning, some of it at the start alone; a backslash before each takes it away."""


def inert(text: str) -> str:
    """Text for elements that read no Markdown: nothing in it is a date function."""
    return text.replace("{{", f"{{{JOINER}{{")


def escaped(text: str) -> str:
    """Text for elements that read Markdown (TextBlock, facts): every mark is a letter."""
    return _MARKS.sub(lambda found: f"\\{found.group()}", " ".join(inert(text).split()))


def runs(line: Line, limit: int, **looks: object) -> list[list[Json]]:
    """A line as TextRuns, which read no Markdown, in rows: one for each of its line breaks.

    At most `limit` characters in all. `looks` are set on every run.
    """
    rows: list[list[Json]] = [[]]
    left = limit
    for span in line:
        if left <= 0:
            break
        text = cut(span.text, left)
        left -= size(text)
        for place, part in enumerate(text.split("\n")):
            if place:
                rows.append([])
            if part:
                _add(rows[-1], _run(span, part, looks))
    return [row for row in rows if row]


def _add(row: list[Json], run: Json) -> None:
    """Put a run at the end of a row, into the last one where it looks the same."""
    if row and {**row[-1], "text": ""} == {**run, "text": ""}:
        row[-1]["text"] += run["text"]
    else:
        row.append(run)


def _run(span: Span, text: str, looks: dict[str, object]) -> Json:
    made: Json = {"type": "TextRun", "text": inert(text), **looks}
    if span.bold:
        made["weight"] = "Bolder"
    if span.italic:
        made["italic"] = True
    if span.link:
        made["selectAction"] = {"type": "Action.OpenUrl", "url": span.link}
    return made
