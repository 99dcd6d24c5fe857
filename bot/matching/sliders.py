"""What another setting of a rule would give, and what it would cost: the price beside an owner's slider."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bot.matching.model import Figures, Limits, MatchResult
from bot.matching.scoring import parts
from bot.matching.what_if import Changes, Setting, compare

SLIDERS = (
    "gain",
    "mutual",
    "levels",
    "departments",
    "hours",
    "coverage",
    "first_in_line",
    "reciprocity",
    "keep",
    "min_overlap_minutes",
    "widen_minutes",
)
"""The whole numbers of the rules that owners may set."""


@dataclass(frozen=True, slots=True)
class SliderPoint:
    """One setting: the figures of the round it gives, the points it costs, and what it changes.

    `price` are the points of score by which its pairs fall short of those of the present rules, both
    weighed by the present rules; below 0 where it brings more pairs. What it gives stands in `figures`.
    """

    value: int
    figures: Figures
    price: int
    changes: Changes


def slide(name: str, values: Sequence[int], setting: Setting, limits: Limits) -> tuple[SliderPoint, ...]:
    """What each value of a slider would give: one run for each, and one as the rules are now.

    ValueError for a name that is no slider or a value that the rules do not take.
    """
    if name not in SLIDERS:
        raise ValueError(f"{name} is no slider")
    now = setting.run(limits)
    points = []
    for value in values:
        changed: dict[str, Any] = {name: value}
        otherwise = replace(setting, rules=replace(setting.rules, **changed)).run(limits)
        price = now.figures.total_score - _total_score(otherwise, setting, limits)
        points.append(SliderPoint(value, otherwise.figures, price, compare(now, otherwise)))
    return tuple(points)


def _total_score(result: MatchResult, setting: Setting, limits: Limits) -> int:
    """What a round's pairs are worth by the rules of a setting."""
    roster = setting.roster(limits)
    ends = [(roster.index[pair.a], roster.index[pair.b]) for pair in result.pairs]
    one, other = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    return sum(int(points.sum()) for points in parts(roster, setting.rules, one, other).values())
