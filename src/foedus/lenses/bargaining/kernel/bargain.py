"""The offers that challenges lead to, and which of them each actor takes."""

from __future__ import annotations

import numpy as np

from foedus.lenses.bargaining.kernel.contest import challenge, weigh
from foedus.lenses.bargaining.kernel.election import elect
from foedus.lenses.bargaining.kernel.risk import distances, worth
from foedus.lenses.bargaining.kernel.room import Code, Floats, Ints, Room, Table
from foedus.lenses.compiled import inner

INTERPOLATION = {"s1p1": 1, "s2p2": 2, "s2pmax": 0}
"""KTAB's rules of meeting between two: the power of salience and chance; 0: the loser moves."""
BARGAINING = {"initiator": 0, "initiator-receiver": 1, "power-weighted": 2}
"""KTAB's rules of whose view of the chances makes an offer."""
INITIATOR, BOTH, WEIGHTED = BARGAINING.values()
LEAST = 1e-6
"""Weight of a position nobody insists on, so that such positions stay."""
GRAIN = 1e4
"""One over what positions are rounded to."""
TIE = 1e-12
"""Probabilities that differ by no more are equal but for rounding."""


@inner
def _meet(rule: int, x: float, s: float, y: float, t: float, p: float) -> tuple[float, float]:
    """Where actors at x and y of saliences s and t stand after x wins with probability p."""
    q = 1.0 - p
    if rule == 0:
        back, on = max(q - p, 0.0), max(p - q, 0.0)
        s, t = s * s, t * t
        back = back * t / (back * t + LEAST + (1.0 - back) * s)
        on = on * s / (on * s + LEAST + (1.0 - on) * t)
        return x + back * (y - x), y + on * (x - y)
    a, b = s * p, t * q
    if rule == 2:
        a, b = (s * s) * (p * p), (t * t) * (q * q)
    total = a + LEAST + b
    here = ((a + LEAST) * x + b * y) / total
    there = (a * x + (LEAST + b) * y) / total
    return np.floor(0.5 + here * GRAIN) / GRAIN, np.floor(0.5 + there * GRAIN) / GRAIN


@inner
def propose(positions: Floats, table: Table, code: Code, room: Room) -> None:
    """Find everybody's target, and write the offers of i to its target: 2i and 2i + 1."""
    weight, salience, place, risk = table.weight, table.salience, room.place, room.risk
    distance, alone, sides = room.distance, room.alone, room.sides
    odds, promise = room.odds, room.promise
    for i in range(risk.size):
        weigh(i, i, weight, distance, risk, code, alone, sides)
        j = challenge(i, table.total, distance, risk, sides, odds, promise)
        room.target[i] = j
        if j < 0:
            continue
        _offer(2 * i, i, j, positions, salience, code, sides, place)
        if code.bargaining == INITIATOR:
            continue
        weigh(j, i, weight, distance, risk, code, alone, sides)
        _offer(2 * i + 1, i, j, positions, salience, code, sides, place)
        if code.bargaining == WEIGHTED:
            share = weight[i] / (weight[i] + weight[j])
            for side in range(2):
                for d in range(positions.shape[1]):
                    ours, theirs = place[4 * i + side, d], place[4 * i + 2 + side, d]
                    place[4 * i + side, d] = share * ours + (1.0 - share) * theirs


@inner
def _offer(
    b: int, i: int, j: int, positions: Floats, salience: Floats, code: Code, sides: Floats,
    place: Floats,
) -> None:  # fmt: skip
    """Write offer b of i to j by the chances that `sides` gives."""
    p = sides[0, j] / (sides[0, j] + sides[1, j])
    for d in range(positions.shape[1]):
        place[2 * b, d], place[2 * b + 1, d] = _meet(
            code.interpolation, positions[i, d], salience[i, d], positions[j, d], salience[j, d], p
        )


@inner
def appraise(ideals: Floats, table: Table, code: Code, room: Room) -> None:
    """Fill `room.value` and `room.status`: the mean worth of all positions to each actor."""
    n = room.risk.size
    own, away, value, target, risk = room.own, room.away, room.value, room.target, room.risk
    distances(ideals, room.place, table.salience, away)
    views = 2 if code.bargaining == BOTH else 1
    for i in range(n):
        j = target[i]
        for b in range(2 * i, 2 * i + views if j >= 0 else 2 * i):
            for a in range(n):
                here, there = worth(away[2 * b, a], risk[a]), worth(away[2 * b + 1, a], risk[a])
                value[b, a] = here + there
            for m in range(n):
                if m != i and m != j:
                    for a in range(n):
                        value[b, a] += own[m, a]
            for a in range(n):
                value[b, a] /= n
    for a in range(n):
        room.status[a] = 0.0
    for m in range(n):
        for a in range(n):
            room.status[a] += own[m, a]
    for a in range(n):
        room.status[a] /= n


@inner
def _queue_up(k: int, views: int, target: Ints, queue: Ints) -> int:
    """Fill `queue` with the offers before k, and say how many.

    In the order in which actors propose, the state as it is just before k's own offers.
    """
    count = 0
    for i in range(target.size):
        if i == k:
            queue[count] = -1
            count += 1
        if target[i] >= 0 and (i == k or target[i] == k):
            for view in range(views):
                queue[count] = 2 * i + view
                count += 1
    return count


@inner
def take(lots: Floats, table: Table, code: Code, room: Room) -> None:
    """Choose what each takes: the likeliest, first of equals, or by a lot in [0, 1)."""
    queue, ballot, won, status, value = room.queue, room.ballot, room.won, room.status, room.value
    views = 2 if code.bargaining == BOTH else 1
    for k in range(status.size):
        count = _queue_up(k, views, room.target, queue)
        if count > 1:
            for m in range(count):
                b = queue[m]
                for a in range(status.size):
                    ballot[m, a] = status[a] if b < 0 else value[b, a]
            elect(
                table.capability, ballot, count, code.voting, code.victory, code.election,
                room.strength, room.chance, won,
            )  # fmt: skip
        best = 0
        passed = won[0]
        for m in range(1, count):
            if code.stochastic:
                best = m if passed <= lots[k] else best
                passed += won[m]
            elif won[m] > won[best] + TIE:
                best = m
        room.taken[k] = queue[best]
