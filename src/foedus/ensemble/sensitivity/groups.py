"""Named groups of columns: which columns each has, and indices of each group together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from foedus.ensemble.sensitivity.answers import GroupIndices, Index
from foedus.ensemble.sensitivity.fitted import Fitted
from foedus.ensemble.sensitivity.jackknife import index, reach, standard_error
from foedus.ensemble.sensitivity.noise import level
from foedus.ensemble.sensitivity.sample import Floats, Ints

Groups = Mapping[str, Mapping[str, Sequence[int]]]


def members(groups: Groups, columns: int) -> dict[tuple[str, str], Ints]:
    """The columns of every group of every grouping, each once, in order.

    Raises ValueError for a column that the table does not have.
    """
    out = {}
    for grouping, named in groups.items():
        for name, given in named.items():
            mine = np.unique(np.asarray(list(given), dtype=np.int64))
            if mine.size and not 0 <= mine[0] <= mine[-1] < columns:
                raise ValueError(f"group {grouping}/{name}: columns go from 0 to {columns - 1}")
            out[grouping, name] = mine
    return out


def certain(size: int, columns: int) -> GroupIndices | None:
    """The indices of a group of no columns, or of all; None for any other.

    All columns together leave nothing open, so their shares are 1 whatever was fitted.
    """
    if size == 0:
        nothing = Index(0.0, 0.0, 0.0, False)
        return GroupIndices(nothing, nothing, 0)
    if size == columns:
        everything = Index(1.0, 1.0, 1.0, True)
        return GroupIndices(everything, everything, size)
    return None


def grouped(
    fitted: Fitted, sets: Mapping[tuple[str, str], Ints], rivals: Floats
) -> dict[str, dict[str, GroupIndices]]:
    """Indices of every group; `rivals` are total indices of dummies, empty where none are told."""
    columns = fitted.sample.u.shape[1]
    out: dict[str, dict[str, GroupIndices]] = {grouping: {} for grouping, _ in sets}
    open_ = [mine for mine in sets.values() if 0 < mine.size < columns]
    found = _indices(fitted, open_, rivals) if fitted.told and open_ else None
    place = 0
    for (grouping, name), mine in sets.items():
        known = certain(mine.size, columns)
        if known is None:
            known = found[place] if found else GroupIndices(None, None, mine.size)
            place += 1
        out[grouping][name] = known
    return out


def _indices(fitted: Fitted, sets: list[Ints], rivals: Floats) -> list[GroupIndices]:
    """Indices of groups of some columns; both intervals reach up by all that is not explained."""
    found = fitted.shares(sets)
    half = reach(fitted.sample.replicates)
    first_half = half * standard_error(found.first_left_out)
    total_half = half * standard_error(found.total_left_out)
    left = 1.0 - fitted.best.explained
    out = []
    for place, mine in enumerate(sets):
        first = max(float(found.first[place]), 0.0)
        total = max(float(found.total[place]), first)
        first_level = level(fitted.null, mine.size, fitted.seed)
        total_level = level(rivals, mine.size, fitted.seed)
        f, t = first_half[place], total_half[place]
        out.append(
            GroupIndices(
                index(first, first - f, first + f + left, first_level),
                index(total, total - t, total + t + left, total_level),
                mine.size,
            )
        )
    return out
