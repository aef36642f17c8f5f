"""What the bound leaves open, by branching: an integer programme with the cycles that are tight."""

from __future__ import annotations

from time import monotonic
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from foedus.lenses.balance.kernel.cuts import Grain, Tight
from foedus.lenses.balance.kernel.reduce import Floats, Graph, Ints

SHORT = 1e-4
"""Where values have a unit, the bound is taken as less by this part of it, to be safe."""
SECONDS = 1e6
"""No longer than this, where nobody sets a limit."""


def branch(
    graph: Graph, tight: Tight, size: Grain, deadline: float, branches: int | None = None
) -> tuple[float, Ints | None]:
    """A lower bound, and the best division that was found, if any.

    Ends at the deadline, or after so many branches: then the outcome hangs on no clock. The bound
    holds up to a millionth of the heaviest tie, the solver's tolerance.

    The variables are the nodes' camps and, by tie, whether it is left unexplained: at least where
    its ends stand otherwise than its sign says.
    """
    weight, m, n = np.abs(graph.pull), graph.pull.size, graph.nodes
    rows, least = _explained(graph)
    if tight.cycles:
        rows = vstack([rows, _cycles(tight, n, m)], format="csr")
        least = np.concatenate([least, np.ones(len(tight.cycles))])
    upper = np.ones(n + m)
    upper[int(np.bincount(graph.ends.ravel(), minlength=n).argmax())] = 0.0
    scale = size.unit or float(weight.max())
    options: Any = {
        "time_limit": max(0.1, min(deadline - monotonic(), SECONDS)),
        "mip_rel_gap": 0.0,
    }
    if branches is not None:
        options["node_limit"] = branches
    done = milp(
        np.concatenate([np.zeros(n), weight / scale]),
        integrality=np.concatenate([np.ones(n), np.zeros(m)]),
        bounds=Bounds(np.zeros(n + m), upper),
        constraints=LinearConstraint(rows, least, np.inf),
        options=options,
    )
    ended = done.status in (0, 1) or "limit reached" in done.message
    if not ended or done.x is None or done.mip_dual_bound is None:
        return tight.bound, None
    bound = float(done.mip_dual_bound) * scale - (SHORT * size.unit)
    return max(tight.bound, bound), np.rint(done.x[:n]).astype(np.int64)


def _explained(graph: Graph) -> tuple[csr_array, Floats]:
    """Two rows by tie: x is at least a - b and b - a, or between foes a + b - 1 and 1 - a - b."""
    n, m = graph.nodes, graph.pull.size
    (first, second), foe = graph.ends.T, graph.pull < 0
    each = np.arange(m)
    row = np.concatenate([each, each, each, each + m, each + m, each + m])
    column = np.concatenate([first, second, n + each] * 2)
    one = np.ones(m)
    same = np.where(foe, -1.0, 1.0)
    data = np.concatenate([-one, same, one, one, -same, one])
    least = np.concatenate([np.where(foe, -1.0, 0.0), np.where(foe, 1.0, 0.0)])
    return csr_array((data, (row, column)), shape=(2 * m, n + m)), least


def _cycles(tight: Tight, n: int, m: int) -> csr_array:
    """A row by cycle: some tie of it is left unexplained."""
    column = np.concatenate([np.array(c) for c in tight.cycles]) + n
    begin = np.concatenate([[0], np.cumsum([len(c) for c in tight.cycles])])
    return csr_array((np.ones(column.size), column, begin), shape=(len(tight.cycles), n + m))
