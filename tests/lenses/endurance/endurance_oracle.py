"""The endurance game once more: slow, plain, straight from the method page, to test the kernel by.

States are tuples (members in, level of the front, trust of each of them); every expectation is a
sum over joint actions, moves of the front and blame written out. Nothing here is shared with the
kernel. `solve` finds the logit equilibrium, `follow` the exact chain, `simulate` the same by lot.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy as np

FULL, TOKEN, LEAVE = 0, 1, 2
ON, VICTORY, DEFEAT, SETTLEMENT = "on", "victory", "defeat", "settlement"


@dataclass(frozen=True)
class Numbers:
    """One game: the method page's symbols under the kernel's names, plus K and L."""

    stake: tuple
    capability: tuple
    effort_cost: tuple
    presence_cost: tuple
    aim: tuple
    exit_cost: tuple
    outside_option: tuple
    stake_outside: tuple
    gets_from: tuple  # of rows: who gets, of columns: from whom
    opponents: float = 1.75
    determinism: float = 2.0
    pace: float = 0.35
    token: float = 0.2
    coordination: float = 0.5
    divergence: float = 0.2
    monitoring: float = 0.4
    repair: float = 0.3
    settle_chance: float = 0.01
    settle_width: float = 0.5
    spoils: float = 0.0
    retribution: float = 0.0
    patience: float = 0.97
    precision: float = 14.0
    leave_bonus: float = 0.0
    blame_after: tuple = (0.6, 0.2, 0.05)  # down, still, up
    levels: int = 11
    trust: int = 3

    @property
    def n(self):
        return len(self.stake)


def place(g, m):
    """x_m."""
    return -1.0 + 2.0 * m / (g.levels - 1)


def partners(g, i, members):
    """What i gets from the others among the members."""
    return sum(g.gets_from[i][j] for j in members if j != i)


def flow(g, i, m, acts):
    """What i gets in a period, before (1 - patience); `acts` are those of the members in."""
    x = place(g, m)
    stay = [j for j in acts if acts[j] != LEAVE]
    if i not in stay:
        exit_cost = g.exit_cost[i] if i in acts else 0.0
        return g.stake_outside[i] * g.stake[i] * x + g.outside_option[i] - exit_cost
    total = sum(g.capability[j] for j in stay)
    apart = sum(g.capability[j] / total * abs(g.aim[i] - g.aim[j]) for j in stay)
    effort = 1.0 if acts[i] == FULL else g.token
    own = g.presence_cost[i] + g.effort_cost[i] * effort
    return g.stake[i] * x + partners(g, i, stay) - own - g.divergence * apart


def moves(g, tau, acts):
    """Chances of the front's moves -1, 0, 1; `tau` is the trust in each member in."""
    stay = [j for j in acts if acts[j] != LEAVE]
    force = sum(g.capability[j] * (1.0 if acts[j] == FULL else g.token) for j in stay)
    if len(stay) >= 2 and g.trust > 1:
        force *= 1.0 + g.coordination * sum(tau[j] for j in stay) / len(stay) / (g.trust - 1)
    up = 1.0 / (1.0 + math.exp(-g.determinism * (force - g.opponents)))
    return {-1: g.pace * (1.0 - up), 0: 1.0 - g.pace, 1: g.pace * up}


def blamed(g, act, move):
    """Chance that a member who stayed is blamed."""
    by_outcome = g.blame_after[move + 1]
    return g.monitoring * (act == TOKEN) + (1.0 - g.monitoring) * by_outcome


def trust_after(g, act, move, level):
    """Chances of a member's next trust level."""
    out = {}
    b = blamed(g, act, move)
    for chance, new in (
        (b, max(level - 1, 0)),
        ((1.0 - b) * g.repair, min(level + 1, g.trust - 1)),
        ((1.0 - b) * (1.0 - g.repair), level),
    ):
        out[new] = out.get(new, 0.0) + chance
    return out


def settling(g, m):
    return g.settle_chance * math.exp(-((place(g, m) / g.settle_width) ** 2))


def final(g, i, kind, stay, m):
    """What i has for ever once the contest is over."""
    x = place(g, m)
    share = g.stake_outside[i] * g.stake[i]
    if i not in stay:
        return share * {VICTORY: 1.0, DEFEAT: -1.0, SETTLEMENT: x}[kind] + g.outside_option[i]
    if kind == DEFEAT:
        return -g.stake[i] * (1.0 + g.retribution)
    if kind == SETTLEMENT:
        return g.stake[i] * x + partners(g, i, stay)
    prize = g.spoils * g.capability[i] / sum(g.capability[j] for j in stay)
    return g.stake[i] + partners(g, i, stay) + prize


def trusts(g, members):
    """All joint trust states of a set; sets of fewer than two carry one, empty."""
    return list(product(range(g.trust), repeat=len(members))) if len(members) > 1 else [()]


def landing(g, m):
    """What happens where the front lands: (chance, how it goes on)."""
    if m in (0, g.levels - 1):
        return [(1.0, DEFEAT if m == 0 else VICTORY)]
    return [(settling(g, m), SETTLEMENT), (1.0 - settling(g, m), ON)]


def trust_outcomes(g, tau, acts, move):
    """(chance, joint trust) of those who stay."""
    stay = [j for j in acts if acts[j] != LEAVE]
    if len(stay) < 2:
        return [(1.0, ())]
    each = [trust_after(g, acts[j], move, tau[j]).items() for j in stay]
    return [(math.prod(p for _, p in o), tuple(t for t, _ in o)) for o in product(*each)]


def outcomes(g, members, m, tau, joint, forced=None):
    """(chance, kind, who stays, level, trust) after a period; `forced` clamps the front's move."""
    acts = dict(zip(members, joint, strict=True))
    level = dict(zip(members, tau, strict=True)) if tau else {}
    stay = tuple(j for j in members if acts[j] != LEAVE)
    chances = moves(g, level, acts) if forced is None else {forced: 1.0}
    for move, a in chances.items():
        trust = trust_outcomes(g, level, acts, move)
        for b, kind in landing(g, m + move) if forced is None else [(1.0, ON)]:
            for c, new in trust if kind == ON else [(1.0, ())]:
                yield a * b * c, kind, stay, m + move, new


def joints(members):
    return list(product((FULL, TOKEN, LEAVE), repeat=len(members)))


def subsets(g):
    """All sets of members, smallest first."""
    return [s for k in range(g.n + 1) for s in combinations(range(g.n), k)]


def states(g, members):
    return [(m, tau) for m in range(1, g.levels - 1) for tau in trusts(g, members)]


class Stage:
    """A set's periods as tables: what is got now and at the end, and where play goes on.

    `now[s, r, i]` in average units, discounted finals included; `on[R][s, r, s']` chances that play
    goes on with the set R in its state s'.
    """

    def __init__(self, g, members):
        own, acts = states(g, members), joints(members)
        self.index = {s: k for k, s in enumerate(own)}
        self.acts = np.array(acts, dtype=int).reshape(len(acts), len(members))
        self.now = np.zeros((len(own), len(acts), g.n))
        self.on = {}
        places = {}
        for s, (m, tau) in enumerate(own):
            for r, joint in enumerate(acts):
                played = dict(zip(members, joint, strict=True))
                for i in range(g.n):
                    self.now[s, r, i] = (1.0 - g.patience) * flow(g, i, m, played)
                    if played.get(i) == LEAVE:
                        self.now[s, r, i] += g.leave_bonus
                for chance, kind, stay, level, new in outcomes(g, members, m, tau, joint):
                    if kind == ON:
                        if stay not in self.on:
                            places[stay] = {s: k for k, s in enumerate(states(g, stay))}
                            self.on[stay] = np.zeros((len(own), len(acts), len(places[stay])))
                        self.on[stay][s, r, places[stay][level, new]] += chance
                    else:
                        for i in range(g.n):
                            got = final(g, i, kind, stay, level)
                            self.now[s, r, i] += g.patience * chance * got


def weights(play, acts, without=None):
    """Chance of each joint action `(s, r)`; `play` is `(s, member, 3)`."""
    out = np.ones((play.shape[0], acts.shape[0]))
    for q in range(acts.shape[1]):
        if q != without:
            out = out * play[:, q, acts[:, q]]
    return out


def softmax(q):
    e = np.exp(q - q.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@dataclass
class Solution:
    g: Numbers
    play: dict = field(default_factory=dict)  # set -> (state, member, action)
    value: dict = field(default_factory=dict)  # set -> (state, actor)
    stage: dict = field(default_factory=dict)

    def chances(self, members, m, tau):
        """Each member's chances of its actions."""
        return self.play[members][self.stage[members].index[m, tau]]

    def base(self, members):
        """What a period and the smaller sets after it are worth `(s, r, actor)`."""
        stage = self.stage[members]
        out = stage.now.copy()
        for rest, chance in stage.on.items():
            if rest != members:
                out += self.g.patience * chance @ self.value[rest]
        return out

    def reply(self, members, base, play):
        """Values of a set's policies `(s, actor)` and of each action `(s, member, 3)`."""
        stage, delta = self.stage[members], self.g.patience
        on = stage.on.get(members, np.zeros((*base.shape[:2], base.shape[0])))
        w = weights(play, stage.acts)
        within = np.einsum("sr,srt->st", w, on)
        value = np.linalg.solve(
            np.eye(len(within)) - delta * within, np.einsum("sr,sri->si", w, base)
        )
        q = np.zeros_like(play)
        worth = base + delta * (on @ value)
        for at, i in enumerate(members):
            others = weights(play, stage.acts, without=at) * worth[:, :, i]
            for a in (FULL, TOKEN, LEAVE):
                q[:, at, a] = others[:, stage.acts[:, at] == a].sum(axis=1)
        return value, q


def solve(g, tol=1e-13, most=4000):
    """The logit equilibrium, smallest set first, each by damped iteration of the fixed point."""
    out = Solution(g)
    for members in subsets(g):
        out.stage[members] = Stage(g, members)
        base = out.base(members)
        start = np.full((base.shape[0], len(members), 3), 1.0 / 3.0)
        for damping in (1.0, 0.5, 0.2, 0.05):
            play = start
            for _ in range(most):
                new = softmax(g.precision * out.reply(members, base, play)[1])
                gap = np.abs(new - play).max(initial=0.0)
                play = play + damping * (new - play)
                if gap < tol:
                    break
            if gap < tol:
                break
        else:
            raise ArithmeticError(f"set {members}: still moving by {gap}")
        out.play[members] = play
        out.value[members] = out.reply(members, base, play)[0]
    return out


@dataclass(frozen=True)
class Start:
    position: float
    trust: tuple
    horizon: float
    must: tuple
    defeat_holds: bool = False


@dataclass
class Outlook:
    """The kernel's `Forecast`, by name: rows are times."""

    survival: list
    holds: list
    causes: list  # dicts: i, "several", VICTORY, DEFEAT, SETTLEMENT
    firsts: list  # of each member: left first, exits at once shared equally
    trends: list  # dicts: (-1 | 0 | 1, held)
    blamed: list  # pairs: all, deserved


def lots(levels, place):
    """A point between levels as a mixture: {level: weight}."""
    low = min(math.floor(place), levels - 1)
    share = place - low
    return {k: w for k, w in ((low, 1.0 - share), (low + 1, share)) if w > 0.0}


def trust_lots(g, start):
    """Mixture of the full set's trust tuples."""
    if g.n < 2:
        return {(): 1.0}
    each = [lots(g.trust, t * (g.trust - 1)).items() for t in start.trust]
    return {tuple(t for t, _ in o): math.prod(w for _, w in o) for o in product(*each)}


def position_lots(g, start):
    return lots(g.levels, (start.position + 1.0) / 2.0 * (g.levels - 1))


def held(start, kind, stay):
    return set(start.must) <= set(stay) and (kind != DEFEAT or start.defeat_holds)


def cause(g, kind, stay):
    """How a whole pact ended: exit comes before the end of the contest within a period."""
    gone = [i for i in range(g.n) if i not in stay]
    if gone:
        return gone[0] if len(gone) == 1 else "several"
    return kind


def steps_of(start):
    return max(math.ceil(start.horizon - 1e-9), 1)


def turn(solution, state, forced=None):
    """Chances of what follows a state in play, and the blames expected in the period."""
    g, (members, m, tau) = solution.g, state
    play = solution.chances(members, m, tau)
    follow, blames = {}, np.zeros(2)
    for joint in joints(members):
        w = math.prod(play[q, a] for q, a in enumerate(joint))
        for chance, *key in outcomes(g, members, m, tau, joint, forced):
            key = tuple(key)
            follow[key] = follow.get(key, 0.0) + w * chance
        acts = dict(zip(members, joint, strict=True))
        stay = [j for j in members if acts[j] != LEAVE]
        level = dict(zip(members, tau, strict=True)) if tau else {}
        for move, chance in moves(g, level, acts).items():
            for j in stay if len(stay) > 1 else ():
                b = w * chance * blamed(g, acts[j], move)
                blames += (b, b * (acts[j] == TOKEN))
    return follow, blames


def follow(solution, start):
    """The exact chain with the front free: an `Outlook` with a row for each time."""
    g, horizon = solution.g, steps_of(start)
    everyone = tuple(range(g.n))
    out = Outlook(
        survival=np.zeros(horizon + 1),
        holds=np.zeros(horizon + 1),
        causes=[{} for _ in range(horizon + 1)],
        firsts=np.zeros((horizon + 1, g.n)),
        trends=[{} for _ in range(horizon + 1)],
        blamed=np.zeros((horizon + 1, 2)),
    )
    known = {}
    for level, weight in position_lots(g, start).items():
        mass, ended = {}, {}
        for tau, share in trust_lots(g, start).items():
            over = level in (0, g.levels - 1)
            kind = ON if not over else landing(g, level)[0][1]
            mass[kind, everyone, level, tau] = weight * share
            if over:
                ended[kind] = ended.get(kind, 0.0) + weight * share
        blames, first = np.zeros(2), np.zeros(g.n)
        for t in range(horizon + 1):
            for (kind, stay, m, _), p in mass.items():
                good = held(start, kind, stay)
                out.holds[t] += p * good
                out.survival[t] += p * (kind == ON and stay == everyone)
                trend = (went(g, m, level), good)
                out.trends[t][trend] = out.trends[t].get(trend, 0.0) + p
            for why, p in ended.items():
                out.causes[t][why] = out.causes[t].get(why, 0.0) + p
            out.blamed[t] += blames
            out.firsts[t] += first
            after = {}
            for state, p in mass.items():
                if state[0] != ON:
                    after[state] = after.get(state, 0.0) + p
                    continue
                if state not in known:
                    known[state] = turn(solution, state[1:])
                chances, blame = known[state]
                blames = blames + p * blame
                for new, chance in chances.items():
                    after[new] = after.get(new, 0.0) + p * chance
                    if state[1] == everyone and (new[0] != ON or new[1] != everyone):
                        why = cause(g, new[0], new[1])
                        ended[why] = ended.get(why, 0.0) + p * chance
                        gone = [i for i in everyone if i not in new[1]]
                        for i in gone:
                            first[i] += p * chance / len(gone)
            mass = after
    return out


def went(g, m, level):
    """Which way the front has gone: victory counts as up and defeat as down, whatever the start."""
    if m in (0, g.levels - 1):
        return 1 if m else -1
    return (m > level) - (m < level)


def path_of(g, level, trend, start):
    """The clamped front's levels: a straight line to 0.8 (or -0.8) at the horizon, in levels."""
    goal = (0.8 * trend + 1.0) / 2.0 * (g.levels - 1)
    way = max(trend * (goal - level), 0.0) if trend else 0.0
    gone = [way * min(t / start.horizon, 1.0) for t in range(steps_of(start) + 1)]
    return [level + trend * math.floor(d + 1e-9) for d in gone]


def follow_path(solution, start, trend):
    """Chances with the front clamped: of being whole, and of holding, at each time."""
    g, everyone = solution.g, tuple(range(solution.g.n))
    whole, holds = np.zeros(steps_of(start) + 1), np.zeros(steps_of(start) + 1)
    for level, weight in position_lots(g, start).items():
        if level in (0, g.levels - 1):
            holds += weight * held(start, landing(g, level)[0][1], everyone)
            continue
        path = path_of(g, level, trend, start)
        mass = {(everyone, tau): weight * share for tau, share in trust_lots(g, start).items()}
        for t, m in enumerate(path):
            whole[t] += sum(p for (stay, _), p in mass.items() if stay == everyone)
            holds[t] += sum(p for (stay, _), p in mass.items() if held(start, ON, stay))
            if t + 1 == len(path):
                break
            after = {}
            for (stay, tau), p in mass.items():
                chances, _ = turn(solution, (stay, m, tau), forced=path[t + 1] - m)
                for (_, rest, _, new), chance in chances.items():
                    after[rest, new] = after.get((rest, new), 0.0) + p * chance
            mass = after
    return whole, holds


def simulate(solution, start, runs, seed):
    """The same chain by lot, period by period: final counts of what `follow` gives exactly."""
    g, rng = solution.g, np.random.default_rng(seed)
    everyone = tuple(range(g.n))
    count = {}

    def draw(chances):
        u = rng.random()
        for what, p in chances:
            u -= p
            if u < 0.0:
                return what
        return what

    for _ in range(runs):
        m = level = draw(position_lots(g, start).items())
        tau = dict(zip(everyone, draw(trust_lots(g, start).items()) or (0,), strict=False))
        kind = landing(g, m)[0][1] if m in (0, g.levels - 1) else ON
        stay, why = everyone, None if kind == ON else kind
        for _ in range(steps_of(start)):
            if kind != ON:
                break
            key = tuple(tau[j] for j in stay) if len(stay) > 1 else ()
            play = solution.chances(stay, m, key)
            acts = {j: draw(list(enumerate(play[q]))) for q, j in enumerate(stay)}
            left = tuple(j for j in stay if acts[j] != LEAVE)
            move = draw(list(moves(g, tau, acts).items()))
            for j in left:
                if rng.random() < blamed(g, acts[j], move):
                    tau[j] = max(tau[j] - 1, 0)
                elif rng.random() < g.repair:
                    tau[j] = min(tau[j] + 1, g.trust - 1)
            m += move
            if m in (0, g.levels - 1):
                kind = DEFEAT if m == 0 else VICTORY
            elif rng.random() < settling(g, m):
                kind = SETTLEMENT
            if why is None and (left != everyone or kind != ON):
                why = cause(g, kind, left)
            stay = left
        good = held(start, kind, stay)
        for event in (
            "survival" if why is None else ("cause", why),
            ("trend", went(g, m, level), good),
            *(["holds"] if good else []),
        ):
            count[event] = count.get(event, 0) + 1
    return {event: k / runs for event, k in count.items()}
