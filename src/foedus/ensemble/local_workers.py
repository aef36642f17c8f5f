"""A Dask scheduler in this process, and worker processes on this machine that are kept alive."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PAUSE = 0.1
"""Seconds between a worker's death and the next one's start."""


@dataclass(eq=False)
class Keeper:
    """Keeps one worker process running: when it dies another is started, until it is let go."""

    address: str
    folder: Path
    gone: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    child: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """Run workers one after another."""
        while (child := self._start()) is not None:
            child.wait()
            self.gone.wait(PAUSE)

    def let_go(self) -> None:
        """End the worker, and start no other."""
        with self.lock:
            self.gone.set()
            if self.child is not None:
                self.child.kill()

    def _start(self) -> subprocess.Popen[bytes] | None:
        with self.lock:
            if self.gone.is_set():
                return None
            with (self.folder / "worker.log").open("ab") as log:
                # a session of its own: Ctrl-C in a terminal is for this process, which ends it
                self.child = subprocess.Popen(
                    _command(self.address, self.folder), env=_environment(), cwd=self.folder,
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                )  # fmt: skip
            return self.child


def _command(address: str, folder: Path) -> list[str]:
    return [
        sys.executable, "-P", "-m", "distributed.cli.dask_worker", address, "--no-nanny",
        "--nthreads", "1", "--memory-limit", "0", "--host", "127.0.0.1", "--no-dashboard",
        "--dashboard-address", "127.0.0.1:0", "--death-timeout", "30",
        "--local-directory", str(folder), "--preload", "foedus.lenses.table",
    ]  # fmt: skip


def _environment() -> dict[str, str]:
    """What this process finds a worker finds too; its profiler would take a share of the time."""
    found = os.pathsep.join(str(Path(place).resolve()) for place in sys.path if place)
    return os.environ | {
        "PYTHONPATH": found,
        "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
    }


@contextmanager
def local_workers(workers: int) -> Iterator[str]:
    """Begin to start some worker processes, of one thread each; gives their scheduler's address.

    Nothing listens on an address that other machines can reach. On leaving all are ended.
    """
    from distributed import LocalCluster

    with (
        tempfile.TemporaryDirectory(prefix="foedus-") as folder,
        LocalCluster(
            n_workers=0, host="127.0.0.1", scheduler_port=0, silence_logs=logging.CRITICAL,
            scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
        ) as cluster,
    ):  # fmt: skip
        keepers = [
            Keeper(cluster.scheduler_address, Path(tempfile.mkdtemp(dir=folder)))
            for _ in range(workers)
        ]
        threads = [threading.Thread(target=keeper.keep, daemon=True) for keeper in keepers]
        for thread in threads:
            thread.start()
        try:
            yield cluster.scheduler_address
        finally:
            for keeper in keepers:
                keeper.let_go()
            for thread in threads:
                thread.join()
