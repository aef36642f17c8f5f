"""Where the states of a graph stand in a picture, and how its arrows bend; always the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from foedus.lenses.stability.conflict import Floats

Pair = tuple[int, int]
Spot = tuple[float, float]
SWEEPS = 12
BENDS = (0.06, 0.12, 0.18, 0.25, 0.32, 0.4, 0.5, 0.62)
"""How far arrows may swing out to either side, as a share of their length."""
ALONG = np.linspace(0.0, 1.0, 17)[1:-1]


def in_columns(
    columns: Sequence[Sequence[int]], ties: Mapping[Pair, float], row: float
) -> dict[int, tuple[int, float]]:
    """(column, height) of each node, the first at the top, at least `row` apart.

    `ties` are arrows with their weights. Order within columns by the mean of the neighbours
    (Sugiyama, Tagawa & Toda 1981), then node by node where it is tidiest; heights as near to the
    neighbours' as the distance allows.
    """
    plan = _Plan(columns, ties, row)
    best = min((_arranged(plan, order) for order in (_from_the_middle, _from_the_top)), key=_cost)
    top = min(best[1].values(), default=0.0)
    return {node: (plan.at[node], best[1][node] - top) for node in plan.at}


Heights = dict[int, float]
Order = Callable[[Sequence[int], Mapping[int, Sequence[tuple[int, float]]]], list[int]]


def _arranged(plan: _Plan, order: Order) -> tuple[float, Heights]:
    """The tidiest heights found from one order to begin with, and how untidy they are."""
    height: Heights = {}
    for column in plan.columns:
        height.update(plan.placed(order(column, plan.near), {}))
    best = plan.untidy(height), dict(height)
    for sweep in range(SWEEPS):
        for column in plan.columns if sweep % 2 == 0 else plan.columns[::-1]:
            wish = plan.wishes(column, height)
            ordered = sorted(column, key=lambda node: (wish[node], height[node], node))
            height.update(plan.placed(ordered, wish))
        best = min(best, (plan.untidy(height), dict(height)), key=_cost)
    return _refined(plan, *best)


def _refined(plan: _Plan, cost: float, height: Heights) -> tuple[float, Heights]:
    """Node by node tried at every other place of its column, as long as it gets tidier."""
    for _ in range(2):
        for column in plan.columns:
            for node in column:
                rest = sorted((n for n in column if n != node), key=lambda n: height[n])
                for place in range(len(column)):
                    ordered = [*rest[:place], node, *rest[place:]]
                    tried = height | plan.placed(ordered, plan.wishes(column, height))
                    new = plan.untidy(tried)
                    if new < cost - 1e-6:
                        cost, height = new, tried
    return cost, height


def _cost(arranged: tuple[float, Heights]) -> float:
    return arranged[0]


class _Plan:
    """Nodes in columns, and what ties them."""

    def __init__(
        self, columns: Sequence[Sequence[int]], ties: Mapping[Pair, float], row: float
    ) -> None:
        self.columns, self.row = columns, row
        self.at = {node: k for k, column in enumerate(columns) for node in column}
        self.near: dict[int, list[tuple[int, float]]] = {node: [] for node in self.at}
        for (one, two), weight in ties.items():
            self.near[one].append((two, weight))
            self.near[two].append((one, weight))
        # every arrow from left to right, for counting crossings
        self.ends = [(a, b) if self.at[a] <= self.at[b] else (b, a) for a, b in ties]
        self.weight = np.array(list(ties.values()))
        left, right = (np.array([self.at[pair[k]] for pair in self.ends]) for k in (0, 1))
        meet = (left[:, None] < right[None]) & (left[None] < right[:, None])
        self.may_cross = np.triu(meet & (left == left[:, None]) & (right == right[:, None]), 1)

    def wishes(self, column: Sequence[int], height: Heights) -> Heights:
        """The mean height of each node's neighbours in other columns."""
        out = {}
        for node in column:
            near = [(height[n], w) for n, w in self.near[node] if self.at[n] != self.at[node]]
            total = sum(w for _, w in near)
            out[node] = sum(h * w for h, w in near) / total if total else height[node]
        return out

    def placed(self, ordered: Sequence[int], wish: Heights) -> Heights:
        """Nodes of a column in this order, as near as can be to where they wish to be."""
        return dict(zip(ordered, apart([wish.get(n, 0.0) for n in ordered], self.row), strict=True))

    def untidy(self, height: Heights) -> float:
        """How far arrows climb, and how often they cross."""
        left, right = (np.array([height[pair[k]] for pair in self.ends]) for k in (0, 1))
        crossed = (left[:, None] - left) * (right[:, None] - right) < 0
        climb = float(self.weight @ np.abs(right - left)) if self.ends else 0.0
        return climb + self.row * float((crossed & self.may_cross).sum())


def _from_the_top(column: Sequence[int], near: Any) -> list[int]:
    """Nodes in the order given."""
    return list(column)


def _from_the_middle(column: Sequence[int], near: Any) -> list[int]:
    """Nodes in an order in which those with the most neighbours are in the middle."""
    out: list[int] = []
    for place, node in enumerate(sorted(column, key=lambda n: (-len(near[n]), n))):
        out.insert(0 if place % 2 else len(out), node)
    return out


def apart(wishes: Sequence[float], distance: float) -> list[float]:
    """The places nearest to those wished for, in their order, at least `distance` apart.

    Least squares by pooling what would overlap (Ayer et al. 1955).
    """
    blocks: list[tuple[float, int]] = []
    for k, wish in enumerate(wishes):
        mean, size = wish - k * distance, 1
        while blocks and blocks[-1][0] > mean:
            before, count = blocks.pop()
            mean = (mean * size + before * count) / (size + count)
            size += count
        blocks.append((mean, size))
    level = [mean for mean, size in blocks for _ in range(size)]
    return [value + k * distance for k, value in enumerate(level)]


def on_circle(nodes: Sequence[int], radius: float) -> dict[int, Spot]:
    """Nodes evenly on a circle, the first at the top, clockwise; the origin at its top left."""
    turn = 2 * math.pi / max(len(nodes), 1)
    return {
        node: (radius * (1 + math.sin(turn * k)), radius * (1 - math.cos(turn * k)))
        for k, node in enumerate(nodes)
    }


def bends(
    places: Mapping[int, Spot], pairs: Sequence[Pair], words: Sequence[Spot], room: float
) -> list[float]:
    """How far each arrow swings out so that it runs over no node and not along another arrow.

    As a share of its length, to the left of its direction where y points down; the control point
    of a quadratic curve lies twice as far out. `room` is what a node needs around it; `words` are
    the middles of what is written, to be avoided too, but less. One arrow after the other takes
    what costs least.
    """
    taken: list[Floats] = []
    out = []
    tried = (0.0, *(sign * bend for bend in BENDS for sign in (1, -1)))
    written = np.array(words).reshape(-1, 2)
    for source, target in pairs:
        start, end = np.array(places[source]), np.array(places[target])
        others = np.array([xy for node, xy in places.items() if node not in (source, target)])
        long = float(np.hypot(*(end - start)))
        curves = [curve(start, end, bend) for bend in tried]
        costs = [
            8.0 * _touched(line, others, room)
            + 1.0 * _touched(line, written, room / 2)
            + 3.0 * _close(line, taken, room / 2)
            + abs(bend) * long / 40
            for bend, line in zip(tried, curves, strict=True)
        ]
        best = int(np.argmin(costs))
        taken.append(curves[best][2:-2])
        out.append(tried[best])
    return out


def split(
    columns: Sequence[Sequence[int]], places: Mapping[int, Spot], pairs: Sequence[Pair]
) -> set[int]:
    """Nodes above which there is more room than beneath: the uppermost of each column.

    Never one whose neighbour above is not among them, so that words above the one and beneath the
    other do not meet.
    """
    down: dict[int, float] = dict.fromkeys(places, 0.0)
    for one, two in pairs:
        (x, y), (x2, y2) = places[one], places[two]
        slope = (y2 - y) / max(math.hypot(x2 - x, y2 - y), 1.0)
        down[one] += slope
        down[two] -= slope
    above: set[int] = set()
    for column in columns:
        order = sorted(column, key=lambda node: places[node][1])
        gains = np.cumsum([0.0, *(down[node] for node in order)])
        above.update(order[: int(np.argmax(gains))])
    return above


def curve(start: Floats, end: Floats, bend: float) -> Floats:
    """Points along an arrow, without its ends."""
    across = np.array([end[1] - start[1], start[0] - end[0]])
    control = (start + end) / 2 + 2 * bend * across
    t = ALONG[:, None]
    return (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end


def _touched(line: Floats, others: Floats, room: float) -> float:
    """How many nodes a line runs over, more the nearer it comes to their middle."""
    if not len(others):
        return 0.0
    gap = np.hypot(*(line[:, None] - others[None]).transpose(2, 0, 1)).min(axis=0)
    return float(np.clip(1.5 - gap / room, 0.0, 1.0).sum())


def _close(line: Floats, taken: Sequence[Floats], room: float) -> float:
    """What part of a line runs along others."""
    if not taken:
        return 0.0
    points = np.concatenate(taken)
    middle = line[2:-2]
    gap = np.hypot(*(middle[:, None] - points[None]).transpose(2, 0, 1)).min(axis=1)
    return float((gap < room).mean())
