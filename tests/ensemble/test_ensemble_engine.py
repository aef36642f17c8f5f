from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest
from engine_lenses import Product, expected, product

from foedus.case import Case
from foedus.ensemble.engine import Threads, ThreadSession, engine_of
from foedus.ensemble.run import Interrupted, Lost


@pytest.mark.parametrize("workers", [1, 2, 8])
@pytest.mark.parametrize("few", [8, 24, 64, 256])
def test_any_number_of_threads_gives_every_draw(workers: int, few: int, pact: Case) -> None:
    expected(product(ThreadSession(workers), pact, Product(), few=few), pact, few=few)


def test_threads_are_the_engine_unless_a_cluster_is_asked_for() -> None:
    assert engine_of(3) == Threads(3)
    with engine_of(3).open() as session:
        assert session.workers == 3
    with engine_of().open() as session:
        assert session.workers == os.cpu_count()


def test_batches_do_not_cross_where_the_comparisons_end(pact: Case) -> None:
    ends: list[int] = []
    product(ThreadSession(1), pact, Product(), 64, 24, progress=lambda done, _: ends.append(done))
    assert ends == [16, 24, 40, 56, 64]


class Stop:
    """A progress that presses Ctrl-C once after some batches."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, done: int, total: int) -> None:
        self.left -= 1
        if self.left == 0:
            signal.raise_signal(signal.SIGINT)


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = threading.active_count()
    yield
    assert threading.active_count() == before


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("after", [1, 3, 9])
def test_what_is_finished_outlives_a_stop(workers: int, after: int, pact: Case) -> None:
    with pytest.raises(Interrupted) as stop:
        product(ThreadSession(workers), pact, Product(), progress=Stop(after))
    runs = stop.value.runs
    assert runs[""].draws.size == 16 * after
    assert all(lost.why == "stopped" for lost in runs[""].lost)
    if "other" in runs:
        expected(runs, pact)
        small = runs["other"].draws.index
        assert small.tolist() == runs[""].draws.index[: small.size].tolist()


def test_a_stop_amid_a_kernel_is_heard(pact: Case) -> None:
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    start = time.monotonic()
    with pytest.raises(Interrupted) as stop:
        product(ThreadSession(2), pact, Product(seconds=0.005), 4096)
    timer.join()
    assert time.monotonic() - start < 5.0  # all of it would take ten
    expected(stop.value.runs, pact, 4096)


def test_a_stop_at_any_time_lets_go_of_every_thread(pact: Case) -> None:
    for k in range(20):
        timer = threading.Timer(0.05 + 0.003 * k, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            product(ThreadSession(2), pact, Product(seconds=0.0005), 16384)
        timer.join()


def test_a_stop_before_anything_is_finished_leaves_nothing(pact: Case) -> None:
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt) as stop:
        product(ThreadSession(1), pact, Product(seconds=0.05))
    timer.join()
    assert not isinstance(stop.value, Interrupted)


def test_a_stop_amid_more_draws_keeps_those_there_were(pact: Case) -> None:
    first = product(ThreadSession(1), pact, Product(), 64)
    with pytest.raises(Interrupted) as stop:
        product(ThreadSession(1), pact, Product(), earlier=first, progress=Stop(2))
    runs = stop.value.runs
    assert runs[""].lost == (Lost(96, 256, "stopped"),)
    expected(runs, pact)


def test_missing_draws_are_named() -> None:
    lost = Lost(64, 80, "the worker that computed them died 3 times")
    assert str(lost) == "draws 64 to 79 are missing: the worker that computed them died 3 times"
