"""The part of a graph model that preferences do not touch: who can move where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from foedus.case.nearest import did_you_mean, quoted
from foedus.case.tree import Place
from foedus.lenses.stability.coding.feasible import DEFAULT_LIMIT, Rules
from foedus.lenses.stability.coding.statements import Statement, StatementError, parse
from foedus.lenses.stability.conflict import Bools, Ints, Moves, Option
from foedus.lenses.stability.model import StabilityError


@dataclass(frozen=True, eq=False)
class Form:
    """Decision makers, states and moves, built once, whatever the preferences."""

    dms: tuple[str, ...]
    """Their ids."""
    names: tuple[str, ...]
    """What people call them."""
    atoms: tuple[str, ...]
    """What statements speak about: the ids of the options, or of a bare graph's states."""
    options: tuple[Option, ...] = ()
    codes: Ints | None = None
    """The states as bits, ascending; of merged ones, the first. None for a bare graph."""
    moves: Moves | None = None
    """None if the moves are all that the options allow."""
    ids: Sequence[int | str] = ()
    status_quo: int | None = None
    """Index of the state."""
    holds: Bools | None = None
    """The states in which the pact holds, if the section says when."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """What people call a state, for those that have words of their own."""
    named: Mapping[str, int] = field(default_factory=dict)
    """The coalesced states by the id of their entry."""
    merged: Mapping[int, Ints] = field(default_factory=dict)
    """The codes of all that count as one, for each coalesced state."""
    rules: Rules = field(default_factory=dict)
    """What is true in every feasible state, by entry."""
    limit: int = DEFAULT_LIMIT
    """Bytes that one table over the states may take."""

    @property
    def states(self) -> int:
        """How many states there are."""
        return len(self.ids)

    def pattern(self, code: int) -> str:
        """The choices in a code as Y and N."""
        return "".join("Y" if code >> o & 1 else "N" for o in range(len(self.options)))

    def statement(self, text: str, place: Place) -> Statement:
        """Read a statement about the options, or about the states of a bare graph.

        Raises StabilityError at the place where it stands.
        """
        return understood(text, self.atoms, "state" if self.codes is None else "option", place)

    def truth(self, statement: Statement, place: Place, part: slice | Ints | None = None) -> Bools:
        """In which states, or which part of them, is it true?

        Raises StabilityError if it tells states apart that count as one.
        """
        these = slice(None) if part is None else part
        if self.codes is None:
            return statement.among(self.states)[these]
        for index, codes in self.merged.items():
            there = statement.holds(codes)
            if there.any() != there.all():
                yes, no = self.pattern(codes[there][0]), self.pattern(codes[~there][0])
                raise StabilityError(
                    place,
                    f"is true in {yes} and false in {no}, which count as one state"
                    f" ({self.labels[index]})",
                )
        return statement.holds(self.codes[these])

    def find(self, name: int | str, place: Place = ()) -> int:
        """The index of a state: by its id, by a pattern only it fits, or as a coalesced state.

        Raises StabilityError that says which states there are.
        """
        text = str(name)
        if text in self.named:
            return self.named[text]
        if self.codes is None:
            if text in self.ids:
                return list(self.ids).index(text)
            known = did_you_mean(text, map(str, self.ids))
            raise StabilityError(place, f"there is no state {quoted(text)}{known}")
        if set(text) <= set("YN-"):
            return self._fitting(text, place)
        if text.isascii() and text.isdigit() and 1 <= int(text[:18]) <= self.states:
            return int(text) - 1
        known = did_you_mean(text, self.named, "coalesced are") if self.named else ""
        numbered = f"they are numbered 1 to {self.states}"
        raise StabilityError(place, f"there is no state {quoted(text)}; {numbered}{known}")

    def of_code(self, code: int, place: Place) -> int:
        """The index of the state with these choices, itself or among those that count as one.

        Raises StabilityError that says which entries rule it out.
        """
        assert self.codes is not None
        at = int(np.searchsorted(self.codes, code))
        if at < self.states and self.codes[at] == code:
            return at
        for index, codes in self.merged.items():
            if code in codes:
                return index
        state = np.array([code], np.int64)
        by = ", ".join(f"feasible.{n}" for n, r in self.rules.items() if not r.holds(state)[0])
        raise StabilityError(place, f"{self.pattern(code)} is not feasible because of {by}")

    def _fitting(self, text: str, place: Place) -> int:
        assert self.codes is not None
        if "-" not in text and len(text) == len(self.options):
            return self.of_code(
                sum(1 << o for o, letter in enumerate(text) if letter == "Y"), place
            )
        node = self.statement(text, place)
        fits = set(np.flatnonzero(node.holds(self.codes)).tolist())
        fits |= {index for index, codes in self.merged.items() if node.holds(codes).any()}
        if len(fits) == 1:
            return int(fits.pop())
        said = f"fits {len(fits):,} states; give one" if fits else "fits no feasible state"
        raise StabilityError(place, f"the pattern {quoted(text)} {said}")


def understood(text: str, atoms: Sequence[str], what: str, place: Place) -> Statement:
    """Read a statement that stands at a place of the section. Raises StabilityError."""
    try:
        return parse(text, atoms, what)
    except StatementError as error:
        raise StabilityError(place, str(error)) from None
