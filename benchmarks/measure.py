"""Measures one task in a process of its own: CPU and wall seconds, and the most memory it took."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

Facts = dict[str, Any]


def timed(work: Callable[[], Facts]) -> Facts:
    """What the work gives, with its CPU and wall seconds and the process's peak memory in MB."""
    wall, cpu = time.perf_counter(), time.process_time()
    facts = work()
    return facts | {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def in_own_process(module: str, task: str, facts: Mapping[str, object], seconds: float) -> Facts:
    """Run a task of a module in a new process; {"failed": why} when it fails or takes longer."""
    command = [sys.executable, "-m", module, task, json.dumps(facts)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return {"failed": f"longer than {seconds:.0f} s"}
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or ["no word"])[-1]}
    found: Facts = json.loads(done.stdout.splitlines()[-1])
    return found


def best_of(times: int, module: str, task: str, facts: Mapping[str, object], seconds: float) -> Facts:
    """The run with the least CPU of several."""
    runs = [in_own_process(module, task, facts, seconds) for _ in range(times)]
    return min(runs, key=lambda run: run.get("cpu", float("inf")))
