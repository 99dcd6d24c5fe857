"""Whatever people type is shown as they typed it, and changes nothing around it."""

import json
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import pytest

from bot.mentoring.text import clean, shortened
from prompts.plain import fitted
from prompts.render import HEADING_LIMIT, LABEL_LIMIT
from prompts.slots import isolated
from prompts.view import View
from tests.prompts.golden import view_of
from tests.prompts.reading import buttons, shape, spans
from tests.prompts.samples import samples
from tests.prompts.typed import Typed

HOSTILE = Path(__file__).parent.parent / "data" / "hostile_inputs.json"
OURS = (
    "# heading",
    "- item",
    "> note",
    "---",
    "**bold** _italic_ `code`",
    "**",
    "_",
    "[Accept](accept:somebody)",
    "](release:all) [x",
    "[us](https://evil.example)",
    "{{ slots.values }} {% for x in y %} {# gone #}",
    "\ue0000\ue001",
    "\\",
    "&lt;b&gt; &amp;",
    "<@U2> <!channel> @here",
    "one\n\n# two\n- three",
    "    indented",
    "1. first",
    "|",
)
MILD = Typed()
MILD_VIEWS = {name: view_of(prompt) for name, prompt in samples(MILD).items()}
MILD_SHAPES = {name: shape(view) for name, view in MILD_VIEWS.items()}


def written(value: Any) -> str:
    """Give a hostile value as text; the file spells long ones as $concat and $repeat."""
    if isinstance(value, dict) and "$concat" in value:
        return "".join(written(part) for part in value["$concat"])
    if isinstance(value, dict) and "$repeat" in value:
        return str(value["$repeat"]) * int(value["$times"])
    return str(value)


def hostile() -> dict[str, str]:
    """Give what hostile people type as names, topics and answers, as it is kept once it was cleaned."""
    rows = json.loads(HOSTILE.read_text(encoding="utf-8"))
    typed = {row["id"]: clean(written(row["value"])) for row in rows if row["id"][:2] in ("NM", "TP", "AN")}
    return {key: text for key, text in typed.items() if text}


ALL = hostile() | dict(zip(OURS, OURS, strict=True))


@pytest.fixture(scope="module", params=list(ALL.values()), ids=list(ALL))
def text(request: pytest.FixtureRequest) -> str:
    """Give one thing that somebody types."""
    return str(request.param)


@pytest.fixture(scope="module")
def views(text: str) -> dict[str, View]:
    """Give every view with that text as everything that anybody typed."""
    typed = Typed(**{field.name: text for field in fields(Typed)})
    return {name: view_of(prompt) for name, prompt in samples(typed).items()}


def test_what_is_typed_shapes_no_view(views: dict[str, View]) -> None:
    assert [name for name, view in views.items() if shape(view) != MILD_SHAPES[name]] == []


def test_what_is_typed_is_read_as_it_was_typed(text: str, views: dict[str, View]) -> None:
    kinds = {isolated(text), isolated(shortened(text, 60)), fitted(isolated(text), HEADING_LIMIT)}
    for name, view in views.items():
        pairs = zip(spans(MILD_VIEWS[name]), spans(view), strict=True)
        assert {read.text for mild, read in pairs if mild.text in astuple(MILD)} <= kinds, name


def test_what_is_typed_stays_inside_a_buttons_label_and_value(text: str, views: dict[str, View]) -> None:
    for name, view in views.items():
        labels = [button.label for button in buttons(view)]
        assert len(labels) == len(set(labels)), name
        assert all(len(label) <= LABEL_LIMIT for label in labels), name
    (asking,) = buttons(views["teachers_found"])
    assert asking.value == f"slack:T1:U2|{text}"
    assert next(buttons(views["did_you_meet_two"])).label == fitted(f"We met {text}", LABEL_LIMIT)


def test_the_test_above_would_see_a_value_that_is_read_as_markup() -> None:
    plain = list(spans(MILD_VIEWS["know_each_other"]))
    assert MILD.name in [span.text for span in plain]
    assert all(MILD.name == span.text for span in plain if MILD.name in span.text)


def test_every_place_has_its_value() -> None:
    for name, view in MILD_VIEWS.items():
        letters = {letter for letter in repr(view) if "\ue000" <= letter <= "\uf8ff"}
        assert not letters, name


def test_a_name_that_runs_from_right_to_left_is_isolated_in_text_and_not_in_labels() -> None:
    arabic, hebrew = "محمد علي", "\u05d3\u05d5\u05d3 (Dave) 3"
    said = Typed(other=arabic, name=hebrew)
    view = view_of(samples(said)["did_you_meet_two"])
    assert f"\u2068{arabic}\u2069" in view.text
    assert f"\u2068{hebrew}\u2069" in view.text
    assert next(buttons(view)).label == f"We met {arabic}"
    assert "\u2068" not in MILD_VIEWS["did_you_meet_two"].text
