"""What Slack takes for Block Kit, and what it refuses with which words."""

import copy
from typing import Any

import pytest

from sandbox.blockkit.blocks import BLOCKS as BLOCK_TABLES
from sandbox.blockkit.check import check_message, check_options, check_view, too_long, view_too_large
from sandbox.blockkit.elements import ELEMENTS as ELEMENT_TABLES
from sandbox.blockkit.elements import IN_ACTIONS, IN_INPUT, IN_SECTION
from sandbox.blockkit.normal import normal_blocks
from sandbox.draw import Draw
from tests.sandbox.blockkit_samples import (
    AXIS_CHART,
    BLOCKS,
    CELL,
    ELEMENTS,
    NUMBER,
    RICH,
    Json,
    modal,
    mrkdwn,
    option,
    plain,
)


def words(problems: Any) -> list[str]:
    return [str(problem) for problem in problems]


def holder(element: Json) -> Json:
    """A block that takes this element."""
    if element["type"] in IN_INPUT:
        return {"type": "input", "label": plain(), "element": element}
    return {"type": "actions", "elements": [element]}


def test_every_table_has_a_sample() -> None:
    assert set(BLOCKS) == set(BLOCK_TABLES)
    assert set(ELEMENTS) == set(ELEMENT_TABLES)


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_sound_block_is_taken(kind: str) -> None:
    assert words(check_message([BLOCKS[kind]])) == []


@pytest.mark.parametrize("kind", [kind for kind in ELEMENTS if kind in {**IN_ACTIONS, **IN_INPUT}])
def test_a_sound_element_is_taken(kind: str) -> None:
    assert words(check_view(modal(holder(ELEMENTS[kind])), "modal")) == []


@pytest.mark.parametrize("kind", BLOCKS)
def test_an_unknown_key_in_a_block_is_refused(kind: str) -> None:
    assert words(check_message([{**BLOCKS[kind], "colour": "red"}])) == [
        "invalid additional property: colour [json-pointer:/blocks/0]"
    ]


@pytest.mark.parametrize("kind", [kind for kind in ELEMENTS if kind in {**IN_ACTIONS, **IN_INPUT}])
def test_an_unknown_key_in_an_element_is_refused(kind: str) -> None:
    found = words(check_view(modal(holder({**ELEMENTS[kind], "colour": "red"})), "modal"))
    assert len(found) == 1
    assert found[0].startswith("invalid additional property: colour")


def required_fields() -> list[tuple[str, str]]:
    return [(kind, name) for kind, table in BLOCK_TABLES.items() for name in table.need if name != "type"]


@pytest.mark.parametrize(("kind", "name"), required_fields())
def test_a_required_field_of_a_block_is_asked_for(kind: str, name: str) -> None:
    block = {key: value for key, value in BLOCKS[kind].items() if key != name}
    assert f"missing required field: {name} [json-pointer:/blocks/0]" in words(check_message([block]))


def spoilt(kind: str, path: str, value: Any) -> Json:
    """A sample with one place changed."""
    block = copy.deepcopy(BLOCKS[kind])
    *way, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    place: Any = block
    for step in way:
        place = place[step]
    place[last] = value
    return block


SPOILT: list[tuple[str, str, Any, str]] = [
    (
        "section",
        "text/text",
        "x" * 3001,
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    ("section", "text/text", "", "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ("section", "text/text", 7, "must be a string [json-pointer:/blocks/0/text/text]"),
    ("section", "text", "x", "must provide an object [json-pointer:/blocks/0/text]"),
    ("section", "text/emoji", True, "invalid additional property: emoji [json-pointer:/blocks/0/text]"),
    ("section", "fields", [plain()] * 11, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
    ("section", "fields/0/text", "x" * 2001, "must be less than 2001 characters"),
    ("section", "fields", "x", "must provide an array [json-pointer:/blocks/0/fields]"),
    ("section", "block_id", "x" * 256, "must be less than 256 characters [json-pointer:/blocks/0/block_id]"),
    ("section", "accessory", ELEMENTS["plain_text_input"], "unsupported type: plain_text_input"),
    ("section", "accessory/text/text", "x" * 76, "must be less than 76 characters"),
    ("section", "accessory/text/type", "mrkdwn", "unsupported type: mrkdwn"),
    ("section", "accessory/value", "x" * 2001, "must be less than 2001 characters"),
    ("section", "accessory/style", "default", "must be one of: primary, danger"),
    ("section", "accessory/url", "javascript:alert(1)", "must match the required format"),
    ("section", "accessory/accessibility_label", "x" * 76, "must be less than 76 characters"),
    ("section", "accessory/confirm/title", mrkdwn(), "unsupported type: mrkdwn"),
    ("section", "accessory/confirm/text/text", "x" * 301, "must be less than 301 characters"),
    ("section", "accessory/confirm/deny/text", "x" * 31, "must be less than 31 characters"),
    ("header", "text/text", "x" * 151, "must be less than 151 characters [json-pointer:/blocks/0/text/text]"),
    ("header", "text/text", "🙂" * 76, "must be less than 151 characters [json-pointer:/blocks/0/text/text]"),
    (
        "context",
        "elements",
        [plain()] * 11,
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    ("context", "elements", [], "no less than 1 items allowed [json-pointer:/blocks/0/elements]"),
    ("context", "elements", [ELEMENTS["button"]], "unsupported type: button"),
    ("actions", "elements", [ELEMENTS["button"]] * 26, "no more than 25 items allowed"),
    ("actions", "elements", [ELEMENTS["button"]] * 2, "`action_id` a already exists in this block"),
    ("actions", "elements/0", ELEMENTS["image"], "unsupported type: image"),
    ("actions", "elements/0/action_id", "x" * 256, "must be less than 256 characters"),
    ("input", "label", mrkdwn(), "unsupported type: mrkdwn [json-pointer:/blocks/0/label/type]"),
    (
        "input",
        "element",
        ELEMENTS["button"],
        "unsupported type: button [json-pointer:/blocks/0/element/type]",
    ),
    ("input", "optional", "yes", "must be a boolean [json-pointer:/blocks/0/optional]"),
    ("image", "slack_file", {"id": "F1"}, "must provide exactly one of: image_url, slack_file"),
    ("image", "alt_text", "x" * 2001, "must be less than 2001 characters"),
    ("rich_text", "elements/0/elements/0/style/bold", 1, "must be a boolean"),
    ("rich_text", "elements/0/elements/0/type", "image", "unsupported type: image"),
    ("rich_text", "elements/1/style", "numbered", "must be one of: bullet, ordered"),
    ("rich_text", "elements/1/elements/0", RICH, "unsupported type: rich_text"),
    ("rich_text", "elements/3/elements/0", {"type": "emoji", "name": "x"}, "unsupported type: emoji"),
    ("markdown", "text", "x" * 12_001, "must be less than 12001 characters"),
    ("table", "rows", [[CELL] * 21], "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
    ("table", "rows", [[CELL]] * 101, "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
    ("table", "rows", [[CELL], [CELL, CELL]], "all rows must have the same number of cells"),
    ("data_table", "rows", [[CELL]], "no less than 2 items allowed"),
    ("data_table", "rows", [[RICH], [CELL]], "rich_text cannot be used for header cells"),
    ("data_table", "page_size", 101, "must be at most 100"),
    ("data_table", "row_header_column_index", 2, "must be the index of a column"),
    ("data_visualization", "title", "x" * 51, "must be less than 51 characters"),
    ("data_visualization", "chart/type", "radar", "unsupported type: radar"),
    ("data_visualization", "chart/series", AXIS_CHART["series"] * 7, "no more than 6 items allowed"),
    ("data_visualization", "chart/series", AXIS_CHART["series"] * 2, "series names must be unique"),
    (
        "data_visualization",
        "chart/axis_config/categories",
        ["W1", "W3"],
        "labels must match the axis categories",
    ),
    ("data_visualization", "chart/axis_config/categories/0", "x" * 21, "must be less than 21 characters"),
]


@pytest.mark.parametrize(("kind", "path", "value", "said"), SPOILT)
def test_a_spoilt_block_is_refused_with_words_and_a_pointer(
    kind: str, path: str, value: Any, said: str
) -> None:
    found = words(check_message([spoilt(kind, path, value)]))
    assert any(one.startswith(said) for one in found), found


BAD_ELEMENTS: list[tuple[str, Json, str]] = [
    ("static_select", {"options": [option()]}, "must provide exactly one of: options, option_groups"),
    ("static_select", {"initial_option": option("z")}, "must exactly match one of the provided options"),
    (
        "multi_static_select",
        {"options": [option(str(n)) for n in range(101)]},
        "no more than 100 items allowed",
    ),
    ("multi_static_select", {"initial_options": []}, "no less than 1 items allowed"),
    ("multi_static_select", {"max_selected_items": 0}, "must be at least 1"),
    ("checkboxes", {"options": [option(str(n)) for n in range(11)]}, "no more than 10 items allowed"),
    ("radio_buttons", {"options": []}, "no less than 1 items allowed"),
    ("radio_buttons", {"options": [option("v" * 151)]}, "must be less than 151 characters"),
    ("radio_buttons", {"options": [option("v", "x" * 76)]}, "must be less than 76 characters"),
    ("overflow", {"options": [option(str(n)) for n in range(6)]}, "no more than 5 items allowed"),
    ("external_select", {"options": [option()]}, "invalid additional property: options"),
    ("external_select", {"min_query_length": "1"}, "must be an integer"),
    ("conversations_select", {"filter": {}}, "must have at least one property"),
    ("conversations_select", {"filter": {"include": ["dm"]}}, "must be one of: im, mpim, private, public"),
    ("datepicker", {"initial_date": "2026-02-30"}, "must be a real date"),
    ("datepicker", {"initial_date": "tomorrow"}, "must match the required format"),
    ("timepicker", {"initial_time": "24:00"}, "must match the required format"),
    ("timepicker", {"timezone": "Mars/Base"}, "must be an IANA time zone"),
    ("datetimepicker", {"initial_date_time": 5}, "must be at least"),
    ("plain_text_input", {"max_length": 3001}, "must be at most 3000"),
    ("plain_text_input", {"min_length": 9, "max_length": 3}, "min_length must be less than or equal"),
    ("plain_text_input", {"initial_value": "abc", "max_length": 2}, "must be less than 3 characters"),
    ("number_input", {"min_value": "7"}, "min_value must be less than or equal"),
    ("number_input", {"min_value": "²"}, "must match the required format"),
    ("number_input", {"min_value": 0}, "must be a string"),
    ("rich_text_input", {"initial_value": plain()}, "must be one of: rich_text"),
]


@pytest.mark.parametrize(("kind", "change", "said"), BAD_ELEMENTS)
def test_a_spoilt_element_is_refused(kind: str, change: Json, said: str) -> None:
    found = words(check_view(modal(holder({**ELEMENTS[kind], **change})), "modal"))
    assert any(one.startswith(said) for one in found), found


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
        (
            modal(private_metadata="x" * 3001),
            "must be less than 3001 characters [json-pointer:/view/private_metadata]",
        ),
        (modal(callback_id="x" * 256), "must be less than 256 characters [json-pointer:/view/callback_id]"),
        (modal(*[BLOCKS["divider"]] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (modal(BLOCKS["markdown"]), "unsupported type: markdown [json-pointer:/view/blocks/0/type]"),
        (modal(colour="red"), "invalid additional property: colour [json-pointer:/view]"),
        (modal(type="home"), "must be one of: modal [json-pointer:/view/type]"),
        ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
        (
            {"type": "modal", "title": plain(), "blocks": [BLOCKS["input"]]},
            "missing required field: submit [json-pointer:/view]",
        ),
        (
            modal({**BLOCKS["divider"], "block_id": "b"}, {**BLOCKS["divider"], "block_id": "b"}),
            "`block_id` b already exists [json-pointer:/view/blocks/1/block_id]",
        ),
        (
            modal(BLOCKS["input"], {**BLOCKS["input"], "block_id": "other"}),
            "only one element can have focus_on_load [json-pointer:/view/blocks]",
        ),
        ("x", "must provide an object [json-pointer:/view]"),
    ],
)
def test_a_spoilt_modal_is_refused(view: Any, said: str) -> None:
    assert said in words(check_view(view, "modal"))


def test_a_home_has_blocks_and_no_title() -> None:
    home = {"type": "home", "blocks": [BLOCKS["section"], BLOCKS["input"]]}
    assert words(check_view(home, "home")) == []
    assert words(check_view({**home, "title": plain()}, "home")) == [
        "invalid additional property: title [json-pointer:/view]"
    ]


def test_a_message_has_at_most_fifty_blocks_two_charts_and_one_table() -> None:
    assert words(check_message([BLOCKS["divider"]] * 50)) == []
    assert words(check_message([BLOCKS["divider"]] * 51)) == [
        "no more than 50 items allowed [json-pointer:/blocks]"
    ]
    assert words(check_message([BLOCKS["data_visualization"]] * 3)) == [
        "no more than 2 data_visualization blocks allowed [json-pointer:/blocks]"
    ]
    assert words(check_message([BLOCKS["table"]] * 2)) == [
        "only one table block allowed [json-pointer:/blocks]"
    ]
    assert words(check_message([{"type": "markdown", "text": "x" * 7000}] * 2)) == [
        "markdown blocks must be less than 12001 characters [json-pointer:/blocks]"
    ]


def test_the_characters_of_a_message_are_summed() -> None:
    blocks = [{"type": "section", "text": mrkdwn("x" * 2640)}] * 5
    assert not too_long(blocks)
    assert too_long([*blocks, BLOCKS["header"]])


def test_a_view_is_at_most_250_kilobytes() -> None:
    texts = [{"type": "section", "text": mrkdwn("é" * 1400)}] * 80
    assert not view_too_large(modal(*texts))
    assert view_too_large(modal(*texts, *texts[:10]))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"options": [option()] * 101}, "no more than 100 items allowed [json-pointer:/options]"),
        (
            {"options": [option("v", "x" * 76)]},
            "must be less than 76 characters [json-pointer:/options/0/text/text]",
        ),
        ({}, "must provide exactly one of: options, option_groups [json-pointer:]"),
        ([], "must provide an object [json-pointer:]"),
    ],
)
def test_a_spoilt_list_of_options_is_refused(answer: Any, said: str) -> None:
    assert said in words(check_options(answer))


def test_blocks_are_kept_with_ids_and_flags_filled_in_and_the_given_ones_untouched() -> None:
    given = [{"type": "actions", "elements": [{"type": "button", "text": plain()}]}, BLOCKS["context"], RICH]
    before = copy.deepcopy(given)
    kept = normal_blocks(given, Draw("x"))
    assert given == before
    assert kept[0]["block_id"]
    assert kept[0]["elements"][0]["action_id"]
    assert kept[0]["elements"][0]["text"] == {"type": "plain_text", "text": "x", "emoji": True}
    assert kept[1]["elements"][1] == {"type": "mrkdwn", "text": "x", "verbatim": False}
    assert "action_id" not in kept[1]["elements"][0]
    assert kept[2]["elements"] == RICH["elements"]


@pytest.mark.parametrize("value", [None, True, 3, "x", [[]], {"type": 3}, {"type": ["section"]}, NUMBER])
def test_nonsense_is_refused_without_falling_over(value: Any) -> None:
    assert words(check_message([value]))
    assert words(check_message(value))
    assert words(check_view(value, "modal"))


def test_what_a_section_takes_is_an_element_that_exists() -> None:
    assert set(IN_SECTION) | set(IN_ACTIONS) | set(IN_INPUT) == set(ELEMENT_TABLES)
