"""PRIM in plain Python, written apart from the package: lists and loops, no orders, no windows."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import NamedTuple

Row = tuple[float, ...]


class Step(NamedTuple):
    """Rows inside, and limits by (column, upper)."""

    inside: frozenset[int]
    limits: dict[tuple[int, bool], float]


def share(rows: set[int] | frozenset[int], weight: list[int], y: list[int]) -> Fraction:
    """Mean of y, exactly."""
    return Fraction(sum(weight[i] * y[i] for i in rows), sum(weight[i] for i in rows))


def slice_off(
    x: list[Row],
    weight: list[int],
    inside: frozenset[int],
    column: int,
    upper: bool,
    alpha: Fraction,
) -> set[int]:
    """The rows that go: whole values from the outside in, until the share is reached."""
    goal = alpha * sum(weight[i] for i in inside)
    gone: set[int] = set()
    for value in sorted({x[i][column] for i in inside}, reverse=upper):
        gone |= {i for i in inside if x[i][column] == value}
        if sum(weight[i] for i in gone) >= goal:
            break
    return gone


def trajectory(
    x: list[Row],
    y: list[int],
    weight: list[int],
    alpha: Fraction,
    mass_min: Fraction,
    objective: str,
) -> list[Step]:
    """All boxes from all rows on."""
    total = sum(weight)
    steps = [Step(frozenset(range(len(x))), {})]
    while True:
        now = steps[-1]
        mean = share(now.inside, weight, y)
        if mean in (0, 1):
            return steps
        best = None
        for column in range(len(x[0])):
            for upper in (True, False):
                gone = slice_off(x, weight, now.inside, column, upper, alpha)
                left = now.inside - gone
                if not left or sum(weight[i] for i in left) < mass_min * total:
                    continue
                value = share(left, weight, y)
                if objective == "lenient":
                    value = (value - mean) / sum(weight[i] for i in gone)
                known = any((column, side) in now.limits for side in (True, False))
                rank = (value, known)
                if best is None or rank > best[0]:
                    outer = (min if upper else max)(x[i][column] for i in gone)
                    inner = (max if upper else min)(x[i][column] for i in left)
                    best = (rank, left, (column, upper), (outer + inner) / 2)
        if best is None:
            return steps
        steps.append(Step(frozenset(best[1]), now.limits | {best[2]: best[3]}))


def binomial_tail(draws: int, least: int, rate: Fraction) -> float:
    """P(Binomial(draws, rate) >= least), summed exactly."""
    return float(
        sum(comb(draws, k) * rate**k * (1 - rate) ** (draws - k) for k in range(least, draws + 1))
    )
