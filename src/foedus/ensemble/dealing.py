"""Handing out batches of draws to a Dask cluster, and taking them in. Needs `distributed`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from distributed import Client, Future, KilledWorker, wait

from foedus.ensemble.engine import Batch, Work
from foedus.ensemble.tasks import batch_size, computed, given
from foedus.version import __version__

ALONE = 30.0
"""Seconds without any worker after which what is left is given up."""
DEATHS = 3
"""Workers that a batch may kill before it is given up."""
TICK = 0.5
"""Seconds between two looks at the workers there are."""
FETCH = 10.0
"""Seconds in which a finished batch should come."""
GONE = (CancelledError, OSError)
"""What distributed raises when its scheduler is there no more."""


@dataclass(frozen=True)
class Hand:
    """A batch that was handed to a worker, and how many workers died that had it before."""

    first: int
    last: int
    deaths: int = 0
    worker: str = ""


@dataclass(eq=False)
class Dealer:
    """Keeps one batch in every thread of the cluster.

    A batch is handed to one worker and waits for no other there, so what a worker had in hand is
    known when it dies. A batch that has seen a death is computed again by a worker that has nothing
    else to do: at the second death there is no doubt which batch it was.
    """

    client: Client
    work: Work
    next: int
    """The first draw that is not handed out."""
    name: str = field(default_factory=lambda: f"foedus-{uuid4().hex}")
    pending: dict[Future[Any], Hand] = field(default_factory=dict)
    again: list[Hand] = field(default_factory=list)
    lost: list[Batch] = field(default_factory=list)
    each: float = math.inf
    """Seconds a draw in the fastest batch yet: the first ones also load compiled code."""
    workers: dict[str, int] = field(default_factory=dict)
    looked: float = -math.inf
    seen: float = field(default_factory=monotonic)

    def deal(self) -> Iterator[Batch]:
        """Give batches as they finish. Raises what a lens raised."""
        failure: Any = None
        why = ""
        try:
            # a task and no scattered data: it is made again when the worker that holds it dies
            context = self.client.submit(given, self.work.context, key=f"{self.name}-context")
            while self.open():
                self.look()
                if monotonic() - self.seen > ALONE:
                    why = f"no worker was left for {ALONE:.0f} seconds"
                    break
                ready = self.ready()
                # a thread that has finished works on while its batch is fetched
                while (hand := self.next_hand()) is not None:
                    self.hand_out(context, hand)
                for future in ready:
                    if future.status != "error":
                        if (batch := self.taken_in(future)) is not None:
                            yield batch
                    elif isinstance(failure := future.exception(), KilledWorker):
                        self.died(future)
                    else:
                        raise failure
                while self.lost:
                    yield self.lost.pop()
        except GONE as error:
            if error is failure:  # a lens may raise one of these too
                raise
            why = "the connection to the cluster was lost"
        if why:
            yield from self.left(why)

    def open(self) -> bool:
        """Whether anything is left to be done."""
        return bool(self.pending or self.again or self.lost or self.next < self.work.last)

    def look(self) -> None:
        """See from time to time which workers there are, and what they had that are gone."""
        now = monotonic()
        if now - self.looked < TICK:
            return
        self.workers = dict(self.client.nthreads())
        self.looked = now
        if self.workers:
            self.seen = now
        for future, hand in list(self.pending.items()):
            if hand.worker not in self.workers:
                self.died(future)

    def died(self, future: Future[Any]) -> None:
        """The worker that had a batch is gone: it is computed again, or given up."""
        hand = self.pending.pop(future)
        self.client.cancel([future])
        deaths = hand.deaths + 1
        if deaths < DEATHS:
            self.again.append(Hand(hand.first, hand.last, deaths))
        else:
            why = f"the worker that computed them died {deaths} times"
            self.lost.append(Batch(hand.first, hand.last, {}, why))

    def next_hand(self) -> Hand | None:
        """What to hand out next, and to whom; None if nobody is free or there is nothing."""
        worker = self.free_worker()
        if worker is None:
            return None
        if self.again:
            return replace(self.again.pop(0), worker=worker)
        if self.next >= self.work.last:
            return None
        first = self.next
        size = batch_size(self.each, self.work.last - first, sum(self.workers.values()))
        self.next = self.work.end(first, size)
        return Hand(first, self.next, worker=worker)

    def free_worker(self) -> str | None:
        """A worker with a free thread; one with nothing to do for a batch that has seen a death."""
        busy = [hand for future, hand in self.pending.items() if future.status == "pending"]
        for worker, threads in self.workers.items():
            there = [hand for hand in busy if hand.worker == worker]
            most = 1 if self.again or any(hand.deaths for hand in there) else threads
            if len(there) < most:
                return worker
        return None

    def hand_out(self, context: Future[Any], hand: Hand) -> None:
        """Hand a batch to its worker."""
        task = self.client.submit(
            computed, __version__, context, self.work.part(hand.first, hand.last),
            key=f"{self.name}-{hand.first}-{hand.deaths}", workers=[hand.worker],
        )  # fmt: skip
        self.pending[task] = hand

    def ready(self) -> list[Future[Any]]:
        """Batches that are finished, or failed; none if there is none for a while."""
        if not self.pending:
            sleep(0.0 if self.workers else TICK)
            return []
        with suppress(TimeoutError), self.client.as_current():
            wait(list(self.pending), timeout=TICK, return_when="FIRST_COMPLETED")
        return [future for future in self.pending if future.status != "pending"]

    def taken_in(self, future: Future[Any]) -> Batch | None:
        """A finished batch; None if it cannot be had yet, or its worker has died since."""
        try:
            outcomes, seconds = future.result(timeout=FETCH)
        except TimeoutError:
            return None
        hand = self.pending.pop(future)
        self.each = min(self.each, seconds / (hand.last - hand.first))
        return Batch(hand.first, hand.last, outcomes)

    def left(self, why: str) -> Iterator[Batch]:
        """Everything that is not done, as lost."""
        yield from self.lost
        for hand in (*self.pending.values(), *self.again):
            yield Batch(hand.first, hand.last, {}, why)
        if self.next < self.work.last:
            yield Batch(self.next, self.work.last, {}, why)

    def call_off(self) -> None:
        """Let go of what is not done. A batch that runs is not waited for."""
        with suppress(*GONE):
            if self.pending:
                self.client.cancel(list(self.pending))
        self.pending.clear()
