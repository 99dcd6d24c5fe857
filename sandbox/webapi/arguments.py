"""The arguments of a call, from a form, from JSON or from the query."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sandbox.webapi.errors import SlackError

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_TRUE = (True, "true", "True", "1", 1)


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was sent, and by whose token."""

    given: Mapping[str, Any]
    token: str | None

    def text(self, name: str) -> str | None:
        """A text, or None when it is absent or empty."""
        value = self.given.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, dict | list):
            raise SlackError("invalid_arguments", response_metadata=_says(f"must be a string: {name}"))
        return str(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        """A text that must be there; refuses with `error` otherwise."""
        value = self.text(name)
        if value is None:
            if error == "invalid_arguments":
                raise SlackError(error, response_metadata=_says(f"missing required field: {name}"))
            raise SlackError(error)
        return value

    def flag(self, name: str) -> bool:
        """A boolean, false when absent."""
        return self.given.get(name) in _TRUE

    def whole(self, name: str) -> int | None:
        """A whole number, or None when absent."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return int(value)
        except ValueError:
            raise SlackError(
                "invalid_arguments", response_metadata=_says(f"must be an integer: {name}")
            ) from None

    def json(self, name: str, error: str) -> Any:
        """Structured JSON, given as such or as text; None when absent. Refuses with `error` if unreadable."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            raise SlackError(error) from None

    def names(self, name: str) -> list[str]:
        """A list given as such or as text with commas."""
        value = self.given.get(name)
        parts = value if isinstance(value, list) else str(value or "").split(",")
        return [str(part).strip() for part in parts if str(part).strip()]


def _says(line: str) -> dict[str, list[str]]:
    return {"messages": [f"[ERROR] {line}"]}


async def read_arguments(request: Request) -> Arguments:
    """The arguments of a request. Raises SlackError when its body is not what its type says."""
    given: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    body_token: Any = None
    if request.method == "POST":
        body = await _body(request, kind)
        body_token = body.pop("token", None)
        given.update(body)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return Arguments(given, token.strip())
    return Arguments(given, str(body_token) if body_token else None)


async def _body(request: Request, kind: str) -> dict[str, Any]:
    raw = await request.body()
    if not raw:
        return {}
    if kind == _JSON:
        try:
            parsed = json.loads(raw)
        except (ValueError, RecursionError):
            raise SlackError("invalid_json") from None
        if not isinstance(parsed, dict):
            raise SlackError("json_not_object")
        return parsed
    if kind == _FORM:
        return dict(parse_qsl(raw.decode(errors="replace"), keep_blank_values=True))
    raise SlackError("invalid_post_type")
