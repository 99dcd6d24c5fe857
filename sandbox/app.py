"""The stand-in as one ASGI app: Web API, response addresses, scripts' calls and the page."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox import people_calls, screen, scripts, uploads
from sandbox.connections import Connections
from sandbox.guard import Guard
from sandbox.responses import respond
from sandbox.slack import Slack
from sandbox.webapi.endpoint import WebApi


async def worded(_request: Request, error: Exception) -> Response:
    """A path or method that does not exist, in the words of the other refusals."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return JSONResponse({"error": f"{status}: there is nothing like that here"}, status_code=status)


def create_app(slack: Slack, *, bot_token: str, connections: Connections) -> Starlette:
    """The stand-in over `slack`, for a bot that calls with `bot_token`.

    `connections` are those of the server it runs on, so that a fault can cut one.
    """
    web_api = WebApi(slack.workspace, bot_token, connections)

    async def call(request: Request) -> Response:
        return await web_api(request)

    async def response(request: Request) -> Response:
        return await respond(slack.workspace, request)

    return Starlette(
        routes=[
            Route("/api/{method:path}", call, methods=["GET", "POST"]),
            Route("/response/{secret}", response, methods=["POST"]),
            *scripts.routes(slack),
            *people_calls.routes(slack),
            *screen.routes(slack),
            *uploads.routes(slack),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers={HTTPException: worded},
    )
