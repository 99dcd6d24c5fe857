"""The log: JSON lines of events, ids, counts and durations; never texts, names or what an error says."""

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

ROOT = "bothways"
FIELDS = (
    "workspace",
    "id",
    "incident",
    "kind",
    "state",
    "code",
    "method",
    "status",
    "attempt",
    "count",
    "seconds",
)
"""All that a line may tell besides its moment, level, source and event."""
PINNED = (
    "slack_bolt",
    "slack_sdk",
    "microsoft_teams",
    "sqlalchemy",
    "apscheduler",
    "asyncio",
    "aiohttp",
    "httpx",
    "uvicorn",
    "procrastinate",
    "psycopg",
)
"""Loggers that write down requests, tokens or values: never below WARNING, and without their words."""
FRAMES = 12
"""Places in the code that an error's line names, the innermost last."""
WORD = re.compile(r"[A-Za-z0-9_.:/@-]{1,100}")
WITHHELD = "withheld"


class Log:
    """Writes events of one part of the bot. What is no number or plain word of a code is withheld."""

    def __init__(self, part: str) -> None:
        self._logger = logging.getLogger(f"{ROOT}.{part}")

    def debug(self, event: str, **fields: object) -> None:
        """Tell of something that matters only when one looks for a fault."""
        self._write(logging.DEBUG, event, fields)

    def info(self, event: str, **fields: object) -> None:
        """Tell of something that happened."""
        self._write(logging.INFO, event, fields)

    def warning(self, event: str, **fields: object) -> None:
        """Tell of something that an operator may want to look at."""
        self._write(logging.WARNING, event, fields)

    def broke(self, event: str, error: BaseException, **fields: object) -> None:
        """Tell of something that broke: the error's class and the places in the code, not its words."""
        self._write(logging.ERROR, event, fields, error)

    def _write(
        self, level: int, event: str, fields: dict[str, object], error: BaseException | None = None
    ) -> None:
        unknown = fields.keys() - set(FIELDS)
        if unknown:
            raise TypeError(f"not for the log: {', '.join(sorted(unknown))}")
        self._logger.log(level, event, extra={"told": fields}, exc_info=error)


class JsonLines(logging.Formatter):
    """One JSON object a line. Of other people's loggers only where in their code the line was written."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line of a record."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": moment, "level": record.levelname, "source": record.name}
        told = getattr(record, "told", None)
        if record.name.startswith(ROOT) and isinstance(told, dict):
            line["event"] = safe(record.msg)
            line |= {name: safe(told[name]) for name in FIELDS if told.get(name) is not None}
        else:
            line |= {"event": "foreign", "place": f"{record.module}:{record.lineno}"}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = places(record.exc_info[2])
        return json.dumps(line)


def configure(level: str, stream: TextIO | None = None) -> None:
    """Write everything of `level` (a name such as INFO) and above to `stream`, standard error by default.

    The pinned loggers stay at WARNING or above whatever the level.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    quiet = max(logging.WARNING, root.level)
    for name in PINNED:
        pinned = logging.getLogger(name)
        pinned.handlers.clear()
        pinned.propagate = True
        pinned.setLevel(quiet)
    for name, other in logging.root.manager.loggerDict.items():
        if name.startswith(tuple(f"{pinned}." for pinned in PINNED)) and isinstance(other, logging.Logger):
            other.handlers.clear()
            other.propagate = True
            other.setLevel(logging.NOTSET)


def safe(value: object) -> object:
    """A number, a truth or a plain word as it is; anything else withheld."""
    if isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return round(value, 3)
    return value if isinstance(value, str) and WORD.fullmatch(value) else WITHHELD


def places(trace: TracebackType | None) -> list[str]:
    """Where in the code an error passed, the innermost last: file, line and function, no values."""
    frames = traceback.extract_tb(trace)[-FRAMES:]
    return [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}:{frame.name}" for frame in frames]
