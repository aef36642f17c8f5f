"""What would change if a cell were placed otherwise, every cell one at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.lenses.argument.kernel.bayes import Floats, effective, log_ratio, posterior
from foedus.lenses.argument.matrix import Matrix
from foedus.lenses.argument.weighing import Values, holding, logs_of, prior_of, scale_logs, weigh

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
    leader: int
    """The likeliest hypothesis then."""
    log_ratio: float | None
    """Of the pact's holding, then; None without a hypothesis on each side."""
    holds: float | None


def changes(matrix: Matrix, values: Values) -> list[Change]:
    """Every cell one step up, one step down, and not applicable; a cell that is not is left alone.

    `values` hold one draw. A cell with a ratio of its own moves by as much as the step would.
    """
    together = weigh(matrix, values)
    asked = [
        (h, e, step)
        for h, e in np.argwhere(matrix.applies).tolist()
        for step in _others(int(matrix.steps[h, e]))
    ]
    if not asked:
        return []
    columns = _columns(matrix, values, asked)
    at = np.array([e for _, e, _ in asked])
    likelihood = together.replaced(at, columns.T[None])
    prior = prior_of(matrix, values, 1)[:, :, None]
    after = posterior(likelihood, prior)
    ratios = log_ratio(likelihood, matrix.weights, matrix.side)[0] if matrix.sided else None
    chances = holding(after, matrix)[0] if matrix.sided else None
    return [
        Change(
            h, e, int(matrix.steps[h, e]), step, tuple(after[0, :, v].tolist()),
            int(after[0, :, v].argmax()),
            None if ratios is None else float(ratios[v]),
            None if chances is None else float(chances[v]),
        )
        for v, (h, e, step) in enumerate(asked)
    ]  # fmt: skip


def _others(step: int) -> list[Step]:
    near = [other for other in (step + 1, step - 1) if -2 <= other <= 2]
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
        else:
            applies[v, h] = False
    found = effective(
        logs[:, :, None], applies[:, :, None], matrix.trust[items][:, None, None], matrix.weights
    )
    return np.asarray(found[:, :, 0])
