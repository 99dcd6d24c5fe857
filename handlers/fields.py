"""What forms are made of: fields with their words, and what was sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.mentoring.ids import Address
from bot.mentoring.prompts import FormPrompt, Prompt
from bot.mentoring.rights import Actor
from bot.ports import NewId, Records
from handlers.caller import Caller, Here
from prompts import labels
from prompts.view import Input, InputKind

Values = Mapping[str, tuple[str, ...]]
"""What a form holds when it is sent: a field's key to its values; fields left empty may be absent."""


@dataclass(frozen=True)
class Sent(Here):
    """A form as it was sent: who, the hint it carried, its values, and the ports."""

    caller: Caller
    actor: Actor
    value: str
    values: Values
    records: Records
    now: datetime
    new_id: NewId

    def one(self, key: str) -> str:
        """A field's only value, empty where there is none."""
        return next(iter(self.values.get(key, ())), "")

    def many(self, key: str) -> tuple[str, ...]:
        """A field's values."""
        return self.values.get(key, ())

    def person(self, key: str) -> Address | None:
        """A field's address."""
        found = self.one(key)
        return Address(found) if found else None


@dataclass(frozen=True)
class Form:
    """A form: its fields for a prompt, and what sending it does."""

    fields: Callable[[FormPrompt], tuple[Input, ...]]
    submit: Callable[[Sent], Prompt]


def field(form: str, key: str, kind: InputKind, *initial: str, **more: object) -> Input:
    """A field with its words; `more` are Input's other values."""
    words = labels.field(form, key)
    plain = Input(key=key, kind=kind, label=words.label, hint=words.hint, initial=initial)
    return replace(plain, options=words.options, **more)  # type: ignore[arg-type] # checked where it is made


def flag(*, on: bool) -> tuple[str, ...]:
    """What a single check box opens with."""
    return ("yes",) if on else ()


def given(value: object) -> tuple[str, ...]:
    """What a field opens with: a value, or nothing."""
    return (str(value),) if value else ()


def clock(at: object) -> str:
    """A time of day as fields hold it: "09:30"."""
    return str(at)[:5]
