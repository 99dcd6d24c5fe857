"""Holds a card to Microsoft's published schema of Adaptive Cards, and to what Teams says beyond it."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator
from microsoft_teams.cards import (
    ChoiceSetInput,
    ComUserMicrosoftGraphComponent,
    GroupedVerticalBarChart,
    LineChart,
    PieChart,
    VerticalBarChart,
)

MOST_BYTES = 28_000
"""The lowest limit that any of Teams' pages names, of a card as UTF-8."""
MOST_ACTIONS = 6
OWN = {
    "Component": ComUserMicrosoftGraphComponent,
    "Chart.Line": LineChart,
    "Chart.Pie": PieChart,
    "Chart.VerticalBar": VerticalBarChart,
    "Chart.VerticalBar.Grouped": GroupedVerticalBarChart,
}
"""Elements that the published schema lacks, with Microsoft's own models of them."""
SEARCHED = "choices.data"


@cache
def schema() -> Draft6Validator:
    """The published schema of version 1.5, as a package carries it."""
    found = find_spec("adaptive_cards")
    assert found is not None
    assert found.origin is not None
    text = (Path(found.origin).parent / "schemas" / "schema-1.5.json").read_text(encoding="utf-8")
    return Draft6Validator(json.loads(text))


def problems(card: dict[str, Any]) -> list[str]:
    """What is wrong with a card, in lines; none where Teams would take it."""
    found = [f"{error.json_path}: {error.message[:200]}" for error in schema().iter_errors(_published(card))]
    found += [line for part in parts(card) for line in _own_problems(part)]
    bytes_ = len(json.dumps(card, ensure_ascii=False).encode())
    if bytes_ > MOST_BYTES:
        found.append(f"{bytes_} bytes")
    if not card.get("fallbackText") or not card.get("lang"):
        found.append("no fallbackText or no lang")
    return found


def parts(value: Any) -> list[dict[str, Any]]:
    """Every element and action of a card, with all inside it."""
    if isinstance(value, list):
        return [part for one in value for part in parts(one)]
    if not isinstance(value, dict):
        return []
    inside = [part for one in value.values() for part in parts(one)]
    return [value, *inside] if "type" in value else inside


def _published(value: Any) -> Any:
    """A card in what the published schema knows.

    A chart is its fallback, a list that is searched a plain one, and what Teams alone reads is left out.
    """
    if isinstance(value, list):
        return [_published(one) for one in value if not _dropped(one)]
    if not isinstance(value, dict):
        return value
    if value.get("type") in OWN:
        return _published(value["fallback"])
    style = {"style": "compact"} if value.get("style") == "filtered" else {}
    return {key: _published(one) for key, one in (value | style).items() if key not in (SEARCHED, "msteams")}


def _dropped(value: Any) -> bool:
    """Whether an element is left out by a client that does not know it."""
    return isinstance(value, dict) and value.get("type") in OWN and value.get("fallback") == "drop"


def _own_problems(part: dict[str, Any]) -> list[str]:
    kind = str(part["type"])
    found = []
    if kind in OWN:
        bare = {key: value for key, value in part.items() if key != "fallback"}
        found += [f"{kind}: {key} is no field of it" for key in lost(OWN[kind], bare)]
    if kind.startswith("Input.") and not part.get("label"):
        found.append(f"{kind} {part.get('id')} has no label")
    if kind == "Input.ChoiceSet" and SEARCHED in part:
        found += [f"{kind}: {key} is no field of it" for key in lost(ChoiceSetInput, part)]
    if kind == "ActionSet" and len(part["actions"]) > MOST_ACTIONS:
        found.append(f"{len(part['actions'])} actions in a row")
    if kind == "Action.Execute" and not isinstance(part.get("data"), dict):
        found.append("an action without data")
    if kind == "TextBlock" and not part.get("wrap"):
        found.append("a text that is cut at the edge")
    return found


def lost(model: Any, part: dict[str, Any]) -> set[str]:
    """The keys that Microsoft's model of an element does not know; it takes any, and checks the others."""
    model.model_validate(part)
    return set(part) - {field.serialization_alias for field in model.model_fields.values()}
