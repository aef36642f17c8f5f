"""What is told of the network with every quantity at its most likely value."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from foedus.case import Case
from foedus.lenses.balance.frustration import Frustration, frustrated, frustration
from foedus.lenses.balance.history import history, line_index
from foedus.lenses.balance.kernel.indices import least_eigenvalue, triangles, walk_index
from foedus.lenses.balance.network import Network
from foedus.lenses.balance.realigning.moving import cost_of_moving
from foedus.lenses.balance.realigning.realignment import Realignment, realignments
from foedus.lenses.balance.realigning.splitting import split_cost
from foedus.lenses.balance.realigning.strain import strain
from foedus.lenses.balance.setting import Setting, network_of, networks_by_date

COMPARED = (2, 3, 4)
"""Numbers of camps that are compared, beside the section's own and any number."""
SECONDS = 5.0
"""After so long the search for the best division into some number of camps is cut short."""
SHOWN = 10
"""Realignments that are told, beside the cheapest for every tie that is relieved."""
CENSUS = ("+++", "++-", "+--", "---")
"""Closed triads by their foe ties."""


def likely(case: Case, setting: Setting) -> dict[str, Any]:
    """Best division, realignments, other numbers of camps, indices and history, as plain data."""
    whole, ties = network_of(case, case.as_of)
    network = whole.tied()
    camps = setting.section.camps
    best = frustration(network, camps, SECONDS)
    counted = triangles(network.size, network.ends, network.signs)
    signs = network.signs.astype(np.float64)
    return {
        "likely": {
            **_best(network, best),
            "camps": _camps(whole, network, best),
            "strained": [ties[e] for e in np.flatnonzero(frustrated(network, best.assignment))],
            "cost_of_moving": _by_actor(
                whole, network, cost_of_moving(network, best.assignment, camps)
            ),
            "ties": {
                name: row.to_dict(network)
                for name, row in zip(ties, strain(network, best), strict=True)
            },
            "split": _split(network, setting, camps),
            "triangle_index": _number(counted.index),
            "walk_index": _number(walk_index(network.size, network.ends, signs)),
            "least_eigenvalue": _number(least_eigenvalue(network.size, network.ends, signs)),
            "local_balance": _by_actor(whole, network, counted.local),
        },
        "realignments": [
            {
                **row.to_dict(network),
                "to_change": [ties[e] for e in row.to_change],
                "relieved": [ties[e] for e in row.relieved],
            }
            for row in _shown(realignments(network, best, network.ties))
        ],
        "by_camps": _by_camps(whole, network, best),
        "census": dict(zip(CENSUS, counted.census.tolist(), strict=True)),
        "history": [
            moment.to_dict()
            for moment in history(networks_by_date(case), camps, case.pact.members, SECONDS)
        ],
    }


def _shown(rows: Sequence[Realignment]) -> list[Realignment]:
    """The cheapest, and of the others those that relieve what none before them does."""
    out, relieved = [], set[int]()
    for place, row in enumerate(rows):
        if place < SHOWN or not relieved.issuperset(row.relieved):
            out.append(row)
            relieved.update(row.relieved)
    return out


def _best(network: Network, best: Frustration) -> dict[str, Any]:
    return {
        "value": best.value,
        "bound": best.bound,
        "proved": best.proved,
        "optima": best.optima,
        "optima_least": best.optima_least,
        "weight": float(network.weights.sum()),
        "line_index": line_index(best.value, float(network.weights.sum())),
    }


def _camps(whole: Network, network: Network, best: Frustration) -> dict[str, int | None]:
    """Everybody's camp, None for those without ties."""
    camps = dict(zip(network.actors, best.assignment.tolist(), strict=True))
    return {actor: camps.get(actor) for actor in whole.actors}


def _by_actor(whole: Network, network: Network, values: Any) -> dict[str, float | None]:
    numbers = dict(zip(network.actors, map(_number, values.tolist()), strict=True))
    return {actor: numbers.get(actor) for actor in whole.actors}


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _split(network: Network, setting: Setting, camps: int) -> dict[str, Any] | None:
    """What it costs to split the members that have ties."""
    names = {setting.actors[i] for i in setting.members}
    members = [i for i, actor in enumerate(network.actors) if actor in names]
    if len(members) < 2:
        return None
    return split_cost(network, members, camps, SECONDS).to_dict(network)


def _by_camps(whole: Network, network: Network, best: Frustration) -> dict[str, dict[str, Any]]:
    """The best division into some numbers of camps, and into as many as there may be."""
    out = {}
    for camps in sorted({*COMPARED, best.camps}):
        found = best if camps == best.camps else frustration(network, camps, SECONDS)
        out[str(camps)] = {**_best(network, found), "camps": _camps(whole, network, found)}
    free = frustration(network, max(network.size, 2), SECONDS, count=False)
    out["any"] = {**_best(network, free), "camps": _camps(whole, network, free)}
    return out
