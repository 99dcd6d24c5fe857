"""Which part of the bot a server process spends its time in, by py-spy's samples of it."""

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.processes import ROOT

SAMPLES = 200
"""A second."""
PARTS = {
    "gate": (f"{ROOT}/handlers/slack/gate.py",),
    "store": (f"{ROOT}/storage/",),
    "use case": (f"{ROOT}/bot/use_cases/", f"{ROOT}/bot/m", f"{ROOT}/handlers/commands.py"),
    "words": (f"{ROOT}/prompts/",),
    "listeners and blocks": (f"{ROOT}/handlers/",),
    "calls to Slack": ("/slack_sdk/", "/aiohttp/"),
    "Bolt": ("/slack_bolt/",),
    "server": ("/uvicorn/", "/starlette/", "/h11/"),
}
"""Where a frame's file stands; of a stack the innermost frame that has a part counts."""
REST = "event loop and threads"


def shares(process: int, work: Callable[[], object]) -> Counter[str]:
    """Sample a process until `work` is done; the share of each part, 0..1. Needs the right to trace it."""
    with tempfile.NamedTemporaryFile(suffix=".txt") as file:
        tool = [str(Path(sys.executable).with_name("py-spy")), "record", "--pid", str(process)]
        how = ["--gil", "--nonblocking", "--full-filenames", "--rate", str(SAMPLES), "--format", "raw"]
        recorder = subprocess.Popen(  # a tool of the locked set
            [*tool, *how, "--duration", "unlimited", "--output", file.name],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        work()
        recorder.send_signal(2)  # SIGINT: py-spy then writes what it has
        _, said = recorder.communicate()
        found = _parts(Path(file.name).read_text())
    if not found:
        raise RuntimeError(f"py-spy saw nothing: {said}")
    total = found.total()
    return Counter({part: found[part] / total for part in (*PARTS, REST)})


def _parts(raw: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for line in raw.splitlines():
        stack, _, count = line.rpartition(" ")
        found[_part(stack.split(";"))] += int(count)
    return found


def _part(stack: list[str]) -> str:
    for frame in reversed(stack):
        for part, places in PARTS.items():
            if any(place in frame for place in places):
                return part
    return REST
