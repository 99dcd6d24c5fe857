"""How hard our words are to read. `python -m tests.prompts.reading_level` prints a figure for each prompt.

Two measures, neither of which needs a dictionary. EFLAW (McAlpine 1997, "Global English for global business")
counts words and short words a sentence, for people who read English as a second language: up to 20 is very
easy, 25 quite easy, above 29 confusing. LIX (Bjornsson 1968) counts words a sentence and long words: below 30
is very easy, 40 the usual newspaper.
"""

import sys
from dataclasses import dataclass

import textstat

from prompts.view import Block, Bullets, Heading, Input, Line, Note, Paragraph, View
from tests.prompts.golden import view_of
from tests.prompts.samples import samples
from tests.prompts.steps import STEPS, step_view

_ENDS = (".", "?", "!", ":")


@dataclass(frozen=True)
class Level:
    """How hard a text is to read: higher is harder."""

    eflaw: float
    lix: float


def level_of(view: View) -> Level:
    """How hard a view is to read; a heading, a point of a list and a hint each count as a sentence."""
    text = "\n".join(sentence for block in view.blocks for sentence in _sentences(block))
    if not text:
        return Level(0, 0)
    return Level(round(textstat.mcalpine_eflaw(text), 1), round(textstat.lix(text), 1))


def every_view() -> dict[str, View]:
    """Everything that can be said, steps included, by name."""
    steps = {f"steps/{key}": step_view(key) for key in STEPS}
    return {name: view_of(prompt) for name, prompt in samples().items()} | steps


def _sentences(block: Block) -> list[str]:
    match block:
        case Heading(text):
            return [_ended(text)]
        case Paragraph(line) | Note(line):
            return [_ended(_text(line))]
        case Bullets(items):
            return [_ended(_text(item)) for item in items]
        case Input():
            return [_ended(text) for text in (block.label, block.hint) if text]
        case _:
            return []


def _ended(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}."


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


def main() -> None:
    """Print every prompt with its figures, the hardest first."""
    levels = {name: level_of(view) for name, view in every_view().items()}
    for name, level in sorted(levels.items(), key=lambda one: -one[1].lix):
        sys.stdout.write(f"{level.lix:6} LIX {level.eflaw:6} EFLAW  {name}\n")


if __name__ == "__main__":
    main()
