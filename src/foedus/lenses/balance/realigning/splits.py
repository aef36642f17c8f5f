"""The ways to keep some actors together or to split them that have to be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foedus.lenses.balance.network import Floats
from foedus.lenses.balance.realigning.forcing import Forced


@dataclass(frozen=True, eq=False)
class Splits:
    """The ways to keep some actors together or to split them that have to be compared.

    `forced` says of each what pairs stand together or apart: first that all members stand
    together, then for each member that it alone leaves the others, who stay together, then pairs
    apart, so that every split is among them.
    """

    members: tuple[int, ...]
    forced: tuple[Forced, ...]

    @staticmethod
    def of(members: Sequence[int], camps: int) -> Splits:
        """Of at least two members, in ascending order."""
        one = tuple(sorted(members))
        forced: list[Forced] = [_joined(one)]
        for member in one:
            rest = tuple(i for i in one if i != member)
            hub = rest[0]
            forced.append(_joined(rest) | {(min(hub, member), max(hub, member)): -1})
        if len(one) > 3 or (len(one) == 3 and camps > 2):
            forced += [{(one[0], other): -1} for other in one[1:]]
        return Splits(one, tuple(forced))

    def told(self, costs: Floats) -> tuple[Floats, Floats, Floats]:
        """From costs `(P, Q)`: all together `(P,)`, split anyhow `(P,)`, one leaving `(P, c)`."""
        leaves = costs[:, 1 : 1 + len(self.members)]
        return costs[:, 0], costs[:, 1:].min(axis=1), leaves


def _joined(members: Sequence[int]) -> dict[tuple[int, int], int]:
    return {(members[0], other): 1 for other in members[1:]}
