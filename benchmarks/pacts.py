"""Pacts of two sponsors and a government in a civil war, drawn as cases of one class are drawn.

Every pact has numbers of its own out of the intervals below, which say how such cases differ and
not how unsure somebody is of one of them. The endurance lens's kernel plays them without an anchor.
One number, a payoff of leaving alike in all, is solved so that sponsors leave as often as in the
record; nothing else is fitted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.following import BOTH, LEFT, MONTHS, YEARS, Floats, followed
from foedus.case.quantity import quantities
from foedus.ensemble.draws import Table
from foedus.ensemble.pert import pert
from foedus.lenses.endurance.games import Setting
from foedus.lenses.endurance.kernel import Equilibrium, layout, solve
from foedus.lenses.endurance.model import Endurance
from foedus.lenses.lens import Draws

Interval = tuple[float, float, float]
"""Mode, 5 % and 95 % point over cases."""
ROLES = {"first": "sponsor", "second": "sponsor", "government": "government"}
SPONSOR: dict[str, Interval] = {
    "stake": (1.0, 0.3, 2.0),
    "capability": (0.8, 0.3, 1.5),
    "effort_cost": (0.18, 0.06, 0.35),
    "presence_cost": (0.06, 0.02, 0.15),
    "aim": (0.7, 0.3, 0.95),
    "exit_cost": (3.0, 0.8, 8.0),
    "outside_option": (0.0, -0.25, 0.25),
    "stake_outside": (0.7, 0.3, 0.95),
    "trust": (0.6, 0.3, 0.9),
    "gets_from.sponsor": (0.08, 0.01, 0.25),
    "gets_from.government": (0.1, 0.01, 0.3),
}
"""Each sponsor by itself: the priors of syria-2016."""
GOVERNMENT: dict[str, Interval] = SPONSOR | {
    "stake": (2.0, 1.5, 2.6),
    "aim": (1.0, 0.93, 1.0),
    "exit_cost": (8.0, 4.5, 12.0),
    "outside_option": (-0.3, -0.6, -0.08),
    "stake_outside": (1.0, 0.93, 1.0),
    "gets_from.sponsor": (0.35, 0.2, 0.52),
}
"""The client: where it matters that the war is for its own life, that case's judgements of it."""
CONTEST: dict[str, Interval] = {
    "position.now": (0.0, -0.6, 0.6),
    "opponents.strength": (1.75, 0.9, 2.8),
    "front.determinism": (2.0, 1.2, 3.0),
    "front.pace": (0.35, 0.15, 0.6),
    "token_effort": (0.2, 0.1, 0.32),
    "coordination": (0.3, 0.05, 0.8),
    "divergence_cost": (0.2, 0.05, 0.5),
    "blame.monitoring": (0.5, 0.2, 0.8),
    "blame.after.setback": (0.55, 0.47, 0.68),
    "blame.after.flat": (0.21, 0.14, 0.29),
    "blame.after.gain": (0.05, 0.02, 0.08),
    "blame.repair": (0.3, 0.08, 0.6),
    "settlement.chance": (0.01, 0.002, 0.04),
    "settlement.width": (0.5, 0.3, 0.75),
    "spoils": (0.0, 0.0, 0.2),
    "retribution": (0.0, 0.0, 0.3),
    "patience": (0.97, 0.955, 0.982),
    "precision": (14.0, 9.0, 20.0),
}
"""What a pact's members share: the priors of syria-2016, its intervals where it has no prior."""
WEAKER: dict[str, Interval] = {
    "front.determinism": (0.5, 0.2, 1.0),
    "precision": (6.0, 3.0, 10.0),
}
"""Fronts that follow strength less surely, and members that follow their interest less surely.

The case has no prior for either, so its intervals are of one case. These were taken after it was
seen how the others did: what they show is what a class would have to be like, and no test.
"""
SEED = 1
CLOSE = 1e-3
"""How near the logarithm of the rate is brought to what is asked."""
STEPS, BESIDE, STRIDE = 20, 0.05, 0.4
FEW = 64
"""Pacts with which the number is sought first."""


def section(changed: Mapping[str, Interval]) -> Endurance:
    """The tables as a section of a case, with other intervals for some paths of the contest."""
    whole: dict[str, Any] = {"step": "month"}
    for path, interval in {**CONTEST, **changed}.items():
        _put(whole, path.split("."), interval)
    for member, role in ROLES.items():
        for path, interval in (GOVERNMENT if role == "government" else SPONSOR).items():
            key, _, of = path.partition(".")
            partners = [p for p, partner in ROLES.items() if partner == of and p != member]
            for rest in [[partner] for partner in partners] if of else [[]]:
                _put(whole, ["members", member, key, *rest], interval)
    return Endurance.model_validate(whole)


def _put(into: dict[str, Any], path: list[str], interval: Interval) -> None:
    for key in path[:-1]:
        into = into.setdefault(key, {})
    into[path[-1]] = dict(zip(("mode", "low", "high"), interval, strict=True))


@dataclass(frozen=True, eq=False)
class Population:
    """Pacts as they went: `(pacts, YEARS, 3, 4)` as `followed` has it, and what was solved for."""

    went: Floats
    bonus: float
    """Added to every payoff of leaving, in average units."""
    unsettled: int
    """Pacts whose policies did not settle."""


def population(pacts: int, rate: float, changed: Mapping[str, Interval]) -> Population:
    """Pacts, a power of two, whose sponsors leave at this yearly rate while the contest goes on."""
    judged = section(changed)
    lay = layout(len(ROLES), judged.levels.front, judged.trust_levels(len(ROLES)))
    setting = Setting(tuple(ROLES), judged, lay, float(MONTHS * YEARS), BOTH)
    draws = _drawn(judged, pacts)
    games, starts = setting.games(draws), setting.starts(draws)
    known: list[Equilibrium | None] = [None] * pacts

    def one(d: int, row: Floats) -> Floats:
        before = known[d]
        known[d] = now = solve(row, lay, None if before is None else before.play)
        return followed(now, starts[d])

    def at(bonus: float, many: int) -> Population:
        rows = games._replace(leave_bonus=np.full(pacts, bonus)).packed()[:many]
        with ThreadPoolExecutor(2) as pool:
            went = np.stack(list(pool.map(one, range(many), rows)))
        return Population(went, bonus, sum(one is not None and not one.settled for one in known))

    near = _at_rate(lambda bonus: at(bonus, min(FEW, pacts)), rate, 0.0)
    return _at_rate(lambda bonus: at(bonus, pacts), rate, near.bonus)


def _drawn(judged: Endurance, pacts: int) -> Draws:
    found = dict(quantities(judged, "endurance"))
    uniforms = Table(tuple(found), SEED).uniforms(pacts)
    values = [pert(quantity, uniforms[:, i]) for i, quantity in enumerate(found.values())]
    weights = np.full(pacts, 1.0 / pacts)
    return Draws(tuple(found), np.stack(values, axis=1), np.arange(pacts), weights)


def _at_rate(at: Callable[[float], Population], rate: float, first: float) -> Population:
    """Secants of the logarithm of the rate, none of them long."""
    before, now = at(first), at(first + BESIDE)
    for _ in range(STEPS):
        off = [float(np.log(leaving(each.went.sum(axis=0)) / rate)) for each in (before, now)]
        if abs(off[1]) < CLOSE:
            return now
        slope = (off[1] - off[0]) / (now.bonus - before.bonus)
        before, now = now, at(now.bonus + float(np.clip(-off[1] / slope, -STRIDE, STRIDE)))
    raise RuntimeError(f"no payoff of leaving was found that gives {rate:g} a year")


def leaving(went: Floats, years: slice = slice(None)) -> Floats:
    """A sponsor's chance to leave within a year it begins in the pact, over some years of age.

    `went` is `(..., YEARS, 3, 4)`, summed over pacts.
    """
    start = went[..., years, :, :].sum(axis=-3)
    both, first, second = (start[..., i, :] for i in range(3))
    left = both @ LEFT + first[..., 3] + second[..., 3]
    return np.asarray(left / (2.0 * both.sum(-1) + first.sum(-1) + second.sum(-1)))
