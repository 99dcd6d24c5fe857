"""`bothways match`: one matching run on a roster file, without a database."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from bot.app import matching_engine, steady_seconds
from bot.catalogue import load_topics
from bot.matching import Limits, MatchResult, PairAnswer, Person, Rules, Setting, WorkingHours, why_not
from bot.matching.files import PairsFileError, answer_data, as_data, pairs_csv, pairs_of, unmatched_data
from bot.people_file import Row, people_of
from prompts import roster_words as words

REFERENCE = datetime(2026, 11, 2, 12, tzinfo=UTC)
"""The moment whose time zones count: a fixed one, so that the same roster gives the same pairs on any day."""
MOST_BAD_ROWS = 5
_STEPS = 100


class MatchError(Exception):
    """The run cannot be made or answered; the message is one line."""


@dataclass(frozen=True)
class MatchWishes:
    """What was asked for on the command line."""

    people: Path
    out: Path | None
    history: Path | None
    explain: str | None
    why_not: tuple[str, str] | None
    seed: int
    as_json: bool


def match_roster(wishes: MatchWishes) -> None:
    """Read the roster, match, write and print what was asked for; MatchError when that cannot be done."""
    began = steady_seconds()
    people = _people(wishes.people)
    limits = Limits(history=_history(wishes.history))
    _known(people, wishes)
    with _progress() as watch:
        setting = Setting(people, Rules(), REFERENCE, load_topics(), wishes.seed, matching_engine())
        result = setting.run(limits, watch=watch)
    answer = why_not(*wishes.why_not, setting, limits) if wishes.why_not else None
    if wishes.out is not None:
        _write(wishes.out, pairs_csv(result.pairs, words.in_words))
    if wishes.as_json:
        _print_data(result, answer, wishes, steady_seconds() - began)
    else:
        for line in _lines(result, answer, wishes):
            typer.echo(line)


def _people(path: Path) -> tuple[Person, ...]:
    file = people_of(_text(path), REFERENCE)
    if file.ignored:
        typer.echo(words.wrong("ignored", file=path.name, columns=", ".join(file.ignored)), err=True)
    if file.bad:
        rows = [
            words.wrong(one.kind, **one.facts)
            if one.kind == "header"
            else words.wrong("row", line=one.line, reason=words.wrong(one.kind, **one.facts))
            for one in file.bad[:MOST_BAD_ROWS]
        ]
        left = len(file.bad) - MOST_BAD_ROWS
        raise MatchError(
            words.wrong(
                "file", file=path.name, rows="; ".join(rows) + (words.more_rows(left) if left > 0 else "")
            )
        )
    return tuple(_person(row) for row in file.rows)


def _person(row: Row) -> Person:
    return Person(
        id=row.id,
        level=row.level,
        department=row.department,
        learn=row.learn,
        teach=row.teach,
        hours=WorkingHours(row.timezone),
        places=row.places,
        languages=frozenset(row.languages),
        manager=row.manager,
    )


def _history(path: Path | None) -> tuple[tuple[str, str], ...]:
    if path is None:
        return ()
    try:
        return pairs_of(_text(path))
    except PairsFileError as error:
        raise MatchError(words.wrong("file", file=path.name, rows=error)) from error


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise MatchError(words.wrong("not_text", file=path.name)) from error
    except OSError as error:
        raise MatchError(words.wrong("unreadable", file=path.name, why=error.strerror)) from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise MatchError(words.wrong("unreadable", file=path.name, why=error.strerror)) from error


def _known(people: tuple[Person, ...], wishes: MatchWishes) -> None:
    ids = {person.id for person in people}
    for asked in (wishes.explain, *(wishes.why_not or ())):
        if asked is not None and asked not in ids:
            raise MatchError(words.wrong("stranger", id=asked))
    if wishes.why_not and wishes.why_not[0] == wishes.why_not[1]:
        raise MatchError(words.wrong("same"))


@contextmanager
def _progress() -> Iterator[Callable[[float], None]]:
    """A bar on a terminal, nothing in a pipe; it is told how much is done, from 0 to 1."""
    with typer.progressbar(length=_STEPS, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield lambda share: bar.update(max(0, int(share * _STEPS) - bar.pos))


def _lines(result: MatchResult, answer: PairAnswer | None, wishes: MatchWishes) -> Iterator[str]:
    yield from (words.notice_line(notice) for notice in result.notices)
    if wishes.explain is not None:
        yield from _explained(result, wishes.explain)
    if wishes.why_not is not None and answer is not None:
        yield from words.answer_lines(*wishes.why_not, answer, together=_together(result, wishes.why_not))
    if wishes.explain is None and wishes.why_not is None:
        yield from words.summary_lines(result)
        if wishes.out is None:
            yield from (words.pair_line(pair) for pair in result.pairs)
        yield from (words.nobody_line(person) for person in result.unmatched)


def _together(result: MatchResult, ids: tuple[str, str]) -> bool:
    return any({pair.a, pair.b} == set(ids) for pair in result.pairs)


def _explained(result: MatchResult, who: str) -> Iterator[str]:
    for pair in result.pairs:
        if who in (pair.a, pair.b):
            yield from words.pair_lines(pair)
    for person in result.unmatched:
        if person.id == who:
            yield from words.nobody_lines(person)


def _print_data(result: MatchResult, answer: PairAnswer | None, wishes: MatchWishes, seconds: float) -> None:
    data: dict[str, Any] = as_data(result)
    data["figures"]["seconds"] = round(seconds, 3)
    if wishes.explain is not None:
        data["explain"] = {
            "id": wishes.explain,
            "pairs": [pair for pair in data["pairs"] if wishes.explain in (pair["a"], pair["b"])],
            "unmatched": [
                unmatched_data(person) for person in result.unmatched if person.id == wishes.explain
            ],
        }
    if wishes.why_not is not None and answer is not None:
        ids = {"a": wishes.why_not[0], "b": wishes.why_not[1]}
        together = _together(result, wishes.why_not)
        data["why_not"] = ids | {"already_a_pair": together} | answer_data(answer)
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1))
