"""JSON as Slack has it."""

from typing import Any

Json = dict[str, Any]
