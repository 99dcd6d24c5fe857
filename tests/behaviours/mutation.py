"""A behaviour taken out of the product by the smallest edit."""

from dataclasses import dataclass

JOURNEY = "prompts/journey.yml"
FORMS = "prompts/en/forms.yml"


@dataclass(frozen=True)
class TakenOut:
    """A part of a file that gives way to another, and what people lose by it.

    Where `line` is set, `old` marks a line, and the whole line goes.
    """

    row: str
    what: str
    file: str
    old: str
    new: str = ""
    line: bool = False

    def applied(self, text: str) -> str:
        """The file without the behaviour; ValueError where `old` is not found exactly once."""
        if text.count(self.old) != 1:
            raise ValueError(f"{self.row}: {self.file} has {self.old!r} {text.count(self.old)} times")
        if not self.line:
            return text.replace(self.old, self.new)
        return "".join(one for one in text.splitlines(keepends=True) if self.old not in one)


def step(row: str, key: str) -> TakenOut:
    """A step of the journey that nobody is told any more."""
    return TakenOut(row, f"the step {key} of the journey", JOURNEY, f"{{key: {key}, ", line=True)


def words(row: str, what: str, file: str, old: str, new: str = "") -> TakenOut:
    """Words that people no longer read."""
    return TakenOut(row, what, f"prompts/en/{file}", old, new)
