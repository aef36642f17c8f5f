"""Games for the tests of the endurance kernel, and the bridge from the oracle's numbers to it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import endurance_oracle as oracle
import numpy as np

from foedus.lenses.endurance import kernel

SIDES = {kernel.FALLING: -1, kernel.FLAT: 0, kernel.IMPROVING: 1}

PUBLISHED = json.loads(
    (Path(__file__).parents[2] / "published" / "endurance-2016.json").read_text("utf-8")
)


def _tuples(value):
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


#: The specification's first judgements for 2016: Russia, Iran, Damascus.
JUDGED = oracle.Numbers(**{k: _tuples(v) for k, v in PUBLISHED["parameters"].items()})


def equal(n, **numbers):
    """A game of n alike members."""
    mine = {
        "stake": 1.0,
        "capability": 1.0,
        "effort_cost": 0.2,
        "presence_cost": 0.05,
        "aim": 0.5,
        "exit_cost": 1.0,
        "outside_option": 0.0,
        "stake_outside": 0.8,
        "gets_from": 0.1,
    }
    for name in set(mine) & set(numbers):
        mine[name] = numbers.pop(name)
    gets = mine.pop("gets_from")
    table = tuple(tuple(gets * (i != j) for j in range(n)) for i in range(n))
    return oracle.Numbers(**{k: (v,) * n for k, v in mine.items()}, gets_from=table, **numbers)


def lot(seed, n, levels=5, trust=2, **numbers):
    """A game drawn at random from a tame part of what a case may say."""
    rng = np.random.default_rng(seed)

    def some(low, high):
        return tuple(float(x) for x in rng.uniform(low, high, n))

    gets = rng.uniform(0.0, 0.3, (n, n)) * (1.0 - np.eye(n))
    after = rng.uniform(0.0, 0.7, 3)
    drawn = oracle.Numbers(
        stake=some(0.2, 2.0),
        capability=some(0.3, 1.5),
        effort_cost=some(0.05, 0.5),
        presence_cost=some(0.0, 0.3),
        aim=some(0.0, 1.0),
        exit_cost=some(0.0, 8.0),
        outside_option=some(-0.3, 0.2),
        stake_outside=some(0.2, 1.0),
        gets_from=tuple(tuple(float(x) for x in row) for row in gets),
        opponents=float(rng.uniform(0.3, 2.5)),
        determinism=float(rng.uniform(0.5, 4.0)),
        pace=float(rng.uniform(0.1, 0.8)),
        token=float(rng.uniform(0.0, 0.6)),
        coordination=float(rng.uniform(0.0, 1.0)),
        divergence=float(rng.uniform(0.0, 0.5)),
        monitoring=float(rng.uniform(0.0, 0.9)),
        repair=float(rng.uniform(0.0, 0.9)),
        settle_chance=float(rng.uniform(0.0, 0.15)),
        settle_width=float(rng.uniform(0.2, 1.0)),
        spoils=float(rng.uniform(0.0, 1.0)),
        retribution=float(rng.uniform(0.0, 1.0)),
        patience=float(rng.uniform(0.8, 0.95)),
        precision=float(rng.uniform(0.5, 8.0)),
        leave_bonus=float(rng.uniform(-0.1, 0.2)),
        blame_after=tuple(float(x) for x in np.sort(after)[::-1]),
        levels=levels,
        trust=trust,
    )
    return replace(drawn, **numbers)


def packed(g):
    """The oracle's numbers as the kernel's packed row."""
    fields = (np.asarray(getattr(g, name), dtype=float)[None] for name in kernel.Game._fields)
    return kernel.Game(*fields).packed()[0]


def table(g):
    return kernel.layout(g.n, g.levels, g.trust)


def solve(g, start=None):
    """The kernel's equilibrium, which must have settled."""
    found = kernel.solve(packed(g), table(g), start)
    assert found.settled
    return found


def foresee(found, start):
    """The kernel's forecast from the oracle's `Start`."""
    must = sum(1 << i for i in start.must)
    trust = np.array(start.trust, dtype=float)
    return kernel.forecast(
        found, kernel.Start(start.position, trust, start.horizon, must, start.defeat_holds)
    )


def today(g, position=0.0, trust=1.0, horizon=12.0, must=None, defeat_holds=False):
    """A start with the same trust in all."""
    everyone = tuple(range(g.n)) if must is None else must
    return oracle.Start(position, (trust,) * g.n, horizon, everyone, defeat_holds)


def mask(members):
    return sum(1 << i for i in members)


def pack(g, tau):
    """Place of a trust tuple among a set's trust states."""
    return sum(t * g.trust**q for q, t in enumerate(tau))


def level(g, position):
    """Place of a position among the levels between the ends."""
    m = (position + 1.0) / 2.0 * (g.levels - 1)
    assert abs(m - round(m)) < 1e-9
    return round(m) - 1


def change(g, i, **numbers):
    """The game with some of member i's numbers changed."""
    rows = {k: list(getattr(g, k)) for k in numbers}
    for k, value in numbers.items():
        rows[k][i] = value
    return replace(g, **{k: tuple(row) for k, row in rows.items()})
