"""Checks whole messages, views and option lists, and says what Slack would say."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.blocks import IN_MESSAGE, IN_VIEW, MARKDOWN_LENGTH
from sandbox.blockkit.objects import ID, OPTION_GROUP, OPTIONS, PLAIN_OPTION, plain
from sandbox.blockkit.spec import Flag, ListOf, Obj, Problem, Spec, Str, typed
from sandbox.blockkit.walk import Json, each_element, text_length

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
# measured by others: Slack refuses messages near this many characters, whatever its pages say
MESSAGE_CHARACTERS = 13_200
CHARTS_IN_MESSAGE = 2

_MESSAGE = ListOf(IN_MESSAGE, MESSAGE_BLOCKS)
_VIEW: dict[str, Spec] = {"blocks": ListOf(IN_VIEW, VIEW_BLOCKS)}
_VIEW_MAY: dict[str, Spec] = {
    "private_metadata": Str(3000),
    "callback_id": ID,
    "external_id": ID,
}
_VIEWS: dict[str, Obj] = {
    "modal": typed(
        "modal",
        {"title": plain(24), **_VIEW},
        {
            **_VIEW_MAY,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
        },
    ),
    "home": typed("home", _VIEW, _VIEW_MAY),
}
_SUGGESTED = Obj(
    {},
    {"options": ListOf(PLAIN_OPTION, OPTIONS), "option_groups": ListOf(OPTION_GROUP, 100)},
)


def check_message(blocks: Any) -> list[Problem]:
    """Everything wrong with a message's blocks; pointers begin at `/blocks`."""
    problems = list(_MESSAGE.check(blocks, "/blocks"))
    if not problems:
        problems = [*_twice(blocks, "/blocks"), *_too_many(blocks)]
    return problems


def too_long(blocks: list[Json]) -> bool:
    """Whether the texts of these (sound) blocks are too long together (`msg_blocks_too_long`)."""
    return text_length(blocks) > MESSAGE_CHARACTERS


def check_view(view: Any, kind: str) -> list[Problem]:
    """Everything wrong with a `modal` or a `home` view; pointers begin at `/view`."""
    if not isinstance(view, dict):
        return [Problem("must provide an object", "/view")]
    if "type" in view and view["type"] != kind:
        return [Problem(f"must be one of: {kind}", "/view/type")]
    problems = list(_VIEWS[kind].check(view, "/view"))
    if not problems:
        problems = [*_twice(view["blocks"], "/view/blocks"), *_one_focus(view["blocks"])]
        has_input = any(block["type"] == "input" for block in view["blocks"])
        if kind == "modal" and has_input and "submit" not in view:
            problems.append(Problem("missing required field: submit", "/view"))
    return problems


def view_too_large(view: Any) -> bool:
    """Whether a view is more than 250 kB of JSON."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES


def check_options(answer: Any) -> list[Problem]:
    """Everything wrong with the answer to an options request."""
    problems = list(_SUGGESTED.check(answer, ""))
    if not problems and len(answer) != 1:
        problems.append(Problem("must provide exactly one of: options, option_groups", ""))
    return problems


def _twice(blocks: list[Json], at: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        name = block.get("block_id")
        if name in seen:
            yield Problem(f"`block_id` {name} already exists", f"{at}/{place}/block_id")
        if name:
            seen.add(name)
        actions = [element["action_id"] for _, element in each_element([block])]
        for action in sorted({action for action in actions if actions.count(action) > 1}):
            yield Problem(f"`action_id` {action} already exists in this block", f"{at}/{place}")


def _one_focus(blocks: list[Json]) -> Iterator[Problem]:
    focused = [element for _, element in each_element(blocks) if element.get("focus_on_load")]
    if len(focused) > 1:
        yield Problem("only one element can have focus_on_load", "/view/blocks")


def _too_many(blocks: list[Json]) -> Iterator[Problem]:
    kinds = [block["type"] for block in blocks]
    if kinds.count("table") > 1:
        yield Problem("only one table block allowed", "/blocks")
    if kinds.count("data_visualization") > CHARTS_IN_MESSAGE:
        yield Problem("no more than 2 data_visualization blocks allowed", "/blocks")
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > MARKDOWN_LENGTH:
        yield Problem(f"markdown blocks must be less than {MARKDOWN_LENGTH + 1} characters", "/blocks")
