"""What the app may do in a workspace, and what it needs each right for; the manifest is held to this."""

SCOPES = {
    "commands": "hear /mentor",
    "chat:write": "post messages and change its own (chat.postMessage, chat.update)",
    "im:write": "open direct messages (conversations.open)",
    "mpim:write": "open a pair's room (conversations.open)",
    "users:read": "know names, zones and guests (users.info)",
    "channels:read": "see whether it is in the programme's channel (conversations.info)",
    "groups:read": "the same where that channel is private",
    "files:write": "show a summary's charts as pictures where Slack draws none (files.*)",
}
"""Scope to reason. No history scope: it never reads what people write to each other."""

METHODS = {
    "auth.test": (),
    "apps.connections.open": (),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.open": ("im:write", "mpim:write"),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "users.info": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
"""Every Web API method that is called, with the scopes it needs."""
