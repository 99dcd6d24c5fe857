"""JSON as platforms have it."""

from typing import Any

Json = dict[str, Any]
