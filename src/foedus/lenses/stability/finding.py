"""What the stability lens says of its draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.case import Case
from foedus.lenses.lens import Draws, Finding, Floats, Interval, Outcome, percent
from foedus.lenses.stability.after.steps import Steps
from foedus.lenses.stability.after.swap import smallest_swap
from foedus.lenses.stability.after.witness import narrate, witness
from foedus.lenses.stability.coding.building import conflict, utilities
from foedus.lenses.stability.coding.form import Form
from foedus.lenses.stability.concepts.profiles import BITS
from foedus.lenses.stability.concepts.solving import solve
from foedus.lenses.stability.conflict import Conflict
from foedus.lenses.stability.lens import BY_IMPROVEMENTS, BY_MOVES, NOT_AT_ALL, Setting
from foedus.lenses.wording import listed, sentence

SHOWN = 24
"""States in the table, those that are equilibria in most draws first."""
SWAPPED = 3
"""Equilibria for which the smallest change that breaks them is searched."""
SWAPPABLE = 256
"""Most states of a model in which it is searched within an analysis."""


def find(case: Case, draws: Draws, outcome: Outcome) -> Finding:
    """The stability finding. Draws without a reachable equilibrium are reported as such."""
    setting: Setting = outcome.shared["setting"]
    form, weights = setting.form, draws.weights
    arrays = outcome.arrays
    concept = setting.section.concept
    share = arrays["share_holding"]
    interval = Interval.over(share, weights)
    names = dict(zip(form.dms, form.names, strict=True))
    model = _model(setting, case)
    data: dict[str, Any] = {
        "concept": concept,
        "decision_makers": names,
        "options": {option.id: option.name for option in form.options},
        "feasible_states": form.states,
        "holds_when": setting.section.holds_when,
        "share_holding": interval.to_dict(),
        "reached": _ways(arrays["way"], weights),
        "status_quo": _status_quo(form, arrays, weights),
        "states": _states(form, outcome, weights),
        "breakers": _breakers(form, arrays["breaks"], weights),
        "breaking_moves": _breaking_moves(form, arrays["breaks"], weights),
        "at_modes": _at_modes(model, form, concept),
    }
    return Finding(
        "stability",
        "Which outcomes can last?",
        _headline(case, data, names),
        share_holding=interval,
        reasons=_reasons(data, names),
        warnings=_warnings(data, setting, model),
        data=data,
        columns={"share_holding": share},
        weights=weights,
    )


def told(form: Form, state: int) -> str:
    """A state in words: its label, or how it differs from the status quo."""
    if state == form.status_quo:
        return "the status quo"
    if state in form.labels:
        return form.labels[state]
    assert form.status_quo is not None
    here, there = _chosen(form, form.status_quo), _chosen(form, state)
    gained = [option for option in there if option not in here]
    lost = [option for option in here if option not in there]
    parts = [f"with {' and '.join(gained)}"] if gained else []
    parts += [f"without {' and '.join(lost)}"] if lost else []
    return f"{form.ids[state]} ({', '.join(parts)})"


def _chosen(form: Form, state: int) -> list[str]:
    if form.codes is None:
        return []
    code = int(form.codes[state])
    return [option.id for o, option in enumerate(form.options) if code >> o & 1]


def _row(form: Form, state: int) -> dict[str, Any]:
    assert form.holds is not None
    return {
        "id": form.ids[state],
        "label": form.labels.get(state),
        "chosen": _chosen(form, state),
        "holds": bool(form.holds[state]),
    }


def _ways(way: NDArray[Any], weights: Floats) -> dict[str, float]:
    """In what share of draws equilibria are reached by improvements, by other moves, or not."""
    kinds = {"by_improvements": BY_IMPROVEMENTS, "by_any_moves": BY_MOVES, "none": NOT_AT_ALL}
    return {name: float(np.average(way == kind, weights=weights)) for name, kind in kinds.items()}


def _status_quo(form: Form, arrays: Mapping[str, NDArray[Any]], weights: Floats) -> dict[str, Any]:
    assert form.status_quo is not None
    stays = {dm: _stable(arrays["stays"][:, i], weights) for i, dm in enumerate(form.dms)}
    lasts = _stable(arrays["equilibria"][:, form.status_quo], weights)
    return {**_row(form, form.status_quo), "equilibrium": lasts, "stable_for": stays}


def _stable(verdicts: NDArray[np.uint8], weights: Floats) -> dict[str, float]:
    """The share of draws in which a state is stable, by concept; `verdicts` `(P,)` are bits."""
    return {c: float(np.average(verdicts & bit != 0, weights=weights)) for c, bit in BITS.items()}


def _states(form: Form, outcome: Outcome, weights: Floats) -> list[dict[str, Any]]:
    """States that are equilibria, with the share of draws in which each is one."""
    equilibria, reached = outcome.arrays["equilibria"], outcome.arrays["outcome"]
    shares = {
        concept: np.average(equilibria & bit != 0, axis=0, weights=weights)
        for concept, bit in BITS.items()
    }
    ends = np.average(reached, axis=0, weights=weights)
    concept = outcome.shared["setting"].section.concept
    order = np.lexsort((np.arange(form.states), -shares["gmr"], -shares[concept], -ends))
    return [
        {**_row(form, s), **{c: float(shares[c][s]) for c in BITS}, "reached": float(ends[s])}
        for s in order[:SHOWN].tolist()
        if shares["gmr"][s] > 0
    ]


def _breakers(form: Form, breaks: NDArray[Any], weights: Floats) -> dict[str, float]:
    """Who makes the first unsanctioned improvement that breaks the pact, by share of draws.

    Where several are equally near, each counts in part.
    """
    first = breaks[:, :, 0] >= 0
    parts = first / np.maximum(first.sum(axis=1, keepdims=True), 1)
    return dict(zip(form.dms, np.average(parts, axis=0, weights=weights).tolist(), strict=True))


def _breaking_moves(form: Form, breaks: NDArray[Any], weights: Floats) -> list[dict[str, Any]]:
    """The single moves by which the pact is first broken, the most frequent first."""
    found: dict[tuple[int, int, int], float] = {}
    total = weights.sum()
    for d, i in np.argwhere(breaks[:, :, 0] >= 0).tolist():
        move = (i, int(breaks[d, i, 0]), int(breaks[d, i, 1]))
        found[move] = found.get(move, 0.0) + float(weights[d] / total)
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        {"by": form.dms[i], "from": _row(form, s), "to": _row(form, t), "share": share}
        for (i, s, t), share in ordered[:8]
    ]


def _model(setting: Setting, case: Case) -> Conflict:
    """The model with every number at its most likely value."""
    section, form = setting.section, setting.form
    return conflict(section, form, utilities(section, form)[0], title=case.title)


def _at_modes(model: Conflict, form: Form, concept: str) -> dict[str, Any]:
    """What lasts with every number at its most likely value, and why or why not."""
    solution = solve(model)
    lasting = np.flatnonzero(solution.equilibria[concept]).tolist()
    return {
        "equilibria": {
            name: [form.ids[s] for s in np.flatnonzero(table).tolist()]
            for name, table in solution.equilibria.items()
        },
        "left_out": dict(solution.left_out),
        "why": _why(model, form, concept),
        "swaps": _swaps(model, form, lasting, concept),
    }


def _why(model: Conflict, form: Form, concept: str) -> list[str]:
    """Why the status quo lasts, or does not, for each; those with the same reason in a sentence."""
    assert form.status_quo is not None
    steps, content, out = Steps(model), [], []
    for i, name in enumerate(form.names):
        verdict = witness(model, i, form.status_quo, concept, steps)
        if verdict.why in ("no move", "no improvement"):
            content.append(name)
        else:
            said = narrate(model, verdict, lambda state: told(form, state), form.names)
            out.append(sentence(said))
    if content:
        who = listed(content)
        verb = "has" if len(content) == 1 else "have"
        out.append(f"{sentence(who)} {verb} no move to anything better.")
    return out


def _swaps(model: Conflict, form: Form, lasting: list[int], concept: str) -> list[dict[str, Any]]:
    """For the first equilibria, the smallest change of one ranking that breaks each."""
    if form.states > SWAPPABLE:
        return []
    out = []
    for state in lasting[:SWAPPED]:
        swap = smallest_swap(model, state, concept)
        if swap is not None:
            out.append(
                {
                    "state": _row(form, state),
                    "by": form.dms[swap.dm],
                    "better": _row(form, swap.better),
                    "worse": _row(form, swap.worse),
                    "places": swap.size,
                }
            )
    return out


def _headline(case: Case, data: dict[str, Any], names: dict[str, str]) -> str:
    share = data["share_holding"]
    if data["reached"]["none"] >= 1.0:
        return "In no draw can any equilibrium be reached from the status quo."
    line = (
        f"The pact holds in {percent(share['value'])} of the outcomes that can last and can be"
        " reached from the status quo"
    )
    breakers = {dm: part for dm, part in data["breakers"].items() if dm in case.pact.members}
    first = max(breakers, key=breakers.__getitem__, default=None)
    if first is None or breakers[first] == 0.0:
        return f"{line}; no member has an unsanctioned improvement that breaks it."
    return (
        f"{line}; the first unsanctioned improvement that breaks it is {names[first]}’s in"
        f" {percent(breakers[first])} of draws."
    )


def _reasons(data: dict[str, Any], names: dict[str, str]) -> tuple[str, ...]:
    reached, concept = data["reached"], data["concept"]
    near, far = reached["by_improvements"], reached["by_any_moves"]
    line = "Improvements alone lead from the status quo to an equilibrium in"
    line += f" {percent(near)} of draws"
    if far > 0.0:
        line += f"; in {percent(far)} somebody must first act against its own preferences"
    start = data["status_quo"]
    lasts, stays = start["equilibrium"][concept], start["stable_for"]
    least = min(stays, key=lambda dm: stays[dm][concept])
    now = f"The status quo itself is an equilibrium in {percent(lasts)} of draws"
    if stays[least][concept] < 1.0:
        now += f"; the likeliest to move away from it is {names[least]}"
        now += f" ({percent(1.0 - stays[least][concept])} of draws)"
    said = [f"At the most likely values: {why}" for why in data["at_modes"]["why"]]
    return (f"{line}.", f"{now}.", *said)


def _warnings(data: dict[str, Any], setting: Setting, model: Conflict) -> tuple[str, ...]:
    out = []
    none = data["reached"]["none"]
    if none > 0.0:
        out.append(
            f"In {percent(none)} of draws no equilibrium can be reached from the status quo; they"
            " are left out of the share."
        )
    kinds = {
        "unknown preferences": model.unknown is not None and model.unknown.any(),
        "strengths of preference": model.much is not None and model.much.any(),
        "attitudes": bool(setting.section.attitudes),
    }
    said = [kind for kind, there in kinds.items() if there]
    if said:
        out.append(
            f"The section speaks of {listed(said)}. Over draws every preference counts as certain"
            " and selfish; foedus stability tells what they change at the most likely values."
        )
    return tuple(out)
