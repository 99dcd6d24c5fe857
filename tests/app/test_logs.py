"""The log tells events, ids and counts, and never what people wrote, whoever writes the line."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from bot.logs import PINNED, Log, configure, safe

CANARY = "canary: Zoë's secret <topic>"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Give what the log writes at DEBUG."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = io.StringIO()
    configure("DEBUG", written)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)


def told(written: io.StringIO) -> list[dict[str, Any]]:
    """The lines that were written."""
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_line_is_json_with_the_event_and_its_fields(lines: io.StringIO) -> None:
    Log("part").info("message_sent", id="0f3a", count=3, seconds=0.123456, attempt=None)
    (line,) = told(lines)
    assert line.keys() == {"at", "level", "source", "event", "id", "count", "seconds"}
    assert line["at"].endswith("+00:00")
    assert (line["source"], line["event"], line["seconds"]) == ("bothways.part", "message_sent", 0.123)


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(TypeError, match="text"):
        Log("part").info("message_sent", text=CANARY)


def test_what_is_no_plain_word_is_withheld(lines: io.StringIO) -> None:
    Log("part").warning(CANARY, id=CANARY, kind=["x"], code="x" * 101, state="two\nlines")
    (line,) = told(lines)
    assert [line[name] for name in ("event", "id", "kind", "code", "state")] == ["withheld"] * 5


@pytest.mark.parametrize("value", [0, -3, True, 1.5, "a", "T1:U2", "LookupError", "a@b.c/d"])
def test_numbers_and_plain_words_pass(value: object) -> None:
    assert safe(value) == value


def test_an_error_is_told_by_its_class_and_its_places(lines: io.StringIO) -> None:
    known: dict[str, int] = {}
    try:
        known[CANARY] += 1
    except KeyError as error:
        Log("part").broke("handling_failed", error, incident="i1")
    (line,) = told(lines)
    assert (line["error"], line["incident"]) == ("KeyError", "i1")
    assert line["trace"][-1].startswith("test_logs.py:")
    assert CANARY not in lines.getvalue()


@pytest.mark.parametrize("name", [*PINNED, "slack_bolt.App", "slack_sdk.web.base_client", "somebody.else"])
def test_other_peoples_loggers_tell_only_where_they_wrote(lines: io.StringIO, name: str) -> None:
    logger = logging.getLogger(name)
    logger.debug("debug %s", CANARY)
    logger.warning("body: %s", CANARY, extra={"id": CANARY, "told": {"id": CANARY}})
    logger.error(f"body: {CANARY}", stack_info=True)  # noqa: G004 # as these libraries do
    assert [line["event"] for line in told(lines)][-2:] == ["foreign", "foreign"]
    assert told(lines)[-1]["place"].startswith("test_logs:")
    assert CANARY not in lines.getvalue()


def test_loggers_that_write_requests_stay_at_warning_however_they_were_set(lines: io.StringIO) -> None:
    child = logging.getLogger("slack_bolt.Child")
    child.setLevel(logging.DEBUG)
    child.addHandler(logging.NullHandler())
    configure("DEBUG", lines)
    assert not child.isEnabledFor(logging.INFO)
    assert child.handlers == []
    configure("ERROR", lines)
    assert not child.isEnabledFor(logging.WARNING)


def test_a_database_that_is_asked_at_debug_tells_no_values(lines: io.StringIO) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("SELECT :word"), {"word": CANARY})
    engine.dispose()
    assert CANARY not in lines.getvalue()
