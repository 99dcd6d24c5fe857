"""The door: loopback hosts only, JSON from this page or a script only, no code from elsewhere."""

import json
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.slack import WrongUseError

HOSTS = ("127.0.0.1", "localhost", "[::1]")
BODY = 256 * 1024
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Guard:
    """Refuses other hosts (DNS rebinding) and other origins (cross-site posts)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = _refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return

        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, hardened)


def _refusal(scope: Scope) -> JSONResponse | None:
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    if host.rsplit(":", 1)[0] not in HOSTS and host not in HOSTS:
        return JSONResponse({"error": "the sandbox answers on loopback only"}, status_code=400)
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return JSONResponse({"error": "posts from other sites are refused"}, status_code=403)
    return None


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object of a script's call. Raises WrongUseError."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        # a form can be posted from any site, JSON cannot
        raise WrongUseError("send Content-Type: application/json", 415)
    raw = await request.body()
    if len(raw) > BODY:
        raise WrongUseError("the body is too large", 413)
    try:
        body = json.loads(raw or b"{}")
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise WrongUseError("the body holds half a character (a lone surrogate)") from None
    except (ValueError, RecursionError):
        raise WrongUseError("the body is not JSON") from None
    if not isinstance(body, dict):
        raise WrongUseError("the body must be a JSON object")
    return body
