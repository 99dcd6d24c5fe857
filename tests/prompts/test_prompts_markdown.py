"""Templates are written in a little Markdown, and in nothing else."""

import pytest

from prompts.markdown import parse
from prompts.view import Bullets, Button, Buttons, Divider, Heading, Note, Paragraph, Span, Tone

TEXT = "\ue0000\ue001"
"""A place for a value."""


def test_each_kind_of_block_has_its_mark() -> None:
    source = "# Title\n\nWords\n\n- one\n- two\n\n---\n\n> why\n"
    assert parse(source) == (
        Heading("Title"),
        Paragraph((Span("Words"),)),
        Bullets(((Span("one"),), (Span("two"),))),
        Divider(),
        Note((Span("why"),)),
    )


def test_text_is_bold_or_italic_or_a_link_or_all_of_these() -> None:
    (block,) = parse("a **b** _c_ **_d_** [e](https://example.com/x) **[f](https://example.com)**")
    assert block == Paragraph(
        (
            Span("a "),
            Span("b", bold=True),
            Span(" "),
            Span("c", italic=True),
            Span(" "),
            Span("d", bold=True, italic=True),
            Span(" "),
            Span("e", link="https://example.com/x"),
            Span(" "),
            Span("f", bold=True, link="https://example.com"),
        )
    )


def test_lines_of_a_paragraph_join_and_a_backslash_breaks_them() -> None:
    assert parse("one\ntwo\\\nthree") == (
        Paragraph((Span("one"), Span(" "), Span("two"), Span("\n"), Span("three"))),
    )


def test_paragraphs_of_a_note_stand_on_lines_of_their_own() -> None:
    assert parse("> one\n>\n> two") == (Note((Span("one"), Span("\n"), Span("two"))),)


def test_a_paragraph_of_links_to_actions_is_a_row_of_buttons() -> None:
    source = (
        f'[Accept](accept:{TEXT} "primary") [Not this time](decline:{TEXT})\n[Leave](leave_yes: "danger")'
    )
    assert parse(source) == (
        Buttons(
            (
                Button("Accept", "accept", TEXT, Tone.PRIMARY),
                Button("Not this time", "decline", TEXT),
                Button("Leave", "leave_yes", "", Tone.DANGER),
            )
        ),
    )


def test_only_the_first_colon_ends_the_action() -> None:
    (block,) = parse("[Ask](ask_pair:slack:T1:U2|go)")
    assert block == Buttons((Button("Ask", "ask_pair", "slack:T1:U2|go"),))


@pytest.mark.parametrize(
    "source",
    [
        "Press [Accept](accept:1) now",
        "[Accept](accept:1) or [read](https://example.com)",
        "- [Accept](accept:1)",
        "> [Accept](accept:1)",
        "[Accept](accept)",
        '[Accept](accept:1 "loud")',
        f"[us](https://example.com/{TEXT})",
        "[us](http://example.com)",
        "[us](javascript:alert)x",
        "1. first",
        "- one\n  - two",
        "- one\n\n  two",
        "> # title",
        "> - item",
    ],
)
def test_a_template_that_would_show_something_else_is_refused(source: str) -> None:
    blocks: object = None
    with pytest.raises(ValueError, match=r"template|buttons|link|list|note|address|Tone|paragraph"):
        blocks = parse(source)
    assert blocks is None


def test_what_is_no_mark_of_ours_stays_text() -> None:
    (block,) = parse("    1 * 2 `x` <b> &amp; ~~s~~ | a | https://example.com")
    assert block == Paragraph((Span("1 * 2 `x` <b> &amp; ~~s~~ | a | https://example.com"),))
