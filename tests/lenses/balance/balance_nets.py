"""Networks for the tests of frustration: random ones and files, and what every answer must be."""

import csv

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from foedus.lenses.balance.frustration import frustrated
from foedus.lenses.balance.network import Network


def network(nodes, ends, signs, weights=None):
    weights = np.ones(len(signs)) if weights is None else weights
    actors = tuple(str(i) for i in range(nodes))
    return Network(actors, np.asarray(ends), np.asarray(signs), np.asarray(weights, float))


def read(path):
    rows = list(csv.DictReader(path.read_text().splitlines()))
    actors = sorted({row[side] for row in rows for side in ("source", "target")})
    at = {actor: i for i, actor in enumerate(actors)}
    ends = [sorted((at[row["source"]], at[row["target"]])) for row in rows]
    signs = np.array([int(row["sign"]) for row in rows])
    return Network(tuple(actors), np.array(ends), signs, np.ones(len(rows)))


def random_network(nodes, ties, seed, wrong=0.5, weighted=False):
    """Two planted camps, some signs wrong."""
    lot = np.random.default_rng(seed)
    pairs = np.array([(a, b) for a in range(nodes) for b in range(a + 1, nodes)])
    ends = pairs[np.sort(lot.permutation(len(pairs))[:ties])]
    camp = lot.integers(0, 2, nodes)
    apart = camp[ends[:, 0]] != camp[ends[:, 1]]
    signs = np.where(apart ^ (lot.random(ties) < wrong), -1, 1)
    return network(nodes, ends, signs, lot.random(ties) + 0.1 if weighted else None)


def consistent(net, found):
    """What every answer must be, proved or not."""
    assert found.value == pytest.approx(net.weights[frustrated(net, found.assignment)].sum())
    assert 0 <= found.bound <= found.value
    assert found.proved == (found.bound == found.value)
    assert found.assignment[0] == 0
    assert found.optima_least >= 1
    return True


def plain_programme(net):
    """The frustration by a plain integer programme: a product of camps for every tie."""
    n, m = net.size, net.ties
    rows, low = np.zeros((3 * m, n + m)), np.zeros(3 * m)
    cost, constant = np.zeros(n + m), 0.0
    for e, ((a, b), sign, weight) in enumerate(
        zip(net.ends.tolist(), net.signs.tolist(), net.weights.tolist(), strict=True)
    ):
        both = n + e
        rows[3 * e, [a, both]] = 1, -1
        rows[3 * e + 1, [b, both]] = 1, -1
        rows[3 * e + 2, [both, a, b]] = 1, -1, -1
        low[3 * e + 2] = -1
        cost[a] += sign * weight
        cost[b] += sign * weight
        cost[both] -= 2 * sign * weight
        constant += weight * (sign < 0)
    done = milp(
        cost, integrality=np.ones(n + m), bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows, low, np.inf), options={"mip_rel_gap": 0.0},
    )  # fmt: skip
    assert done.status == 0
    return done.fun + constant
