"""A matrix weighed at given numbers: cells to ratios, ratios to what the items say together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus.lenses.argument.kernel.bayes import (
    Bools,
    Floats,
    Weighed,
    effective,
    further,
    leading,
    log_ratio,
    posterior,
    weighed,
)
from foedus.lenses.argument.matrix import HOLDS, PARTS, SCALE_PATHS, Matrix
from foedus.lenses.argument.model import SMALLEST

Values = Mapping[str, Floats]
"""Numbers by path, one for each draw `(P,)`."""

NEAREST = 1e-9
"""A prior nearer to 0 or 1 than this counts as this near: certainty cannot learn."""


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
    prior = prior_of(matrix, values, together.total.shape[0])
    less = together.without()
    after = posterior(together.total, prior)
    others = posterior(less, prior[:, :, None])
    out = {
        "prior": prior,
        "posterior": after,
        "likelihood": together.total,
        "strength": together.strengths,
        "counts": together.counts,
        "moves": 0.5 * np.abs(others - after[:, :, None]).sum(axis=1),
        "by_evidence": posterior(together.total, np.ones_like(prior)),
        "leader_changes": another_leads(leading(after)[:, :, None], leading(others)),
    }
    if not matrix.sided:
        return out
    ratio = log_ratio(together.total, matrix.weights, matrix.side)
    ratios = log_ratio(less, matrix.weights, matrix.side)
    unused = further(together, matrix.used)
    return out | {
        "log_ratio": ratio,
        "log_ratio_unused": log_ratio(unused, matrix.weights, matrix.side),
        "holds": chance(prior, ratio, matrix),
        "ratio_without": ratios,
        "holds_without": chance(prior, ratios, matrix),
    }


def another_leads(now: Bools, then: Bools) -> Floats:
    """Whether none of the likeliest is among the likeliest then, hypotheses along axis 1."""
    return np.asarray(~(now & then).any(axis=1), dtype=float)


def chance(prior: Floats, ratio: Floats, matrix: Matrix) -> Floats:
    """The chance that the pact holds: prior odds of the sides times the log `ratio` `(P, ...)`.

    `prior` is `(P, H)`. Also where a hypothesis on neither side leaves both next to nothing.
    """
    sides = [prior[:, matrix.side == side].sum(axis=1) for side in (HOLDS, PARTS)]
    odds = (np.log(sides[0]) - np.log(sides[1])).reshape(-1, *(1,) * (ratio.ndim - 1))
    return np.asarray(np.exp(-np.logaddexp(0.0, -(odds + ratio))))
