"""A run's result as files: PAIRS.csv out and back in, and plain data for JSON. Text in, text out; no I/O."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

from bot.matching.model import Figures, MatchedPair, MatchResult, Unmatched
from bot.matching.what_if import PairAnswer

COLUMNS = ("a", "b", "score", "a_learns", "b_learns", "reasons")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class PairsFileError(ValueError):
    """A file of pairs cannot be read; the message names the line and what is wrong with it."""


def pairs_csv(pairs: Iterable[MatchedPair], in_words: Callable[[MatchedPair], str]) -> str:
    """PAIRS.csv: one row a pair in the order given, with line feeds; the same pairs, the same text.

    `in_words` says a pair's reasons. Topics and reasons that a spreadsheet would take for a formula get an
    apostrophe in front (OWASP, CSV injection).
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for pair in pairs:
        a_learns, b_learns = (
            ";".join(_one_topic(topic) for topic in side) for side in (pair.a_learns, pair.b_learns)
        )
        rows.writerow((pair.a, pair.b, pair.score, _safe(a_learns), _safe(b_learns), _safe(in_words(pair))))
    return text.getvalue()


def _one_topic(topic: str) -> str:
    """A topic without the sign that parts topics."""
    return topic.replace(";", ",")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def pairs_of(text: str) -> tuple[tuple[str, str], ...]:
    """The ids of each row of a PAIRS.csv (columns in any order, others ignored), in order.

    PairsFileError names the line when the header, a row or the text itself is wrong.
    """
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        header = [name.strip() for name in next(rows, [])]
        if "a" not in header or "b" not in header:
            raise PairsFileError("line 1: the header must name the columns a and b")
        a, b = header.index("a"), header.index("b")
        return tuple(_ids(row, a, b, rows.line_num) for row in rows if any(cell.strip() for cell in row))
    except csv.Error as wrong:
        raise PairsFileError(f"line {rows.line_num}: {wrong}") from wrong


def _ids(row: list[str], a: int, b: int, line: int) -> tuple[str, str]:
    pair = tuple(row[at].strip() if at < len(row) else "" for at in (a, b))
    if not all(pair):
        raise PairsFileError(f"line {line}: a pair needs two ids")
    if pair[0] == pair[1]:
        raise PairsFileError(f"line {line}: {pair[0]} is paired with themselves")
    return pair[0], pair[1]


def as_data(result: MatchResult) -> dict[str, Any]:
    """The whole result as dictionaries, lists, words and numbers: what `--json` prints, but the seconds."""
    return {
        "pairs": [_pair(pair) for pair in result.pairs],
        "unmatched": [unmatched_data(person) for person in result.unmatched],
        "notices": [asdict(notice) for notice in result.notices],
        "figures": _figures(result.figures),
    }


def unmatched_data(person: Unmatched) -> dict[str, Any]:
    """Why somebody has no pair, as plain data."""
    return asdict(person)


def answer_data(answer: PairAnswer) -> dict[str, Any]:
    """Why two people are not a pair, as plain data."""
    return asdict(answer) | {"pair": _pair(answer.pair) if answer.pair else None}


def _pair(pair: MatchedPair) -> dict[str, Any]:
    reasons = [{"kind": type(reason).__name__} | asdict(reason) for reason in pair.reasons]
    return asdict(pair) | {"reciprocal": pair.reciprocal, "reasons": reasons}


def _figures(figures: Figures) -> dict[str, Any]:
    shares = {
        "matched_share": _share(figures.matched, figures.available),
        "reciprocal_share": _share(figures.reciprocal, figures.pairs),
        "cross_level_share": _share(figures.cross_level, figures.pairs),
        "cross_department_share": _share(figures.cross_department, figures.pairs),
        "upward_share": _share(figures.upward, figures.pairs),
    }
    return asdict(figures) | shares | {"gap": figures.gap, "proven": figures.proven}


def _share(part: int, whole: int) -> float:
    """A share from 0 to 1 with four digits; 0 of nothing."""
    return round(part / whole, 4) if whole else 0.0
