"""What Slack sent, read: who asks, from where, and with what."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from bot.mentoring.ids import Address, WorkspaceId
from bot.ports import Destination
from bot.use_cases.saying import to_person
from handlers.caller import Caller, House
from handlers.shared.people import Known
from handlers.shared.rights import Rights
from handlers.shared.types import Json
from handlers.slack.blocks import BESIDE
from handlers.slack.client import Identity
from handlers.slack.refs import Seals, to_answer, to_message
from prompts.view import Reader

KEY = "inbox_key"
"""Where a request's key stands in Bolt's context."""
_MENTION = re.compile(r"<[@#]([A-Z0-9]{2,40})(?:\|[^<>]*)?>")
_LINK = re.compile(r"<((?:https?://|mailto:)[^<>|]*)(?:\|([^<>]*))?>")


class Place(Enum):
    """Where somebody acted."""

    COMMAND = auto()
    MESSAGE = auto()
    HOME = auto()
    WINDOW = auto()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody acted, and can be answered.

    `trigger` opens one window within three seconds; `view` is the window it was done in, `title` that
    window's; `answer_url` is where an answer may be sent (a secret).
    """

    place: Place
    reader: Reader
    trigger: str = ""
    view: str = ""
    title: str = ""
    answer_url: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """One thing somebody did in Slack; `key` makes it one in the inbox."""

    workspace: WorkspaceId
    key: str
    caller: Caller
    spot: Spot


class NobodyError(ValueError):
    """A request that does not say who acts; nobody is acted for."""


def acting_user(body: Json) -> tuple[str, str]:
    """(the acting person's id, the id of their own team), whatever kind of request it is; NobodyError."""
    user = body.get("user")
    if isinstance(user, dict):
        found = (user.get("id"), user.get("team_id") or (body.get("team") or {}).get("id"))
    else:
        found = (body.get("user_id"), body.get("team_id"))
    if not found[0]:
        raise NobodyError
    return str(found[0]), str(found[1] or "")


def spot_of(body: Json, reader: Reader) -> Spot:
    """Where it was done."""
    view = body.get("view") or {}
    return Spot(
        place=_place(body, view),
        reader=reader,
        trigger=str(body.get("trigger_id") or ""),
        view=str(view.get("id") or ""),
        title=str((view.get("title") or {}).get("text") or ""),
        answer_url=str(body.get("response_url") or ""),
    )


def _place(body: Json, view: Json) -> Place:
    if "command" in body:
        return Place.COMMAND
    if view:
        return Place.HOME if view.get("type") == "home" else Place.WINDOW
    return Place.MESSAGE


@dataclass(frozen=True, slots=True)
class Asked:
    """Reads requests for one workspace."""

    house: House
    rights: Rights
    seals: Seals

    def read(self, body: Json, key: str, identity: Identity, known: Known) -> Asking:
        """What somebody did; `known` is what is known of them."""
        user, team = acting_user(body)
        who = identity.address(user)
        caller = Caller(
            address=who,
            house=self.house,
            may_set_up=self.rights.may_set_up(user, admin=known.admin),
            external=team != identity.team,
            reply_to=self._reply_to(body, identity, who),
        )
        return Asking(identity.workspace, key, caller, spot_of(body, known.reader))

    def _reply_to(self, body: Json, identity: Identity, who: Address) -> Destination | None:
        """The message that was pressed; the person, where that message asks other things too."""
        container: dict[str, Any] = body.get("container") or {}
        if container.get("type") != "message":
            return None
        if any(str(action.get("action_id")).endswith(BESIDE) for action in body.get("actions") or ()):
            return to_person(who)
        if not container.get("is_ephemeral") and body.get("message"):
            return to_message(str(container["channel_id"]), str(container["message_ts"]), who)
        url = body.get("response_url")
        return to_answer(self.seals.close(identity.workspace, str(url)), who) if url else None


def typed_words(text: str, identity: Identity) -> str:
    """What was typed after the command: mentions as addresses, links as they were typed, unescaped once."""
    words = _MENTION.sub(lambda found: identity.address(found.group(1)), text)
    words = _LINK.sub(lambda found: found.group(2) or found.group(1), words)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
