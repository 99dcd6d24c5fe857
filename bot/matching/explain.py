"""Why two people are a pair: what each learns, and what else speaks for it, as data."""

from collections.abc import Mapping, Sequence

from bot.matching.hours import DAY, Window, common_windows
from bot.matching.model import MatchedPair, Rules
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
from bot.matching.scoring import PERCENT, parts

Options = Mapping[int, Mapping[int, int]]
"""For people by position, what their possible pairs are worth, by the other's position."""


def describe(
    roster: Roster,
    rules: Rules,
    pair: tuple[int, int],
    *,
    locked: bool = False,
    options: Options | None = None,
) -> MatchedPair:
    """A pair of positions as it is shown: lower level first, what each learns, and the reasons.

    With `options` (what every possible pair of a person is worth) the reasons end with the standing.
    """
    a, b = sorted(pair, key=lambda at: (roster.people[at].level, roster.people[at].id))
    shares = parts(roster, rules, a, b)
    return MatchedPair(
        a=roster.people[a].id,
        b=roster.people[b].id,
        score=sum(part.points for part in shares),
        a_learns=learns(roster, a, b),
        b_learns=learns(roster, b, a),
        parts=shares,
        reasons=(*reasons(roster, a, b), *(_standing(options, a, b) if options else ())),
        locked=locked,
    )


def _standing(options: Options, a: int, b: int) -> tuple[Standing, ...]:
    own = options[a].get(b)
    if own is None:
        return ()
    ranks = [1 + sum(worth > own for worth in options[at].values()) for at in (a, b)]
    return (Standing(ranks[0], len(options[a]), ranks[1], len(options[b])),)


def learns(roster: Roster, learner: int, teacher: int) -> tuple[str, ...]:
    """What a learner wants that the teacher teaches as such, in the learner's words and order."""
    helps = roster.helps[teacher]
    return tuple(text for text, identity in _wanted(roster, learner) if helps.get(identity) == PERCENT)


def _wanted(roster: Roster, at: int) -> Sequence[tuple[str, str]]:
    """A person's learn topics as declared with their identities, one for each identity."""
    return tuple(zip(roster.first_words[at], roster.wants[at], strict=True))


def reasons(roster: Roster, a: int, b: int) -> tuple[Reason, ...]:
    """Everything that speaks for the pair, the exchanges first."""
    one, other = roster.people[a], roster.people[b]
    found: list[Reason] = []
    for learner, teacher in ((a, b), (b, a)):
        topics = learns(roster, learner, teacher)
        if topics:
            found.append(Learns(roster.people[learner].id, roster.people[teacher].id, topics))
    found.extend(_close_topics(roster, a, b))
    found.extend(_close_topics(roster, b, a))
    if one.level != other.level:
        found.append(LevelsApart(abs(one.level - other.level)))
    if one.department != other.department:
        found.append(AcrossDepartments(one.department, other.department))
    found.extend(_common_hours(roster, a, b))
    if one.languages & other.languages:
        found.append(CommonLanguages(tuple(sorted(one.languages & other.languages))))
    return tuple(found)


def _close_topics(roster: Roster, learner: int, teacher: int) -> list[Reason]:
    found: list[Reason] = []
    ids = roster.people[learner].id, roster.people[teacher].id
    for text, identity in _wanted(roster, learner):
        credit = roster.helps[teacher].get(identity, 0)
        if 0 < credit < PERCENT:
            taught = roster.nearest(teacher, identity)
            found.append(CloseTopic(*ids, wanted=text, taught=taught, credit=credit))
    return found


def _common_hours(roster: Roster, a: int, b: int) -> list[Reason]:
    ours, theirs = roster.windows[a], roster.windows[b]
    if not ours or not theirs:
        return []
    shared = common_windows(ours, theirs)
    minutes = sum(window.minutes for window in shared)
    local = [tuple(_shifted(window, roster.offsets[at]) for window in shared) for at in (a, b)]
    return [CommonHours(minutes, local[0], local[1])] if minutes else []


def _shifted(window: Window, minutes: int) -> Window:
    return Window((window.start + minutes) % DAY, window.minutes)
