"""What is told of the members' game at the most likely values, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from foedus.lenses.dependence.game import Game
from foedus.lenses.dependence.kernel.tables import Floats
from foedus.lenses.dependence.setting import Ground, Setting
from foedus.lenses.dependence.solutions import Core, Division, judge, solve
from foedus.lenses.dependence.solving import solved

ById = dict[str, float | None]


def central(setting: Setting, ground: Ground) -> dict[str, Any]:
    """The game of one draw: worths, ways to share the whole, the core, losses and transfers.

    What does not exist is None, or not among the ways to share: `reasons` says why. Sets are the
    ids of their members, joined by `+`.
    """
    members, arrays = setting.members, solved(ground)
    game = Game(members, ground.worth[0])
    found = solve(game)
    divisions = dict(found.divisions)
    if setting.divided_today:
        divisions = {"payoffs": judge(game, ground.payoffs[0])} | divisions
    return {
        "worth": {_joined(item): float(game.worth[mask]) for mask, item in _sets(members)},
        "shares": {name: dict(division.payoffs) for name, division in divisions.items()},
        "objections": {name: _objections(division) for name, division in divisions.items()},
        "core": _core(found.core) if found.core is not None else None,
        "properties": {name: kept.holds for name, kept in found.properties.items()},
        "reasons": dict(found.reasons),
        "losses": {
            member: _by_member(members, arrays["loss"][0, i]) for i, member in enumerate(members)
        },
        "propensity": _by_member(members, arrays["propensity"][0]),
        "transfers": _by_member(members, arrays["transfers"][0]),
        "moved": _number(arrays["moved"][0]),
    }


def _core(core: Core) -> dict[str, Any]:
    """Whether there is a core, what binds where it is smallest, and its corners for few members."""
    return {
        "empty": core.empty,
        "epsilon": core.epsilon,
        "point": dict(core.point),
        "binding": {_joined(item): weight for item, weight in core.binding},
        "subsidy": core.subsidy,
        "corners": None if core.corners is None else [dict(corner) for corner in core.corners],
    }


def _objections(division: Division) -> dict[str, Any]:
    """What can be said against a way to share."""
    missed = division.most_missed
    return {
        "in_core": division.in_core,
        "most_missed": None if missed is None else {"members": list(missed[0]), "by": missed[1]},
        "in_kernel": division.in_kernel,
        "in_bargaining_set": division.in_bargaining_set,
    }


def _sets(members: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    """Every set but the empty one, with its bit mask."""
    masks = range(1, 1 << len(members))
    return [(mask, tuple(m for i, m in enumerate(members) if mask >> i & 1)) for mask in masks]


def _joined(members: Sequence[str]) -> str:
    return "+".join(members)


def _by_member(members: tuple[str, ...], row: Floats) -> ById:
    return {member: _number(value) for member, value in zip(members, row, strict=True)}


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
