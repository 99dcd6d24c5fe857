"""The story the demonstration opens with: a programme set up, most people in, a round drafted."""

import asyncio
from datetime import timedelta
from typing import Any

from sandbox.botlink import BotError
from sandbox.commands import say
from sandbox.fields import fields_of, fill_in, shown_value
from sandbox.members import CONTACT_IDS, OWNER_ID, Member
from sandbox.messages import Message
from sandbox.optin import opt_in
from sandbox.shown import labelled_errors
from sandbox.slack import Slack, WrongUseError
from sandbox.submissions import close_all, submit
from sandbox.values import options_of
from sandbox.views import View

HEALTHY_SECONDS = 60.0
LOOK_AGAIN = 0.2
STAY_OUT = 8
FIRST_ROUND_IN = timedelta(weeks=1)
PURPOSE = (
    "You get a colleague from another level who helps you with what you want to learn, "
    "and learns from you in turn."
)


class StoryError(Exception):
    """A step of the story did not work; the message says which and why."""


async def prepare(slack: Slack) -> str | None:
    """The owner sets the programme up, so that people can join. None, or what went wrong."""
    try:
        await _wait_for(slack)
        await _set_up(slack)
    except (StoryError, WrongUseError, BotError) as error:
        return str(error)
    return None


async def tell_story(slack: Slack) -> str | None:
    """Set up, let most people join, draft a round. None, or what went wrong."""
    trouble = await prepare(slack)
    if trouble:
        return trouble
    try:
        await _join(slack)
        await _draft(slack)
    except (StoryError, WrongUseError, BotError) as error:
        return str(error)
    return None


async def _wait_for(slack: Slack) -> None:
    try:
        async with asyncio.timeout(HEALTHY_SECONDS):
            while not await slack.bot.healthy():  # noqa: ASYNC110 - another process can only be asked again
                await asyncio.sleep(LOOK_AGAIN)
    except TimeoutError:
        raise StoryError(f"the bot is not healthy after {HEALTHY_SECONDS:.0f} seconds") from None


async def _set_up(slack: Slack) -> None:
    owner = slack.workspace.members[OWNER_ID]
    told = await _types(slack, owner, "/mentor setup")
    view = slack.workspace.views.top(owner.id)
    if view is None:
        raise StoryError(f"/mentor setup opened no form: {_words(told)}")
    await fill_in(slack, owner, view, _settings(slack, view))
    errors = labelled_errors(view, await submit(slack, owner, view))
    if errors:
        raise StoryError(f"the setup form was refused: {errors}")
    await slack.timeline.settle()
    await close_all(slack, owner)


def _settings(slack: Slack, view: View) -> dict[str, Any]:
    """What the owner fills in; the other fields stay as the form fills them itself."""
    fields = fields_of(view)
    wanted: dict[str, Any] = {
        "Programme name": "Bothways",
        "What will a learner get?": PURPOSE,
        "Channel": "mentoring",
        "Contacts for concerns": list(CONTACT_IDS),
    }
    if "First round" in fields and not shown_value(fields["First round"], view):
        wanted["First round"] = (slack.workspace.clock.now() + FIRST_ROUND_IN).date().isoformat()
    if "Conditions" in fields:
        conditions = options_of(fields["Conditions"].element)
        wanted["Conditions"] = [option["value"] for option in conditions]
    return {label: value for label, value in wanted.items() if label in fields}


async def _join(slack: Slack) -> None:
    people = [member for member in slack.workspace.members.values() if member.roster]
    # every fifth stays out, for the visitor to play with
    staying_out = {member.id for member in people[4::5][:STAY_OUT]}
    failed = await opt_in(slack, [member for member in people if member.id not in staying_out])
    if failed:
        who, why = next(iter(failed.items()))
        raise StoryError(f"{len(failed)} people could not join, {who} because {why}")


async def _draft(slack: Slack) -> None:
    owner = slack.workspace.members[OWNER_ID]
    told = await _types(slack, owner, "/mentor match")
    if not told and slack.workspace.views.top(owner.id) is None:
        raise StoryError("/mentor match answered nothing")


async def _types(slack: Slack, person: Member, text: str) -> list[Message]:
    workspace = slack.workspace
    since = workspace.messages.last_ts
    await say(slack, person, text, workspace.direct(person.id))
    await slack.timeline.settle()
    return [message for message in workspace.messages.since(since) if message.visible_to == person.id]


def _words(told: list[Message]) -> str:
    return told[-1].text if told else "and said nothing"
