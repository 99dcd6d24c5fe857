"""Adaptive Cards as people read and fill them in: lines of text, buttons and fields by their labels."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from handlers.teams.cards import DO, FORM, MARK, PAGE, SUBMIT
from handlers.teams.text import JOINER

Json = dict[str, Any]
PEOPLE = "graph.microsoft.com/users"
"""What Teams' own list of the company's people is called."""
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>~|&#+.)-])")
_BULLET = "• "
_COMMAS = "Several with commas between."


def text_of(card: Json) -> str:
    """A card in lines, as it is read."""
    return "\n".join(line for part in card["body"] for line in _READERS.get(part["type"], _nothing)(part))


def _nothing(_part: Json) -> Iterator[str]:
    yield from ()


def _block(part: Json) -> Iterator[str]:
    yield _ESCAPED.sub(r"\1", part["text"]).replace(JOINER, "")


def _rich(part: Json) -> Iterator[str]:
    yield "".join(run["text"] for run in part["inlines"]).replace(JOINER, "").removeprefix(_BULLET)


def _table(part: Json) -> Iterator[str]:
    for row in part["rows"]:
        yield " | ".join(" ".join(_rich(cell["items"][0])) for cell in row["cells"])


def _chart(part: Json) -> Iterator[str]:
    yield part["title"]
    if part["type"] == "Chart.Pie":
        yield ", ".join(f"{one['legend']} {one['value']}" for one in part["data"])
    for one in part["data"]:
        if "values" in one:
            yield f"{one['legend']}: " + ", ".join(f"{point['x']} {point['y']}" for point in one["values"])


_READERS: dict[str, Callable[[Json], Iterator[str]]] = {
    "TextBlock": _block,
    "RichTextBlock": _rich,
    "Table": _table,
    "Chart.Line": _chart,
    "Chart.Pie": _chart,
    "Chart.VerticalBar": _chart,
    "Chart.VerticalBar.Grouped": _chart,
    "Input.Text": lambda part: iter([part["label"]]),
    "Input.Date": lambda part: iter([part["label"]]),
    "Input.Time": lambda part: iter([part["label"]]),
    "Input.ChoiceSet": lambda part: iter([part["label"]]),
}


def actions_of(card: Json) -> dict[str, Json]:
    """What can be pressed, by its title."""
    sets = [part for part in card["body"] if part["type"] == "ActionSet"]
    return {action["title"]: action for one in sets for action in one["actions"]}


def sender_of(card: Json) -> Json | None:
    """The button that sends the card's form; None for what is no form."""
    return next((one for one in actions_of(card).values() if one["data"][DO] == SUBMIT), None)


def is_page(card: Json) -> bool:
    """Whether it is somebody's own page, whose every button leaves it where it is."""
    actions = actions_of(card).values()
    return bool(actions) and all(one["data"].get(PAGE) for one in actions)


def bare(part: Any) -> Any:
    """A card without what names the one message and its sealed form: two that show the same are equal."""
    if isinstance(part, list):
        return [bare(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {key: bare(one) for key, one in part.items() if key not in (MARK, FORM)}


@dataclass(frozen=True)
class Field:
    """One field of a form: its element, what stands under it, and what is wrong with what was typed."""

    element: Json
    hint: str
    problem: str

    @property
    def key(self) -> str:
        """Its name in what is sent."""
        return str(self.element["id"])

    @property
    def label(self) -> str:
        """What it is called on the card."""
        return str(self.element["label"])

    @property
    def dataset(self) -> str:
        """The list that is searched for its choices; empty where they stand on the card."""
        return str(self.element.get("choices.data", {}).get("dataset", ""))

    @property
    def several(self) -> bool:
        """Whether it takes more than one."""
        return bool(self.element.get("isMultiSelect")) or self.topics

    @property
    def topics(self) -> bool:
        """Whether it is for several that are typed."""
        return self.hint.endswith(_COMMAS)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Its choices as (title, value)."""
        return [(one["title"], one["value"]) for one in self.element.get("choices", [])]

    @property
    def kind(self) -> str:
        """What sort of value it takes, in the sandbox's words."""
        several = "multi " * self.several
        match self.element["type"]:
            case "Input.ChoiceSet" if self.dataset == PEOPLE:
                return "people" if self.several else "person"
            case "Input.ChoiceSet" if self.element["style"] == "expanded":
                return "checkboxes"
            case "Input.ChoiceSet":
                return several + ("typeahead" if self.dataset else "select")
            case "Input.Date" | "Input.Time" as timed:
                return str(timed).removeprefix("Input.").lower()
            case _:
                return f"{several}typeahead" if self.topics else "text"

    def shown(self, value: str) -> Any:
        """What the field shows for what it holds: choices by their titles, None for nothing."""
        titles = {held: title for title, held in self.choices}
        if self.several:
            return [titles.get(one, one) for one in re.split(", *", value) if one]
        return titles.get(value, value) or None


def fields_of(card: Json) -> dict[str, Field]:
    """The fields of a form by their labels."""
    body, found = card["body"], dict[str, Field]()
    for place, part in enumerate(body):
        if part["type"].startswith("Input."):
            above, below = body[place - 1], body[place + 1]
            problem = next(_rich(above)) if _is_problem(above) else ""
            hint = next(_rich(below)) if below["type"] == "RichTextBlock" and not _is_problem(below) else ""
            found[part["label"]] = Field(part, hint, problem)
    return found


def problems_of(card: Json) -> dict[str, str]:
    """What a form that came back says is wrong, by label."""
    return {label: field.problem for label, field in fields_of(card).items() if field.problem}


def _is_problem(part: Json) -> bool:
    """Whether it is a line of small bold print, as only what is wrong with a field is."""
    if part["type"] != "RichTextBlock":
        return False
    return all(run.get("isSubtle") and run.get("weight") == "Bolder" for run in part["inlines"])
