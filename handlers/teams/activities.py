"""What Teams tells, read: who does it, where, and what it is. Nothing here is a right, all of it data."""

import re
from dataclasses import dataclass
from html import unescape
from zoneinfo import available_timezones

from bot.mail import Reference
from bot.mentoring.ids import Address
from bot.mentoring.people import Profile, Standing
from bot.mentoring.text import NAME_LIMIT, clean, shortened
from bot.ports import Destination, Kind
from handlers.shared.types import Json
from handlers.teams.cards import DO, FORM, MARK, PAGE, SUBMIT, VALUE
from handlers.teams.ids import person

ZONES = frozenset(available_timezones())
PERSONAL = "personal"
LONGEST_NAME = 500
"""Characters of what Teams calls a conversation, an account, a team or a message."""
_AT = re.compile(r"<at(?:\s[^<>]*)?>([^<]*)</at>")
"""A name that is called; each begins where the last one ended, so a long text is read through once."""
_TAG = re.compile(r"</?(?:p|div|span|br)(?:\s[^<>]*)?/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Where:
    """Who acts and where: their own chat with the bot, or another conversation; `service` reaches both.

    `pressed` is the message whose button it was, empty where it was none.
    """

    who: Address
    name: str
    zone: str
    account: str
    conversation: str
    service: str
    personal: bool
    pressed: str = ""

    @property
    def reference(self) -> Reference:
        """Where the person is reached, if this is their own chat."""
        return Reference(self.conversation, self.service, self.account)

    @property
    def message(self) -> Destination | None:
        """The message that was pressed, where an answer may take its place: in the person's own chat."""
        if not self.personal or not self.pressed:
            return None
        return Destination(Kind.REPLY, message_ref(self.conversation, self.pressed), (self.who,))

    def profile(self, standing: Standing = Standing.MEMBER) -> Profile:
        """What the request itself tells of the person."""
        return Profile(self.who, self.name, self.zone, admin=False, standing=standing)


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody wrote to the bot."""

    words: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button; `mark` is the message of the outbox it came with, `page`: it stands on a person's page."""

    action: str
    value: str
    mark: str
    page: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was sent: the form as we sealed it, and all that came with it."""

    sealed: str
    data: Json
    mark: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What a field that is searched was asked for."""

    source: str
    typed: str


@dataclass(frozen=True, slots=True)
class Came:
    """The bot came into somebody's own chat; `first`: they took it in just now."""

    first: bool


@dataclass(frozen=True, slots=True)
class Went:
    """The bot was taken out of somebody's own chat."""


@dataclass(frozen=True, slots=True)
class TeamChanged:
    """The bot was added to a team, or taken out of it."""

    team: str
    added: bool


Happening = Typed | Pressed | Filled | Searched | Came | Went | TeamChanged


class UnknownInvokeError(ValueError):
    """A request for an answer of a kind that nothing of ours asks for."""


def message_ref(conversation: str, activity: str) -> str:
    """The name of a message of the bot's own."""
    return f"{conversation} {activity}"


def parts(ref: str) -> tuple[str, str]:
    """(its conversation, its own id)."""
    conversation, _, activity = ref.rpartition(" ")
    return conversation, activity


def where(activity: Json, tenant: str, service: str) -> Where | None:
    """Who acts and where; None for what nobody does, or somebody without an object id or an account."""
    sender, conversation = _object(activity, "from"), _object(activity, "conversation")
    who, place, account = person(tenant, sender.get("aadObjectId")), _name(conversation), _name(sender)
    if who is None or not place or not account:
        return None
    return Where(
        who=who,
        name=shortened(clean(_text(sender, "name")), NAME_LIMIT),
        zone=_zone(activity),
        account=account,
        conversation=place,
        service=service,
        personal=conversation.get("conversationType") == PERSONAL,
        pressed=_name(activity, "replyToId"),
    )


def happening(activity: Json) -> Happening | None:
    """What it is; None for what means nothing to us. UnknownInvokeError for what waits for an answer."""
    match activity.get("type"):
        case "message":
            words = typed_words(activity)
            return Typed(words) if words or not activity.get("value") else None
        case "invoke":
            return _invoked(activity)
        case "installationUpdate":
            return _installed(activity)
        case "conversationUpdate":
            return _moved(activity)
        case _:
            return None


def typed_words(activity: Json) -> str:
    """What was typed to the bot: without its own name, in plain text."""
    own = _text(_object(activity, "recipient"), "id")
    names = [
        _text(one, "text")
        for one in _list(activity, "entities")
        if one.get("type") == "mention" and _text(_object(one, "mentioned"), "id") == own
    ]
    text = _text(activity, "text")
    for name in filter(None, names):
        text = text.replace(name, " ")
    text = _AT.sub(r"\1", text)
    if activity.get("textFormat") == "xml":
        text = unescape(_TAG.sub(" ", text))
    return " ".join(text.replace("&nbsp;", " ").split())


def _invoked(activity: Json) -> Happening:
    value = _object(activity, "value")
    match activity.get("name"):
        case "adaptiveCard/action":
            return _pressed(_object(_object(value, "action"), "data"))
        case "application/search":
            return Searched(_text(value, "dataset"), _text(value, "queryText"))
        case _:
            raise UnknownInvokeError


def _pressed(data: Json) -> Happening:
    mark = _text(data, MARK)
    if data.get(DO) == SUBMIT:
        return Filled(_text(data, FORM), data, mark)
    return Pressed(_text(data, DO), _text(data, VALUE), mark, page=data.get(PAGE) is True)


def _installed(activity: Json) -> Happening | None:
    added = _text(activity, "action").startswith("add")
    team = _team(activity)
    if team:
        return TeamChanged(team, added)
    if _object(activity, "conversation").get("conversationType") != PERSONAL:
        return None
    return Came(first=True) if added else Went()


def _moved(activity: Json) -> Happening | None:
    """The bot among the members of a team that changed, or in a chat that begins."""
    own, team = _text(_object(activity, "recipient"), "id"), _team(activity)
    joined = own in [one.get("id") for one in _list(activity, "membersAdded")]
    left = own in [one.get("id") for one in _list(activity, "membersRemoved")]
    if team and (joined or left):
        return TeamChanged(team, joined)
    personal = _object(activity, "conversation").get("conversationType") == PERSONAL
    return Came(first=False) if personal and joined else None


def _team(activity: Json) -> str:
    return _name(_object(_object(activity, "channelData"), "team"))


def _zone(activity: Json) -> str:
    """The zone that the person's own Teams tells, UTC where it tells none that exists."""
    for one in _list(activity, "entities"):
        if one.get("type") == "clientInfo" and (zone := _text(one, "timezone")) in ZONES:
            return zone
    return "UTC"


def _object(value: Json, key: str) -> Json:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _list(value: Json, key: str) -> list[Json]:
    found = value.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(value: Json, key: str) -> str:
    found = value.get(key)
    return found if isinstance(found, str) else ""


def _name(value: Json, key: str = "id") -> str:
    """An id of Teams' own; empty for what is none."""
    found = _text(value, key)
    return found if found.isprintable() and len(found) <= LONGEST_NAME else ""
