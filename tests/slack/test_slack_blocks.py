"""View -> Block Kit: everything fits Slack's limits, and what people typed is inert."""

import json
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.mentoring.ids import Address, address
from handlers.shared.text import ELLIPSIS, cut, size
from handlers.slack.blocks import FALLBACK, MESSAGE, MODAL, blocks, message
from handlers.slack.inputs import filled_in, input_block, options
from handlers.slack.modals import home, modal, waiting
from handlers.slack.text import escaped
from prompts.view import (
    Block,
    Bullets,
    Button,
    Buttons,
    Divider,
    FormFrame,
    Heading,
    Input,
    InputKind,
    Line,
    Note,
    Option,
    Paragraph,
    Reader,
    Span,
    Tone,
    View,
)
from sandbox.blockkit.check import check_message, check_view, too_long
from tests.slack.test_slack_gate import expand

ANA = address("slack", "T1", "U1")
ROOM = address("slack", "T1", "C1")
FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
ENTRIES = json.loads((Path(__file__).parent.parent / "data" / "hostile_inputs.json").read_text())
TYPED = [
    pytest.param(expand(entry["value"]), id=entry["id"])
    for entry in ENTRIES
    if entry["id"][:2] in ("NM", "TP", "AN") and isinstance(expand(entry["value"]), str)
]


def said(*parts: Block, text: str = "all of it") -> View:
    """A view of these blocks."""
    return View(text, parts)


def a_line(text: str) -> Line:
    """A line of one span."""
    return (Span(text),)


def texts(value: Any) -> list[str]:
    """Every text in a piece of Block Kit."""
    if isinstance(value, list):
        return [text for part in value for text in texts(part)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if isinstance(value.get("text"), str) else []
    return own + [text for part in value.values() for text in texts(part)]


def kinds(value: Any) -> set[str]:
    """Every type in a piece of Block Kit."""
    if isinstance(value, list):
        return {kind for part in value for kind in kinds(part)}
    if not isinstance(value, dict):
        return set()
    own = {value["type"]} if isinstance(value.get("type"), str) else set()
    return own | {kind for part in value.values() for kind in kinds(part)}


def test_each_kind_of_block_has_its_counterpart() -> None:
    view = said(
        Heading("Hello"),
        Paragraph((Span("Meet "), Span("Ana", bold=True, person=ANA), Span(" in "), Span("#x", room=ROOM))),
        Bullets(((Span("one", italic=True),), (Span("more", link="https://example.org/a"),))),
        Divider(),
        Note(a_line("small print")),
        Buttons((Button("Accept", "accept", "p1", Tone.PRIMARY), Button("Not this time", "decline"))),
    )
    made = blocks(view, MESSAGE)
    assert check_message(made) == []
    assert [one["type"] for one in made] == [
        "header",
        "rich_text",
        "rich_text",
        "divider",
        "context",
        "actions",
    ]
    mention, room = made[1]["elements"][0]["elements"][1], made[1]["elements"][0]["elements"][3]
    assert mention == {"type": "user", "user_id": "U1", "style": {"bold": True}}
    assert room == {"type": "channel", "channel_id": "C1"}
    accept, decline = made[5]["elements"]
    assert accept["action_id"] == "accept#0"
    assert accept["value"] == "p1"
    assert accept["style"] == "primary"
    assert decline["action_id"] == "decline#1"
    assert "value" not in decline
    assert "style" not in decline


def test_two_buttons_of_one_action_are_told_apart() -> None:
    several = Buttons(tuple(Button(f"Accept {n}", "accept", str(n)) for n in range(60)))
    made = blocks(said(several, several), MESSAGE)
    ids = [button["action_id"] for block in made for button in block["elements"]]
    assert len(set(ids)) == len(ids) == 120
    assert check_message(made) == []


def test_a_message_says_all_of_it_as_text_and_unfurls_nothing() -> None:
    made = message(said(Paragraph(a_line("x")), text="Fish & <!channel> *chips*"))
    assert made["text"] == "Fish &amp; &lt;!channel&gt; *chips*"
    assert made["mrkdwn"] is made["unfurl_links"] is made["unfurl_media"] is False


@pytest.mark.parametrize("typed", TYPED)
def test_what_people_typed_is_inert_wherever_it_stands(typed: str) -> None:
    label = typed[:75] or "x"
    view = said(
        Heading(typed),
        Paragraph(a_line(typed)),
        Bullets((a_line(typed), a_line(typed))),
        Note(a_line(typed)),
        Buttons((Button(label, "accept", typed[:100]),)),
        text=typed,
    )
    made = message(view)
    assert check_message(made["blocks"]) == []
    assert not too_long(made["blocks"])
    live = {"mrkdwn", "markdown", "user", "usergroup", "channel", "broadcast", "link", "emoji", "team"}
    assert not kinds(made["blocks"]) & live
    assert "<" not in made["text"]
    assert ">" not in made["text"]
    assert not regex.search(r"&(?!amp;|lt;|gt;)", made["text"])


@pytest.mark.parametrize("typed", TYPED)
def test_the_top_level_text_reads_back_as_what_was_typed(typed: str) -> None:
    shown = cut(typed, 10**7, escaped)
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == typed


def test_a_long_text_is_cut_after_escaping_and_inside_the_limit() -> None:
    made = message(said(text="&" * 5_000))
    assert size(made["text"]) <= FALLBACK
    assert regex.fullmatch(r"(&amp;)+…", made["text"])


def test_a_grapheme_is_never_cut() -> None:
    shown = cut(FAMILY * 100, 83)
    assert shown == FAMILY * 10 + ELLIPSIS
    assert size(shown) == 81
    assert cut(FAMILY, size(FAMILY)) == FAMILY


def test_a_long_list_ends_with_how_many_more_there_are() -> None:
    items = tuple(a_line(f"item {n} " + "x" * 100) for n in range(100))
    made = blocks(said(Bullets(items)), MESSAGE)
    shown = made[0]["elements"][0]["elements"]
    assert shown[-1]["elements"][0]["text"] == f"… and {100 - (len(shown) - 1)} more"
    assert size("".join(texts(made))) <= 3_000
    assert check_message(made) == []


def test_of_too_many_blocks_text_goes_and_buttons_stay() -> None:
    view = said(
        *(Paragraph(a_line(f"line {n}")) for n in range(80)),
        Buttons((Button("Accept", "accept"),)),
    )
    made = blocks(view, MESSAGE)
    assert len(made) == 50
    assert made[-1]["type"] == "actions"
    assert texts(made[-2]) == ["… and 32 more"]
    assert texts(made[47]) == ["line 47"]


def test_a_message_stays_under_the_characters_that_slack_takes_and_keeps_its_buttons() -> None:
    view = said(*(Paragraph(a_line("y" * 2_900)) for _ in range(12)), Buttons((Button("Accept", "accept"),)))
    made = blocks(view, MESSAGE)
    assert not too_long(made)
    assert made[-1]["elements"][0]["text"]["text"] == "Accept"


def test_nothing_to_say_makes_no_block() -> None:
    view = said(Paragraph(()), Paragraph(a_line("")), Bullets(()), Note(a_line("")), Heading(""))
    assert blocks(view, MESSAGE) == []


SPANS = st.builds(
    Span,
    text=st.text(max_size=4_000),
    bold=st.booleans(),
    italic=st.booleans(),
    person=st.sampled_from([None, ANA]),
)
LINES = st.lists(SPANS, max_size=4).map(tuple)
LABELS = st.text(min_size=1, max_size=200).filter(str.strip)
BUTTONS = st.lists(st.builds(Button, LABELS, st.sampled_from(["a", "b.c"]), st.text(max_size=90)), min_size=1)
BLOCKS = st.one_of(
    st.builds(Heading, st.text(max_size=300)),
    st.builds(Paragraph, LINES),
    st.builds(Bullets, st.lists(LINES, max_size=30).map(tuple)),
    st.builds(Note, LINES),
    st.just(Divider()),
    st.builds(Buttons, BUTTONS.map(lambda some: tuple(some[:5]))),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, max_size=70))
def test_whatever_a_view_holds_slack_would_take_it(parts: list[Block]) -> None:
    view = said(*parts)
    made = blocks(view, MESSAGE)
    assert check_message(made) == []
    assert not too_long(made)
    assert check_view(home(view), "home") == []
    assert check_view(modal(view, Reader()), "modal") == []


FIELDS = (
    Input("name", InputKind.TEXT, "Name", "As others see it", initial=("Ana",), limit=80),
    Input("why", InputKind.LONG_TEXT, "Why", required=False),
    Input(
        "level", InputKind.CHOICE, "Level", options=(Option("1", "One"), Option("2", "Two")), initial=("2",)
    ),
    Input(
        "langs", InputKind.CHOICES, "Languages", options=(Option("en", "English"),), initial=("en",), limit=3
    ),
    Input("ok", InputKind.CHECKS, "Fine?", options=(Option("yes", "Yes"),), initial=("yes",), required=False),
    Input("zone", InputKind.SUGGEST, "Zone", source="zones", initial=("UTC",), initial_labels=("UTC +0",)),
    Input("learn", InputKind.SUGGEST_MANY, "Learn", source="topics", initial=("go", "sql"), limit=20),
    Input("at", InputKind.TIME, "From", initial=("09:00",)),
    Input("on", InputKind.DATE, "On", initial=("2026-11-24",)),
    Input("boss", InputKind.PERSON, "Manager", initial=(ANA,), required=False),
    Input("contacts", InputKind.PEOPLE, "Contacts", initial=(ANA,)),
    Input("channel", InputKind.CHANNEL, "Channel", initial=(ROOM,)),
)


@pytest.mark.parametrize("filled", [True, False])
def test_every_kind_of_field_makes_a_form_that_slack_takes(*, filled: bool) -> None:
    fields = (
        FIELDS
        if filled
        else tuple(
            Input(one.key, one.kind, one.label, options=one.options, source=one.source) for one in FIELDS
        )
    )
    frame = FormFrame("join", "A title of over twenty-four letters", "Send", "p1")
    made = modal(View("", fields, frame), Reader())
    assert check_view(made, "modal") == []
    assert made["callback_id"] == "join"
    assert made["private_metadata"] == "p1"
    assert [one["block_id"] for one in made["blocks"]] == [one.key for one in FIELDS]
    assert made["blocks"][6]["element"]["action_id"] == "suggest:topics"
    assert made["blocks"][6]["element"]["min_query_length"] == 1


def test_what_a_form_opened_with_comes_back_as_its_values() -> None:
    made = [input_block(one) for one in FIELDS]
    held = {"value": "initial_value", "selected_option": "initial_option"}
    state: dict[str, Any] = {}
    for block in made:
        element = block["element"]
        now = {name: element[name] for name in element if name.startswith("initial")}
        ((initial, value),) = now.items() or [("", None)]
        key = next(
            (key for key, name in held.items() if name == initial), initial.replace("initial", "selected")
        )
        state[block["block_id"]] = {element["action_id"]: {"type": element["type"], key: value}}
    values = filled_in({"state": {"values": state}}, "T1")
    assert values == {one.key: one.initial for one in FIELDS}


def test_an_empty_field_has_no_values_and_odd_state_is_passed_over() -> None:
    state = {
        "name": {"input": {"type": "plain_text_input", "value": None}},
        "boss": {"input": {"type": "users_select", "selected_user": None}},
        "learn": {"x": {"type": "multi_external_select", "selected_options": []}},
        "odd": {"x": {"type": "rich_text_input", "rich_text_value": {}}, "y": {}},
        "bad": {"x": {"type": "plain_text_input", "value": 7}},
    }
    assert filled_in({"state": {"values": state}}, "T1") == dict.fromkeys(state, ())
    assert filled_in({}, "T1") == {}


def test_options_that_slack_would_refuse_are_not_offered() -> None:
    some = (
        Option("x" * 151, "long"),
        Option("a", ""),
        Option("b", "B" * 200),
        *(Option(str(n), "n") for n in range(200)),
    )
    made = options(some)
    assert len(made) == 100
    assert made[0]["value"] == "b"
    assert size(made[0]["text"]["text"]) == 75


def test_an_answer_in_a_window_keeps_the_title_it_takes_the_place_of() -> None:
    made = modal(said(Paragraph(a_line("Done"))), Reader(), title="Join")
    assert made["title"]["text"] == "Join"
    assert "submit" not in made
    assert check_view(made, "modal") == []
    assert check_view(waiting(Reader()), "modal") == []


def test_a_form_that_carries_too_much_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="carries too much"):
        modal(View("", (), FormFrame("x", "X", "Send", "v" * 3_001)), Reader())


def test_a_window_has_twice_the_blocks_of_a_message() -> None:
    view = said(*(Paragraph(a_line("x")) for _ in range(100)))
    assert len(blocks(view, MODAL)) == 100
    assert len(blocks(view, MESSAGE)) == 50


def test_an_address_names_its_person_by_the_last_part() -> None:
    made = blocks(said(Paragraph((Span("x", person=Address("slack:T9:U77")),))), MESSAGE)
    assert made[0]["elements"][0]["elements"][0]["user_id"] == "U77"
