"""What a cluster's workers run, and how many draws at a time."""

from __future__ import annotations

import math
from collections.abc import Mapping
from time import perf_counter

from foedus.ensemble.draws import SCRAMBLINGS
from foedus.ensemble.engine import ClusterError, Context, Outcomes
from foedus.lenses.lens import Draws
from foedus.version import __version__

LEAST, GOOD = 0.1, 1.0
"""Seconds that a batch should take at least, and those aimed at."""


def given(context: Context) -> Context:
    """What every batch needs, kept by the workers (a task)."""
    return context


def computed(
    version: str, context: Context, draws: Mapping[str, Draws]
) -> tuple[dict[str, Outcomes], float]:
    """One batch's outcomes, and the seconds it took (a task).

    Raises ClusterError on a worker that joined late and has another version.
    """
    if version != __version__:
        raise ClusterError(
            f"a worker has foedus {__version__}, and here is {version}; "
            "install the same version everywhere"
        )
    start = perf_counter()
    outcomes = context.outcomes(draws)
    return outcomes, perf_counter() - start


def batch_size(each: float, left: int, threads: int) -> int:
    """How many draws the next batch takes, a multiple of 8.

    `each` are the seconds a draw takes (infinite: not known yet), `left` the draws that are not
    handed out. A batch takes 1 s; towards the end less, so that all threads end at about the same
    time, but at least 0.1 s.
    """
    if not math.isfinite(each):
        return SCRAMBLINGS
    least, good = (math.ceil(seconds / max(each * SCRAMBLINGS, 1e-9)) for seconds in (LEAST, GOOD))
    share = left // (2 * threads * SCRAMBLINGS)
    return SCRAMBLINGS * max(min(share, good), least)
