"""How a method refuses."""

from collections.abc import Iterable
from typing import Any

from sandbox.blockkit.spec import Problem


class SlackError(Exception):
    """A refusal by its code in Slack; `extra` joins the answer."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """The JSON of the refusal."""
        return {"ok": False, "error": self.code, **self.extra}


class RateLimited(SlackError):
    """Too many calls; `seconds` is the Retry-After."""

    def __init__(self, seconds: int) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


def refuse_for(code: str, problems: Iterable[Problem]) -> None:
    """Raise SlackError when there are problems, worded as Slack's response_metadata is."""
    found = [str(problem) for problem in problems]
    if not found:
        return
    metadata = {"messages": [f"[ERROR] {line}" for line in found]}
    if code == "invalid_blocks":
        raise SlackError(code, errors=found, response_metadata=metadata)
    raise SlackError(code, response_metadata=metadata)
