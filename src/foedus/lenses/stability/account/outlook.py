"""What follows from stability: how equilibria are reached, and which coalitions upset them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.lenses.stability.account.account import UNKNOWN, attempted
from foedus.lenses.stability.account.naming import coalition_name

if TYPE_CHECKING:
    from foedus.lenses.stability.account.account import Account
    from foedus.lenses.stability.after.paths import Evolution
    from foedus.lenses.stability.after.sequences import Path
    from foedus.lenses.stability.concepts.coalitions import Jump

MOST_PATHS = 1000
"""Equilibria to which the path is told."""
MOST_ENDS = 1000
"""Equilibria between which jumps are looked for."""

Facts = dict[str, Any]


def reached(account: Account) -> Facts | str | None:
    """How each equilibrium under the account's concept is reached from the status quo."""
    from foedus.lenses.stability.after.paths import status_quo

    conflict = account.conflict
    if conflict.status_quo is None:
        return None
    if account.concept not in account.solution.equilibria:
        return account.solution.left_out[account.concept]
    found = status_quo(conflict, account.solution.equilibria[account.concept])
    told, left = _paths(account, found)
    return {
        "concept": account.concept,
        "start": account.ids.one(found.start),
        "start_is_equilibrium": bool(found.within("start").size),
        "by_improvements": account.ids.of(found.within("improvements")),
        "by_moves": account.ids.of(found.within("moves")),
        "not_reached": account.ids.of(found.within("not")),
        "paths": told,
        "paths_left_out": left,
    }


def _paths(account: Account, found: Evolution) -> tuple[list[Facts], int]:
    """The shortest paths, by improvements first, then the nearest; and how many more there are."""
    near = found.within("improvements")
    far = found.within("moves")
    near = near[np.argsort(found.by_improvements.distance[near], kind="stable")]
    far = far[np.argsort(found.by_moves.distance[far], kind="stable")]
    ends = np.concatenate([near, far])
    told = []
    for state in ends[:MOST_PATHS].tolist():
        way = found.to(state)
        told.append(
            {
                "to": account.ids.one(state),
                "how": way.how,
                "steps": _steps(account, way.path),
                "shortest": _steps(account, way.shortest),
            }
        )
    return told, max(0, ends.size - MOST_PATHS)


def _steps(account: Account, path: Path) -> list[Facts]:
    dms = account.conflict.dms
    return [{"by": dms[dm], "to": account.ids.one(state)} for dm, state in path]


def jumps(account: Account) -> list[Facts] | str:
    """The smallest coalitions that could and would jump from one equilibrium to another."""
    from foedus.lenses.stability.concepts.coalitions import jumps as jumps_of

    if account.main_reading is not None:
        return UNKNOWN
    if account.concept not in account.solution.equilibria:
        return account.solution.left_out[account.concept]
    ends = account.solution.equilibria[account.concept]
    count = int(np.count_nonzero(ends))
    if count > MOST_ENDS:
        return f"{count:,} equilibria; jumps are looked for between at most {MOST_ENDS:,}"
    found = attempted(lambda: jumps_of(account.conflict, ends, limit=account.bits))
    if isinstance(found, str):
        return found
    return [_jump(account, jump) for jump in found if jump.minimal]


def _jump(account: Account, jump: Jump) -> Facts:
    dms = account.conflict.dms
    return {
        "from": account.ids.one(jump.source),
        "to": account.ids.one(jump.target),
        "coalition": coalition_name(dms, jump.coalition),
        "members": [dms[i] for i in jump.coalition],
    }


def structure(account: Account) -> Facts | str | None:
    """Stability when the blocks asked for act as one decision maker each."""
    from foedus.lenses.stability.concepts.coalitions import structure as structure_of

    if not account.blocks:
        return None
    if account.main_reading is not None:
        return UNKNOWN
    found = attempted(lambda: structure_of(account.conflict, account.blocks, limit=account.bits))
    if isinstance(found, str):
        return found
    dms, ids = account.conflict.dms, account.ids
    blocks = list(next(iter(found.stable.values())))
    return {
        "blocks": {coalition_name(dms, block): [dms[i] for i in block] for block in blocks},
        "stable": {
            concept: {coalition_name(dms, b): ids.of(states) for b, states in by.items()}
            for concept, by in found.stable.items()
        },
        "equilibria": {concept: ids.of(states) for concept, states in found.equilibria.items()},
    }
