"""View -> Adaptive Card: each kind of block, what people typed, and what does not fit."""

import json
from typing import Any

import pytest
from markdown_it import MarkdownIt

from bot.mentoring.ids import address
from handlers.teams.cards import BUDGET, BUTTONS, CONTENT_TYPE, Carried, card
from handlers.teams.text import JOINER, escaped
from prompts.view import (
    Block,
    Bullets,
    Button,
    Buttons,
    Chart,
    ChartKind,
    Divider,
    FormFrame,
    Heading,
    Input,
    InputKind,
    Note,
    Paragraph,
    Reader,
    Series,
    Span,
    Table,
    Tone,
    View,
)
from tests.hostile import hostile
from tests.teams.checking import parts, problems

ANA = address("teams", "t", "11111111-2222-3333-4444-555555555555")
TYPED = [
    pytest.param(value, id=key)
    for prefix in ("NM", "TP", "AN")
    for key, value in hostile(prefix)
    if isinstance(value, str)
]
READS_MARKDOWN = {"TextBlock": ("text",), "Fact": ("title", "value")}


def shown(*blocks: Block, text: str = "all of it", form: FormFrame | None = None) -> dict[str, Any]:
    """The card of these blocks."""
    return card(View(text, blocks, form), Reader(), Carried("m1", "sealed"))


def a_paragraph(text: str) -> Paragraph:
    """Running text of one span."""
    return Paragraph((Span(text),))


def strings(value: Any) -> list[str]:
    """Every text of a card that is shown."""
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    if isinstance(value, dict):
        return [text for key, one in value.items() if key != "data" for text in strings(one)]
    return [value] if isinstance(value, str) else []


def read(text: str) -> tuple[str, set[str]]:
    """(the words, the kinds of marks) that a reader of Markdown finds in a text."""
    inline = [token for token in MarkdownIt("commonmark").parse(text) if token.type == "inline"]
    outer = {token.type for token in MarkdownIt("commonmark").parse(text)}
    children = [child for token in inline for child in token.children or ()]
    words = "".join(child.content for child in children)
    marks = {child.type for child in children} - {"text", "text_special"}
    return words, marks | (outer - {"paragraph_open", "paragraph_close", "inline"})


def test_each_kind_of_block_has_its_counterpart() -> None:
    made = shown(
        Heading("Hello"),
        Paragraph((Span("Meet "), Span("Ana", bold=True, person=ANA), Span("\nnow", italic=True))),
        Bullets(((Span("one"),), (Span("more", link="https://example.org/a"),))),
        Divider(),
        Note((Span("small print"),)),
        Buttons((Button("Accept", "accept", "p1", Tone.PRIMARY), Button("Not this time", "decline"))),
    )
    assert problems(made) == []
    heading, meet, now, one, more, note, buttons = made["body"]
    assert (heading["type"], heading["style"], heading["text"]) == ("TextBlock", "heading", "Hello")
    assert [run["text"] for run in meet["inlines"]] == ["Meet ", "Ana"]
    assert meet["inlines"][1]["weight"] == "Bolder"
    assert now["inlines"] == [{"type": "TextRun", "text": "now", "italic": True}]
    assert one["inlines"][0]["text"] == "• one"
    assert more["inlines"][1]["selectAction"] == {"type": "Action.OpenUrl", "url": "https://example.org/a"}
    assert note["separator"] is True
    accept, decline = buttons["actions"]
    assert accept["data"] == {"do": "accept", "value": "p1", "sent": "m1"}
    assert (accept["verb"], accept["style"]) == ("accept", "positive")
    assert decline["data"] == {"do": "decline", "sent": "m1"}
    assert "style" not in decline


def test_a_card_says_all_of_it_to_clients_that_draw_none() -> None:
    assert shown(a_paragraph("x"), text="All [of] it")["fallbackText"] == "All \\[of\\] it"


def test_many_buttons_stand_in_rows_of_which_teams_shows_all() -> None:
    made = shown(Buttons(tuple(Button(f"Pick {n}", "pick", str(n)) for n in range(14))))
    assert [len(row["actions"]) for row in made["body"]] == [BUTTONS, BUTTONS, 2]


def test_a_button_that_is_answered_beside_its_message_leaves_the_card_as_it_is() -> None:
    made = shown(Buttons((Button("Yes", "met", "p1", beside=True), Button("Look", "show_pairs"))))
    beside, instead = (action["data"] for action in made["body"][0]["actions"])
    assert beside == {"do": "met", "value": "p1", "sent": "m1", "page": True}
    assert instead == {"do": "show_pairs", "sent": "m1"}


def test_a_form_has_its_title_its_fields_and_the_button_that_sends_them() -> None:
    field = Input("name", InputKind.TEXT, "Your name", hint="As others read it", limit=80)
    made = shown(field, Buttons((Button("Help", "show_help"),)), form=FormFrame("join", "Join", "Save", "x"))
    assert problems(made) == []
    title, name, hint, buttons, submit = made["body"]
    assert title["style"] == "heading"
    assert (name["id"], name["label"], name["isRequired"]) == ("name", "Your name", True)
    assert name["errorMessage"]
    assert hint["inlines"][0]["isSubtle"] is True
    assert buttons["actions"][0]["associatedInputs"] == "none"
    assert submit["actions"][0]["data"] == {"do": "form:send", "form": "sealed", "sent": "m1"}


@pytest.mark.parametrize("kind", ChartKind)
def test_every_chart_has_its_figures_beside_it(kind: ChartKind) -> None:
    series = (
        (Series("Held", (3, 4)),)
        if kind is ChartKind.PIE
        else (Series("Held", (3, 4)), Series("Set", (1, 2)))
    )
    made = shown(Chart("Meetings", kind, "Week", ("41", "42"), series))
    assert problems(made) == []
    (chart,) = made["body"]
    facts = chart["fallback"]["items"][1]["facts"]
    assert [fact["title"] for fact in facts] == ["41", "42"]
    assert all("3" in fact["value"] for fact in facts[:1])


def test_a_table_has_a_header_and_its_caption() -> None:
    made = shown(Table("Levels", ("Level", "People"), (("1", 12), ("2", 7))))
    assert problems(made) == []
    caption, table = made["body"]
    assert caption["text"] == "Levels"
    texts = [[cell["items"][0]["inlines"][0]["text"] for cell in row["cells"]] for row in table["rows"]]
    assert texts == [["Level", "People"], ["1", "12"], ["2", "7"]]


@pytest.mark.parametrize("typed", TYPED)
def test_what_people_typed_is_inert_wherever_it_stands(typed: str) -> None:
    made = shown(
        Heading(typed),
        a_paragraph(typed),
        Bullets(((Span(typed),),)),
        Note((Span(typed),)),
        Buttons((Button(typed[:75] or "x", "accept", typed[:100]),)),
        Table(typed, (typed, "n"), ((typed, 1),)),
        Chart("t", ChartKind.LINE, "a", (typed[:20] or "x",), (Series("s", (1,)),)),
        text=typed if typed.strip() else "x",
    )
    assert problems(made) == []
    for part in parts(made):
        if part["type"] == "TextBlock":
            assert read(part["text"])[1] <= {"softbreak"}, part["text"]
    assert not [text for text in strings(made) if "{{" in text]
    assert not [
        part for part in parts(made) if part["type"] in ("Action.OpenUrl", "mention", "Image", "Media")
    ]
    assert "entities" not in made.get("msteams", {})


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_escaped_reads_as_it_was_typed(typed: str) -> None:
    words, marks = read(escaped(typed))
    assert marks <= {"softbreak"}
    assert words.replace(JOINER, "") == " ".join(typed.split())


def test_what_does_not_fit_goes_from_the_end_and_a_line_says_how_much() -> None:
    texts = [a_paragraph(f"{number} " + "å" * 900) for number in range(30)]
    made = shown(*texts, Buttons((Button("Go on", "go"),)))
    assert len(json.dumps(made, ensure_ascii=False).encode()) <= BUDGET
    said = [part["text"] for part in parts(made) if part["type"] == "TextRun"]
    assert said[0].startswith("0 ")
    shown_texts = len(said) - 1
    assert said[-1] == f"… and {len(texts) - shown_texts} more"
    assert made["body"][-1]["type"] == "ActionSet", "buttons never go"


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"type": "TextBlock", "txt": "x", "wrap": True}, "TextBlock"),
        ({"type": "Input.Text", "id": "x"}, "no label"),
        ({"type": "Chart.Line", "datum": [], "fallback": {"type": "FactSet", "facts": []}}, "datum"),
    ],
)
def test_the_check_finds_what_is_wrong(broken: dict[str, Any], words: str) -> None:
    made = shown(a_paragraph("x"))
    made["body"].append(broken)
    assert words in " ".join(problems(made))


def test_a_card_is_sent_as_microsofts_kind_of_attachment() -> None:
    assert CONTENT_TYPE == "application/vnd.microsoft.card.adaptive"
