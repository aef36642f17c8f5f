"""What the equilibrium makes of a start: exact survival, incidence and blame, by matrix products.

Policies and the moves of the front and of trust make one Markov chain over (who is in, trust,
front). It is followed exactly, on past an exit, so nothing here is simulated.
"""

from __future__ import annotations

import numpy as np

from foedus.lenses.compiled import inner, jit

from .anderson import dot
from .game import LEAVE, Floats, Ints, Layout
from .stage import blame_chance, front_moves, settle_chance, trust_moves
from .tensor import spread_trust

#: Causes that end a whole pact besides the exit of one member, after the n members' own.
SEVERAL, VICTORY, DEFEAT, SETTLEMENT = range(4)
#: Trends of the front, in the order of every trend axis.
FALLING, FLAT, IMPROVING = range(3)


@inner
def leave_and_stay(lay: Layout, s: int, rest: int, play: Floats, t: int, out: Floats) -> None:
    """Chance that `s` in trust state `t` shrinks to `rest` with each joint effort.

    `play` is `(s, 3, T, K-2)`; fills `out` `(2**size of rest, K-2)`.
    """
    for a in range(1 << lay.size[rest]):
        for m in range(out.shape[1]):
            out[a, m] = 1.0
        place = 0
        for q in range(lay.size[s]):
            act = LEAVE
            if rest >> lay.who[s, q] & 1:
                act = a >> place & 1
                place += 1
            for m in range(out.shape[1]):
                out[a, m] *= play[q, act, t, m]


@jit
def transitions(
    game: Floats, lay: Layout, clamped: bool, play: Floats,
    out: Floats, blame: Floats, exits: Floats,
) -> None:  # fmt: skip
    """Chance of each move from each state under the flat store of policies `play`.

    Fills the flat store `out` with `(move, T of S, T of R, K-2)` for every pair R within S: the
    chance that S shrinks to R, the front moves and trust becomes as said. With `clamped` the front
    is moved by hand: chances are given each move. Adds to `blame` `(2, states)`, states laid out as
    values are for n = 1, the expected number of partners blamed and of those rightly blamed (they
    gave token effort) in a period, and to `exits` `(2**n, T (K-2))` the chance that all who are in
    shrink to each set; with `clamped` to neither.
    """
    n, interior, sets = lay.members, lay.levels - 2, 1 << lay.members
    trust = trust_moves(game, lay.trust)
    widest = 0
    for s in range(sets):
        widest = max(widest, max(1 << lay.size[s], lay.states[s]))
    weight, chances = np.empty((1 << n, interior)), np.empty((1 << n, interior))
    spare = np.empty((2, widest, interior))
    for rest in range(sets):
        size, states = lay.size[rest], lay.states[rest]
        front = front_moves(game, n, lay.who[rest], size, lay.trust, states)
        for s in range(sets):
            if rest & ~s != 0:
                continue
            shape = (lay.size[s], 3, lay.states[s], interior)
            mine = play[lay.play_at[s] : lay.play_at[s + 1]].reshape(shape)
            first = lay.move_at[sets * s + rest]
            goal = out[first : lay.move_at[sets * s + rest + 1]].reshape(
                (3, lay.states[s], states, interior)
            )
            for t in range(lay.states[s]):
                kept = lay.kept[s, rest, t]
                leave_and_stay(lay, s, rest, mine, t, chances)
                if s == sets - 1 and not clamped:
                    for a in range(1 << size):
                        for m in range(interior):
                            exits[rest, t * interior + m] += chances[a, m]
                for move in range(3):
                    for a in range(1 << size):
                        share = 1.0 if clamped else front[move, a, kept]
                        for m in range(interior):
                            weight[a, m] = chances[a, m] * share
                    if size >= 2 and not clamped:
                        where = lay.value_at[s] // n + t * interior
                        for a in range(1 << size):
                            due = 0.0
                            total = 0.0
                            for q in range(size):
                                act = a >> q & 1
                                chance = blame_chance(game, act, move)
                                total += chance
                                due += chance * act
                            for m in range(interior):
                                blame[0, where + m] += weight[a, m] * total
                                blame[1, where + m] += weight[a, m] * due
                    goal[move, t] = spread_trust(
                        weight[: 1 << size], kept, trust[move], size, spare
                    )


@inner
def step(
    lay: Layout, moves: Floats, mass: Floats, after: Floats, below: Floats, above: Floats
) -> None:
    """One period: fills `after` from `mass`, both laid out as values are for n = 1.

    `below` and `above` `(sets,)` receive what reaches defeat and victory, by who is then in.
    """
    n, interior, sets = lay.members, lay.levels - 2, 1 << lay.members
    after[:] = 0.0
    below[:] = 0.0
    above[:] = 0.0
    total, tiled = np.empty(after.shape[0]), np.empty(after.shape[0])
    for s in range(sets):
        for rest in range(sets):
            if rest & ~s != 0:
                continue
            states = lay.states[rest]
            length = states * interior
            first = lay.move_at[sets * s + rest]
            for move in range(3):
                total[:length] = 0.0
                for t in range(lay.states[s]):
                    start = lay.value_at[s] // n + t * interior
                    there = 0.0
                    for m in range(interior):
                        there += mass[start + m]
                    if there > 0.0:
                        # one long loop runs faster than many of the front's length
                        for k in range(states):
                            for m in range(interior):
                                tiled[k * interior + m] = mass[start + m]
                        for x in range(length):
                            total[x] += moves[first + x] * tiled[x]
                    first += length
                for k in range(states):
                    goal = lay.value_at[rest] // n + k * interior + move - 1
                    for m in range(interior):
                        flow = total[k * interior + m]
                        if m + move == 0:
                            below[rest] += flow
                        elif m + move == interior + 1:
                            above[rest] += flow
                        else:
                            after[goal + m] += flow


@jit
def follow_front(
    game: Floats, lay: Layout, moves: Floats, blame: Floats, exits: Floats, mass: Floats,
    today: int, must: int, defeat_holds: bool,
    whole: Floats, holds: Floats, causes: Floats, firsts: Floats, trends: Floats,
    blamed: Floats,
) -> None:  # fmt: skip
    """Follow the chain from `mass`, with the front free, one period a row of the results.

    `mass` is laid out as values are for n = 1 and is overwritten; `today` is the front's level it
    starts from (an end counts as over). `must` is the set whose members all have to be in for the
    pact to hold. Fills, for times 0 ... T: `whole` and `holds` `(T+1,)`, `causes` `(T+1, n+4)` (a
    whole pact's ends so far: exit of each member alone, several at once, victory, defeat,
    settlement), `firsts` `(T+1, n)` (who left first so far, exits at once shared equally), `trends`
    `(T+1, 3, 2)` (front below, at, above today's; broken, held), and `blamed` `(T+1, 2)` (partners
    blamed so far, rightly blamed so far).
    """
    n, interior, sets = lay.members, lay.levels - 2, 1 << lay.members
    everyone = sets - 1
    after = np.empty_like(mass)
    below, above = np.zeros(sets), np.zeros(sets)
    over = np.zeros((3, 2))
    toll, first = np.zeros(n + 4), np.zeros(n)
    count = np.zeros(2)
    for time in range(whole.shape[0]):
        if time > 0:
            for e in range(mass.shape[0]):
                count[0] += mass[e] * blame[0, e]
                count[1] += mass[e] * blame[1, e]
            start = lay.value_at[everyone] // n
            for rest in range(everyone):
                cause = n + SEVERAL
                for i in range(n):
                    if rest == everyone - (1 << i):
                        cause = i
                chance = dot(exits[rest], mass[start:])
                toll[cause] += chance
                for i in range(n):
                    if not rest >> i & 1:
                        first[i] += chance / (n - lay.size[rest])
            step(lay, moves, mass, after, below, above)
            mass[:] = after
            for s in range(sets):
                held = 1 if s & must == must else 0
                lost = 1 if held == 1 and defeat_holds else 0
                over[FALLING, lost] += below[s]
                over[IMPROVING, held] += above[s]
                for m in range(interior):
                    z = settle_chance(game, lay.front[m + 1])
                    trend = FLAT
                    if m + 1 != today:
                        trend = IMPROVING if m + 1 > today else FALLING
                    for t in range(lay.states[s]):
                        e = lay.value_at[s] // n + t * interior + m
                        settled = z * mass[e]
                        mass[e] -= settled
                        over[trend, held] += settled
                        if s == everyone:
                            toll[n + SETTLEMENT] += settled
            toll[n + DEFEAT] += below[everyone]
            toll[n + VICTORY] += above[everyone]
        causes[time] = toll
        firsts[time] = first
        trends[time] = over
        blamed[time] = count
        whole[time] = 0.0
        for s in range(sets):
            held = 1 if s & must == must else 0
            for t in range(lay.states[s]):
                for m in range(interior):
                    here = mass[lay.value_at[s] // n + t * interior + m]
                    trend = FLAT
                    if m + 1 != today:
                        trend = IMPROVING if m + 1 > today else FALLING
                    trends[time, trend, held] += here
                    if s == everyone:
                        whole[time] += here
        holds[time] = trends[time, 0, 1] + trends[time, 1, 1] + trends[time, 2, 1]


@jit
def follow_path(
    lay: Layout, moves: Floats, trust: Floats, path: Ints, must: int, whole: Floats, holds: Floats
) -> None:
    """Follow the chain with the front moved by hand along a path.

    `moves` are clamped transitions; `trust` `(T,)` the start over the full pact's trust states;
    `path` `(T+1,)` the front's level at each time, all interior. Blame goes by the sign of each
    move. Fills `whole` and `holds` `(T+1,)`.
    """
    interior, sets = lay.levels - 2, 1 << lay.members
    everyone = sets - 1
    widest = 0
    for s in range(sets):
        widest = max(widest, lay.states[s])
    mass, after = np.zeros((sets, widest)), np.zeros((sets, widest))
    mass[everyone, : trust.shape[0]] = trust
    for time in range(whole.shape[0]):
        if time > 0:
            m = path[time - 1] - 1
            move = 1
            if path[time] != path[time - 1]:
                move = 2 if path[time] > path[time - 1] else 0
            after[:] = 0.0
            for s in range(sets):
                for rest in range(sets):
                    if rest & ~s != 0:
                        continue
                    first = lay.move_at[sets * s + rest] + m
                    first += move * lay.states[s] * lay.states[rest] * interior
                    for t in range(lay.states[s]):
                        for k in range(lay.states[rest]):
                            after[rest, k] += moves[first] * mass[s, t]
                            first += interior
            mass[:] = after
        whole[time] = mass[everyone].sum()
        holds[time] = 0.0
        for s in range(sets):
            if s & must == must:
                holds[time] += mass[s].sum()
