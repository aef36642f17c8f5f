"""Where batches of draws are computed: threads on this machine, or another engine."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from queue import SimpleQueue
from threading import Event
from typing import Protocol

from foedus.case import Case
from foedus.lenses.lens import Draws, Lens, Outcome

BATCH = 16
"""Draws a thread takes at a time. Results do not depend on it, nor on the number of workers."""

Outcomes = Mapping[str, Outcome]


@dataclass(frozen=True, eq=False)
class Context:
    """What every batch needs.

    The cases by name, the main one first; the lenses, each after those it needs; and their outcomes
    at the main case's most likely values.
    """

    cases: Mapping[str, Case]
    lenses: Sequence[Lens]
    modes: Outcomes

    def outcomes(self, draws: Mapping[str, Draws]) -> dict[str, Outcomes]:
        """One batch of draws through some cases; the first case's outcomes start the others'."""
        out: dict[str, Outcomes] = {}
        start = self.modes
        for name, part in draws.items():
            mine: dict[str, Outcome] = {}
            for lens in self.lenses:
                mine[lens.name] = lens.run(self.cases[name], part, mine, start[lens.name])
            out[name] = mine
            if start is self.modes:
                start = mine
        # what a next run would start from is large, and nothing starts from a batch
        return {
            name: {lens: replace(outcome, carry={}) for lens, outcome in mine.items()}
            for name, mine in out.items()
        }


@dataclass(frozen=True, eq=False)
class Work:
    """Draws to compute, from the first up to the last: all for the main case, `few` for others."""

    context: Context
    draws: Mapping[str, Draws]
    first: int
    last: int
    few: int

    def end(self, first: int, most: int) -> int:
        """Where a batch from `first` ends: all of its draws concern the same cases."""
        last = min(first + most, self.last)
        return self.few if first < self.few < last else last

    def part(self, first: int, last: int) -> dict[str, Draws]:
        """The draws of one batch, for every case that it concerns."""
        main = next(iter(self.context.cases))
        return {
            name: draws.part(first, last)
            for name, draws in self.draws.items()
            if name == main or last <= self.few
        }


@dataclass(frozen=True, eq=False)
class Batch:
    """Draws from the first up to the last: their outcomes by case, or why there are none."""

    first: int
    last: int
    outcomes: Mapping[str, Outcomes]
    lost: str = ""


class ClusterError(Exception):
    """A cluster cannot be reached, or cannot be worked with; says why, and what would be right."""

    bad_input = True


class Session(Protocol):
    """An engine that is ready to work."""

    @property
    def workers(self) -> int:
        """How many batches are computed at once."""

    def batches(self, work: Work) -> Generator[Batch, None, None]:
        """Compute the work, and give batches as they finish, in any order.

        What a lens raises is raised here. Closing the generator calls off what has not begun.
        """


class Engine(Protocol):
    """Where draws are computed."""

    def open(self) -> AbstractContextManager[Session]:
        """Get ready to work; on leaving, whatever was started is ended."""


@dataclass(frozen=True)
class ThreadSession:
    """Threads of this process: kernels release the interpreter's lock."""

    workers: int

    def batches(self, work: Work) -> Generator[Batch, None, None]:
        """Compute the work. Kernels that run when it is called off are waited for."""
        finished: SimpleQueue[Batch | BaseException] = SimpleQueue()
        stop = Event()

        def compute(first: int, last: int) -> None:
            if not stop.is_set():
                try:
                    outcomes = work.context.outcomes(work.part(first, last))
                    finished.put(Batch(first, last, outcomes))
                except BaseException as error:
                    finished.put(error)

        # a queue and no waiting for futures, whose locks Ctrl-C may leave closed
        with ThreadPoolExecutor(max_workers=self.workers) as pool:
            try:
                first = work.first
                while first < work.last:
                    last = work.end(first, BATCH)
                    pool.submit(compute, first, last)
                    first = last
                done = work.first
                while done < work.last:
                    got = finished.get()
                    if isinstance(got, BaseException):
                        raise got
                    done += got.last - got.first
                    yield got
            finally:
                stop.set()


@dataclass(frozen=True)
class Threads:
    """Threads on this machine: by default one a processor."""

    workers: int | None = None

    @contextmanager
    def open(self) -> Iterator[Session]:
        """Nothing has to be started."""
        yield ThreadSession(max(self.workers or os.cpu_count() or 1, 1))


def engine_of(workers: int | None = None, cluster: str | None = None) -> Engine:
    """The engine asked for: threads, or the cluster at an address.

    An address is `local:N` (that many processes here), `tcp://host:port` or `tls://host:port` (a
    Dask scheduler). Raises ClusterError for any other.
    """
    if cluster is None:
        return Threads(workers)
    from foedus.ensemble.cluster import Cluster

    return Cluster(cluster)
