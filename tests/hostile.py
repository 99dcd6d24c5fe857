"""What people and strangers might send, from tests/data/hostile_inputs.json."""

import json
from functools import cache
from typing import Any

from tests.tree import ROOT


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads((ROOT / "tests" / "data" / "hostile_inputs.json").read_text()))


def hostile(prefix: str, *verdicts: str) -> list[tuple[str, Any]]:
    """The (id, value) of the entries of a prefix, of those whose verdict begins so where any is named."""
    return [
        (row["id"], expand(row["value"]))
        for row in _rows()
        if row["id"].startswith(f"{prefix}-") and row["expected"].startswith(verdicts or ("",))
    ]


def expand(value: Any) -> Any:
    """A value as it is sent: large ones are written as a part and how often it comes."""
    if isinstance(value, dict) and set(value) == {"$repeat", "$times"}:
        return value["$repeat"] * value["$times"]
    if isinstance(value, dict) and set(value) == {"$concat"}:
        return "".join(expand(part) for part in value["$concat"])
    return value
