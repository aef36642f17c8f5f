"""Files of GMCR+ (`.gmcr`), which are JSON: options, infeasible conditions, preferences.

States are numbered from 1 in ascending order of their codes, as that program numbers them.
Preferences are a ranking of those numbers, or conditions of which the first has most weight.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.lenses.stability.conflict import Bools, Conflict, Ints, Option
from foedus.lenses.stability.interchange.found import Found, bytes_of, json_of, shown
from foedus.lenses.stability.interchange.parts import direction_of, dm_names, option_ids, owners_of
from foedus.lenses.stability.interchange.states import States
from foedus.lenses.stability.kernel.order import Levels

MOST_OPTIONS = 24
"""The most options whose states are enumerated."""
MOST_CELLS = 1 << 27
"""The most preferences: states times decision makers."""
MOST_RANKED = 1_000_000
"""The most states that a ranking in the file may have to name."""
MOST_TESTS = 2_000_000_000
"""The most tests of a state against a condition."""

Condition = tuple[tuple[int, int], ...]
"""Met by the codes of which, for any of these pairs, `code & pair[0] == pair[1]`."""


@dataclass(frozen=True, eq=False)
class GmcrFile:
    """What a `.gmcr` file says; the conflict is what all see who see everything."""

    conflict: Conflict
    blind: Bools
    """`(N, S)`: states that a decision maker does not perceive."""
    coalitions: tuple[tuple[int, ...], ...]
    """The decision makers that were last analyzed as one, by index."""


def read(path: str | os.PathLike[str]) -> Conflict:
    """The conflict in a `.gmcr` file.

    Raises FileError, also if decision makers misperceive states; `load` reads such a file.
    """
    top = json_of(bytes_of(path), str(path))
    return conflict_of(top.value, top.file)


def load(path: str | os.PathLike[str]) -> GmcrFile:
    """All that a `.gmcr` file says, misperceptions and coalitions too. Raises FileError."""
    top = json_of(bytes_of(path), str(path))
    return loaded(top.value, top.file)


def conflict_of(data: Any, file: str = "<json>") -> Conflict:
    """The conflict in parsed JSON. Raises FileError as `read` does."""
    found = loaded(data, file)
    for dm, blind in enumerate(found.blind):
        if blind.any():
            name = shown(found.conflict.dms[dm])
            raise Found(file, f"decisionMakers[{dm}].misperceptions", None).fault(
                f"{name} does not perceive {int(blind.sum()):,} states, which a plain conflict "
                "cannot say; take them out, or write a model file with `blind`"
            )
    return found.conflict


def loaded(data: Any, file: str = "<json>") -> GmcrFile:
    """All that parsed JSON says. Raises FileError."""
    top = Found(file, "", data)
    entries, dms = top["options"].entries(), top["decisionMakers"].entries()
    dm_ids = dm_names(top["decisionMakers"])
    if len(entries) > MOST_OPTIONS:
        raise top["options"].fault(
            f"{len(entries):,} options make 2^{len(entries)} states; "
            f"at most 2^{MOST_OPTIONS} are enumerated"
        )
    owner = owners_of([dm["options"] for dm in dms], len(entries))
    # that program sorts options by decision maker before it numbers states
    order = [int(o.value) for dm in dms for o in dm["options"].entries()]
    bit = {option: place for place, option in enumerate(order)}
    budget = _Budget(MOST_TESTS)
    codes = _feasible(top["infeasibles"], bit, budget)
    if codes.size * len(dms) > MOST_CELLS:
        raise top["decisionMakers"].fault(f"too many for the {codes.size:,} feasible states")
    names = [entry["name"].name() for entry in entries]
    ids = option_ids([names[o] for o in order])
    conflict = Conflict(
        dms=dm_ids,
        utility=np.array(_preferences(top, dms, codes, bit, budget)),
        options=tuple(
            Option(ids[p], owner[o], direction_of(entries[o]["permittedDirection"]), names[o])
            for p, o in enumerate(order)
        ),
        codes=codes,
        ids=range(1, codes.size + 1),
    )
    return GmcrFile(conflict, _blind(dms, codes, bit, budget), _coalitions(top, len(dms)))


@dataclass
class _Budget:
    """How many more tests of a state against a condition may be made."""

    left: int

    def spend(self, spot: Found, tests: int) -> None:
        self.left -= tests
        if self.left < 0:
            raise spot.fault(f"too much to enumerate: over {MOST_TESTS:,} tests of states")


def _condition(spot: Found, bit: dict[int, int]) -> Condition:
    """A list of options with `Y` or `N`, or several such lists of which any may hold."""
    if not isinstance(spot.value, dict):
        return (_pattern(spot, bit),)
    return tuple(_pattern(member, bit) for member in spot["members"].entries())


def _pattern(spot: Found, bit: dict[int, int]) -> tuple[int, int]:
    care = taken = 0
    for entry in spot.entries():
        two = entry.entries()
        if len(two) != 2 or two[1].value not in ("Y", "N"):
            raise entry.fault('should be the number of an option and "Y" or "N"')
        one = 1 << bit[two[0].whole(0, len(bit) - 1)]
        if care & one:
            raise entry.fault(f"option {two[0].value} is in this condition already")
        care |= one
        taken |= one if two[1].value == "Y" else 0
    return care, taken


def _holds(condition: Condition, codes: Ints) -> Bools:
    out = np.zeros(codes.size, bool)
    for care, taken in condition:
        out |= codes & care == taken
    return out


def _feasible(infeasibles: Found, bit: dict[int, int], budget: _Budget) -> Ints:
    codes = np.arange(1 << len(bit), dtype=np.int64)
    for spot in infeasibles.entries():
        condition = _condition(spot, bit)
        budget.spend(spot, codes.size * len(condition))
        codes = codes[~_holds(condition, codes)]
        if not codes.size:
            raise spot.fault("leaves no state feasible")
    return codes


def _preferences(
    top: Found, dms: Sequence[Found], codes: Ints, bit: dict[int, int], budget: _Budget
) -> list[Levels]:
    keys = ("useManualPreferenceRanking", "useManualPreferenceVectors")  # the second up to 0.3.3
    key = next((key for key in keys if top.has(key)), None)
    if key is None or not top[key].truth():
        return [_prioritised(dm["preferences"], codes, bit, budget) for dm in dms]
    if codes.size > MOST_RANKED:
        raise top[key].fault(f"{codes.size:,} states; a ranking names at most {MOST_RANKED:,}")
    ids = range(1, codes.size + 1)
    states = States(ids, {str(name): place for place, name in enumerate(ids)})
    new, old = "preferenceRanking", "preferenceVector"
    return [
        np.array(states.ranking(dm[new if dm.has(new) or not dm.has(old) else old]), np.int32)
        for dm in dms
    ]


def _prioritised(spot: Found, codes: Ints, bit: dict[int, int], budget: _Budget) -> Levels:
    """Levels in which a condition outweighs all that come after it."""
    level = np.zeros(codes.size, np.int64)
    for entry in spot.entries():
        condition = _condition(entry, bit)
        budget.spend(entry, codes.size * (len(condition) + 1))
        level = level * 2 + _holds(condition, codes)
        if int(level.max()) >= 1 << 60:
            level = np.unique(level, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return np.unique(level, return_inverse=True)[1].reshape(-1).astype(np.int32)


def _blind(dms: Sequence[Found], codes: Ints, bit: dict[int, int], budget: _Budget) -> Bools:
    out = np.zeros((len(dms), codes.size), bool)
    for i, dm in enumerate(dms):
        for spot in dm["misperceptions"].entries() if dm.has("misperceptions") else ():
            condition = _condition(spot, bit)
            budget.spend(spot, codes.size * len(condition))
            out[i] |= _holds(condition, codes)
    return out


def _coalitions(top: Found, n: int) -> tuple[tuple[int, ...], ...]:
    out = []
    for spot in top["coalitions"].entries() if top.has("coalitions") else ():
        members = spot.entries() if isinstance(spot.value, list) else [spot]
        out.append(tuple(member.whole(0, n - 1) for member in members))
    return tuple(out)
