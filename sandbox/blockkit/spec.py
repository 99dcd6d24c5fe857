"""The small language the tables are written in: what a value may be, and what Slack says when it is not."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, and where (a JSON pointer)."""

    message: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


class Spec(Protocol):
    """What a value may be."""

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """Everything wrong with `value`, which stands at the pointer `at`."""


def size(text: str) -> int:
    """Characters as UTF-16 units: an emoji is two, as in Slack's own clients."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


Rule = Callable[[dict[str, Any], str], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Str:
    """Text of `least` to `most` characters, perhaps of a pattern or one of a few words."""

    most: int | None = None
    least: int = 0
    pattern: str | None = None
    one_of: tuple[str, ...] = ()

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Spec."""
        if not isinstance(value, str):
            yield Problem("must be a string", at)
            return
        if len(value) < self.least:
            yield Problem(f"must be more than {self.least - 1} characters", at)
        if self.most is not None and size(value) > self.most:
            yield Problem(f"must be less than {self.most + 1} characters", at)
        if self.one_of and value not in self.one_of:
            yield Problem(f"must be one of: {', '.join(self.one_of)}", at)
        if self.pattern and not re.fullmatch(self.pattern, value):
            yield Problem("must match the required format", at)


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds; `whole` refuses fractions."""

    least: float | None = None
    most: float | None = None
    whole: bool = True

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Spec."""
        kinds = int if self.whole else (int, float)
        if not isinstance(value, kinds) or isinstance(value, bool):
            yield Problem("must be an integer" if self.whole else "must be a number", at)
        elif self.least is not None and value < self.least:
            yield Problem(f"must be at least {self.least}", at)
        elif self.most is not None and value > self.most:
            yield Problem(f"must be at most {self.most}", at)


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Spec."""
        if not isinstance(value, bool):
            yield Problem("must be a boolean", at)


@dataclass(frozen=True, slots=True)
class ListOf:
    """An array of `least` to `most` items of one kind."""

    item: Spec
    most: int | None = None
    least: int = 0

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Spec."""
        if not isinstance(value, list):
            yield Problem("must provide an array", at)
            return
        if len(value) < self.least:
            yield Problem(f"no less than {self.least} items allowed", at)
        if self.most is not None and len(value) > self.most:
            yield Problem(f"no more than {self.most} items allowed", at)
        for place, item in enumerate(value):
            yield from self.item.check(item, f"{at}/{place}")


@dataclass(frozen=True, slots=True)
class Obj:
    """An object of required and optional fields, of nothing else, that keeps some rules."""

    need: Mapping[str, Spec]
    may: Mapping[str, Spec]
    rules: tuple[Rule, ...] = ()

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Spec."""
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
            return
        missing = [name for name in self.need if name not in value]
        for name in missing:
            yield Problem(f"missing required field: {name}", at)
        sound = not missing
        for name, part in value.items():
            spec = self.need.get(name) or self.may.get(name)
            if spec is None:
                yield Problem(f"invalid additional property: {name}", at)
                continue
            for problem in spec.check(part, f"{at}/{name}"):
                sound = False
                yield problem
        if sound:  # rules compare fields, so these must be what they should be
            for rule in self.rules:
                yield from rule(value, at)


@dataclass(frozen=True, slots=True)
class ByType:
    """An object whose `type` chooses its table."""

    tables: Mapping[str, Spec]

    def check(self, value: Any, at: str) -> Iterator[Problem]:
        """See Spec."""
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
            return
        if "type" not in value:
            yield Problem("missing required field: type", at)
            return
        kind = value["type"]
        table = self.tables.get(kind) if isinstance(kind, str) else None
        if table is None:
            yield Problem(f"unsupported type: {kind}", f"{at}/type")
            return
        yield from table.check(value, at)


def typed(name: str, need: Mapping[str, Spec], may: Mapping[str, Spec], *rules: Rule) -> Obj:
    """The table of the object whose `type` is `name`."""
    return Obj({"type": Str(one_of=(name,)), **need}, may, rules)
