"""A spatial model of politics in plain Python, one formula after another, to test the other by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Place = list[float]
BENT = {"min": (0.0, 1.0), "mid": (-0.5, 1.0), "max": (-1.0, 1.0)}
SEEN = {"none": 0.0, "one-third": 1 / 3, "half": 0.5, "two-thirds": 2 / 3, "full": 1.0}
POWER = {"linear": 1, "square": 2, "quartic": 4, "octic": 8}


class Settings(NamedTuple):
    voting: str = "proportional"
    victory: str = "linear"
    election: str = "conditional"
    third_party: str = "semi-commit"
    risk_range: str = "mid"
    risk_view: str = "one-third"
    interpolation: str = "s2p2"
    bargaining: str = "initiator"
    indifference: float = 1e-6


class Bargain(NamedTuple):
    first: int
    second: int
    places: tuple[Place, Place]
    gain: float


def vote(rule: str, weight: float, du: float) -> float:
    sign = max(-1.0, min(1.0, du / 1e-8))
    return (
        weight
        * {
            "binary": sign,
            "proportional-binary": 0.8 * du + 0.2 * sign,
            "proportional": du,
            "proportional-cubic": (du + du**3) / 2,
            "cubic": du**3,
            "asymmetric-prospect": du if du < 0 else 2 * du / 3,
        }[rule]
    )


def victory(rule: str, ours: float, theirs: float) -> float:
    if rule != "binary":
        a, b = ours ** POWER[rule], theirs ** POWER[rule]
    elif max(ours / theirs, theirs / ours) >= 1.1:
        a, b = (1.0, 1e-6) if ours > theirs else (1e-6, 1.0)
    else:  # a straight line through (1/2.1, 0), (1/2, 1/2) and (1.1/2.1, 1)
        a = 0.5 + (ours / (ours + theirs) - 0.5) * 21
        b = 1 - a
    return a / (a + b)


def election(
    s: Settings, weights: Sequence[float], worth: Sequence[Sequence[float]]
) -> list[float]:
    """Probabilities of options: `worth[m][k]` is what option m is worth to the voter k."""
    m = range(len(worth))
    c = [[1e-8 for _ in m] for _ in m]
    for i in m:
        for j in range(i):
            for k, w in enumerate(weights):
                v = vote(s.voting, w, worth[i][k] - worth[j][k])
                if v > 0:
                    c[i][j] += v
                else:
                    c[j][i] -= v
    p = [[0.5 if i == j else victory(s.victory, c[i][j], c[j][i]) for j in m] for i in m]
    if s.election == "conditional":
        won = [math.prod(row) for row in p]
        return [x / sum(won) for x in won]
    if s.election == "markov-uniform":
        q = [[1 / len(m) for _ in m] for _ in m]
    else:
        drive = [[c[i][j] * p[i][j] + (1e-10 if i == j else 0) for j in m] for i in m]
        total = [sum(drive[i][j] for i in m) for j in m]
        q = [[drive[i][j] / total[j] for j in m] for i in m]
    now = [1 / len(m) for _ in m]
    while True:
        met = [[now[i] * q[j][i] + now[j] * q[i][j] for j in m] for i in m]
        new = [sum(p[i][j] * met[i][j] for j in m) for i in m]
        change = max(abs(a - b) for a, b in zip(now, new, strict=True))
        now = [(a + b) / 2 for a, b in zip(now, new, strict=True)]
        if change <= (1e-6 if s.election == "markov-uniform" else 1e-8):
            return now


def first_most(values: dict[int, float]) -> int:
    """The first key of those whose values are the greatest but for rounding."""
    return next(key for key, value in values.items() if value >= max(values.values()) - 1e-12)


def u(d: float, r: float) -> float:
    return (1 - d) * (1 + d * r)


class World:
    """A state, and what everybody makes of it."""

    def __init__(
        self, s: Settings, c: Sequence[float], v: Floats, positions: Floats, ideals: Floats
    ) -> None:
        self.s, self.c, self.v = s, list(c), v.tolist()
        self.p, self.q = positions.tolist(), ideals.tolist()
        self.n = range(len(self.c))
        self.salience = [sum(row) for row in self.v]
        self.weight = [a * b for a, b in zip(self.c, self.salience, strict=True)]
        self.d = [[self.distance(i, self.p[j]) for j in self.n] for i in self.n]
        self.risk = self.attitudes()

    def distance(self, i: int, place: Place) -> float:
        top = sum((v * (a - b)) ** 2 for v, a, b in zip(self.v[i], self.q[i], place, strict=True))
        return math.sqrt(top / sum(v * v for v in self.v[i]))

    def attitudes(self) -> list[float]:
        won = election(self.s, self.c, [[1 - self.d[k][m] for k in self.n] for m in self.n])
        low, high = BENT[self.s.risk_range]
        span = max(won) - min(won)
        if span < 1e-12:
            return [0.0 for _ in self.n]
        return [low + (high - low) * (p - min(won)) / span for p in won]

    def view(self, h: int, i: int, j: int) -> float:
        """What h takes the position of j to be worth to i."""
        k = SEEN[self.s.risk_view]
        return u(self.d[i][j], (1 - k) * self.risk[h] + k * self.risk[i])

    def chance(self, h: int, i: int, j: int) -> float:
        """The probability, as h sees it, that i beats j."""
        rule = self.s.voting
        for_i = for_j = 1e-10
        for k in (i, j):
            v = vote(rule, self.weight[k], self.view(h, k, i) - self.view(h, k, j))
            for_i, for_j = for_i + max(v, 0), for_j + max(-v, 0)
        a, b = for_i, for_j
        for k in self.n:
            if k in (i, j):
                continue
            ki, kj, kk = (self.view(h, k, x) for x in (i, j, k))
            alone = vote(rule, self.weight[k], ki - kj)
            p = (a + max(alone, 0)) / (a + b + abs(alone))
            if self.s.third_party == "abstain":
                v = alone if abs(ki - kj) >= self.s.indifference else 0.0
            else:
                win, lose = {
                    "full-commit": (0, 0), "semi-commit": (1, 0), "no-commit": (1, 1)
                }[self.s.third_party]  # fmt: skip
                with_i = p * (2 * ki + (kk if win else ki)) + (1 - p) * (
                    2 * kj + (kk if lose else kj)
                )
                with_j = p * (2 * ki + (kk if lose else ki)) + (1 - p) * (
                    2 * kj + (kk if win else kj)
                )
                v = vote(rule, self.weight[k], with_i - with_j)
            for_i, for_j = for_i + max(v, 0), for_j + max(-v, 0)
        return for_i / (for_i + for_j)

    def gain(self, i: int, j: int) -> float:
        p, mine, yours = self.chance(i, i, j), self.view(i, i, i), self.view(i, i, j)
        stake = self.salience[j]
        fought = p * 2 * mine + (1 - p) * 2 * yours
        return (1 - stake) * 2 * mine + stake * fought - (mine + yours)

    def meet(self, i: int, j: int, p: float) -> tuple[Place, Place]:
        one, two = [], []
        for x, s, y, t in zip(self.p[i], self.v[i], self.p[j], self.v[j], strict=True):
            if self.s.interpolation == "s2pmax":
                back, on = max(1 - 2 * p, 0), max(2 * p - 1, 0)
                one.append(x + (y - x) * back * t**2 / (back * t**2 + 1e-6 + (1 - back) * s**2))
                two.append(y + (x - y) * on * s**2 / (on * s**2 + 1e-6 + (1 - on) * t**2))
                continue
            power = {"s1p1": 1, "s2p2": 2}[self.s.interpolation]
            a, b = (s * p) ** power, (t * (1 - p)) ** power
            one.append(((a + 1e-6) * x + b * y) / (a + 1e-6 + b))
            two.append((a * x + (b + 1e-6) * y) / (a + 1e-6 + b))
        if self.s.interpolation != "s2pmax":
            one, two = ([int(0.5 + 1e4 * x) / 1e4 for x in place] for place in (one, two))
        return one, two

    def offers(self, i: int) -> list[Bargain]:
        gains = {j: self.gain(i, j) for j in self.n if j != i}
        j = first_most(gains)
        if gains[j] <= 1e-5:
            return []
        own = self.meet(i, j, self.chance(i, i, j))
        if self.s.bargaining == "initiator":
            return [Bargain(i, j, own, gains[j])]
        other = self.meet(i, j, self.chance(j, i, j))
        if self.s.bargaining == "initiator-receiver":
            return [Bargain(i, j, own, gains[j]), Bargain(i, j, other, gains[j])]
        w, z = self.weight[i], self.weight[j]
        mean = tuple(
            [(w * x + z * y) / (w + z) for x, y in zip(a, b, strict=True)]
            for a, b in zip(own, other, strict=True)
        )
        return [Bargain(i, j, (mean[0], mean[1]), gains[j])]

    def worth(self, a: int, bargain: Bargain | None) -> float:
        """What all positions, two of them changed, are worth to a on average."""
        places = list(self.p)
        if bargain is not None:
            places[bargain.first], places[bargain.second] = bargain.places
        values = [u(self.distance(a, place), self.risk[a]) for place in places]
        return sum(values) / len(values)

    def turn(self) -> tuple[Floats, list[tuple[Bargain, bool]]]:
        queues: list[list[Bargain | None]] = [[] for _ in self.n]
        made = []
        for i in self.n:
            queues[i].append(None)
            for offer in self.offers(i):
                made.append(offer)
                queues[i].append(offer)
                queues[offer.second].append(offer)
        after, taken = [], set()
        for k in self.n:
            worth = [[self.worth(a, offer) for a in self.n] for offer in queues[k]]
            won = election(self.s, self.c, worth)
            best = queues[k][first_most(dict(enumerate(won)))]
            taken.add(id(best))
            after.append(self.p[k] if best is None else best.places[0 if best.first == k else 1])
        return np.array(after), [(offer, id(offer) in taken) for offer in made]


def played(
    c: Floats, v: Floats, positions: Floats, settings: Settings | None = None,
    accommodation: Floats | None = None, most: int = 100,
) -> tuple[Floats, list[World]]:  # fmt: skip
    """The history `(T, n, D)` of a game, and the worlds its turns started from."""
    s = settings or Settings()
    follow = np.eye(len(c)) if accommodation is None else accommodation
    history, ideals, worlds = [positions], positions, []
    while len(history) <= most:
        worlds.append(World(s, c.tolist(), v, history[-1], ideals))
        history.append(worlds[-1].turn()[0])
        ideals = follow @ history[-1] + (1 - follow.sum(axis=1))[:, None] * ideals
        moves = [np.linalg.norm(b - a, axis=1).sum() for a, b in pairwise(history)]
        if len(moves) >= 2 and moves[-1] < 0.02 * (moves[0] + 1e-4):
            break
    return np.array(history), worlds
