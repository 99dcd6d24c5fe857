"""The addresses at which files are sent, and at which the page finds pictures."""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox.slack import Slack

LARGEST = 8 * 1024 * 1024
"""Bytes the stand-in takes; Slack takes a gigabyte."""


def routes(slack: Slack) -> list[Route]:
    """`POST /upload/v1/<secret>` for the app, `GET /sandbox/files/<id>` for the page."""
    files = slack.workspace.files

    async def upload(request: Request) -> Response:
        content = bytearray()
        async for part in request.stream():
            content += part
            if len(content) > LARGEST:
                return PlainTextResponse("too large", status_code=413)
        if not files.receive(request.path_params["ticket"], bytes(content)):
            return PlainTextResponse("no such upload, or another length", status_code=400)
        return PlainTextResponse(f"OK - {len(content)}")

    async def show(request: Request) -> Response:
        file = files.get(request.path_params["file"])
        if file is None or file.picture is None:
            return JSONResponse({"error": "there is no such picture"}, status_code=404)
        return Response(file.content, media_type=file.picture)

    return [
        Route("/upload/v1/{ticket}", upload, methods=["POST"]),
        Route("/sandbox/files/{file}", show, methods=["GET"]),
    ]
