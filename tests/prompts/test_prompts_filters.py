"""What templates can do with values: times in the reader's zone, lists, counts, people."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from jinja2 import StrictUndefined, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from bot.mentoring.ids import address
from prompts.filters import FILTERS, keep
from prompts.slots import Slots, Value
from prompts.view import Reader, Span

NINE = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
ANA = address("slack", "T1", "U1")


def shown(source: str, reader: Reader | None = None, **values: Any) -> str:
    """Give what a template says, with its values in their places."""
    text, slots = filled(source, reader, **values)
    return slots.text(text)


def filled(source: str, reader: Reader | None = None, **values: Any) -> tuple[str, Slots]:
    """Give the Markdown of a template, and the values kept beside it."""
    environment = ImmutableSandboxedEnvironment(autoescape=True, finalize=keep, undefined=StrictUndefined)
    environment.filters |= FILTERS
    slots = Slots()
    text = environment.from_string(source).render(values, reader=reader or Reader(), slots=slots)
    return text, slots


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("UTC", "Tuesday 1 December, 23:30"),
        ("Europe/Berlin", "Wednesday 2 December, 00:30"),
        ("America/New_York", "Tuesday 1 December, 18:30"),
        ("Asia/Kathmandu", "Wednesday 2 December, 05:15"),
    ],
)
def test_a_moment_is_told_in_the_readers_zone(zone: str, words: str) -> None:
    assert shown("{{ at|moment }}", Reader(zone), at=NINE) == words
    assert shown("{{ at|day }}, {{ at|clock }}", Reader(zone), at=NINE) == words


def test_a_day_and_a_time_of_day_have_no_zone() -> None:
    reader = Reader("Asia/Kathmandu")
    assert shown("{{ on|day }}", reader, on=date(2026, 11, 24)) == "Tuesday 24 November"
    assert shown("{{ at|clock }}", reader, at=time(9)) == "09:00"


@pytest.mark.parametrize(
    ("values", "words"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_a_list_reads_like_a_sentence(values: tuple[str, ...], words: str) -> None:
    assert shown("{{ values|listed }}", values=values) == words


def test_a_list_of_alternatives_says_or() -> None:
    assert shown('{{ values|listed("or") }}', values=("a", "b")) == "a or b"


@pytest.mark.parametrize(("count", "words"), [(0, "0 pairs"), (1, "1 pair"), (2, "2 pairs"), ("1", "1 pair")])
def test_a_count_agrees_with_its_noun(count: int | str, words: str) -> None:
    assert shown("{{ count|plural('pair') }}", count=count) == words


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert shown("{{ 3|plural('person', 'people') }}") == "3 people"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [("0", "0 minutes"), ("30", "30 minutes"), ("60", "1 hour"), ("150", "2 hours 30 minutes")],
)
def test_a_stretch_of_time_is_told_in_hours_and_minutes(minutes: str, words: str) -> None:
    assert shown("{{ m|minutes }}", m=minutes) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Berlin", "Berlin time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("UTC", "UTC"),
        ("Etc/GMT+3", "Etc/GMT+3"),
    ],
)
def test_a_zone_is_named_by_its_city(zone: str, words: str) -> None:
    assert shown("{{ zone|place }}", zone=zone) == words


def test_languages_have_names_and_unknown_codes_stay() -> None:
    assert shown("{{ codes|languages|listed }}", codes=("no", "de", "xx")) == "Norwegian, German and xx"


def test_a_person_is_mentioned_and_keeps_a_name_to_be_read() -> None:
    _, slots = filled("{{ who|person(name) }}{{ who|person('') }}", who=ANA, name="Ana")
    assert slots.values == [Span("Ana", person=ANA), Span("a colleague", person=ANA, named=False)]


def test_who_is_only_pointed_to_is_named_where_the_reader_mentions_nobody() -> None:
    words = "{{ who|person(otherwise='your partner') }}"
    for names, read in (((), "your partner"), (((ANA, "Ana"),), "Ana")):
        _, slots = filled(words, Reader(names=names), who=ANA)
        assert slots.values == [Span(read, person=ANA, named=bool(names))]


def test_people_without_names_are_mentioned_one_by_one() -> None:
    text, slots = filled("{{ all|people|listed }}", all=(ANA, ANA))
    assert slots.values == [Span("a colleague", person=ANA, named=False)] * 2
    assert slots.text(text) == "a colleague and a colleague"


def test_a_value_in_bold_is_a_span_of_its_own() -> None:
    text, slots = filled("Hello {{ name }}!", name="Ana")
    assert slots.line((Span(text, bold=True),)) == (
        Span("Hello ", bold=True),
        Span("Ana", bold=True),
        Span("!", bold=True),
    )


@pytest.mark.parametrize("value", [None, True, 1.5, ("a",), NINE, b"a", Slots()])
def test_what_has_no_words_of_its_own_is_not_shown_by_mistake(value: object) -> None:
    with pytest.raises(TypeError, match="a template cannot show"):
        shown("{{ value }}", value=value)


def test_a_name_that_a_prompt_does_not_have_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        shown("{{ nobody }}")


def test_a_value_never_stands_in_the_markdown_even_as_a_constant() -> None:
    text, slots = filled("{{ '**x**' }} {{ name }}", name="<b>&")
    kept: list[Value] = ["**x**", "<b>&"]
    assert slots.values == kept
    assert "x" not in text
    assert "&" not in text


def test_a_value_that_looks_like_a_place_is_only_text() -> None:
    text, slots = filled("{{ first }} {{ second }}", first="\ue0001\ue001", second="secret")
    assert slots.text(text) == "\ue0001\ue001 secret"


def test_a_block_that_is_set_keeps_its_places() -> None:
    assert filled("{% set x %}**{{ name }}**{% endset %}{{ x }}", name="*")[0] == Markup("**\ue0000\ue001**")
