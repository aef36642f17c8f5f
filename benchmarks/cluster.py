"""What a Dask cluster costs beside threads: all lenses of syria-2016, two workers each."""

from __future__ import annotations

from benchmarks.measure import Row, wall
from foedus.ensemble.cluster import Cluster
from foedus.ensemble.draws import Table
from foedus.ensemble.engine import Session, Threads
from foedus.ensemble.run import Run, at_modes, in_order, run
from foedus.lenses.table import LENSES, load

DRAWS = 4096
WORKERS = 2


def rows(draws: int = DRAWS) -> list[Row]:
    """Two processes beside two threads, and what starting them costs."""
    case = load("syria-2016").without_outcome()
    lenses = in_order({n: lens for n, lens in LENSES.items() if not lens.missing(case)}, case)
    table = Table.over([case], 1)
    uniforms, modes = table.uniforms(draws), at_modes(case, lenses)

    def go(session: Session) -> dict[str, Run]:
        return run({"": case}, lenses, table, uniforms, modes, 0, session=session)

    with Threads(WORKERS).open() as session:
        threads = wall(lambda: go(session))
    cluster = Cluster(f"local:{WORKERS}")
    opened = cluster.open()
    started: list[Session] = []
    starting = wall(lambda: started.append(opened.__enter__()))
    try:
        processes = wall(lambda: go(started[0]))
    finally:
        opened.__exit__(None, None, None)
    extra = processes / threads - 1.0
    return [
        Row(f"{draws} draws of syria-2016, --cluster local:{WORKERS}", f"{processes:.1f} s",
            "5 % more than threads", f"{WORKERS} threads: {threads:.1f} s",
            f"{processes / threads:.2f} ({100 * extra:+.0f} %)"),
        Row(f"starting --cluster local:{WORKERS}", f"{starting:.1f} s", "", "", ""),
    ]  # fmt: skip
