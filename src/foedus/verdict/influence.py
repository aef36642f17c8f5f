"""Which uncertain quantities drive the answer: sensitivity indices with the case's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from foedus.case import Case
from foedus.ensemble.sensitivity import (
    GroupIndices,
    Index,
    Noise,
    Swing,
    sensitivity,
    swings,
)
from foedus.lenses.lens import Draws, Floats, percent

LEAST = 64
"""Draws that it takes to say anything."""
NO_ACTOR = "the pact and the contest"
NO_SOURCE = "no evidence"


@dataclass(frozen=True)
class Influence:
    """One uncertain quantity and how much it bears on the answer; `caption` says it in words."""

    path: str
    label: str
    first: Index
    total: Index | None
    pawn: Index
    delta: Index | None
    swing: Swing
    caption: str


@dataclass(frozen=True)
class Influences:
    """What drives the answer, the strongest first by the share of the spread each alone explains.

    `groups` are the shares of actors, sections and sources together, by name; those of sources
    overlap and do not add up. `explained` is the share of the variance that the surrogate behind
    the totals predicts in draws it has not seen. `reason` says why there are no quantities.
    """

    quantities: tuple[Influence, ...]
    groups: Mapping[str, Mapping[str, GroupIndices]]
    noise: Noise | None
    explained: float
    surrogate: str
    variance: float
    draws: int
    reason: str = ""


def influences(
    case: Case,
    draws: Draws,
    uniforms: Floats,
    holds: Floats,
    weights: Floats,
    bears: Callable[[str], bool],
    seed: int,
) -> Influences:
    """How much every uncertain quantity that bears on the answer drives it.

    `uniforms` `(draws, quantities)` are the uniform numbers behind the draws, `holds` and `weights`
    `(draws,)` the answer by draw.
    """
    loose = [path for path, q in case.quantities().items() if not q.fixed and bears(path)]
    if not loose:
        return _nothing("no quantity that bears on the answer is uncertain")
    if int((weights > 0).sum()) < LEAST:
        return _nothing(f"too few draws: it takes {LEAST}")
    places = {path: place for place, path in enumerate(draws.paths)}
    columns = uniforms[:, [places[path] for path in loose]]
    kept = np.where(weights > 0.0, holds, 0.0)
    groups = {"actor": _by_actor, "section": _by_section, "source": _by_source}
    sets = {name: how(case, loose) for name, how in groups.items()}
    # sums in one order whatever the machine is asked to do beside it
    with threadpool_limits(1, "blas"):
        found = sensitivity(columns, kept, weights, groups=sets, seed=seed)
    if not found.columns:
        return _nothing(found.surrogate)
    moves = swings(columns, kept, weights)
    out = []
    for path, indices, swing in zip(loose, found.columns, moves, strict=True):
        label = case.label(path)
        caption = _caption(label, indices.first, swing)
        out.append(
            Influence(
                path, label, indices.first, indices.total, indices.pawn, indices.delta, swing,
                caption,
            )
        )  # fmt: skip
    ranked = tuple(sorted(out, key=lambda one: (-one.first.value, one.path)))
    shares = {
        name: dict(sorted(mine.items(), key=lambda g: -(g[1].first.value if g[1].first else 0.0)))
        for name, mine in found.groups.items()
    }
    return Influences(
        ranked, shares, found.noise, found.explained, found.surrogate, found.variance,
        found.draws,
    )  # fmt: skip


def _nothing(reason: str) -> Influences:
    return Influences((), {}, None, 0.0, "", 0.0, 0, reason)


def _caption(label: str, first: Index, swing: Swing) -> str:
    """What the quantity does, in a sentence."""
    at_low, at_high = percent(swing.at_low), percent(swing.at_high)
    moves = f"from its lowest fifth to its highest the chance goes from {at_low} to {at_high}"
    if not first.above_noise:
        return f"{label}: {moves}; that may be chance."
    low, high = percent(first.low), percent(first.high)
    return (
        f"{label}: {moves}; it alone explains {percent(first.value)} of the spread"
        f" ({low} to {high})."
    )


def _grouped(names: Mapping[int, tuple[str, ...]]) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    for column, mine in names.items():
        for name in mine:
            out.setdefault(name, []).append(column)
    return out


def _by_actor(case: Case, paths: list[str]) -> dict[str, list[int]]:
    """By the first actor that a path names."""
    whose = {}
    for column, path in enumerate(paths):
        actor = next((part for part in path.split(".")[1:] if part in case.actors), None)
        whose[column] = (case.actors[actor].name if actor else NO_ACTOR,)
    return _grouped(whose)


def _by_section(case: Case, paths: list[str]) -> dict[str, list[int]]:
    return _grouped({column: (path.partition(".")[0],) for column, path in enumerate(paths)})


def _by_source(case: Case, paths: list[str]) -> dict[str, list[int]]:
    """By the sources of the evidence a quantity rests on, of which there may be several."""
    quantities = case.quantities()
    whose = {}
    for column, path in enumerate(paths):
        sources = dict.fromkeys(case.evidence[i].source for i in quantities[path].because)
        whose[column] = tuple(sources) or (NO_SOURCE,)
    return _grouped(whose)
