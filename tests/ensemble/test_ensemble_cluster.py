from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

pytest.importorskip("distributed")

from engine_lenses import Product, expected, product
from toy_pact import with_stability

from foedus import __version__
from foedus.case import Case
from foedus.ensemble import connecting
from foedus.ensemble.cluster import Cluster, ClusterSession
from foedus.ensemble.draws import Table
from foedus.ensemble.engine import ClusterError, Context, Session, engine_of
from foedus.ensemble.run import AllLostError, Interrupted, Lost, Run, at_modes, in_order, run
from foedus.ensemble.tasks import batch_size, computed
from foedus.lenses.table import LENSES

THRICE = "the worker that computed them died 3 times"
QUIET = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0", "--host", "127.0.0.1")


@pytest.fixture(scope="module")
def two() -> Iterator[Session]:
    """Two processes on this machine."""
    with Cluster("local:2").open() as session:
        yield session


def dask(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """A Dask command that finds what we find."""
    found = {"PYTHONPATH": os.pathsep.join(place for place in sys.path if place)}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", *arguments, *QUIET],
        env=os.environ | found | environment, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@contextmanager
def scheduler(workers: int = 0, **environment: str) -> Iterator[str]:
    """The address of a Dask scheduler with some workers, started by its own commands."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    nothing = ("--no-nanny", "--nthreads", "1", "--death-timeout", "20")
    children = [dask("distributed.cli.dask_scheduler", "--port", str(port))]
    children += [
        dask("distributed.cli.dask_worker", address, *nothing, **environment)
        for _ in range(workers)
    ]
    try:
        yield address
    finally:
        for child in children:
            child.kill()
            child.wait()


def written(runs: Mapping[str, Run]) -> dict[tuple[str, str, str], bytes]:
    return {
        (name, lens, key): array.tobytes()
        for name, one in runs.items()
        for lens, outcome in one.outcomes.items()
        for key, array in outcome.arrays.items()
    }


def all_lenses(session: Session | None, workers: int = 1) -> dict[str, Run]:
    """All lenses that can look at the toy."""
    case = with_stability().without_outcome()
    cases = {"": case, "lost": case.scenario("lost")}
    able = {name: lens for name, lens in LENSES.items() if not lens.missing(case)}
    assert {"endurance", "stability"} <= able.keys()
    lenses = in_order(able, *cases.values())
    table = Table.over(list(cases.values()), 1)
    modes = at_modes(case, lenses)
    return run(cases, lenses, table, table.uniforms(64), modes, 16, workers, session=session)


def test_every_engine_gives_the_same_bytes(two: Session) -> None:
    threads = written(all_lenses(None, 1))
    assert written(all_lenses(None, 2)) == threads
    assert written(all_lenses(None, 8)) == threads
    assert written(all_lenses(two)) == threads
    with Cluster("local:1").open() as one:
        assert one.workers == 1
        assert written(all_lenses(one)) == threads
    with scheduler(2, OMP_NUM_THREADS="1") as address, Cluster(address).open() as there:
        assert written(all_lenses(there)) == threads


@pytest.mark.parametrize("seconds", [0.0, 0.01])
@pytest.mark.parametrize("few", [8, 64, 256])
def test_batches_of_any_size_give_every_draw(
    seconds: float, few: int, pact: Case, two: Session
) -> None:
    expected(product(two, pact, Product(seconds=seconds), few=few), pact, few=few)


def test_more_draws_keep_those_there_are(pact: Case, two: Session) -> None:
    first = product(two, pact, Product(), 64)
    expected(product(two, pact, Product(), earlier=first), pact)


def test_progress_is_told(pact: Case, two: Session) -> None:
    told: list[tuple[int, int]] = []
    product(two, pact, Product(), progress=lambda *done: told.append(done))
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1] == (256, 256)


@pytest.mark.parametrize(
    ("each", "left", "threads", "size"),
    [
        (float("inf"), 4096, 2, 8),  # not known yet
        (0.03, 4096, 2, 40),  # 1 s, which are 33 draws
        (0.03, 40, 2, 8),  # towards the end less: 10 draws for each, of which half
        (0.002, 80, 2, 56),  # but 0.1 s, which are 50
        (1.0, 4096, 2, 8),  # never under 8
        (0.0, 4096, 2, 4096),
        (1e-4, 4096, 4, 1000),  # 0.1 s, more than an eighth of them
    ],
)
def test_batches_take_a_second(each: float, left: int, threads: int, size: int) -> None:
    assert min(batch_size(each, left, threads), left + left % 8) == size


class Killer:
    """A progress that kills a worker process when some draws are done."""

    def __init__(self, session: Session, *places: int) -> None:
        self.client = cast(ClusterSession, session).client
        self.places = list(places)
        self.killed: list[int] = []

    def __call__(self, done: int, total: int) -> None:
        if self.places and done >= self.places[0]:
            place = self.places.pop(0)
            pids = sorted(self.client.run(os.getpid).values())
            self.killed.append(pids[place % len(pids)])
            os.kill(self.killed[-1], signal.SIGKILL)


def test_a_killed_worker_loses_nothing(pact: Case, two: Session) -> None:
    killer = Killer(two, 16, 129)
    runs = product(two, pact, Product(seconds=0.01), progress=killer)
    assert len(set(killer.killed)) == 2
    assert runs[""].lost == ()
    expected(runs, pact)


@pytest.mark.slow
def test_the_only_worker_killed_loses_nothing(pact: Case) -> None:
    with Cluster("local:1").open() as one:
        killer = Killer(one, 16)
        runs = product(one, pact, Product(seconds=0.005), progress=killer)
    assert len(killer.killed) == 1
    assert runs[""].lost == ()
    expected(runs, pact)


@pytest.mark.slow
def test_twenty_killed_workers_lose_nothing(two: Session) -> None:
    pact = with_stability().without_outcome()
    for k in range(20):
        killer = Killer(two, 8 + 9 * k)
        runs = product(two, pact, Product(seconds=0.01), progress=killer)
        assert len(killer.killed) == 1
        assert runs[""].lost == ()
        expected(runs, pact)


def test_a_batch_that_kills_three_workers_is_named_and_the_rest_finishes(
    pact: Case, two: Session
) -> None:
    runs = product(two, pact, Product(seconds=0.01, kills=(2,)))
    assert runs[""].lost == (Lost(0, 8, THRICE),)
    assert runs["other"].lost == (Lost(0, 8, THRICE),)
    assert runs[""].draws.size == 248
    expected(runs, pact)


@pytest.mark.slow
def test_when_every_batch_kills_there_is_no_answer(pact: Case, two: Session) -> None:
    with pytest.raises(AllLostError, match=f"draws 0 to 7 are missing: {THRICE}"):
        product(two, pact, Product(kills=tuple(range(8))), 8, 8)


def test_what_a_lens_raises_is_raised(pact: Case, two: Session) -> None:
    with pytest.raises(OSError, match="draw 100 is too much"):
        product(two, pact, Product(fails=100))
    expected(product(two, pact, Product()), pact)  # the cluster is as good as before


def test_a_stop_leaves_what_is_finished(pact: Case, two: Session) -> None:
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    start = time.monotonic()
    with pytest.raises(Interrupted) as stop:
        product(two, pact, Product(seconds=0.01), 4096)
    timer.join()
    assert time.monotonic() - start < 10.0  # all of it would take twenty
    runs = stop.value.runs
    assert 0 < runs[""].draws.size < 4096
    assert {lost.why for lost in runs[""].lost} == {"stopped"}
    expected(runs, pact, 4096)
    expected(product(two, pact, Product()), pact)


@pytest.mark.slow
def test_a_scheduler_that_goes_away_leaves_what_is_finished(pact: Case) -> None:
    with scheduler(1) as address, Cluster(address).open() as there:
        client = cast(ClusterSession, there).client
        pid = client.run_on_scheduler(os.getpid)
        runs = product(there, pact, Product(seconds=0.01), progress=lambda done, _: (
            os.kill(pid, signal.SIGKILL) if 64 <= done < 256 else None
        ))  # fmt: skip
    assert 64 <= runs[""].draws.size < 256
    assert {lost.why for lost in runs[""].lost} == {"the connection to the cluster was lost"}
    expected(runs, pact)


def test_no_process_is_left_behind(pact: Case) -> None:
    with Cluster("local:2").open() as session:
        pids = list(cast(ClusterSession, session).client.run(os.getpid).values())
        assert len(set(pids)) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.slow
def test_workers_end_when_we_are_killed(tmp_path: Path) -> None:
    code = (
        "import os\nfrom foedus.ensemble.cluster import Cluster\n"
        "with Cluster('local:1').open() as session:\n"
        "    print(*session.client.run(os.getpid).values(), flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    child = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )  # fmt: skip
    pid, until = int(child.stdout), time.monotonic() + 20.0
    while time.monotonic() < until and Path(f"/proc/{pid}").exists():
        time.sleep(0.1)
    assert not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize(
    "address",
    ["", "local", "local:0", "local:-1", "local:two", "local:257", "local:2 ", "tcp://host",
     "tcp://:8786", "tcp://host:0", "tcp://host:99999", "http://host:8786", "host:8786",
     "tcp://ho st:1"],
)  # fmt: skip
def test_a_malformed_address_is_refused(address: str) -> None:
    with pytest.raises(ClusterError, match="should be local:N") as told:
        engine_of(None, address)
    assert told.value.bad_input
    assert repr(address) in str(told.value)


def test_addresses_there_may_be() -> None:
    assert [Cluster(f"local:{n}").local for n in (1, 256)] == [1, 256]
    for address in ("tcp://10.0.0.1:8786", "tls://head.example:8786", "tcp://[::1]:8786"):
        assert Cluster(address).local == 0


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "REACH", 1.0)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("host", ["127.0.0.1", "no-such-host.invalid"])
def test_a_cluster_that_is_not_there_is_a_clear_line(
    host: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with (
        pytest.raises(ClusterError, match=rf"tcp://{host}:1: cannot be reached within 1 s"),
        Cluster(f"tcp://{host}:1").open(),
    ):
        pass
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("impatient")
def test_who_answers_and_is_no_scheduler_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ClusterError, match="cannot be reached"), Cluster(address).open():
            pass
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_without_workers_is_refused() -> None:
    with scheduler() as address:
        time.sleep(2.0)
        with pytest.raises(ClusterError, match=f"there are no workers.*dask worker {address}"):
            Cluster(address).open().__enter__()


def test_a_worker_with_another_version_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "foedus-0.0.9.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: foedus\nVersion: 0.0.9\n")
    found = os.pathsep.join([str(tmp_path), *(place for place in sys.path if place)])
    with (
        scheduler(1, PYTHONPATH=found) as address,
        pytest.raises(ClusterError, match=r"worker tcp://\S+ has foedus 0.0.9, and here is"),
        Cluster(address).open(),
    ):
        pass


def test_a_batch_is_refused_by_a_worker_with_another_version() -> None:
    with pytest.raises(ClusterError, match=rf"has foedus {__version__}, and here is 0.0.9"):
        computed("0.0.9", Context({}, (), {}), {})


def test_versions_are_compared_as_far_as_they_matter() -> None:
    ours = {"foedus": "1.2.3", "python": "3.11.7", "distributed": "2026.8.0",
            "numpy": "2.4.6", "numba": "0.68.1", "scipy": "1.17.1"}  # fmt: skip
    connecting.compare("a", "w", ours, ours | {"numpy": "2.4.1", "python": "3.11.2"})
    with pytest.raises(ClusterError, match="w has no numba; install numba"):
        connecting.compare("a", "w", ours, ours | {"numba": None})
    for name, other in (("foedus", "1.2.4"), ("numba", "0.67.1"), ("numpy", "3.4.6")):
        with pytest.raises(ClusterError, match=f"w has {name} {other}, and here is {ours[name]}"):
            connecting.compare("a", "w", ours, ours | {name: other})


def test_without_the_extra_it_says_what_to_install() -> None:
    code = (
        "import sys\nsys.modules['distributed'] = None\n"
        "from foedus.ensemble.engine import engine_of\n"
        "try:\n    engine_of(None, 'local:2').open().__enter__()\n"
        "except Exception as error:\n    print(type(error).__name__, error)\n"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert child.stdout == "ClusterError --cluster needs the extra: pip install 'foedus[dask]'\n"


def test_threads_do_without_distributed() -> None:
    code = (
        "import sys\nfrom foedus.ensemble.engine import engine_of\n"
        "import foedus.ensemble.run\nwith engine_of().open():\n    pass\n"
        "print('distributed' in sys.modules)\n"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert child.stdout == "False\n"
