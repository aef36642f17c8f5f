"""One state looked at closely: why it is stable or not, and which rankings would make it so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from foedus.lenses.stability.account.account import attempted
from foedus.lenses.stability.concepts.solving import CONCEPTS

if TYPE_CHECKING:
    from foedus.lenses.stability.account.account import Account
    from foedus.lenses.stability.after.witness import Verdict

Facts = dict[str, Any]
MOST_DIGITS = 4000
"""Digits of a count that is written out."""
SWAPPABLE = ("nash", "gmr", "smr", "seq")


def words(account: Account) -> Callable[[int], str]:
    """What to call a state in a sentence."""
    labels = account.opened.labels
    bare = account.conflict.codes is None

    def says(state: int) -> str:
        name = account.ids.one(state)
        if bare:
            return labels.get(state) or str(name)
        return f"state {name} ({labels[state]})" if state in labels else f"state {name}"

    return says


def _asked(account: Account) -> list[int]:
    every = range(len(account.conflict.dms))
    return [i for i in every if account.dm is None or i == account.dm]


def witnesses(account: Account) -> Facts | str | None:
    """Why the state asked about is stable for each decision maker, or not, by concept."""
    from foedus.lenses.stability.after.steps import Steps
    from foedus.lenses.stability.after.witness import witness

    state, conflict = account.state, account.conflict
    if state is None:
        return None
    if account.main_reading is not None:
        return _by_reading(account, state)
    steps = Steps(conflict)
    dms: Facts = {}
    for i in _asked(account):
        rows: Facts = {}
        for concept in CONCEPTS:
            found = attempted(lambda i=i, c=concept: witness(conflict, i, state, c, steps))  # type: ignore[misc]
            rows[concept] = None if isinstance(found, str) else _verdict(account, found)
        dms[conflict.dms[i]] = rows
    return {"state": account.ids.one(state), "dms": dms, "swap": _swap(account, state)}


def _by_reading(account: Account, state: int) -> Facts | str:
    """By which readings it is stable; where preferences are unknown a chain proves nothing."""
    from foedus.lenses.stability.concepts.relations import READINGS, uncertain

    conflict = account.conflict
    tables: Facts = {}
    for reading in READINGS:
        found = attempted(lambda r=reading: uncertain(conflict, r, limit=account.bits))  # type: ignore[misc]
        if isinstance(found, str):
            return found
        tables[reading] = found
    dms: Facts = {}
    for i in _asked(account):
        rows: Facts = dict.fromkeys(CONCEPTS)
        stuck = bool(account.solution.stuck[i, state])
        for concept in SWAPPABLE:
            good = [reading for reading in READINGS if tables[reading][concept][i, state]]
            rows[concept] = {
                "stable": account.main_reading in good,
                "why": "no move" if stuck else "unknown preferences",
                "says": _said(account.opened.names[i], words(account)(state), good, stuck),
                "improvement": None,
                "answers": [],
            }
        dms[conflict.dms[i]] = rows
    return {"state": account.ids.one(state), "dms": dms, "swap": None}


def _said(name: str, state: str, good: list[str], stuck: bool) -> str:
    if stuck:
        return f"{name} stays in {state}: it has no move."
    if len(good) in (0, 4):
        does = "stays in" if good else "leaves"
        return f"{name} {does} {state} by every reading of what is unknown."
    plural = "readings" if len(good) > 1 else "reading"
    return f"{name} stays in {state} only by {plural} {', '.join(good)} of what is unknown."


def _verdict(account: Account, verdict: Verdict) -> Facts:
    from foedus.lenses.stability.after.witness import narrate

    one, dms = account.ids.one, account.conflict.dms
    return {
        "stable": verdict.stable,
        "why": verdict.why,
        "says": narrate(account.conflict, verdict, words(account), account.opened.names),
        "improvement": None if verdict.improvement is None else one(verdict.improvement),
        "answers": [
            {
                "improvement": one(answer.improvement),
                "chain": [{"by": dms[dm], "to": one(s)} for dm, s in answer.chain],
                "end": one(answer.end),
            }
            for answer in verdict.answers
        ],
    }


def _swap(account: Account, state: int) -> Facts | None:
    """The smallest swap of one ranking that breaks the equilibrium; None if it is none."""
    from foedus.lenses.stability.after.swap import smallest_swap

    concept = account.concept
    if concept not in SWAPPABLE or not account.solution.equilibria[concept][state]:
        return None
    swap = attempted(lambda: smallest_swap(account.conflict, state, concept))
    told: Facts = {
        "concept": concept,
        "breakable": None,
        "by": None,
        "better": None,
        "worse": None,
        "places": None,
        "unstable": None,
        "left_out": swap if isinstance(swap, str) else None,
    }
    if isinstance(swap, str):
        return told
    told["breakable"] = swap is not None
    if swap is not None:
        dms, one = account.conflict.dms, account.ids.one
        told |= {
            "by": dms[swap.dm],
            "better": one(swap.better),
            "worse": one(swap.worse),
            "places": swap.size,
            "unstable": [dms[i] for i in swap.unstable],
        }
    return told


def inverse(account: Account) -> Facts | str | None:
    """Which rankings, and how many, would make the state asked about stable, by decision maker."""
    state, conflict = account.inverse, account.conflict
    if state is None:
        return None
    if account.main_reading is not None:
        return "some preferences are unknown; inverse analysis needs those of the others"
    dms = {
        conflict.dms[i]: {concept: _rankings(account, i, state, concept) for concept in CONCEPTS}
        for i in _asked(account)
    }
    return {"state": account.ids.one(state), "dms": dms}


def _rankings(account: Account, dm: int, state: int, concept: str) -> Facts:
    from foedus.lenses.stability.after.inverse import condition
    from foedus.lenses.stability.after.inverse import inverse as counted

    count = attempted(lambda: counted(account.conflict, dm, state, concept))
    said = attempted(lambda: condition(account.conflict, dm, state, concept, words(account)))
    told: Facts = {
        "stable": None,
        "of": None,
        "share": None,
        "condition": None if said == count else said,
        "left_out": None,
    }
    if isinstance(count, str):
        return told | {"left_out": count}
    if count.of < 10**MOST_DIGITS:
        told |= {"stable": count.stable, "of": count.of}
    return told | {"share": count.share}
