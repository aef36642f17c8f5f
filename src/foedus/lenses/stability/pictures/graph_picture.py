"""The graph of a conflict as a picture: where it can go, and who takes it there.

Integrated graph (Fang, Hipel & Kilgour, Interactive Decision Making, 1993): one node a state, one
arrow a move, told apart by who makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.lenses.lens import Picture
from foedus.lenses.stability.concepts.solving import Solution
from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError
from foedus.lenses.stability.pictures.excerpt import Excerpt, excerpt
from foedus.lenses.stability.pictures.graph_marks import FAINT, WHOLE, specification
from foedus.lenses.stability.pictures.graph_plan import Plan, shortened

Row = dict[str, Any]


def graph_picture(
    conflict: Conflict,
    solution: Solution,
    *,
    concept: str = "seq",
    start: int | None = None,
    holds: Bools | None = None,
    names: Sequence[str] | None = None,
    labels: Mapping[int, str] | None = None,
    most: int = 40,
) -> Picture:
    """Draw states, equilibria under `concept` and the moves that matter from the status quo.

    `start` takes the place of the conflict's status quo; without either, what is small enough
    stands on a circle. `holds` marks the states in which the pact holds, `names` are the decision
    makers' in their order, `labels` states in words. At most `most` states are drawn; the caption
    says what is left out. Raises ConflictError for a concept without an answer.
    """
    if concept not in solution.equilibria:
        why = solution.left_out.get(concept, "not asked for")
        raise ConflictError(f"there are no equilibria under {concept} to draw: {why}")
    lasting = solution.equilibria[concept]
    begin = conflict.status_quo if start is None else start
    part = excerpt(conflict, lasting, begin, most)
    plan = Plan(conflict, part, labels or {})
    called = _called(conflict, names)
    kinds = {s: _kind(s, lasting, holds) for s in part.states}
    return Picture(
        "graph",
        "Where can the conflict go from the status quo, and where can it stay?"
        if begin is not None
        else "Who moves where, and where can the conflict stay?",
        _caption(concept, part, holds, plan.compared),
        specification(_states(plan, kinds), _moves(plan, called), called, plan.width, plan.height),
    )


def concept_name(concept: str) -> str:
    """A solution concept as people write it: Nash is no abbreviation."""
    return "Nash" if concept == "nash" else concept.upper()


def _kind(state: int, lasting: Bools, holds: Bools | None) -> str:
    """What a state is, in the words of the table behind the picture."""
    what = "equilibrium" if lasting[state] else "no equilibrium"
    if holds is None:
        return what
    return f"{what}, pact {'holds' if holds[state] else 'broken'}"


def _called(conflict: Conflict, names: Sequence[str] | None) -> list[str]:
    """Decision makers' names, short enough for a legend and no two alike."""
    short = [shortened(name, 32) for name in names or conflict.dms]
    return [
        name if short.count(name) == 1 else f"{name} ({dm})"
        for name, dm in zip(short, conflict.dms, strict=True)
    ]


def _caption(concept: str, part: Excerpt, holds: Bools | None, compared: bool) -> str:
    where = (
        "" if holds is None else ", dark or shaded where the pact holds, white where it does not"
    )
    squares = (
        f"Squares are the equilibria ({concept_name(concept)}), circles the other states{where}."
    )
    if part.start is None:
        said = ["Arrows are improvements, by who makes them.", squares]
    else:
        compare = "; beside a state: how it differs from the status quo" if compared else ""
        said = [
            "Arrows are moves, by who makes them: strong if an improvement, faint if not. Of the"
            " faint there are only first moves and those without which an equilibrium is not"
            " reached, and none that an improvement takes back.",
            squares,
            "Columns count the moves from the status quo (ringed), improvements alone where these"
            f" lead there{compare}.",
        ]
    return " ".join(filter(None, (*said, part.left_out)))


def _states(plan: Plan, kinds: Mapping[int, str]) -> list[Row]:
    """A row for each state."""
    away = {s: count for count, column in plan.part.columns for s in column}
    return [
        {
            "state": plan.ids[s],
            "in words": _in_words(plan, s),
            "kind": kinds[s],
            "moves away": away.get(s),
            "above": plan.words[s] if s in plan.above else "",
            "beneath": "" if s in plan.above else plan.words[s],
            "x": round(plan.places[s][0], 1),
            "y": round(plan.places[s][1], 1),
        }
        for s in plan.part.states
    ]


def _in_words(plan: Plan, state: int) -> str:
    """A state's label, or everything that is chosen in it."""
    conflict = plan.conflict
    if state in plan.labels:
        return plan.labels[state]
    if conflict.codes is None:
        return plan.ids[state]
    code = int(conflict.codes[state])
    chosen = [
        option.name or option.id for o, option in enumerate(conflict.options) if code >> o & 1
    ]
    return "; ".join(chosen) or "nothing chosen"


def _moves(plan: Plan, called: Sequence[str]) -> list[Row]:
    """A row for each arrow."""
    return [
        {
            "by": called[arrow.dm],
            "from": plan.ids[arrow.source],
            "to": plan.ids[arrow.target],
            "what": WHOLE if arrow.better else FAINT,
            "bend": swing,
        }
        for arrow, swing in zip(plan.part.arrows, plan.bends, strict=True)
    ]
