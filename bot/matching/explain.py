"""Why two people are a pair: what each learns, and what else speaks for it, as data."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from bot.matching.arrays import Whole, nothing, slices
from bot.matching.candidates import Candidates
from bot.matching.hours import DAY, Window, common_windows
from bot.matching.model import MatchedPair, Part, Rules
from bot.matching.reasons import (
    AcrossDepartments,
    CloseTopic,
    CommonHours,
    CommonLanguages,
    Learns,
    LevelsApart,
    Reason,
    Standing,
)
from bot.matching.roster import Roster
from bot.matching.scoring import parts
from bot.matching.topics import FULL_CREDIT


def standings(found: Candidates, chosen: Whole) -> list[Standing]:
    """How each chosen candidate ranks among all of its two people (1 is best); equal ones share a rank."""
    size = int(found.other.max(initial=-1)) + 1
    options = np.bincount(found.one, minlength=size) + np.bincount(found.other, minlength=size)
    weakest = np.full(size, np.iinfo(np.int64).max)
    for end in (found.one[chosen], found.other[chosen]):
        np.minimum.at(weakest, end, found.worth[chosen])
    # Only who is worth as much as somebody's weakest pair can come before a pair of theirs.
    ends, worth = [nothing()], [nothing()]
    for part in slices(len(found.worth)):
        for column in (found.one[part], found.other[part]):
            before = np.flatnonzero(found.worth[part] >= weakest[column])
            ends.append(column[before])
            worth.append(found.worth[part][before])
    best = int(found.worth.max(initial=0))
    span = best - int(found.worth.min(initial=0)) + 1
    ordered = np.sort(np.concatenate(ends) * span + (best - np.concatenate(worth)))
    columns = []
    for end in (found.one[chosen].astype(np.int64), found.other[chosen].astype(np.int64)):
        rank = np.searchsorted(ordered, end * span + (best - found.worth[chosen]))
        rank -= np.searchsorted(ordered, end * span) - 1
        columns += [rank.tolist(), options[end].tolist()]
    return [Standing(*row) for row in zip(*columns, strict=True)]


def describe(
    roster: Roster,
    rules: Rules,
    pairs: Sequence[tuple[int, int]],
    *,
    locked: bool = False,
    standings: Sequence[Standing] = (),
) -> list[MatchedPair]:
    """Pairs of positions as they are shown: lower level first, what each learns, and the reasons.

    With `standings` (one for each pair, its first person as `a`) the reasons end with them.
    """
    one, other = (np.array([pair[end] for pair in pairs], dtype=np.int64) for end in (0, 1))
    shares = {name: points.tolist() for name, points in parts(roster, rules, one, other).items()}
    found = []
    for at, pair in enumerate(pairs):
        points = tuple(_part(name, column[at]) for name, column in shares.items())
        found.append(
            _described(roster, pair, points, locked=locked, standing=standings[at] if standings else None)
        )
    return found


def _described(
    roster: Roster,
    pair: tuple[int, int],
    points: tuple[Part, ...],
    *,
    locked: bool,
    standing: Standing | None,
) -> MatchedPair:
    a, b = sorted(pair, key=lambda at: (roster.people[at].level, roster.people[at].id))
    if standing and a != pair[0]:
        standing = Standing(standing.b_rank, standing.b_options, standing.a_rank, standing.a_options)
    a_learns, b_learns = learns(roster, a, b), learns(roster, b, a)
    return MatchedPair(
        a=roster.people[a].id,
        b=roster.people[b].id,
        score=sum(part.points for part in points),
        a_learns=a_learns,
        b_learns=b_learns,
        parts=points,
        reasons=(*_reasons(roster, a, b, a_learns, b_learns), *((standing,) if standing else ())),
        locked=locked,
    )


# A company has few different parts and distances: the same ones are told of many pairs.
_part = cache(Part)
_levels_apart = cache(LevelsApart)
_across = cache(AcrossDepartments)
_languages = cache(CommonLanguages)


def learns(roster: Roster, learner: int, teacher: int) -> tuple[str, ...]:
    """What a learner wants that the teacher teaches as such, in the learner's words and order."""
    taught = set(roster.topics.gives[teacher].tolist())
    return tuple(text for text, topic in _wanted(roster, learner) if topic in taught)


def _wanted(roster: Roster, at: int) -> Sequence[tuple[str, int]]:
    """A person's learn topics as declared with their numbers, one for each topic."""
    return tuple(zip(roster.topics.first_words[at], roster.topics.wants[at].tolist(), strict=True))


def _reasons(
    roster: Roster, a: int, b: int, a_learns: tuple[str, ...], b_learns: tuple[str, ...]
) -> tuple[Reason, ...]:
    """Everything that speaks for the pair, the exchanges first."""
    one, other = roster.people[a], roster.people[b]
    found: list[Reason] = []
    if a_learns:
        found.append(Learns(one.id, other.id, a_learns))
    if b_learns:
        found.append(Learns(other.id, one.id, b_learns))
    found.extend(_close_topics(roster, a, b))
    found.extend(_close_topics(roster, b, a))
    if one.level != other.level:
        found.append(_levels_apart(abs(one.level - other.level)))
    if one.department != other.department:
        found.append(_across(one.department, other.department))
    found.extend(_common_hours(roster, a, b))
    if one.languages & other.languages:
        found.append(_languages(tuple(sorted(one.languages & other.languages))))
    return tuple(found)


def _close_topics(roster: Roster, learner: int, teacher: int) -> list[Reason]:
    found: list[Reason] = []
    given = roster.topics.helps.start[teacher], roster.topics.helps.start[teacher + 1]
    helps = dict(
        zip(
            roster.topics.helps.flat[slice(*given)].tolist(),
            roster.topics.credits[slice(*given)].tolist(),
            strict=True,
        )
    )
    for text, topic in _wanted(roster, learner):
        credit = helps.get(topic, 0)
        if 0 < credit < FULL_CREDIT:
            taught = roster.topics.nearest(roster.people[teacher].teach, topic)
            ids = roster.people[learner].id, roster.people[teacher].id
            found.append(CloseTopic(*ids, wanted=text, taught=taught, credit=credit))
    return found


def _common_hours(roster: Roster, a: int, b: int) -> list[Reason]:
    ours, theirs = roster.window(a), roster.window(b)
    if not ours or not theirs:
        return []
    reason = _shared(ours, theirs, int(roster.offsets[a]), int(roster.offsets[b]))
    return [reason] if reason.minutes else []


@cache
def _shared(ours: Window, theirs: Window, ahead: int, others_ahead: int) -> CommonHours:
    shared = common_windows(ours, theirs)
    local = [tuple(_shifted(window, offset) for window in shared) for offset in (ahead, others_ahead)]
    return CommonHours(sum(window.minutes for window in shared), local[0], local[1])


def _shifted(window: Window, minutes: int) -> Window:
    return Window((window.start + minutes) % DAY, window.minutes)
