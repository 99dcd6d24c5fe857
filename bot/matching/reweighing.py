"""What other rules would give, and what they would cost: the price beside an owner's sliders."""

from dataclasses import dataclass, replace

import numpy as np

from bot.matching.model import Figures, Limits, MatchResult, Rules
from bot.matching.scoring import parts
from bot.matching.what_if import Changes, Setting, compare


@dataclass(frozen=True, slots=True)
class Reweighed:
    """A round by the rules as they are, and by others: the figures of both, what changes, and the price.

    `price` are the points of score by which the pairs of the other rules fall short of those of the present
    ones, both weighed by the present rules; below 0 where there are more of them.
    """

    now: Figures
    then: Figures
    price: int
    changes: Changes


def reweigh(rules: Rules, setting: Setting, limits: Limits) -> Reweighed:
    """What other rules would give: one run by the setting's own, and one by these."""
    now = setting.run(limits)
    then = replace(setting, rules=rules).run(limits)
    price = now.figures.total_score - _total_score(then, setting, limits)
    return Reweighed(now.figures, then.figures, price, compare(now, then))


def _total_score(result: MatchResult, setting: Setting, limits: Limits) -> int:
    """What a round's pairs are worth by the rules of a setting."""
    roster = setting.roster(limits)
    ends = [(roster.index[pair.a], roster.index[pair.b]) for pair in result.pairs]
    one, other = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    return sum(int(points.sum()) for points in parts(roster, setting.rules, one, other).values())
