"""What people type: slash commands to the app, and plain words to each other."""

import re

from sandbox.botlink import Reply
from sandbox.channels import Channel
from sandbox.manifest import SlashCommand
from sandbox.members import BOT_USER_ID, Member
from sandbox.messages import Message
from sandbox.payloads import command_form
from sandbox.responses import show_answer
from sandbox.slack import Slack, WrongUseError
from sandbox.webapi.errors import SlackError
from sandbox.workspace import Workspace

_WEB = re.compile(r"(?<![<\w])https?://[^\s<>]+")


async def say(slack: Slack, person: Member, text: str, channel: Channel) -> None:
    """Type `text` into `channel`: a command if it begins with a slash, else a message."""
    if person.id not in channel.members:
        raise WrongUseError(f"{person.real_name} is not in that conversation", 403)
    if not text.strip():
        raise WrongUseError("there is nothing to send")
    if text.startswith("/"):
        await _command(slack, person, text, channel)
    else:
        await _words(slack, person, text, channel)


async def _command(slack: Slack, person: Member, text: str, channel: Channel) -> None:
    workspace = slack.workspace
    name, _, words = text.partition(" ")
    known = workspace.manifest.commands.get(name)
    if known is None:
        workspace.tell(person.id, channel.id, f"{name} is not a valid command. Commands begin with a slash.")
        return
    form = command_form(
        person,
        channel,
        name,
        sent_text(workspace, words.strip(), known),
        trigger_id=workspace.triggers.issue(person.id),
        response_url=slack.response_url(person.id, channel.id, None),
    )
    reply = await slack.bot.send_form(form)
    problem = _show(workspace, person, channel, reply)
    if problem:
        workspace.tell(person.id, channel.id, f'{name} failed with the error "{problem}"')


def _show(workspace: Workspace, person: Member, channel: Channel, reply: Reply) -> str | None:
    """Show what came back with the acknowledgement; Slack's word for what is wrong with it, or None."""
    if not reply.ok:
        return reply.failure
    body = reply.body.decode(errors="replace").strip()
    if not body:
        return None
    answer = reply.json()
    try:
        show_answer(workspace, person.id, channel.id, answer if isinstance(answer, dict) else {"text": body})
    except SlackError:
        return "invalid_command_response"
    return None


def sent_text(workspace: Workspace, words: str, command: SlashCommand) -> str:
    """A command's words as Slack sends them: entities escaped, names and links marked if the app asked."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if not command.should_escape:
        return escaped
    marked = _WEB.sub(lambda found: f"<{found.group()}>", escaped)
    return _marked_channels(workspace, _marked_people(workspace, marked))


def _marked_people(workspace: Workspace, text: str) -> str:
    if "@" not in text:
        return text
    names = {
        name.casefold(): member
        for member in workspace.members.values()
        for name in (
            member.name,
            member.id,
            member.roster.id if member.roster else member.id,
            member.real_name,
        )
    }
    longest = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))

    def marked(found: re.Match[str]) -> str:
        member = names[found.group(1).casefold()]
        return f"<@{member.id}|{member.name}>"

    return re.sub(rf"(?<!\w)@({longest})(?!\w)", marked, text, flags=re.IGNORECASE)


def _marked_channels(workspace: Workspace, text: str) -> str:
    def marked(found: re.Match[str]) -> str:
        channel = workspace.channels.named(found.group(1))
        return found.group() if channel is None else f"<#{channel.id}|{channel.name}>"

    return re.sub(r"(?<!\w)#([\w-]+)", marked, text)


async def _words(slack: Slack, person: Member, text: str, channel: Channel) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    message = slack.workspace.post(channel.id, person.id, _marked_people(slack.workspace, escaped))
    if BOT_USER_ID in channel.members:
        await slack.events.emit(_message_event(message, channel))
        if f"<@{BOT_USER_ID}" in message.text:
            await slack.events.emit({**_message_event(message, channel), "type": "app_mention"})


def _message_event(message: Message, channel: Channel) -> dict[str, str]:
    kinds = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
    return {
        "type": "message",
        "user": message.author,
        "text": message.text,
        "ts": message.ts,
        "event_ts": message.ts,
        "channel": channel.id,
        "channel_type": kinds[channel.kind],
    }
