"""Feasible states: how many there are, before any is written out, and which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from foedus.lenses.stability.coding.statements import Statement
from foedus.lenses.stability.conflict import Ints

DEFAULT_LIMIT = 1 << 30
"""Bytes that the utilities of a model, or its moves, may take unless more is allowed."""
FEW = 20
"""Of so many options it is quickly found out which rules contradict each other."""

Rules = Mapping[str, Statement]
"""What is true in every feasible state, by the id of the entry that says so."""


class TooLargeError(ValueError):
    """A model that needs more memory than allowed: how much, and the way out."""

    bad_input = True

    def __init__(self, states: int, needs: int, limit: int, what: str, least: bool = False) -> None:
        self._said = (states, needs, limit, what, least)
        self.states = states
        self.bytes = needs
        more = "more than " if least else ""
        super().__init__(
            f"{more}{states:,} states: {what} need {more}{needs:,} bytes, allowed are {limit:,};"
            " rule out states, or raise the limit with --limit"
        )

    def __reduce__(self) -> tuple[type[TooLargeError], tuple[int, int, int, str, bool]]:
        return (TooLargeError, self._said)


class ContradictionError(ValueError):
    """No state is feasible: `rules` are the ids of the entries that rule all of them out."""

    def __init__(self, rules: Sequence[str], exact: bool) -> None:
        self.rules = tuple(rules)
        said = ", ".join(f"'{name}'" for name in rules[:8]) + (", …" if len(rules) > 8 else "")
        some = "" if exact else " (perhaps some of them do already)"
        verb = "rules" if len(rules) == 1 else "rule"
        super().__init__(f"no state is left: {said} {verb} out every one{some}")


@dataclass(frozen=True)
class Factors:
    """The feasible states as a product: the choices of each group of connected options."""

    parts: tuple[Ints, ...]
    """Of each group of options that rules connect, the feasible choices as bits, ascending."""
    free: tuple[int, ...]
    """The options that no rule mentions."""

    @property
    def states(self) -> int:
        """How many feasible states there are."""
        return prod(part.size for part in self.parts) << len(self.free)

    def codes(self) -> Ints:
        """Every feasible state, ascending."""
        codes = _grown(np.zeros(1, np.int64), self.free)
        for part in self.parts:
            codes = (part[:, None] | codes).ravel()
        if self.parts and (self.free or len(self.parts) > 1):
            codes.sort()
        return codes


def factors(options: int, rules: Rules, limit: int, dms: int) -> Factors:
    """Find the feasible choices of every group of options, and refuse too large a product.

    Nothing is written out that is larger than what the limit allows for the utilities of `dms`
    decision makers. Raises TooLargeError and ContradictionError.
    """
    cap = max(limit // (8 * dms), 1)
    groups = _connected(options, rules)
    parts = []
    for bits, names in groups:
        part = _solutions(bits, {name: rules[name] for name in names}, cap)
        if part is None:
            raise TooLargeError(cap, 8 * cap * dms, limit, _utilities(dms), least=True)
        if not part.size:
            raise _contradiction(bits, {name: rules[name] for name in names}, cap)
        parts.append(part)
    mentioned = {option for bits, _ in groups for option in bits}
    free = tuple(option for option in range(options) if option not in mentioned)
    found = Factors(tuple(parts), free)
    if found.states > cap:
        raise TooLargeError(found.states, 8 * found.states * dms, limit, _utilities(dms))
    return found


def _utilities(dms: int) -> str:
    return f"the utilities of {dms} decision maker{'s' if dms > 1 else ''}"


def _connected(options: int, rules: Rules) -> list[tuple[tuple[int, ...], tuple[str, ...]]]:
    """Options and rules in groups: options that share a rule belong together."""
    groups: list[tuple[int, list[str]]] = []
    for name, rule in rules.items():
        mask, names = rule.mentions, [name]
        apart = []
        for other, theirs in groups:
            if other & mask or other == mask:
                mask, names = mask | other, theirs + names
            else:
                apart.append((other, theirs))
        groups = [*apart, (mask, names)]
    return [
        (tuple(o for o in range(options) if mask >> o & 1), tuple(names)) for mask, names in groups
    ]


def _solutions(bits: tuple[int, ...], rules: Rules, cap: int) -> Ints | None:
    """The choices of these options that all rules allow, ascending; None if over `cap` on the way.

    Options are decided one after the other, and what no rule could still allow is dropped at once.
    """
    codes, known = np.zeros(1, np.int64), 0
    pending = list(rules.values())
    for rule in pending:
        codes = codes[rule.may_hold(codes, known)]
    for option in bits:
        codes = _grown(codes, (option,))
        known |= 1 << option
        for rule in pending:
            if rule.mentions >> option & 1:
                codes = codes[rule.may_hold(codes, known)]
        if codes.size > cap:
            return None
    return codes


def _grown(codes: Ints, bits: Sequence[int]) -> Ints:
    """The codes without and with every one of these higher bits."""
    for bit in bits:
        codes = np.concatenate([codes, codes | np.int64(1 << bit)])
    return codes


def _contradiction(bits: tuple[int, ...], rules: Rules, cap: int) -> ContradictionError:
    """Leave out rule after rule as long as the rest contradict each other."""
    if len(bits) > FEW or len(rules) > 100:
        return ContradictionError(tuple(rules), exact=False)
    kept = dict(rules)
    for name in rules:
        fewer = {other: rule for other, rule in kept.items() if other != name}
        left = _solutions(bits, fewer, cap)
        if left is not None and not left.size:
            kept = fewer
    return ContradictionError(tuple(kept), exact=True)
