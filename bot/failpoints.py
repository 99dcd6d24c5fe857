"""Named places at which a test lets the process die or fail; nothing happens there unless one is armed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from signal import SIGKILL


class Point(StrEnum):
    """A place in the work: inside a transaction at its end, just after its commit, or around a call."""

    INBOX_TAKE_BEFORE_COMMIT = "inbox.take.before_commit"
    INBOX_TAKE_AFTER_COMMIT = "inbox.take.after_commit"
    INBOX_HANDLE_BEFORE_COMMIT = "inbox.handle.before_commit"
    INBOX_HANDLE_AFTER_COMMIT = "inbox.handle.after_commit"
    PLAN_BEFORE_COMMIT = "plan.before_commit"
    PLAN_AFTER_COMMIT = "plan.after_commit"
    CLAIM_BEFORE_COMMIT = "claim.before_commit"
    CLAIM_AFTER_COMMIT = "claim.after_commit"
    OPEN_BEFORE = "open.before"
    OPEN_AFTER = "open.after"
    SEND_BEFORE = "send.before"
    SEND_AFTER = "send.after"
    RECORD_BEFORE_COMMIT = "record.before_commit"
    RECORD_AFTER_COMMIT = "record.after_commit"
    WAIT_BEFORE_COMMIT = "wait.before_commit"
    WAIT_AFTER_COMMIT = "wait.after_commit"
    FAIL_BEFORE_COMMIT = "fail.before_commit"
    FAIL_AFTER_COMMIT = "fail.after_commit"
    SETTLE_BEFORE_COMMIT = "settle.before_commit"
    SETTLE_AFTER_COMMIT = "settle.after_commit"


class Action(StrEnum):
    """What happens at an armed point."""

    KILL = "kill"
    """The process dies as by `kill -9`."""
    ERROR = "error"
    """FailedHere is raised."""


class FailedHere(Exception):
    """An armed point was reached; its name is the message."""


@dataclass
class Armed:
    """What happens at a point, the `at`-th time it is reached and at no other time."""

    action: Action
    at: int
    reached: int = 0


class BadFailpointsError(ValueError):
    """The text that should arm points cannot be read; the message says what it must look like."""


_armed: dict[Point, Armed] = {}


def reach(point: Point) -> None:
    """Pass a point: nothing at all, unless a test armed it."""
    if _armed and (here := _armed.get(point)) is not None:
        here.reached += 1
        if here.reached == here.at:
            if here.action is Action.KILL:
                os.kill(os.getpid(), SIGKILL)
            raise FailedHere(point)


def parse(text: str) -> dict[Point, Armed]:
    """What `claim.after_commit=kill@3,send.after=error` arms; without @ it is the first time.

    Raises:
        BadFailpointsError: a point or an action that there is not, or a count below one.
    """
    found: dict[Point, Armed] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, what = part.partition("=")
        action, _, at = what.partition("@")
        try:
            armed = Armed(Action(action), int(at or "1"))
            found[Point(name)] = armed
        except ValueError:
            raise BadFailpointsError("must be POINT=kill or POINT=error, with @COUNT if you like") from None
        if armed.at < 1:
            raise BadFailpointsError("must count from 1")
    return found


@contextmanager
def armed(points: dict[Point, Armed]) -> Iterator[None]:
    """Arm points for as long as the block lasts."""
    _armed.update(points)
    try:
        yield
    finally:
        _armed.clear()
