"""The calls of the page: raw blocks and views, acts by block and action, and what changed."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sandbox.actions import Source, act, chosen_value, suggestions
from sandbox.blockkit.walk import Json, find_element
from sandbox.changes import Changes
from sandbox.colleagues import answer as answer_for_colleagues
from sandbox.home import open_home
from sandbox.lookups import find_person, find_source, open_form
from sandbox.scripts import answering
from sandbox.shown import screen_json
from sandbox.slack import Slack, WrongUseError
from sandbox.submissions import submit
from sandbox.values import held, holds_value
from sandbox.views import View, view_json

PAGE = Path(__file__).parent / "page"
HEARTBEAT = 15.0


async def _source(slack: Slack, body: dict[str, Any]) -> Source:
    person = find_person(slack, body)
    places = {"home": "home", "modal": "form", "message": body.get("ts")}
    place = body.get("place")
    if not isinstance(place, str) or place not in places:
        raise WrongUseError("`place` must be message, modal or home")
    return await find_source(slack, person, {"message": places[place]})


def _part(source: Source, body: dict[str, Any]) -> tuple[Json, Json]:
    found = find_element(source.blocks, str(body.get("block_id")), str(body.get("action_id")))
    if found is None:
        raise WrongUseError("there is no such element any more", 404)
    return found


async def _action(slack: Slack, body: dict[str, Any]) -> dict[str, Any]:
    person, source = find_person(slack, body), await _source(slack, body)
    if isinstance(source, View):
        _fill_in(source, body.get("values", {}))
    await act(slack, person, source, _part(source, body), body.get("value"))
    await slack.timeline.settle()
    return {"ok": True}


async def _options(slack: Slack, body: dict[str, Any]) -> dict[str, Any]:
    person, source = find_person(slack, body), await _source(slack, body)
    query = str(body.get("query", ""))
    return {"options": await suggestions(slack, person, source, _part(source, body), query)}


async def _view_submit(slack: Slack, body: dict[str, Any]) -> dict[str, Any]:
    person = find_person(slack, body)
    view = open_form(slack, person)
    _fill_in(view, body.get("values", {}))
    errors = await submit(slack, person, view)
    await slack.timeline.settle()
    return {"ok": not errors, "errors": errors}


def _fill_in(view: View, values: Any) -> None:
    """What stands in the fields of a view, which Slack sends along with whatever is done there."""
    if not isinstance(values, dict) or not all(isinstance(actions, dict) for actions in values.values()):
        raise WrongUseError("`values` must be by block and action")
    for block_id, actions in values.items():
        for action_id, raw in actions.items():
            _, element = _part(view, {"block_id": block_id, "action_id": action_id})
            if holds_value(element):
                view.state[block_id][action_id] = held(element, chosen_value(view, element, raw))


async def _home(slack: Slack, body: dict[str, Any]) -> dict[str, Any]:
    home = await open_home(slack, find_person(slack, body))
    return {"ok": True, "home": None if home is None else view_json(home)}


async def _colleagues(slack: Slack, body: dict[str, Any]) -> dict[str, Any]:
    return {"ok": True, "answered": await answer_for_colleagues(slack, find_person(slack, body))}


async def changes_of(changes: Changes) -> AsyncIterator[bytes]:
    """Server-sent events: `changed` at every change, a comment now and then to keep the line open."""
    changed = changes.listen()
    try:
        yield b"data: changed\n\n"
        while not changes.closed:
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await changed.wait()
            except TimeoutError:
                yield b": still here\n\n"
                continue
            changed.clear()
            yield b"data: changed\n\n"
    finally:
        changes.forget(changed)


def routes(slack: Slack) -> list[BaseRoute]:
    """The routes of the page and its files."""

    async def screen(request: Request) -> Response:
        try:
            person = find_person(slack, {"person": request.query_params.get("person")})
        except WrongUseError as error:
            return JSONResponse({"error": str(error)}, status_code=error.status)
        return JSONResponse(screen_json(slack.workspace, person))

    async def changed(_request: Request) -> Response:
        return StreamingResponse(changes_of(slack.workspace.changes), media_type="text/event-stream")

    async def index(_request: Request) -> Response:
        return FileResponse(PAGE / "index.html")

    return [
        Route("/", index, methods=["GET"]),
        Mount("/page", StaticFiles(directory=PAGE, check_dir=False)),
        Route("/sandbox/screen", screen, methods=["GET"]),
        Route("/sandbox/changes", changed, methods=["GET"]),
        Route("/sandbox/action", answering(slack, _action), methods=["POST"]),
        Route("/sandbox/options", answering(slack, _options), methods=["POST"]),
        Route("/sandbox/view-submit", answering(slack, _view_submit), methods=["POST"]),
        Route("/sandbox/home", answering(slack, _home), methods=["POST"]),
        Route("/sandbox/colleagues", answering(slack, _colleagues), methods=["POST"]),
    ]
