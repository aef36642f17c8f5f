"""Who is stable where, as a table: a row for each state, decision maker and concept."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator

from foedus.case import write_atomically
from foedus.lenses.stability.concepts.solving import Solution
from foedus.lenses.stability.conflict import Conflict, ConflictError
from foedus.lenses.stability.interchange.parts import levels

MOST_ROWS = 5_000_000
"""A table longer than this is refused."""
COLUMNS = (
    "state",
    "pattern",
    "decision_maker",
    "rank",
    "concept",
    "stable",
    "no_move",
    "equilibrium",
)

Row = tuple[str | int, ...]


def write(path: str | os.PathLike[str], conflict: Conflict, solution: Solution) -> None:
    """Write the table as CSV. Raises ConflictError if it is too long, and OSError."""
    write_atomically(path, text(conflict, solution))


def text(conflict: Conflict, solution: Solution) -> str:
    """The table as CSV. Raises ConflictError if it is too long.

    `rank` is the place of the state in the decision maker's ranking, 1 for the best, ties sharing
    one; `no_move` says that it is stable because the decision maker cannot move at all.
    """
    rows = conflict.states * len(conflict.dms) * len(solution.stable)
    if rows > MOST_ROWS:
        raise ConflictError(f"the table would have {rows:,} rows; at most {MOST_ROWS:,} are made")
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(_rows(conflict, solution))
    return out.getvalue()


def _rows(conflict: Conflict, solution: Solution) -> Iterator[Row]:
    ranks = [level.max() + 1 - level for level in map(levels, conflict.utility)]
    names = [_plain(dm) for dm in conflict.dms]
    for s, name in enumerate(conflict.ids):
        state = _plain(name) if isinstance(name, str) else int(name)
        pattern = conflict.pattern(s)
        for i, dm in enumerate(names):
            for concept, stable in solution.stable.items():
                yield (
                    state,
                    pattern,
                    dm,
                    int(ranks[i][s]),
                    concept,
                    _word(stable[i, s]),
                    _word(solution.stuck[i, s]),
                    _word(solution.equilibria[concept][s]),
                )


def _word(truth: object) -> str:
    return "true" if truth else "false"


def _plain(name: str) -> str:
    """A name that no spreadsheet takes for a formula."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@", "\t", "\r")) else name
