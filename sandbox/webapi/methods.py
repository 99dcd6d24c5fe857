"""The table of methods: who answers, which scopes, which tier of rate."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.webapi import chat, conversations, files, scheduled, users, views
from sandbox.webapi.arguments import Arguments
from sandbox.workspace import Workspace

Answer = Callable[[Workspace, Arguments], dict[str, Any]]
Scopes = Callable[[Arguments], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Method:
    """A method; any one of the scopes will do, none means none is needed. No tier: limits of its own."""

    answer: Answer
    scopes: tuple[str, ...] | Scopes = ()
    tier: int | None = 4

    def wanted(self, arguments: Arguments) -> tuple[str, ...]:
        """The scopes of which the app needs one, for these arguments."""
        return self.scopes(arguments) if callable(self.scopes) else self.scopes


_READ = tuple(conversations.READ_SCOPES.values())


def _open_scopes(arguments: Arguments) -> tuple[str, ...]:
    if len(arguments.names("users")) > 1:
        return ("mpim:write", "groups:write")
    return ("im:write", "mpim:write") if arguments.text("channel") else ("im:write",)


METHODS: dict[str, Method] = {
    "api.test": Method(lambda _workspace, arguments: {"args": dict(arguments.given)}),
    "auth.test": Method(users.auth_test, tier=None),
    "chat.delete": Method(chat.delete, ("chat:write",), tier=3),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",)),
    "chat.postMessage": Method(chat.post_message, ("chat:write",), tier=None),
    "chat.deleteScheduledMessage": Method(scheduled.unschedule, ("chat:write",), tier=3),
    "chat.scheduleMessage": Method(scheduled.schedule, ("chat:write",), tier=3),
    "chat.scheduledMessages.list": Method(scheduled.scheduled, tier=3),
    "chat.update": Method(chat.update, ("chat:write",), tier=3),
    "conversations.info": Method(conversations.info, _READ, tier=3),
    "conversations.join": Method(conversations.join, ("channels:join",), tier=3),
    "conversations.list": Method(conversations.list_, _READ, tier=2),
    "conversations.members": Method(conversations.members, _READ),
    "conversations.open": Method(conversations.open_, _open_scopes, tier=3),
    "files.completeUploadExternal": Method(files.complete, ("files:write",)),
    "files.getUploadURLExternal": Method(files.upload_url, ("files:write",)),
    "users.info": Method(users.info, ("users:read",)),
    "users.list": Method(users.list_, ("users:read",), tier=2),
    "users.lookupByEmail": Method(users.lookup_by_email, ("users:read.email",), tier=3),
    "views.open": Method(views.open_),
    "views.publish": Method(views.publish),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
}
