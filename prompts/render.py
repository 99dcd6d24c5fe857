"""A prompt becomes a view: its template is filled in, its Markdown read, and only then do values enter."""

import re
from dataclasses import replace
from functools import cache
from itertools import chain
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.mentoring.ethics import CODE
from bot.mentoring.prompts import Facts, FormPrompt, Prompt, StepCheckIn, StepsTogether
from bot.mentoring.prompts.steps import StepPrompt
from prompts import labels
from prompts.filters import FILTERS, keep
from prompts.grids import Grid, filled
from prompts.markdown import parse
from prompts.plain import fitted, plain
from prompts.slots import Slots
from prompts.view import (
    Block,
    Bullets,
    Button,
    Buttons,
    Divider,
    FormFrame,
    Heading,
    Input,
    Note,
    Paragraph,
    Reader,
    View,
)
from prompts.wording import FALLBACK, FOLDER, known

LABEL_LIMIT = 75
"""Characters of a button's label (Slack's limit, the lowest of the platforms)."""
HEADING_LIMIT = 150
"""Characters of a heading (Slack's limit)."""
BETWEEN = "|"
"""Stands between the parts of a button's value."""
_NUMBER = " (99)"
_SLASH = re.compile(r"/mentor ((?:delete me|\w+))")
_HUMP = re.compile(r"(?<!^)(?=[A-Z])")


def render(prompt: Prompt, reader: Reader, folder: Path = FOLDER) -> View:
    """The prompt in words for this reader; `folder` may hold other words than ours, and need not hold all."""
    blocks = _blocks(prompt, reader, folder)
    return View(text=plain(blocks), blocks=blocks)


def render_form(prompt: FormPrompt, inputs: tuple[Input, ...], reader: Reader) -> View:
    """The form in words: what to know first, then its fields as handlers/forms.py makes them."""
    blocks = (*_blocks(prompt, reader, FOLDER), *inputs)
    frame = labels.frame(prompt.form, again=getattr(prompt, "joined", False), locale=reader.locale)
    return View(
        text=plain(blocks),
        blocks=blocks,
        form=FormFrame(prompt.form, frame.title, frame.submit, prompt.carries, prompt.keeps),
    )


def template_name(prompt: type[Prompt]) -> str:
    """The file that holds a prompt's words: `DidYouMeet` is did_you_meet.md.j2."""
    return f"{_HUMP.sub('_', prompt.__name__).lower()}.md.j2"


def step_template(key: str) -> str:
    """The file that holds a step's words, under the folder of a locale."""
    return f"steps/{key}.md.j2"


def _blocks(prompt: Prompt, reader: Reader, folder: Path) -> tuple[Block, ...]:
    if not isinstance(prompt, StepsTogether):
        return _apart(_parsed(prompt, reader, folder))
    parts = [
        (*map(_staying, _parsed(part, reader, folder, together=True)), Divider()) for part in prompt.parts
    ]
    return _apart((*chain.from_iterable(parts), *_parsed(prompt, reader, folder)))


def _staying(block: Block) -> Block:
    """A block whose buttons leave their message as it is: whoever answers one part finds the others there."""
    if not isinstance(block, Buttons):
        return block
    return Buttons(tuple(replace(button, beside=True) for button in block.buttons))


def _parsed(prompt: Prompt, reader: Reader, folder: Path, *, together: bool = False) -> tuple[Block, ...]:
    slots = Slots()
    name, context = template_name(type(prompt)), dict(vars(prompt))
    if isinstance(prompt, StepPrompt):
        name, context = step_template(prompt.step), context | _of_step(prompt, together=together)
    if isinstance(prompt, StepsTogether):
        context |= _about(tuple(dict.fromkeys(chain.from_iterable(map(_pairs, prompt.parts)))))
    template = _template(folder, known(reader.locale), name)
    marked = template.render(context, this=prompt, reader=reader, slots=slots)
    marked = marked if reader.slash else spoken(marked)
    blocks = parse(marked)
    return tuple(filled(one, slots) if isinstance(one, Grid) else _filled(one, slots) for one in blocks)


def spoken(marked: str) -> str:
    """Words of ours, with commands as they are written to the bot in a chat of its own: "**pause**"."""
    return _SLASH.sub(r"**\1**", marked.replace("**/mentor ", "**"))


def _of_step(prompt: Prompt, *, together: bool) -> dict[str, object]:
    """What the words of a step may use beside its own fields."""
    facts = getattr(prompt, "facts", None)
    told = {"room": False} if facts is None else vars(facts)
    return {**told, "together": together, **_about(_pairs(prompt))}


def _about(pairs: tuple[str, ...]) -> dict[str, str]:
    """What Snooze puts off, and the one pair that a concern raised here would be about."""
    return {"snooze": BETWEEN.join(pairs), "about": pairs[0] if len(pairs) == 1 else ""}


def _pairs(prompt: Prompt) -> tuple[str, ...]:
    """The pairs that a step is about."""
    if isinstance(prompt, StepCheckIn):
        return tuple(one.pair for one in prompt.pairs)
    facts: Facts | None = getattr(prompt, "facts", None)
    return () if facts is None else (facts.pair,)


@cache
def _template(folder: Path, locale: str, name: str) -> Template:
    return _environment(folder, locale).get_template(name)


@cache
def _environment(folder: Path, locale: str) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([folder / locale, FOLDER / locale, folder / FALLBACK, FOLDER / FALLBACK]),
        undefined=StrictUndefined,
        autoescape=True,  # marks what is ours as Markup; a value becomes a place before it could be escaped
        finalize=keep,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals = {
        "help_pages": labels.help_topics(locale),
        "command_words": labels.commands(locale),
        "code": CODE,
    }
    environment.filters |= FILTERS
    return environment


def _filled(block: Block, slots: Slots) -> Block:
    match block:
        case Heading(text):
            return Heading(fitted(slots.text(text), HEADING_LIMIT))
        case Paragraph(line):
            return Paragraph(slots.line(line))
        case Note(line):
            return Note(slots.line(line))
        case Bullets(items):
            return Bullets(tuple(slots.line(item) for item in items))
        case Buttons(buttons):
            return Buttons(tuple(_button(button, slots) for button in buttons))
        case _:
            return block


def _button(button: Button, slots: Slots) -> Button:
    label = fitted(slots.raw(button.label), LABEL_LIMIT)
    return replace(button, label=label, action=slots.raw(button.action), value=slots.raw(button.value))


def _apart(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with every button's label its own: a namesake's carries a number."""
    seen: set[str] = set()
    return tuple(_named_apart(block, seen) if isinstance(block, Buttons) else block for block in blocks)


def _named_apart(block: Buttons, seen: set[str]) -> Buttons:
    buttons = []
    for button in block.buttons:
        label, number = button.label, 1
        while label in seen:
            number += 1
            label = f"{fitted(button.label, LABEL_LIMIT - len(_NUMBER))} ({number})"
        seen.add(label)
        buttons.append(replace(button, label=label))
    return Buttons(tuple(buttons))
