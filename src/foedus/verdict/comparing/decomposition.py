"""The move between two cases, taken apart: one run of both and of points between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.case import Case
from foedus.ensemble.draws import Floats, Table
from foedus.ensemble.engine import Session
from foedus.ensemble.run import Progress, at_modes, run
from foedus.ensemble.sampling import sampling_error
from foedus.lenses.lens import Draws, Finding, Lens
from foedus.verdict.able import find, speaker
from foedus.verdict.again import again
from foedus.verdict.comparing.changes import Group
from foedus.verdict.comparing.shapley import (
    EXACT,
    Bools,
    Ints,
    Shapley,
    along_orders,
    orders,
    over_subsets,
    subsets,
)


@dataclass(frozen=True, eq=False)
class Decomposition:
    """What each lens says before and after, and what groups of quantities contribute.

    `weights` `(draws,)` are of draws that settled at every point; errors are one standard error.
    """

    before: Mapping[str, Finding]
    after: Mapping[str, Finding]
    shapley: Shapley
    weights: Floats
    change: tuple[float, float]
    structure: tuple[float, float]
    method: str | None

    def told(self, group: int) -> tuple[float, float, float | None, float | None]:
        """A group's part, its standard error, and its contribution when first and when last."""
        column = self.shapley.by_draw[:, group]
        ends = (self.shapley.first[:, group], self.shapley.last[:, group])
        first, last = (known_mean(end, self.weights) for end in ends)
        return *mean_and_error(column, self.weights), first, last


def decompose(
    old: Case,
    new: Case,
    lenses: tuple[Lens, ...],
    groups: Sequence[Group],
    structural: bool,
    draws: int,
    seed: int,
    session: Session,
    progress: Progress | None,
) -> Decomposition:
    """Run both cases and points between them, and credit groups of quantities.

    The way goes from the old case, in its settings, by the groups' new numbers in any order to the
    old case with all of them; and from there, where more than numbers differs (`structural`), to
    the new case.
    """
    plan = Plan.of(len(groups), draws, seed)
    table = Table.over([old, new], seed)
    uniforms = table.uniforms(draws)
    modes = at_modes(old, lenses)
    runs = run(
        {"before": old, "after": new}, lenses, table, uniforms, modes, draws,
        progress=progress, session=session,
    )  # fmt: skip
    before, after = (find(runs[name], lenses) for name in ("before", "after"))
    spoken = speaker(before), speaker(after)
    rows = runs["before"].draws.index
    holds, weights = [spoken[0].columns["holds"]], [one.weights for one in spoken]
    last = len(plan.taken) - (0 if structural or not groups else 1)
    drawn = table.draws(old, uniforms), table.draws(new, uniforms)
    paths = [group.paths for group in groups]
    points = {str(k): mixed(*drawn, paths, plan.taken[k]) for k in range(1, last)}
    if points:
        for column, counted in again(
            old, drawn[0], points, spoken[0].lens, lenses, modes, session, progress
        ).values():
            holds.append(column[rows])
            weights.append(counted[rows])
    if last < len(plan.taken):
        holds.append(spoken[1].columns["holds"])
    return _credited(
        before, after, np.stack(holds), np.min(weights, axis=0), plan, rows, structural
    )


def mixed(old: Draws, new: Draws, groups: Sequence[Sequence[str]], taken: Bools) -> Draws:
    """The old draws with groups of quantities from the new ones where `taken` `(draws, groups)`.

    Lenses read numbers from the draws alone, and settings from the case: with these draws the old
    case is one with other numbers, and in every draw with others.
    """
    place = {path: column for column, path in enumerate(old.paths)}
    table = old.table.copy()
    for group, rows in zip(groups, taken.T, strict=True):
        for path in group:
            table[rows, place[path]] = new[path][rows]
    return Draws(old.paths, table, old.index, old.weights)


@dataclass(frozen=True, eq=False)
class Plan:
    """The points to look at: for each, which draws take which groups, `(draws, groups)`.

    `places` is the place of each group in each draw's order, None where all sets are looked at.
    """

    taken: tuple[Bools, ...]
    places: Ints | None
    method: str | None

    @staticmethod
    def of(groups: int, draws: int, seed: int) -> Plan:
        """All sets of a few groups; of many, one order a draw."""
        if groups <= EXACT:
            sets = subsets(groups)
            taken = tuple(np.broadcast_to(one, (draws, groups)) for one in sets)
            return Plan(taken, None, f"exact, {len(sets)} sets" if groups else None)
        places = orders(groups, draws, seed)
        taken = tuple(places < count for count in range(groups + 1))
        return Plan(taken, places, f"sampled, {draws} orders")


def _credited(
    before: Mapping[str, Finding],
    after: Mapping[str, Finding],
    values: Floats,
    weights: Floats,
    plan: Plan,
    rows: Ints,
    structural: bool,
) -> Decomposition:
    """The move credited, from what every point gives, `(points, draws)`; draws are `rows`."""
    first, second = speaker(before), speaker(after)
    ends = np.minimum(first.weights, second.weights)
    if plan.places is None:
        shapley = over_subsets(values)
    else:
        shapley = along_orders(values, plan.places[rows])
    structure = (0.0, 0.0)
    if structural:
        structure = mean_and_error(second.columns["holds"] - values[-1], weights)
    change = mean_and_error(second.columns["holds"] - first.columns["holds"], ends)
    return Decomposition(before, after, shapley, weights, change, structure, plan.method)


def mean_and_error(values: Floats, weights: Floats) -> tuple[float, float]:
    """The mean over the draws that count and its standard error, NaN with too few."""
    counted = np.where(weights > 0, values, 0.0)
    return float(np.average(counted, weights=weights)), sampling_error(values, weights).value


def known_mean(values: Floats, weights: Floats) -> float | None:
    """The mean over the draws that tell, None if there are none."""
    counted = np.isfinite(values) & (weights > 0)
    return float(np.average(values[counted], weights=weights[counted])) if counted.any() else None
