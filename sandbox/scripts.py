"""The calls under /sandbox/ that scripts make: by labels and names, as CONTRACT and README say."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.actions import act
from sandbox.botlink import BotError
from sandbox.channels import Channel
from sandbox.commands import say
from sandbox.faults import BadFaultError, fault_from
from sandbox.fields import fill_in
from sandbox.guard import read_json
from sandbox.lookups import find_channel, find_person, find_source, given_text, open_form
from sandbox.members import Member
from sandbox.optin import opt_everyone_in
from sandbox.reading import pressables
from sandbox.shown import form_json, labelled_errors, message_json, state_json
from sandbox.slack import Slack, WrongUseError, short
from sandbox.submissions import close, submit
from sandbox.webapi.methods import METHODS

Json = dict[str, Any]
Call = Callable[[Slack, Json], Awaitable[Json]]

FURTHEST = timedelta(days=366)
"""The clock stops wherever something is due, so a longer way would hold everybody up."""


def answering(slack: Slack, call: Call) -> Callable[[Request], Awaitable[Response]]:
    """A route that reads JSON, makes the call, and words what went wrong."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await read_json(request)
            await slack.ready.wait()
            return JSONResponse(await call(slack, body))
        except WrongUseError as error:
            return JSONResponse({"error": str(error)}, status_code=error.status)
        except BotError as error:
            return JSONResponse({"error": str(error)}, status_code=502)

    return endpoint


def _effects(slack: Slack, person: Member, since: str) -> Json:
    """What came of an act: what Slack and the app told the person alone, and the form now open."""
    workspace = slack.workspace
    form = workspace.views.top(person.id)
    return {
        "ok": True,
        "replies": [
            message_json(workspace, message)
            for message in workspace.messages.since(since)
            if message.visible_to == person.id
        ],
        "form": None if form is None else form_json(form),
    }


async def _say(slack: Slack, body: Json) -> Json:
    person = find_person(slack, body)
    text = given_text(body, "text")
    channel = _where(slack, person, body)
    since = slack.workspace.messages.last_ts
    await say(slack, person, text, channel)
    await slack.timeline.settle()
    return _effects(slack, person, since)


def _where(slack: Slack, person: Member, body: Json) -> Channel:
    return slack.workspace.direct(person.id) if body.get("channel") is None else find_channel(slack, body)


async def _press(slack: Slack, body: Json) -> Json:
    person = find_person(slack, body)
    label = given_text(body, "button")
    source = await find_source(slack, person, body)
    found = pressables(source.blocks)
    pressed = next((pressable for pressable in found if pressable.label == label), None)
    if pressed is None:
        labels = ", ".join(pressable.label for pressable in found) or "none"
        raise WrongUseError(f"no button {short(label)} there; there are: {labels}", 404)
    since = slack.workspace.messages.last_ts
    await act(slack, person, source, (pressed.block, pressed.element), pressed.raw)
    await slack.timeline.settle()
    return _effects(slack, person, since)


def _fields(body: Json) -> Json:
    values = body.get("fields")
    if not isinstance(values, dict):
        raise WrongUseError("`fields` must be given: values by label, {} to leave the form as it is")
    return values


async def _fill(slack: Slack, body: Json) -> Json:
    person = find_person(slack, body)
    view = open_form(slack, person)
    since = slack.workspace.messages.last_ts
    for field, raw in await fill_in(slack, person, view, _fields(body)):
        await act(slack, person, view, (field.block, field.element), raw)
    await slack.timeline.settle()
    return _effects(slack, person, since)


async def _submit(slack: Slack, body: Json) -> Json:
    person = find_person(slack, body)
    view = open_form(slack, person)
    values = _fields(body)
    since = slack.workspace.messages.last_ts
    await fill_in(slack, person, view, values)
    errors = await submit(slack, person, view)
    await slack.timeline.settle()
    if errors:
        return {"ok": False, "errors": labelled_errors(view, errors)}
    return _effects(slack, person, since)


async def _cancel(slack: Slack, body: Json) -> Json:
    person = find_person(slack, body)
    view = open_form(slack, person)
    since = slack.workspace.messages.last_ts
    await close(slack, person, view)
    await slack.timeline.settle()
    return _effects(slack, person, since)


async def _clock(slack: Slack, body: Json) -> Json:
    now = slack.workspace.clock.now()
    moment = _moment(body, now)
    if moment < now:
        raise WrongUseError(f"the clock stands at {now.isoformat()} and never runs backwards")
    if moment > now + FURTHEST:
        raise WrongUseError(f"that is too far: move the clock at most {FURTHEST.days} days at a time")
    await slack.timeline.move_to(moment)
    return {"ok": True, "clock": slack.workspace.clock.now().isoformat()}


def _moment(body: Json, now: datetime) -> datetime:
    if ("days" in body) == ("to" in body) or isinstance(body.get("days"), bool):
        raise WrongUseError('give {"days": n} or {"to": ISO time}')
    try:
        if "days" in body:
            return now + timedelta(days=body["days"])
        moment = datetime.fromisoformat(body["to"])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise WrongUseError("that is no time: give a number of `days`, or `to` as an ISO time") from None


async def _fault(slack: Slack, body: Json) -> Json:
    if body.get("clear") is True:
        slack.workspace.faults.clear()
        return {"ok": True}
    try:
        slack.workspace.faults.order(fault_from(body, METHODS))
    except BadFaultError as error:
        raise WrongUseError(str(error)) from None
    return {"ok": True}


async def _everyone(slack: Slack, _body: Json) -> Json:
    return await opt_everyone_in(slack)


def routes(slack: Slack) -> list[Route]:
    """The routes of CONTRACT's table."""

    async def state(request: Request) -> Response:
        name = request.query_params.get("person")
        try:
            person = None if name is None else find_person(slack, {"person": name})
        except WrongUseError as error:
            return JSONResponse({"error": str(error)}, status_code=error.status)
        since = request.query_params.get("since", "")
        return JSONResponse({**state_json(slack.workspace, person, since), "ready": slack.ready.is_set()})

    calls: dict[str, Call] = {
        "say": _say,
        "press": _press,
        "fill": _fill,
        "submit": _submit,
        "cancel": _cancel,
        "clock": _clock,
        "fault": _fault,
        "opt-everyone-in": _everyone,
    }
    return [
        Route("/sandbox/state", state, methods=["GET"]),
        *(
            Route(f"/sandbox/{name}", answering(slack, call), methods=["POST"])
            for name, call in calls.items()
        ),
    ]
