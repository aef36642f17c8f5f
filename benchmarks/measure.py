"""Timing a call or a command, and a row of the table."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured figure: what, how much, the limit it should keep, and its ratio to a peer."""

    what: str
    measured: str
    limit: str
    peer: str
    ratio: str


def cpu(call: Callable[[], object], repeat: int = 5) -> float:
    """Least CPU seconds of a call over some repeats."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best


def wall(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def command(arguments: list[str], **environment: str) -> tuple[float, float, float]:
    """Run a Python command: seconds, CPU seconds, and peak memory in megabytes."""
    start = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, *arguments], env=os.environ | environment, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"{arguments} ended with {child.returncode}")
    seconds = time.perf_counter() - start
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024.0
