"""HTTP as it reaches the edges: raw bytes, bounded before they are read, parsed when they are verified."""

import json
import re
from typing import Any

from starlette.types import Receive, Scope, Send

from handlers.shared.types import Json

MAX_BODY = 256 * 1024
"""Bytes; no platform sends more that we have a use for."""
MAX_DEPTH = 32
OK = 200
TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500
_DIGITS = re.compile(rb"[0-9]{1,12}")


class RefusedError(Exception):
    """The request goes no further: an HTTP status and a reason without anything of the request in it."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class GoneError(Exception):
    """The sender hung up while its body was read."""


def seconds(given: str) -> int:
    """A Retry-After header's whole seconds; 1 where it holds anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < len("100000") else 1


def headers_of(scope: Scope) -> dict[bytes, bytes]:
    """The headers by their lower-case names; one that comes twice counts as odd and is joined."""
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        headers[name] = headers[name] + b"," + value if name in headers else value
    return headers


async def read_body(declared: bytes, receive: Receive) -> bytes:
    """The whole body, never more of it than MAX_BODY."""
    if declared and not (_DIGITS.fullmatch(declared) and int(declared) <= MAX_BODY):
        raise RefusedError(413, "size")
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise GoneError
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            raise RefusedError(413, "size")
        more = message.get("more_body", False)
    return bytes(body)


def json_object(text: str | bytes) -> Json:
    """The JSON object in a text; RefusedError for anything else, and for one nested too deep."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, "unreadable") from error
    if not isinstance(content, dict) or not shallow(content):
        raise RefusedError(400, "shape")
    return content


def shallow(value: Any) -> bool:
    """Whether JSON is nested no deeper than MAX_DEPTH."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for one in level
            if isinstance(one, dict | list)
            for child in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return True
    return not any(isinstance(one, dict | list) for one in level)


async def answer(send: Send, status: int, body: bytes, content_type: str) -> None:
    """Answer a request."""
    headers = [
        (b"content-type", content_type.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
