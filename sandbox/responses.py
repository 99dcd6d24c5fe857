"""What an app says back to an interaction: with the acknowledgement, or at a response address."""

from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sandbox.members import BOT_USER_ID
from sandbox.messages import Message
from sandbox.tickets import ResponseAddress
from sandbox.webapi.arguments import read_arguments
from sandbox.webapi.chat import checked_content
from sandbox.webapi.errors import SlackError
from sandbox.workspace import Workspace


def show_answer(workspace: Workspace, person: str, channel: str, answer: dict[str, Any]) -> Message:
    """Show an app's answer: to the person alone, unless it says `in_channel`. Raises SlackError."""
    text, blocks = checked_content(answer.get("text"), answer.get("blocks"))
    alone = answer.get("response_type") != "in_channel"
    return workspace.post(channel, BOT_USER_ID, text, blocks, visible_to=person if alone else None)


async def respond(workspace: Workspace, request: Request) -> Response:
    """`POST /response/<secret>`: five answers within thirty minutes."""
    address = workspace.addresses.use(request.path_params["secret"], workspace.clock.now())
    if isinstance(address, str):
        return PlainTextResponse(address, status_code=404)
    try:
        answer = dict((await read_arguments(request)).given)
        _apply(workspace, address, answer)
    except SlackError as error:
        return PlainTextResponse(error.code, status_code=400)
    return PlainTextResponse("ok")


def _apply(workspace: Workspace, address: ResponseAddress, answer: dict[str, Any]) -> None:
    original = workspace.messages.find(address.message) if address.message else None
    if answer.get("delete_original"):
        if original is None:
            raise SlackError("message_not_found")
        workspace.delete(original)
    elif answer.get("replace_original") and original is not None:
        text, blocks = checked_content(answer.get("text"), answer.get("blocks"))
        workspace.rewrite(original, text, blocks or [], edited=False)
    else:
        show_answer(workspace, address.person, address.channel, answer)
