"""Everybody on the roster opts in with what they declared, through the real interface."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sandbox.commands import say
from sandbox.fields import Field, fields_of, fill_in
from sandbox.members import Member, slack_id
from sandbox.people import RosterPerson
from sandbox.shown import labelled_errors
from sandbox.slack import Slack, WrongUseError
from sandbox.submissions import close_all, submit
from sandbox.values import options_of

AT_ONCE = 4
# people do not all join in the same second: a second each keeps within Slack's limits on opening forms
APART = timedelta(seconds=1)
DAY = ("09:00", "17:00")


async def opt_everyone_in(slack: Slack) -> dict[str, Any]:
    """All people of the roster who have not left join; who could not, with the reason, by Slack id."""
    people = [member for member in slack.workspace.members.values() if member.roster and not member.deleted]
    failed = await opt_in(slack, people)
    return {"ok": not failed, "opted_in": len(people) - len(failed), "failed": failed}


async def opt_in(slack: Slack, people: Iterable[Member]) -> dict[str, str]:
    """These people join, a few at a time; who could not, with the reason, by Slack id."""
    crowd = list(people)
    gate = asyncio.Semaphore(AT_ONCE)
    failed: dict[str, str] = {}

    async def one(member: Member) -> None:
        async with gate:
            slack.workspace.clock.reach(slack.workspace.clock.now() + APART)
            problem = await _join(slack, member)
            if problem:
                failed[member.id] = problem

    await asyncio.gather(*(one(member) for member in crowd))
    await slack.timeline.settle()
    for member in crowd:  # what came in the form's place has been read
        await close_all(slack, member)
    return failed


async def _join(slack: Slack, member: Member) -> str | None:
    workspace = slack.workspace
    since = workspace.messages.last_ts
    await say(slack, member, "/mentor join", workspace.direct(member.id))
    await slack.timeline.settle()
    view = workspace.views.top(member.id)
    if view is None or member.roster is None:
        told = [
            message.text for message in workspace.messages.since(since) if message.visible_to == member.id
        ]
        return f"no form opened: {told[-1] if told else 'and nothing was said'}"
    try:
        await fill_in(slack, member, view, declared(member.roster, fields_of(view)))
    except WrongUseError as error:
        return str(error)
    errors = labelled_errors(view, await submit(slack, member, view))
    return "; ".join(f"{label or 'the form'}: {text}" for label, text in errors.items()) or None


def declared(person: RosterPerson, fields: dict[str, Field]) -> dict[str, Any]:
    """What a person of the roster fills in, by label; fields the form does not have are left out."""
    wanted: dict[str, Any] = {
        "Name": person.name,
        "Level": _by_number(fields.get("Level"), str(person.level)),
        "Department": person.department,
        "I want to learn": list(person.learn),
        "I can teach": list(person.teach),
        "Places": str(person.places),
        "Working day starts": DAY[0],
        "Working day ends": DAY[1],
        "Time zone": person.timezone,
        "Languages": _by_code(fields.get("Languages"), person.languages),
        "My manager": slack_id(person.manager) if person.manager else None,
        "Joined the company": person.since,
        "Being found": True,
    }
    return {label: value for label, value in wanted.items() if label in fields and value is not None}


def _labels(field: Field | None) -> list[str]:
    return [] if field is None else [option["text"]["text"] for option in options_of(field.element)]


def _by_number(field: Field | None, number: str) -> str:
    """The option that begins with this number (`3 · Senior`)."""
    return next((label for label in _labels(field) if label.split()[0].rstrip(".:") == number), number)


def _by_code(field: Field | None, codes: Iterable[str]) -> list[str]:
    """The options that end with these codes (`English (en)`)."""
    labels = _labels(field)
    return [next((label for label in labels if label.endswith(f"({code})")), code) for code in codes]
