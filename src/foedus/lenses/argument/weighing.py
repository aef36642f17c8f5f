"""A matrix weighed at given numbers: cells to ratios, ratios to what the items say together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus.lenses.argument.kernel.bayes import (
    Floats,
    Weighed,
    effective,
    further,
    log_ratio,
    posterior,
    weighed,
)
from foedus.lenses.argument.matrix import HOLDS, PARTS, SCALE_PATHS, Matrix

Values = Mapping[str, Floats]
"""Numbers by path, one for each draw `(P,)`."""

NEAREST = 1e-9
"""A prior nearer to 0 or 1 than this counts as this near: certainty cannot learn."""
SMALLEST = 1e-9
"""The least likelihood ratio of a cell."""


def scale_logs(values: Values) -> Floats:
    """Log ratios of the steps from -2 to 2, `(P, 5)`."""
    some = values[SCALE_PATHS[1]]
    out = np.zeros((some.shape[0], 5))
    for step, path in SCALE_PATHS.items():
        out[:, step + 2] = np.log(np.maximum(values[path], SMALLEST))
    return out


def logs_of(matrix: Matrix, values: Values) -> Floats:
    """The log ratio of every cell `(P, H, E)`, its own where it has one."""
    out = scale_logs(values)[:, matrix.steps + 2]
    for (h, e), path in matrix.own.items():
        out[:, h, e] = np.log(np.maximum(values[path], SMALLEST))
    return np.asarray(out)


def shared_of(matrix: Matrix, values: Values) -> Floats:
    """How dependent the items of each group are `(P, G)`."""
    return np.stack([values[matrix.shared[name]] for name in matrix.groups], axis=1)


def prior_of(matrix: Matrix, values: Values, draws: int) -> Floats:
    """The chance of each hypothesis before the evidence `(P, H)`.

    A prior of the pact's survival divides what both sides have together anew, keeping proportions
    within each; a hypothesis on neither side keeps what it has.
    """
    prior = np.tile(matrix.weights, (draws, 1))
    if matrix.prior is None or not matrix.sided:
        return prior
    holds = np.clip(values[matrix.prior], NEAREST, 1.0 - NEAREST)
    both = float(matrix.weights[matrix.side >= PARTS].sum())
    for side, share in ((HOLDS, holds), (PARTS, 1.0 - holds)):
        here = matrix.side == side
        own = matrix.weights[here] / float(matrix.weights[here].sum())
        prior[:, here] = both * share[:, None] * own
    return prior


def weigh(matrix: Matrix, values: Values) -> Weighed:
    """What all items say together, in every draw."""
    columns = effective(logs_of(matrix, values), matrix.applies, matrix.trust, matrix.weights)
    return weighed(columns, matrix.group, shared_of(matrix, values))


def solved(matrix: Matrix, values: Values) -> dict[str, Floats]:
    """Everything that is asked of every draw, as arrays; see `ArgumentLens.run`."""
    together = weigh(matrix, values)
    columns, draws = together.columns, together.columns.shape[0]
    prior = prior_of(matrix, values, draws)
    items = np.arange(len(matrix.items))
    less = together.replaced(items, np.zeros_like(columns))
    after = posterior(together.total, prior)
    others = posterior(less, prior[:, :, None])
    out = {
        "prior": prior,
        "posterior": after,
        "likelihood": together.total,
        "strength": together.spreads,
        "counts": together.counts[:, matrix.group],
        "moves": 0.5 * np.abs(others - after[:, :, None]).sum(axis=1),
        "leads_without": others.argmax(axis=1).astype(float),
    }
    if not matrix.sided:
        return out
    ratio = log_ratio(together.total, matrix.weights, matrix.side)
    unused = further(together, matrix.used)
    return out | {
        "log_ratio": ratio,
        "log_ratio_unused": log_ratio(unused, matrix.weights, matrix.side),
        "holds": chance(prior, ratio, matrix),
        "ratio_without": log_ratio(less, matrix.weights, matrix.side),
        "holds_without": holding(others, matrix),
    }


def chance(prior: Floats, ratio: Floats, matrix: Matrix) -> Floats:
    """The chance that the pact holds `(P,)`: prior odds of the sides times the ratio."""
    before = holding(prior[:, :, None], matrix)[:, 0]
    return np.asarray(1.0 / (1.0 + np.exp(-(np.log(before) - np.log1p(-before) + ratio))))


def holding(chances: Floats, matrix: Matrix) -> Floats:
    """What the side that holds has of both `(P, V)`, hypotheses along axis 1."""
    sides = [chances[:, matrix.side == side].sum(axis=1) for side in (HOLDS, PARTS)]
    return np.asarray(sides[0] / (sides[0] + sides[1]))
