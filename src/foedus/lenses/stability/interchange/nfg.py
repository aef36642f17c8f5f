"""The normal form for Gambit (`.nfg`, payoff version): a strategy is a choice of own options.

Payoffs are ordinal: 0 for the worst state, one more for each better one. Format: The Gambit
Project, "Game representation formats".
"""

from __future__ import annotations

import os
import re
from itertools import product

import numpy as np

from foedus.case import write_atomically
from foedus.lenses.stability.conflict import Conflict, ConflictError
from foedus.lenses.stability.interchange.parts import levels

MOST_PAYOFFS = 1_000_000
"""A table with more numbers than this is refused."""


def write(path: str | os.PathLike[str], conflict: Conflict) -> None:
    """Write the normal form. Raises ConflictError as `text` does, and OSError."""
    write_atomically(path, text(conflict))


def text(conflict: Conflict) -> str:
    """The normal form as text.

    A normal form needs a payoff for every combination of strategies, so every combination of the
    choices that occur in feasible states has to be feasible itself. Raises ConflictError if one is
    not, for a bare graph, for a single decision maker, and if the table would be too large. A
    normal form knows no moves: if some are barred, the comment in the file says so.
    """
    choices = _choices(conflict)
    rows = [f"NFG 1 R {_quoted(conflict.title)} {{ {' '.join(map(_quoted, conflict.dms))} }}", ""]
    rows.append("{ " + "\n".join(_strategies(conflict, i, own) for i, own in enumerate(choices)))
    rows += ["}", _quoted(_comment(conflict)), ""]
    assert conflict.codes is not None
    state = {int(code): s for s, code in enumerate(conflict.codes)}
    payoff = np.array([levels(row) for row in conflict.utility])
    # the first player's strategy changes fastest, and `product` changes the last
    for profile in product(*choices[::-1]):
        rows.append(" ".join(str(int(n)) for n in payoff[:, state[sum(profile)]]))
    return "\n".join(rows) + "\n"


def _choices(conflict: Conflict) -> list[list[int]]:
    """For each decision maker the codes of its own options in feasible states, ascending."""
    if conflict.codes is None:
        raise ConflictError("a bare graph has no options, so it has no normal form")
    n = len(conflict.dms)
    if n < 2:
        raise ConflictError("a normal form needs two or more decision makers")
    if conflict.states * n > MOST_PAYOFFS:
        raise ConflictError(
            f"{conflict.states * n:,} payoffs; a normal form is written up to {MOST_PAYOFFS:,}"
        )
    if np.unique(conflict.codes).size < conflict.states:
        raise ConflictError("two states have the same choices, so there is no normal form")
    choices = [np.unique(conflict.codes & own).tolist() for own in _masks(conflict)]
    feasible = set(conflict.codes.tolist())
    # as many combinations as states means all of them; if not, one of the next few is missing
    for profile in product(*choices):
        if sum(profile) not in feasible:
            raise ConflictError(
                f"no normal form: it needs a payoff for {_told(conflict, sum(profile))}, which is "
                "infeasible though each decision maker's part of it is a choice it has"
            )
    return choices


def _masks(conflict: Conflict) -> list[np.int64]:
    return [
        np.int64(sum(1 << o for o, option in enumerate(conflict.options) if option.owner == i))
        for i in range(len(conflict.dms))
    ]


def _told(conflict: Conflict, code: int) -> str:
    return "".join("Y" if code >> o & 1 else "N" for o in range(len(conflict.options)))


def _strategies(conflict: Conflict, dm: int, own: list[int]) -> str:
    mine = [o for o, option in enumerate(conflict.options) if option.owner == dm]
    labels = ["".join("Y" if code >> o & 1 else "N" for o in mine) or "-" for code in own]
    return f"{{ {' '.join(map(_quoted, labels))} }}"


def _comment(conflict: Conflict) -> str:
    parts = ["Ordinal payoffs. A strategy says Y or N to these options:"]
    for i, dm in enumerate(conflict.dms):
        mine = [option.name or option.id for option in conflict.options if option.owner == i]
        parts.append(f"{dm}: {', '.join(mine) or 'none'}.")
    one_way = [o.name or o.id for o in conflict.options if o.direction != "both"]
    if one_way:
        parts.append(f"Left out, as a normal form lets all choose freely: {', '.join(one_way)}")
        parts.append("moves one way only.")
    if conflict.moves is not None:
        parts.append("Left out: the moves that this conflict bars although the options allow them.")
    return " ".join(parts)


def _quoted(words: str) -> str:
    """A label; what would end it or upset the reader is replaced."""
    plain = re.sub(r"\s+", " ", words.replace('"', "'").replace("\\", "/"))
    return '"' + "".join(letter for letter in plain if letter.isprintable()) + '"'
