"""One partner for each topic: edges of somebody who asked for that, by the topic they would be for."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bot.matching.arrays import Whole
from bot.matching.candidates import Candidates
from bot.matching.problem import Problem
from bot.matching.roster import Roster
from bot.matching.topics import FULL_CREDIT


def grouped(
    roster: Roster, found: Candidates, problem: Problem, locked: Sequence[tuple[int, int]]
) -> Problem:
    """The problem with a group for each person who wants one partner a topic and each such topic.

    Edges for the topic of a locked pair take no part: their group is full already.
    """
    asked = np.array([person.one_per_topic for person in roster.people], dtype=np.bool_)
    if not asked.any():
        return problem
    ends = [_for_topic(roster, asked, *way) for way in ((found.one, found.other), (found.other, found.one))]
    columns = np.array(locked, dtype=np.int64).reshape(-1, 2).T
    full = np.append(*(_for_topic(roster, asked, *way) for way in (columns, columns[::-1])))
    keys = np.unique(np.concatenate(ends))
    keys = keys[keys >= 0]
    one_group, other_group = (np.where(key >= 0, np.searchsorted(keys, key), -1) for key in ends)
    owner = keys // max(1, len(roster.topics.shown))
    out = np.isin(ends[0], full[full >= 0]) | np.isin(ends[1], full[full >= 0])
    # An edge that cannot be taken stays in its place, worth less than leaving both ends alone.
    never = -1 - int(problem.bonus.max(initial=0)) * 2
    worth = np.where(out, never, problem.worth)
    return replace(problem, worth=worth, owner=owner, one_group=one_group, other_group=other_group)


def _for_topic(roster: Roster, asked: np.ndarray, learner: Whole, teacher: Whole) -> Whole:
    """For each edge a number for its learner and the first wanted topic its teacher teaches; -1 for none."""
    wants, count = roster.topics.wants, len(roster.topics.shown)
    found = np.full(len(learner), -1, dtype=np.int64)
    left = np.flatnonzero(asked[learner])
    for slot in range(int(wants.lengths[learner[left]].max(initial=0))):
        left = left[(found[left] < 0) & (wants.lengths[learner[left]] > slot)]
        topic = wants.flat[wants.start[learner[left]] + slot]
        taught = roster.topics.credit(teacher[left], topic) == FULL_CREDIT
        found[left[taught]] = learner[left[taught]].astype(np.int64) * count + topic[taught]
    return found
