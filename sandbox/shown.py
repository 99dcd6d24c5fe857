"""The JSON of what stands in the workspace, for scripts and for the page."""

from typing import Any

from sandbox.channels import Channel
from sandbox.fields import fields_of, shown_value
from sandbox.members import Member
from sandbox.messages import Message
from sandbox.reading import pressables, read_blocks, read_message
from sandbox.values import options_of
from sandbox.views import View, view_json
from sandbox.workspace import Workspace

Json = dict[str, Any]


def person_json(member: Member) -> Json:
    """A person the page can play."""
    return {
        "id": member.id,
        "roster_id": member.roster.id if member.roster else None,
        "name": member.real_name,
        "level": member.roster.level if member.roster else None,
        "department": member.title,
        "timezone": member.tz,
        "owner": member.runs_programme,
        "deleted": member.deleted,
    }


def channel_json(workspace: Workspace, channel: Channel) -> Json:
    """A conversation."""
    name = channel.name
    if channel.kind in ("im", "mpim"):
        name = ", ".join(workspace.members[one].real_name for one in channel.members)
    return {"id": channel.id, "name": name, "kind": channel.seen_as, "members": list(channel.members)}


def message_json(workspace: Workspace, message: Message) -> Json:
    """A message in words: its text as it is read, the labels that can be pressed."""
    return {
        "ts": message.ts,
        "channel": message.channel,
        "at": message.at.isoformat(),
        "author": message.author,
        "text": read_message(workspace, message.text, message.blocks),
        "fallback": message.text,
        "buttons": [pressable.label for pressable in pressables(message.blocks)],
        "visible_to": None if message.visible_to is None else [message.visible_to],
    }


def form_json(view: View) -> Json:
    """An open form by its labels."""
    return {
        "person": view.person,
        "title": view.content["title"]["text"],
        "fields": [
            {
                "label": field.label,
                "kind": field.kind,
                "options": [option["text"]["text"] for option in options_of(field.element)],
                "value": shown_value(field, view),
                "optional": bool(field.block.get("optional", False)),
            }
            for field in fields_of(view).values()
        ],
        "buttons": [pressable.label for pressable in pressables(view.blocks)],
        "errors": labelled_errors(view, view.errors),
    }


def labelled_errors(view: View, errors: dict[str, str]) -> dict[str, str]:
    """Errors by label instead of by block; "" stays the form's own."""
    labels = {field.block["block_id"]: field.label for field in fields_of(view).values()}
    return {labels.get(block, block): text for block, text in errors.items()}


def home_json(workspace: Workspace, view: View) -> Json:
    """An App Home in words."""
    return {
        "text": read_blocks(workspace, view.blocks),
        "buttons": [pressable.label for pressable in pressables(view.blocks)],
    }


def sees(workspace: Workspace, person: str, message: Message) -> bool:
    """Whether `person` sees this message: in their conversations, and not another's ephemeral one."""
    if message.visible_to is not None:
        return message.visible_to == person
    channel = workspace.channels.get(message.channel)
    return channel is not None and person in channel.members


def state_json(workspace: Workspace, person: Member | None, since: str = "") -> Json:
    """Everything, or with `person` only what that person sees; of messages those later than `since`."""
    me = None if person is None else person.id
    channels = workspace.channels.all() if me is None else workspace.channels.of(me)
    forms = [view for view in workspace.views.open_modals() if me in (None, view.person)]
    homes = [view for view in workspace.views.homes() if me in (None, view.person)]
    return {
        "clock": workspace.clock.now().isoformat(),
        "people": [person_json(member) for member in workspace.members.values() if member.is_person],
        "channels": [channel_json(workspace, channel) for channel in channels],
        "messages": [
            message_json(workspace, message)
            for message in (workspace.messages.since(since) if since else workspace.messages.all())
            if me is None or sees(workspace, me, message)
        ],
        "forms": [form_json(view) for view in forms],
        "home": {view.person: home_json(workspace, view) for view in homes},
        "trouble": workspace.trouble,
    }


def screen_json(workspace: Workspace, person: Member) -> Json:
    """What the page draws for one person: raw blocks and views."""
    channels = workspace.channels.of(person.id)
    modal, home = workspace.views.top(person.id), workspace.views.home(person.id)
    messages = sorted(
        (
            message
            for channel in channels
            for message in workspace.messages.within(channel.id)
            if sees(workspace, person.id, message)
        ),
        key=lambda message: message.at,
    )
    return {
        "clock": workspace.clock.now().isoformat(),
        "workspace": {"name": workspace.name, "bot": workspace.bot_id, "trouble": workspace.trouble},
        "me": person.id,
        "people": [{**person_json(member), "is_bot": member.is_bot} for member in workspace.members.values()],
        "channels": [channel_json(workspace, channel) for channel in channels],
        "messages": [_drawn(workspace, message) for message in messages],
        "modal": None if modal is None else {**view_json(modal), "errors": modal.errors},
        "home": None if home is None else view_json(home),
    }


def _drawn(workspace: Workspace, message: Message) -> Json:
    return {
        "ts": message.ts,
        "channel": message.channel,
        "at": message.at.isoformat(),
        "author": message.author,
        "author_name": workspace.members[message.author].real_name,
        "text": message.text,
        "blocks": message.blocks,
        "state": message.state,
        "ephemeral": message.visible_to is not None,
        "edited": message.edited,
    }
