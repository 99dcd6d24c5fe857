"""What a matching run on a roster says, in plain text: reasons, answers, figures, findings, bad rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from bot.matching import (
    AcrossDepartments,
    Changes,
    CloseTopic,
    CommonHours,
    CommonLanguages,
    Figures,
    Help,
    Learns,
    LevelsApart,
    MatchedPair,
    MatchResult,
    Notice,
    NoticeKind,
    PairAnswer,
    Reason,
    Standing,
    Unmatched,
    Window,
)
from prompts.wording import FALLBACK, table

_WORDS = table(FALLBACK, "matching")
_MOST_IDS = 10
_DAY = 24 * 60


def wrong(kind: str, **facts: object) -> str:
    """What is wrong with a file or a question."""
    return str(_WORDS["wrong"][kind]).format(**facts)


def more_rows(count: int) -> str:
    """That there are bad rows besides those named."""
    return wrong("more", count=count)


def in_words(pair: MatchedPair) -> str:
    """Why two people are a pair, as PAIRS.csv has it: one line, without their ranks."""
    return "; ".join(_reason(one) for one in pair.reasons if not isinstance(one, Standing))


def pair_line(pair: MatchedPair) -> str:
    """A pair in one line."""
    return str(_WORDS["pair"]).format(a=pair.a, b=pair.b, score=pair.score, reasons=in_words(pair))


def pair_lines(pair: MatchedPair) -> Iterator[str]:
    """Everything that is known of a pair: its reasons with hours as each sees them, and its points."""
    yield f"{pair.a}, {pair.b}"
    for reason in pair.reasons:
        line = _local(pair, reason) if isinstance(reason, CommonHours) else _reason(reason, pair)
        yield f"  {line}"
    shares = ", ".join(str(_WORDS["parts"][one.name]).format(points=one.points) for one in pair.parts)
    yield "  " + str(_WORDS["parts"]["line"]).format(score=pair.score, parts=shares)


_REASONS = {
    Learns: "learns",
    CloseTopic: "close",
    LevelsApart: "levels",
    AcrossDepartments: "departments",
    CommonHours: "hours",
    CommonLanguages: "languages",
    Standing: "standing",
}


def _reason(reason: Reason, pair: MatchedPair | None = None) -> str:
    words = _WORDS["reasons"][_REASONS[type(reason)]]
    if isinstance(reason, LevelsApart):
        return str(words["one" if reason.levels == 1 else "other"]).format(count=reason.levels)
    facts = {"a": pair.a, "b": pair.b} if pair else {}
    for field in fields(reason):
        value = getattr(reason, field.name)
        facts[field.name] = ", ".join(map(str, value)) if isinstance(value, tuple) else value
    return str(words).format(**facts)


def _local(pair: MatchedPair, hours: CommonHours) -> str:
    local = {"a_local": _clock(hours.a_local), "b_local": _clock(hours.b_local)}
    return str(_WORDS["reasons"]["hours_local"]).format(a=pair.a, b=pair.b, **local)


def _clock(windows: Iterable[Window]) -> str:
    return ", ".join(f"{_time(one.start)}\N{EN DASH}{_time(one.start + one.minutes)}" for one in windows)


def _time(minutes: int) -> str:
    return f"{minutes % _DAY // 60:02}:{minutes % 60:02}"


def nobody_line(person: Unmatched) -> str:
    """Why somebody has no pair, in one line."""
    return str(_WORDS["summary"]["alone"]).format(id=person.id, why=_WORDS["nobody"][person.why])


def nobody_lines(person: Unmatched) -> Iterator[str]:
    """Why somebody has no pair, how the roster narrowed down for them, and what would help."""
    yield nobody_line(person)
    if person.funnel:
        steps = ", ".join(str(_WORDS["step"][one.rule]).format(left=one.left) for one in person.funnel)
        yield "  " + str(_WORDS["funnel"]).format(steps=steps)
    for kind, supplies in (("wanted", person.wanted), ("offered", person.offered)):
        for one in supplies:
            facts = {"topic": one.topic, "teachers": one.teachers, "learners": one.learners}
            yield "  " + str(_WORDS["supply"][kind]).format(**facts)
    yield from (f"  {_help(one)}" for one in person.helps)


def _help(one: Help) -> str:
    what = str(_WORDS["help"][one.kind]).format(topic=one.topic, minutes=one.minutes)
    return str(_WORDS["help"]["line"]).format(what=what, people=one.people, free=one.free)


def answer_lines(one: str, other: str, answer: PairAnswer, *, together: bool) -> Iterator[str]:
    """Why two people are not a pair, and what it would change if they were."""
    ends = {"a": one, "b": other}
    if answer.broken:
        rules = ", ".join(str(_WORDS["broken"][rule]) for rule in answer.broken)
        yield str(_WORDS["broken"]["line"]).format(rules=rules, **ends)
    elif together or answer.pair is None:
        yield str(_WORDS["open"]["now"]).format(**ends)
    else:
        yield str(_WORDS["open"]["price"]).format(price=answer.price, **ends)
        yield from (f"  {line}" for line in pair_lines(answer.pair))
        yield from _changes(answer.changes)


def _changes(changes: Changes | None) -> Iterator[str]:
    for name in ("new", "ended", "now_alone", "now_matched") if changes else ():
        listed = getattr(changes, name)
        if listed:
            shown = [one if isinstance(one, str) else f"{one[0]} and {one[1]}" for one in listed]
            yield "  " + str(_WORDS["open"][name]).format(pairs=_few(shown), people=_few(shown))


def summary_lines(result: MatchResult) -> Iterator[str]:
    """A run in a few lines: who has a pair, what kinds of pairs, how near the best, by which engine."""
    figures, words = result.figures, _WORDS["summary"]
    if not figures.people:
        yield str(words["nobody"])
        return
    share = {"share": _share(figures.matched, figures.available)}
    counts = {"available": figures.available, "people": figures.people, "matched": figures.matched}
    yield str(words["people"]).format(**counts, **share)
    yield str(words["pairs"]).format(
        pairs=figures.pairs,
        reciprocal=figures.reciprocal,
        reciprocal_share=_share(figures.reciprocal, figures.pairs),
        upward=figures.upward,
        upward_share=_share(figures.upward, figures.pairs),
        cross_department=figures.cross_department,
    )
    yield _nearness(figures)
    yield str(words["plain" if figures.engine == "plain" else "engine"]).format(engine=figures.engine)


def _nearness(figures: Figures) -> str:
    kind = "best" if figures.proven else "near" if figures.complete else "near_weighed"
    facts = {"objective": figures.objective, "bound": figures.bound}
    # Rounded down: what is not the best is never told as all of it.
    share = 1_000_000 * figures.objective // figures.bound if figures.bound else 1_000_000
    percent = f"{share / 10_000:.4f} %"
    return str(_WORDS["summary"][kind]).format(percent=percent, **facts)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "0 %"


def notice_line(notice: Notice) -> str:
    """One finding about the input."""
    ids = notice.ids if notice.kind is not NoticeKind.CANDIDATES_CUT else ()
    return str(_WORDS["notice"][notice.kind]).format(ids=_few(ids), count=len(notice.ids))


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_IDS])
    left = len(names) - _MOST_IDS
    return str(_WORDS["more"]).format(shown=shown, count=left) if left > 0 else shown
