"""What the formats share: ids for options, codes, ranks, and moves that say nothing new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.lenses.stability.conflict import Conflict, Direction, Ints
from foedus.lenses.stability.interchange.found import Found, shown
from foedus.lenses.stability.kernel.arcs import most_moves, option_moves

MOST_PAIRS = 4_000_000
"""Moves are only written out for a comparison or a file if there are fewer pairs of states."""
MOST_DMS = 1_000
"""The most decision makers that are read."""
DIRECTIONS: dict[str, Direction] = {"both": "both", "fwd": "forward", "back": "backward"}
"""How the files write in which direction an option moves."""

# words of the language of statements, in which no option can be mentioned by its bare id
_WORDS = {"and", "at", "exactly", "false", "if", "iff", "least", "most", "not", "of", "or"}
_WORDS |= {"then", "true"}


def option_ids(names: Sequence[str]) -> list[str]:
    """An id for each option, from its name: `Air Strike` is `air-strike`, a second one -2."""
    out: list[str] = []
    for place, name in enumerate(names, 1):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        word = re.sub("[^a-z0-9]+", "-", plain)[:60].strip("-")
        if not word:
            word = f"o{place}"
        elif not word[0].isalpha() or word in _WORDS:
            word = f"o-{word}"
        again, free = 1, word
        while free in out:
            again += 1
            free = f"{word}-{again}"
        out.append(free)
    return out


def dm_names(dms: Found) -> tuple[str, ...]:
    """The names of the decision makers.

    Raises FileError if there is none, if there are too many, or if two have one name.
    """
    entries, names = dms.entries(), dict[str, None]()
    if not 1 <= len(entries) <= MOST_DMS:
        raise dms.fault(f"has {len(entries):,} decision makers, not 1 to {MOST_DMS:,}")
    for entry in entries:
        name = entry["name"].name()
        if name in names:
            raise entry["name"].fault(f"{shown(name)} is the name of another decision maker too")
        names[name] = None
    return tuple(names)


def owners_of(lists: Sequence[Found], options: int) -> list[int]:
    """Whose each option is, from the options of each decision maker.

    Raises FileError for an option that is nobody's, or two decision makers'.
    """
    owner: dict[int, int] = {}
    for dm, mine in enumerate(lists):
        for entry in mine.entries():
            option = entry.whole(0, options - 1)
            if option in owner:
                raise entry.fault(f"option {option} is listed already; it has one decision maker")
            owner[option] = dm
    for option in range(options):
        if option not in owner:
            raise lists[0].fault(f"option {option} is listed for no decision maker")
    return [owner[option] for option in range(options)]


def direction_of(found: Found) -> Direction:
    """The direction of an option: `both`, `fwd` or `back`."""
    word = found.text()
    if word not in DIRECTIONS:
        raise found.should_be("both, fwd or back")
    return DIRECTIONS[word]


def levels(row: NDArray[Any]) -> Ints:
    """Utilities as whole numbers from 0 in the same order, ties kept."""
    return np.unique(row, return_inverse=True)[1].reshape(-1).astype(np.int64)


def with_moves_only_if_told(conflict: Conflict) -> Conflict:
    """The conflict without its table of moves if that is what the options allow anyway.

    Then the faster way of solving is open. Above `MOST_PAIRS` the table is kept unseen.
    """
    given = conflict.moves
    if given is None or conflict.codes is None:
        return conflict
    if most_moves(conflict.codes, conflict.owners, len(conflict.dms)) > MOST_PAIRS:
        return conflict
    first, to = option_moves(
        conflict.codes, conflict.owners, conflict.directions, len(conflict.dms)
    )
    same = np.array_equal(first, given.first) and np.array_equal(to, given.to)
    return replace(conflict, moves=None) if same else conflict
