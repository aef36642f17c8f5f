"""Frustration in plain Python, over every division of a few nodes, and networks to try it on."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

PUBLISHED = Path(__file__).parents[2] / "published" / "balance"


def divisions(nodes: int, camps: int) -> Iterator[tuple[int, ...]]:
    """Every division into at most so many camps, once, camps numbered as they first appear."""

    def grow(start: tuple[int, ...], used: int) -> Iterator[tuple[int, ...]]:
        if len(start) == nodes:
            yield start
            return
        for camp in range(min(used + 1, camps)):
            yield from grow((*start, camp), max(used, camp + 1))

    return grow((), 0)


def cost(at, ends, together, apart):
    return sum(
        together[e] if at[u] == at[v] else apart[e] for e, (u, v) in enumerate(np.asarray(ends))
    )


def best(nodes, ends, together, apart, camps):
    """The least cost, and every division that has it."""
    costs = {at: cost(at, ends, together, apart) for at in divisions(nodes, camps)}
    least = min(costs.values())
    return least, {at for at, found in costs.items() if found <= least + 1e-9}


def costs_of(signs, weights):
    """What ties cost with their ends together, and apart."""
    signs, weights = np.asarray(signs), np.asarray(weights, float)
    return np.where(signs < 0, weights, 0.0), np.where(signs > 0, weights, 0.0)


@st.composite
def networks(draw, most=7, whole=True):
    """Nodes, ends `(m, 2)`, signs and weights of a small network."""
    nodes = draw(st.integers(1, most))
    pairs = [(u, v) for u in range(nodes) for v in range(u + 1, nodes)]
    ties = sorted(draw(st.sets(st.sampled_from(pairs)))) if pairs else []
    m = len(ties)
    signs = draw(st.lists(st.sampled_from([-1, 1]), min_size=m, max_size=m))
    weight = st.integers(1, 4) if whole else st.floats(0.01, 3.0)
    weights = draw(st.lists(weight, min_size=m, max_size=m))
    return (
        nodes,
        np.array(ties, np.int64).reshape(-1, 2),
        np.array(signs, np.int64),
        np.array(weights, np.float64),
    )


def published(name: str):
    """Nodes, ends and signs of a published network."""
    with (PUBLISHED / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row[end] for row in rows for end in ("source", "target")})
    number = {name: i for i, name in enumerate(names)}
    ends = [sorted((number[row["source"]], number[row["target"]])) for row in rows]
    signs = [int(row["sign"]) for row in rows]
    return len(names), np.array(ends, np.int64), np.array(signs, np.int64)
