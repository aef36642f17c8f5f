"""Reaching a Dask cluster, and seeing whether one can work with it. Needs `distributed`."""

from __future__ import annotations

import asyncio
import logging
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any

from distributed import Client, Security, rpc

from foedus.ensemble.engine import ClusterError

REACH = 10.0
"""Seconds in which a scheduler has to answer, and a first worker to be there."""
SAME = {"foedus": 3, "python": 2, "distributed": 3, "numpy": 2, "numba": 2, "scipy": 2}
"""How many parts of their versions have to be equal everywhere."""
LOGGERS = ("distributed", "distributed.client", "tornado.application", "asyncio")


@contextmanager
def quiet() -> Iterator[None]:
    """Without what Dask would write to the error stream: what matters is raised or returned."""
    levels = {name: logging.getLogger(name).level for name in LOGGERS}
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            # versions are compared by us
            warnings.filterwarnings("ignore", "Mismatched versions", Warning)
            yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def probe(address: str) -> None:
    """See whether a Dask scheduler answers. Raises ClusterError if none does in time."""
    answer: dict[str, Any] = {}

    async def ask() -> None:
        options = Security().get_connection_args("client")
        async with rpc(address, timeout=REACH, connection_args=options) as scheduler:
            answer.update(await asyncio.wait_for(scheduler.identity(), REACH))

    def asked() -> None:
        try:
            asyncio.run(asyncio.wait_for(ask(), REACH))
        except Exception as error:
            answer["error"] = error

    # a notebook's own loop is running in this thread
    thread = threading.Thread(target=asked, daemon=True)
    thread.start()
    thread.join()
    if (error := answer.get("error")) is not None:
        raise ClusterError(_unreachable(address, error)) from error
    if answer.get("type") != "Scheduler":
        raise ClusterError(f"cluster {address}: this is no Dask scheduler")


def _unreachable(address: str, error: Exception) -> str:
    if isinstance(error, RuntimeError | TypeError | ValueError) or "ssl" in str(error).lower():
        return f"cluster {address}: {error}"
    return (
        f"cluster {address}: cannot be reached within {REACH:.0f} s; is `dask scheduler` running "
        "there, and is it the address that it prints?"
    )


@contextmanager
def client(address: str) -> Iterator[Client]:
    """A connection to the scheduler at an address where one answers."""
    try:
        found = Client(address, timeout=REACH, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ClusterError(_unreachable(address, error)) from error
    try:
        yield found
    finally:
        with suppress(Exception):  # whatever was not computed is known by now
            found.close(timeout=REACH)


def wait_for(found: Client, workers: int, seconds: float, address: str) -> None:
    """Wait until some workers are there. Raises ClusterError if they do not come in time."""
    until = monotonic() + seconds
    while len(found.nthreads()) < workers:
        left = until - monotonic()
        if left <= 0:
            there = len(found.nthreads())
            lacks = f"{there} of {workers} workers started" if there else "there are no workers"
            hint = (
                "" if address.startswith("local:") else f"; start some with dask worker {address}"
            )
            raise ClusterError(f"cluster {address}: {lacks} within {seconds:.0f} s{hint}")
        with suppress(TimeoutError):
            found.wait_for_workers(workers, timeout=left)


def check_versions(found: Client, address: str) -> None:
    """See that every worker has the versions that we have. Raises ClusterError if one has not."""
    versions: Any = found.get_versions(packages=[name for name in SAME if name != "python"])
    ours = versions["client"]["packages"]
    for worker, there in versions["workers"].items():
        compare(address, worker, ours, there["packages"])


def compare(
    address: str, worker: str, ours: Mapping[str, str | None], theirs: Mapping[str, str | None]
) -> None:
    """See that a worker has our versions. Raises ClusterError that names the first other one."""
    for name, parts in SAME.items():
        mine, other = ours.get(name), theirs.get(name)
        if mine is None:
            continue  # we run from a folder of sources; batches compare their own version
        if other is None:
            raise ClusterError(
                f"cluster {address}: worker {worker} has no {name}; install {name} {mine} there"
            )
        if other.split(".")[:parts] != mine.split(".")[:parts]:
            raise ClusterError(
                f"cluster {address}: worker {worker} has {name} {other}, and here is {mine}; "
                "install the same version everywhere"
            )
