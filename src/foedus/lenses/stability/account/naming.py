"""States, decision makers and coalitions by the names people type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.case.nearest import did_you_mean, quoted
from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError, Ints

if TYPE_CHECKING:
    from foedus.lenses.stability.account.opening import Opened

Id = int | str


class Ids:
    """The ids of states, as in the file they came from."""

    def __init__(self, conflict: Conflict) -> None:
        self.all = np.empty(conflict.states, object)
        self.all[:] = list(conflict.ids)

    def of(self, states: Bools | Ints | Iterable[int]) -> list[Id]:
        """Of states by truth values or indices."""
        chosen: Any = states if isinstance(states, np.ndarray) else list(states)
        found: list[Id] = self.all[chosen].tolist() if len(chosen) else []
        return found

    def one(self, state: int) -> Id:
        """Of one state."""
        found: Id = self.all[state]
        return found


def state_named(opened: Opened, text: str) -> int:
    """The index of a state by its id, by its choices as `YN`, or by its own words.

    Raises ConflictError.
    """
    conflict, word = opened.conflict, text.strip()
    try:
        return conflict.index(word)
    except ConflictError:
        pass
    for state, label in opened.labels.items():
        if label.casefold() == word.casefold():
            return state
    found = _of_choices(conflict, "".join(word.upper().split()))
    if found is not None:
        return found
    first, last = conflict.ids[0], conflict.ids[-1]
    if isinstance(first, int) and isinstance(last, int):
        hint = f"; there are {conflict.states:,}, from {first} to {last}"
    else:
        hint = did_you_mean(word, map(str, conflict.ids))
    raise ConflictError(f"there is no state {quoted(word)}{hint}")


def _of_choices(conflict: Conflict, letters: str) -> int | None:
    """The state with these choices; None if the letters are no choices of all options."""
    codes = conflict.codes
    if codes is None or len(letters) != len(conflict.options) or set(letters) - {"Y", "N"}:
        return None
    code = sum(1 << o for o, letter in enumerate(letters) if letter == "Y")
    found = np.flatnonzero(codes == code)
    if not found.size:
        raise ConflictError(f"the state {letters} is not feasible")
    return int(found[0])


def dm_named(opened: Opened, text: str) -> int:
    """The index of a decision maker by id or name. Raises ConflictError."""
    word = text.strip()
    known = (*opened.conflict.dms, *opened.names)
    n = len(opened.names)
    if word in known:
        return known.index(word) % n
    folded = [name.casefold() for name in known]
    if word.casefold() in folded:
        return folded.index(word.casefold()) % n
    hint = did_you_mean(word, opened.conflict.dms)
    raise ConflictError(f"there is no decision maker {quoted(word)}{hint}")


def blocks_named(opened: Opened, coalitions: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """The coalitions written as `A,B`. Raises ConflictError, also where two share a member."""
    blocks = []
    taken: set[int] = set()
    for text in coalitions:
        members = {dm_named(opened, word) for word in _members(opened, text)}
        both = members & taken
        if both:
            name = opened.conflict.dms[min(both)]
            raise ConflictError(f"{name} is in two coalitions; each decision maker acts in one")
        taken |= members
        blocks.append(tuple(sorted(members)))
    return tuple(blocks)


def _members(opened: Opened, text: str) -> list[str]:
    """A name may hold a comma itself, so a whole name goes before its parts."""
    if text.strip() in (*opened.conflict.dms, *opened.names):
        return [text]
    words = [word.strip() for word in text.split(",")]
    if not all(words):
        raise ConflictError(f"the coalition {quoted(text)} should be names with commas between")
    return words


def coalition_name(names: tuple[str, ...], members: Iterable[int]) -> str:
    """What a coalition is called: its members' names, joined."""
    return " + ".join(names[i] for i in members)
