"""Documents read by several processes, given back in order, a few at a time."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from foedus.reading.running.work import Done, Job, begin, read_one, work

AHEAD = 8
"""Documents under way for each process: enough to keep it busy, few enough to hold in memory."""
DIED = "the process that read it was ended, perhaps for want of memory"


def in_order(job: Job, names: Sequence[str], workers: int) -> Iterator[Done]:
    """Read documents and give each back in the order given, whatever the number of processes.

    A document that takes its process down is told as failed; the others are read on.
    """
    if workers == 1 or len(names) <= 1:
        for name in names:
            yield read_one(job, name)
        return
    at = 0
    while at < len(names):
        try:
            for done in _pooled(job, names[at:], workers, AHEAD * workers):
                at += 1
                yield done
        except BrokenProcessPool:
            # which of those under way it was is not known: they are read again one at a time
            for done in _singly(job, names[at : at + AHEAD * workers]):
                at += 1
                yield done


def _singly(job: Job, names: Sequence[str]) -> Iterator[Done]:
    """Read documents one at a time, up to the one that takes its process down."""
    at = 0
    try:
        for done in _pooled(job, names, 1, 1):
            at += 1
            yield done
    except BrokenProcessPool:
        yield Done(names[at], b"", 0, DIED)


def _pooled(job: Job, names: Sequence[str], workers: int, ahead: int) -> Iterator[Done]:
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, initializer=begin, initargs=(job,))
    try:
        waiting: deque[Future[Done]] = deque()
        coming = iter(names)
        for name in coming:
            waiting.append(pool.submit(work, name))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
