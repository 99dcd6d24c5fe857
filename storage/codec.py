"""Prompts as JSON and back: the class's name and its fields."""

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.mentoring import prompts
from bot.mentoring.prompts import FormPrompt, Prompt

PROMPTS: dict[str, type[Prompt]] = {
    name: kind
    for name, kind in vars(prompts).items()
    if isinstance(kind, type) and issubclass(kind, Prompt) and kind not in {Prompt, FormPrompt}
}
"""Everything the bot can say, by the name of its class."""


class UnreadableError(Exception):
    """What was stored is no prompt of this version; the text itself is kept out of the message."""


def encode(prompt: Prompt) -> bytes:
    """A prompt as JSON in UTF-8."""
    name = type(prompt).__name__
    fields = _adapter(name).dump_python(prompt, mode="json")
    return json.dumps([name, fields], ensure_ascii=False).encode()


def decode(stored: bytes) -> Prompt:
    """The prompt that was encoded; UnreadableError where this version has no such prompt."""
    try:
        name, fields = json.loads(stored)
        prompt: Prompt = _adapter(name).validate_python(fields, strict=False)
    except (ValueError, TypeError, KeyError, ValidationError):
        raise UnreadableError("no prompt of this version") from None
    return prompt


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(PROMPTS[name])
