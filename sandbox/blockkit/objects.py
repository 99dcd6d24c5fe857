"""Composition objects: texts, options, confirmation dialogs, filters, images."""

from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.spec import ByType, Flag, ListOf, Number, Obj, Problem, Spec, Str, typed

OPTION_TEXT = 75
OPTION_VALUE = 150
OPTIONS = 100
ID = Str(most=255)
URL = Str(most=3000, least=1, pattern=r"(https?://|mailto:).*")


def plain(most: int) -> Spec:
    """A plain_text object of 1 to `most` characters."""
    return ByType({"plain_text": plain_object(most)})


def text(most: int) -> Spec:
    """A plain_text or mrkdwn object of 1 to `most` characters."""
    return ByType({"plain_text": plain_object(most), "mrkdwn": mrkdwn(most)})


def plain_object(most: int) -> Obj:
    """The table behind `plain`, for lists that take other kinds too."""
    return typed("plain_text", {"text": Str(most, least=1)}, {"emoji": Flag()})


def mrkdwn(most: int) -> Obj:
    """A mrkdwn object of 1 to `most` characters."""
    return typed("mrkdwn", {"text": Str(most, least=1)}, {"verbatim": Flag()})


def option(label: Spec, *, links: bool = False) -> Obj:
    """An option; an overflow menu's may carry a link."""
    may: dict[str, Spec] = {"description": plain(OPTION_TEXT)}
    if links:
        may["url"] = URL
    return Obj({"text": label, "value": Str(OPTION_VALUE, least=1)}, may)


PLAIN_OPTION = option(plain(OPTION_TEXT))
TEXT_OPTION = option(text(OPTION_TEXT))
LINK_OPTION = option(plain(OPTION_TEXT), links=True)
OPTION_GROUP = Obj(
    {"label": plain(OPTION_TEXT), "options": ListOf(PLAIN_OPTION, OPTIONS)},
    {},
)

CONFIRM = Obj(
    {"text": text(300)},
    {
        "title": plain(100),
        "confirm": plain(30),
        "deny": plain(30),
        "style": Str(one_of=("primary", "danger")),
    },
)

DISPATCH = Obj(
    {},
    {"trigger_actions_on": ListOf(Str(one_of=("on_enter_pressed", "on_character_entered")), most=2, least=1)},
)


def _some_filter(value: dict[str, Any], at: str) -> Iterator[Problem]:
    if not value:
        yield Problem("must have at least one property", at)


CONVERSATION_FILTER = Obj(
    {},
    {
        "include": ListOf(Str(one_of=("im", "mpim", "private", "public")), most=4, least=1),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
    (_some_filter,),
)

SLACK_FILE = Obj({}, {"id": Str(least=1), "url": URL})


def one_image(value: dict[str, Any], at: str) -> Iterator[Problem]:
    """An image has an address or a Slack file, not both."""
    if ("image_url" in value) == ("slack_file" in value):
        yield Problem("must provide exactly one of: image_url, slack_file", at)


RAW_TEXT = typed("raw_text", {"text": Str(least=1)}, {})
RAW_NUMBER = typed("raw_number", {"value": Number(whole=False), "text": Str(least=1)}, {})
