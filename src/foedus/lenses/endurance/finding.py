"""What the endurance outcome means, in numbers and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.case import Case
from foedus.lenses.endurance.games import Setting
from foedus.lenses.endurance.kernel import FULL, LEAVE, TOKEN
from foedus.lenses.endurance.lens import ANCHORED, INSIDE
from foedus.lenses.endurance.modes import FACTORS, STRENGTHS
from foedus.lenses.lens import Draws, Finding, Floats, Interval, Outcome, percent
from foedus.lenses.wording import sentence

TRENDS = ("falling", "flat", "improving")
SAME = 1e-6
"""Largest difference of a probability at which two solutions count as one."""


class UnsettledError(ValueError):
    """No draw settled, so there is nothing to say."""

    bad_input = True


def find(case: Case, draws: Draws, outcome: Outcome) -> Finding:
    """The endurance finding. Draws whose policies did not settle are left out, and named."""
    setting = Setting.of(case)
    arrays = outcome.arrays
    settled = arrays["settled"] > 0.0
    weights = np.where(settled, draws.weights, 0.0)
    if not weights.any():
        raise UnsettledError(
            "no draw's policies settled; give a lower endurance.precision or other numbers"
        )
    held = arrays["held"]
    holds = Interval.over(held[:, ANCHORED], weights)
    convergence = _convergence(outcome, settled)
    trends = _trends(arrays, weights)
    data: dict[str, Any] = {
        "holds": holds.to_dict(),
        "survival": _survival(arrays, weights),
        "first_leaver": _first_leaver(setting, arrays, weights),
        "incidence": _incidence(setting, arrays, weights),
        "trends": trends,
        "trend_intervals": _trend_intervals(arrays, weights),
        "trend_survival": _trend_survival(arrays, weights),
        "anchor": _anchor(setting, outcome, weights),
        "next_step": _next_step(setting, arrays, weights),
        "by_position": _by_position(setting, arrays, weights),
        "blame_deserved": _blame(arrays, weights),
        "loss": _loss(setting, arrays, weights),
        "split": _split(setting, outcome),
        "strengths": _strengths(outcome),
        "at_modes": outcome.shared.get("at_modes"),
        "convergence": convergence,
    }
    columns = {"holds": held[:, ANCHORED], "holds_inside": held[:, INSIDE]}
    for k, trend in enumerate(TRENDS):
        columns[f"front.{trend}.probability"] = arrays["trend"][:, k]
        chance = arrays["trend"][:, k]
        given = np.divide(
            arrays["trend_held"][:, k], chance, out=np.full(chance.shape, np.nan), where=chance > 0
        )
        columns[f"front.{trend}.holds_given"] = given
        columns[f"front.{trend}.holds_if"] = arrays["trend_if"][:, k]
    names = {member: case.actors[member].name for member in setting.members}
    return Finding(
        "endurance",
        "Will the members stay, and who leaves first?",
        _headline(case, data, names),
        holds=holds,
        reasons=_reasons(data, names),
        warnings=_warnings(case, convergence),
        data=data,
        columns=columns,
        weights=weights,
    )


def _mean(values: Floats, weights: Floats) -> Any:
    return np.average(values, axis=0, weights=weights).tolist() if weights.any() else None


def _survival(arrays: Mapping[str, Floats], weights: Floats) -> list[dict[str, Any]]:
    return [
        {"t": t, **Interval.over(arrays["survival"][:, t], weights).to_dict()}
        | {"holds": Interval.over(arrays["holds"][:, t], weights).to_dict()}
        for t in range(arrays["survival"].shape[1])
    ]


def _at_horizon(setting: Setting, table: Floats) -> Floats:
    """A table over time `(draws, T+1, ...)` at the horizon, linearly between steps."""
    last = table.shape[1] - 1
    share = float(np.clip(setting.horizon - (last - 1), 0.0, 1.0))
    return np.asarray((1.0 - share) * table[:, last - 1] + share * table[:, last])


def _first_leaver(
    setting: Setting, arrays: Mapping[str, Floats], weights: Floats
) -> dict[str, float]:
    firsts = np.average(_at_horizon(setting, arrays["firsts"]), axis=0, weights=weights)
    total = firsts.sum()
    shares = firsts / total if total > 0 else np.zeros_like(firsts)
    return dict(zip(setting.members, shares.tolist(), strict=True))


def _incidence(
    setting: Setting, arrays: Mapping[str, Floats], weights: Floats
) -> dict[str, dict[str, float]]:
    causes = (*setting.members, "several at once", "victory", "defeat", "settlement")
    table = _at_horizon(setting, arrays["causes"])
    leading = table.argmax(axis=1)
    return {
        cause: Interval.over(table[:, k], weights).to_dict()
        | {"leads": float(np.average(leading == k, weights=weights))}
        for k, cause in enumerate(causes)
    }


def _trends(arrays: Mapping[str, Floats], weights: Floats) -> dict[str, dict[str, float | None]]:
    out: dict[str, dict[str, float | None]] = {}
    for k, trend in enumerate(TRENDS):
        chance = float(np.average(arrays["trend"][:, k], weights=weights))
        held = float(np.average(arrays["trend_held"][:, k], weights=weights))
        out[trend] = {
            "probability": chance,
            "holds_given": held / chance if chance > 0 else None,
            "holds_if": float(np.average(arrays["trend_if"][:, k], weights=weights)),
        }
    return out


def _trend_survival(
    arrays: Mapping[str, Floats], weights: Floats
) -> dict[str, list[dict[str, float]]]:
    """Chance that the pact is still whole along each trend's straight line, by step."""
    paths = arrays["path_survival"]
    return {
        trend: [
            {"t": t, **Interval.over(paths[:, k, t], weights).to_dict()}
            for t in range(paths.shape[2])
        ]
        for k, trend in enumerate(TRENDS)
    }


def _trend_intervals(
    arrays: Mapping[str, Floats], weights: Floats
) -> dict[str, dict[str, dict[str, float]]]:
    return {
        trend: {
            "probability": Interval.over(arrays["trend"][:, k], weights).to_dict(),
            "holds_if": Interval.over(arrays["trend_if"][:, k], weights).to_dict(),
        }
        for k, trend in enumerate(TRENDS)
    }


def _anchor(setting: Setting, outcome: Outcome, weights: Floats) -> dict[str, Any]:
    anchor = setting.section.anchor
    rate = Interval.over(outcome.arrays["anchor_rate"], weights)
    if anchor is not None and anchor.yearly_exit is not None:
        rate = Interval(anchor.yearly_exit, anchor.yearly_exit, anchor.yearly_exit)
    return {
        "yearly_exit": rate.value if anchor else None,
        "yearly_exit_interval": rate.to_dict() if anchor else None,
        "from": None if not anchor else "base_rate" if anchor.yearly_exit is None else "given",
        "members": list(anchor.members) if anchor else [],
        "because": list(anchor.because) if anchor else [],
        "a": outcome.shared["anchor"].number,
        "inside": Interval.over(outcome.arrays["held"][:, INSIDE], weights).to_dict(),
    }


def _next_step(
    setting: Setting, arrays: Mapping[str, Floats], weights: Floats
) -> dict[str, dict[str, dict[str, float]]]:
    acts = {"full": FULL, "token": TOKEN, "leave": LEAVE}
    return {
        member: {
            name: Interval.over(arrays["next"][:, i, act], weights).to_dict()
            for name, act in acts.items()
        }
        for i, member in enumerate(setting.members)
    }


def _by_position(setting: Setting, arrays: Mapping[str, Floats], weights: Floats) -> dict[str, Any]:
    """Chances in a step by where the front is, at even trust from lost to full."""
    play = arrays["play_even"]
    positions = setting.layout.front[1:-1].tolist()
    out: dict[str, Any] = {"positions": positions, "leave": {}, "full_effort": {}}
    for key, act in (("leave", LEAVE), ("full_effort", FULL)):
        for i, member in enumerate(setting.members):
            out[key][member] = {
                trust: [
                    Interval.over(play[:, i, act, level, m], weights).to_dict()
                    for m in range(len(positions))
                ]
                for trust, level in (("full trust", -1), ("lost trust", 0))
            }
    some = 1.0 - np.prod(1.0 - play[:, :, LEAVE], axis=1)
    out["some_leave"] = _mean(some, weights)
    return out


def _blame(arrays: Mapping[str, Floats], weights: Floats) -> float | None:
    total, due = np.average(arrays["blamed"][:, -1], axis=0, weights=weights)
    return float(due / total) if total > 0 else None


def _loss(
    setting: Setting, arrays: Mapping[str, Floats], weights: Floats
) -> dict[str, dict[str, dict[str, float]]]:
    return {
        member: {
            other: Interval.over(arrays["loss"][:, i, j], weights).to_dict()
            for j, other in enumerate(setting.members)
            if j != i
        }
        for i, member in enumerate(setting.members)
    }


def _split(setting: Setting, outcome: Outcome) -> dict[str, dict[str, float]] | None:
    table = outcome.shared.get("split")
    if table is None:
        return None
    rows = ("everything off", *FACTORS)
    columns = ("pact", *setting.members)
    return {row: dict(zip(columns, table[k].tolist(), strict=True)) for k, row in enumerate(rows)}


def _strengths(outcome: Outcome) -> dict[str, list[dict[str, float]]] | None:
    curves = outcome.shared.get("strengths")
    if curves is None:
        return None
    return {
        name: [
            {"times": times, "breaks": value}
            for times, value in zip(STRENGTHS, curve.tolist(), strict=True)
        ]
        for name, curve in curves.items()
    }


def _convergence(outcome: Outcome, settled: NDArray[np.bool_]) -> dict[str, Any]:
    arrays, index = outcome.arrays, outcome.index
    checked = np.isfinite(arrays["apart"])
    several = checked & (np.nan_to_num(arrays["apart"]) > SAME)
    return {
        "draws": int(index.size),
        "not_settled": [
            {"draw": int(index[d]), "error": float(arrays["moved"][d])}
            for d in np.flatnonzero(np.logical_not(settled))
        ],
        "folded": float(np.mean(arrays["leapt"])),
        "solved_again": int(checked.sum()),
        "several_equilibria": [int(d) for d in index[several]],
        "largest_error": float(arrays["moved"].max()),
    }


def _headline(case: Case, data: dict[str, Any], names: dict[str, str]) -> str:
    first = max(data["first_leaver"], key=data["first_leaver"].__getitem__)
    must = sentence(" and ".join(names[m] for m in case.pact.holds_while))
    verb = "stay" if len(case.pact.holds_while) > 1 else "stays"
    holds = data["holds"]
    return (
        f"{must} {verb} in to {case.horizon.day} {case.horizon:%B %Y} with probability"
        f" {percent(holds['value'])} ({percent(holds['low'])} to {percent(holds['high'])}); if"
        f" someone leaves, {names[first]} goes first in {percent(data['first_leaver'][first])} of"
        " cases."
    )


def _reasons(data: dict[str, Any], names: dict[str, str]) -> tuple[str, ...]:
    trends = data["trends"]
    out = [
        "With the front improving the pact holds with"
        f" {percent(trends['improving']['holds_if'])}, flat with"
        f" {percent(trends['flat']['holds_if'])}, falling with"
        f" {percent(trends['falling']['holds_if'])}."
        " A falling front is partly the consequence of an exit, so the chance given that it falls"
        " overstates what the fall does."
    ]
    modes = data["at_modes"]
    if modes is not None and abs(modes - data["holds"]["value"]) > 0.05:
        lower = modes > data["holds"]["value"]
        out.append(
            f"With every number at its most likely value the pact holds with {percent(modes)}; the"
            f" mean over what was judged possible is {'lower' if lower else 'higher'}, because"
            f" errors of judgement {'harm it more than they help it' if lower else 'help it'}."
        )
    split = data["split"]
    for member, acts in data["next_step"].items():
        line = (
            f"{sentence(names[member])} would give full effort with"
            f" {percent(acts['full']['value'])}, token effort with"
            f" {percent(acts['token']['value'])}, and leave with {percent(acts['leave']['value'])}"
            " in the next step"
        )
        if split:
            effects = {factor: split[factor][member] for factor in FACTORS}
            kept = min(effects, key=effects.__getitem__)
            pushed = max(effects, key=effects.__getitem__)
            if effects[kept] < -1e-3:
                line += f"; what keeps it in most is {NAMED[kept]}"
            if effects[pushed] > 1e-3:
                line += f", what draws it out most is {NAMED[pushed]}"
        out.append(line + ".")
    if data["blame_deserved"] is not None:
        out.append(
            f"Of the blame expected to fall, {percent(data['blame_deserved'])} is deserved: it hits"
            " a member that held back."
        )
    out.extend(_not_needed(data["strengths"]))
    return tuple(out)


NAMED = {
    "dependence": "what the members give each other",
    "side deal": "what awaits it outside",
    "divergence": "the members' differing aims",
    "coordination": "the gain from trusting coordination",
    "blame": "the way blame falls",
    "position": "where the front stands",
}


def _not_needed(curves: dict[str, list[dict[str, float]]] | None) -> list[str]:
    """Say where exits rise at both ends: an ally leaves when it cannot win, and when not needed."""
    out = []
    labels = {"opponents": "strength of the opponents", "coordination": "gain from coordination"}
    for name, curve in (curves or {}).items():
        breaks = [point["breaks"] for point in curve]
        lowest = int(np.argmin(breaks))
        ends = min(breaks[0], breaks[-1]) - breaks[lowest]
        if 0 < lowest < len(breaks) - 1 and ends > 0.02:
            out.append(
                f"Exits grow likelier both with less and with more {labels[name]} than"
                f" {curve[lowest]['times']:g} times what was judged: an ally leaves when it cannot"
                " win, and when it is not needed."
            )
    return out


def _warnings(case: Case, convergence: dict[str, Any]) -> tuple[str, ...]:
    out = []
    if convergence["not_settled"]:
        draws = ", ".join(str(row["draw"]) for row in convergence["not_settled"][:10])
        out.append(
            f"{len(convergence['not_settled'])} of {convergence['draws']} draws did not settle and"
            f" are left out (draw {draws})."
        )
    if convergence["several_equilibria"]:
        out.append(
            f"{len(convergence['several_equilibria'])} of {convergence['solved_again']} draws"
            " solved a second way gave another equilibrium: the answer is one of several there."
        )
    section = case.data.get("endurance", {})
    left = [
        key
        for key in ("aim", "presence_cost", "outside_option", "stake_outside", "trust")
        if any(key not in member for member in section.get("members", {}).values())
    ]
    left += [
        key
        for key in (
            "front",
            "coordination",
            "divergence_cost",
            "blame",
            "settlement",
            "patience",
            "precision",
            "token_effort",
        )
        if key not in section
    ]
    if left:
        out.append(f"Not judged in the case and taken at defaults: {', '.join(left)}.")
    if "anchor" not in section:
        out.append("Without an anchor the level of the probability is a guess; the order is not.")
    return tuple(out)
