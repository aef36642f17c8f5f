"""What would change if a cell were placed otherwise, every cell one at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.lenses.argument.kernel.bayes import Floats, effective, leading, log_ratio, posterior
from foedus.lenses.argument.matrix import Matrix
from foedus.lenses.argument.weighing import Values, chance, logs_of, prior_of, scale_logs, weigh

Step = int | str
"""A step from -2 to 2, or `na`."""


@dataclass(frozen=True)
class Change:
    """One cell placed otherwise, and what comes of it at the most likely values."""

    hypothesis: int
    item: int
    now: Step
    then: Step
    posterior: tuple[float, ...]
    """Of every hypothesis then."""
    leaders: tuple[int, ...]
    """The likeliest hypothesis then, or all that tie."""
    log_ratio: float | None
    """Of the pact's holding, then; None without a hypothesis on each side."""
    holds: float | None


def changes(matrix: Matrix, values: Values) -> list[Change]:
    """Every cell one step up, one step down and not applicable; one that is not, at every step.

    `values` hold one draw. A cell with a ratio of its own moves by as much as the step would; one
    that is not placed is left alone.
    """
    together = weigh(matrix, values)
    asked = [
        (h, e, step)
        for h, e in np.argwhere(matrix.placed).tolist()
        for step in _others(_now(matrix, h, e))
    ]
    if not asked:
        return []
    columns = _columns(matrix, values, asked)
    at = np.array([e for _, e, _ in asked])
    likelihood = together.replaced(at, columns.T[None])
    prior = prior_of(matrix, values, 1)
    after = posterior(likelihood, prior[:, :, None])
    leads = leading(after)[0]
    ratios = chances = None
    if matrix.sided:
        ratios = log_ratio(likelihood, matrix.weights, matrix.side)
        ratios, chances = ratios[0], chance(prior, ratios, matrix)[0]
    return [
        Change(
            h, e, _now(matrix, h, e), step, tuple(after[0, :, v].tolist()),
            tuple(np.flatnonzero(leads[:, v]).tolist()),
            None if ratios is None else float(ratios[v]),
            None if chances is None else float(chances[v]),
        )
        for v, (h, e, step) in enumerate(asked)
    ]  # fmt: skip


def _now(matrix: Matrix, h: int, e: int) -> Step:
    return int(matrix.steps[h, e]) if matrix.applies[h, e] else "na"


def _others(step: Step) -> list[Step]:
    if isinstance(step, str):
        return [-2, -1, 0, 1, 2]
    near: list[Step] = [other for other in (step + 1, step - 1) if -2 <= other <= 2]
    return [*near, "na"]


def _columns(matrix: Matrix, values: Values, asked: list[tuple[int, int, Step]]) -> Floats:
    """What each item says with its one cell changed, `(V, H)`."""
    scale = scale_logs(values)[0]
    items = np.array([e for _, e, _ in asked])
    logs = logs_of(matrix, values)[0].T[items]
    applies = matrix.applies.T[items].copy()
    for v, (h, e, step) in enumerate(asked):
        if isinstance(step, int):
            logs[v, h] += scale[step + 2] - scale[matrix.steps[h, e] + 2]
            applies[v, h] = True
        else:
            applies[v, h] = False
    found = effective(
        logs[:, :, None], applies[:, :, None], matrix.trust[items][:, None, None], matrix.weights
    )
    return np.asarray(found[:, :, 0])
