"""Servers as processes of their own, and the CPU time that each has used (Linux)."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
STARTS_WITHIN = 60.0
ENDS_WITHIN = 30.0
LOOK_AGAIN = 0.05
TICKS = os.sysconf("SC_CLK_TCK")


@contextmanager
def server(command: list[str], port: int, environment: dict[str, str]) -> Iterator[int]:
    """Run `python …` until the block ends; its process id, once `/healthz` (or any path) answers.

    What it prints is no figure and goes nowhere; what it says on standard error is shown.
    """
    own = {"PATH": os.environ["PATH"], "PORT": str(port), **environment}
    run = [sys.executable, *command]
    with subprocess.Popen(run, cwd=ROOT, env=own, stdout=subprocess.DEVNULL) as process:  # our own programs
        try:
            _wait(process, f"http://127.0.0.1:{port}/healthz")
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server of {address} ended with {process.returncode}")
        try:
            httpx.get(address, trust_env=False, timeout=1.0)
        except httpx.HTTPError:
            time.sleep(LOOK_AGAIN)
        else:
            return
    raise RuntimeError(f"{address} does not answer")


def cpu_milliseconds(process: int) -> float:
    """CPU time that a process has used so far, in its own code and in the kernel, all threads together."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])  # utime and stime, counted from after the name: proc(5)
    return (user + system) * 1000 / TICKS
