"""Points let a process die where a test says so, once, and are nothing to a bot that serves."""

import subprocess
import sys

import pytest

from bot import failpoints
from bot.failpoints import Action, Armed, BadFailpointsError, FailedHere, Point, armed, parse, reach
from bot.settings import SettingsError, read_settings
from tests.tree import ROOT

SOURCES = ("bot", "handlers", "storage")


def test_what_arms_points_is_read() -> None:
    points = parse(" claim.after_commit=kill@3 , send.after=error")
    assert points == {
        Point.CLAIM_AFTER_COMMIT: Armed(Action.KILL, 3),
        Point.SEND_AFTER: Armed(Action.ERROR, 1),
    }
    assert parse("") == {}


@pytest.mark.parametrize("text", ["claim", "nowhere=kill", "send.after=explode", "send.after=kill@0", "=@"])
def test_what_cannot_be_read_arms_nothing(text: str) -> None:
    with pytest.raises(BadFailpointsError):
        parse(text)


def test_an_armed_point_fails_at_its_time_and_at_no_other() -> None:
    with armed(parse("send.before=error@2")):
        reach(Point.SEND_BEFORE)
        reach(Point.SEND_AFTER)
        with pytest.raises(FailedHere, match=r"send\.before"):
            reach(Point.SEND_BEFORE)
        reach(Point.SEND_BEFORE)
    for _ in range(3):
        reach(Point.SEND_BEFORE)
    assert failpoints._armed == {}


def test_a_process_dies_at_a_point_as_if_by_kill_9() -> None:
    script = (
        "from bot.failpoints import *\n"
        "with armed(parse('plan.after_commit=kill')):\n"
        "    try:\n        reach(Point.PLAN_AFTER_COMMIT)\n    finally:\n        print('still there')\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (-9, b"")


@pytest.mark.parametrize("point", Point)
def test_every_point_stands_somewhere_in_the_work(point: Point) -> None:
    written = f"reach(Point.{point.name})"
    files = [file for part in SOURCES for file in (ROOT / part).rglob("*.py")]
    assert any(written in file.read_text() for file in files), point


def test_points_are_never_armed_against_the_real_slack() -> None:
    points = {"BOTHWAYS_FAILPOINTS": "send.after=kill"}
    with pytest.raises(SettingsError, match="for tests"):
        read_settings(given=points)
    stand_in = {**points, "SLACK_API_BASE_URL": "http://127.0.0.1:8400/api/"}
    assert read_settings(given=stand_in).failpoints == "send.after=kill"
    with pytest.raises(SettingsError, match="BOTHWAYS_FAILPOINTS must be POINT=kill"):
        read_settings(given={**stand_in, "BOTHWAYS_FAILPOINTS": "everywhere"})
