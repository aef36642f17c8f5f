"""What can be said of one graph model, as plain data: who is stable where, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from foedus.lenses.lens import Picture
from foedus.lenses.stability.account.naming import Ids, coalition_name
from foedus.lenses.stability.account.opening import Opened
from foedus.lenses.stability.concepts.coalitions import COALITION_CONCEPTS
from foedus.lenses.stability.concepts.solving import CONCEPTS, CRISP, Solution, solve
from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError

if TYPE_CHECKING:
    from foedus.lenses.stability.concepts.relations import Reading

ALL_CONCEPTS = (*CONCEPTS, *COALITION_CONCEPTS)

MOST_TOLD = 1 << 22
"""States up to which everything is written out: some gigabytes of memory."""

PARTS = (
    "reached",
    "jumps",
    "structure",
    "readings",
    "strong",
    "weak",
    "limited",
    "non_myopic",
    "misperception",
    "attitudes",
    "witnesses",
    "inverse",
)
"""What is told besides who is stable where, in its order."""

Facts = dict[str, Any]
Part = Facts | list[Any] | str | None


@dataclass(frozen=True, eq=False)
class Account:
    """Everything asked about one model. Each part is worked out when it is first looked at.

    States and decision makers are indices here; `to_dict` has ids and names.
    """

    opened: Opened
    concept: str
    """Whose equilibria reachability, jumps, swap and picture are about."""
    reading: str | None
    """Of unknown preferences, if one was asked for."""
    horizon: int | None
    state: int | None
    inverse: int | None
    dm: int | None
    blocks: tuple[tuple[int, ...], ...]
    limit: int | None
    """Bytes that may be used where relations between all pairs of states are needed."""

    @property
    def conflict(self) -> Conflict:
        """The model."""
        return self.opened.conflict

    @cached_property
    def ids(self) -> Ids:
        """The states' ids."""
        return Ids(self.conflict)

    @property
    def main_reading(self) -> str | None:
        """The reading behind `solution`: the one asked for, else a, in which the least is stable.

        None where every preference is known.
        """
        return None if self.conflict.unknown is None else self.reading or "a"

    @property
    def bits(self) -> int:
        """The limit in bits, for relations between all pairs of states."""
        from foedus.lenses.stability.kernel.sets import LIMIT

        return LIMIT if self.limit is None else 8 * self.limit

    @cached_property
    def solution(self) -> Solution:
        """Nash, GMR, SMR, SEQ and SIM, or why one of them is left out."""
        conflict = self.conflict
        if self.main_reading is not None:
            from foedus.lenses.stability.concepts.relations import uncertain

            reading = cast("Reading", self.main_reading)
            stable = attempted(lambda: uncertain(conflict, reading, limit=self.bits))
            if isinstance(stable, str):
                return Solution(conflict, {}, dict.fromkeys(CRISP, stable) | {"sim": UNKNOWN})
            return Solution(conflict, stable, {"sim": UNKNOWN})
        return solve(conflict)

    @cached_property
    def universal(self) -> Any:
        """Stability for every coalition, or in words why it is left out."""
        from foedus.lenses.stability.concepts.coalitions import universal

        if self.main_reading is not None:
            return UNKNOWN
        return attempted(lambda: universal(self.conflict, limit=self.bits))

    @cached_property
    def equilibria(self) -> Mapping[str, Bools]:
        """By concept, of those that could be answered."""
        found = dict(self.solution.equilibria)
        if not isinstance(self.universal, str):
            found |= self.universal.equilibria
        return found

    def part(self, key: str) -> Part:
        """What follows from stability, under one of `PARTS`.

        None if it was not asked for or does not arise, a text where it has to be left out.
        """
        if key not in self._done:
            self._done[key] = _part(self, key)
        return self._done[key]

    @property
    def left_out(self) -> dict[str, str]:
        """Why a concept or a part that was looked at could not be answered."""
        out = dict(self.solution.left_out)
        if isinstance(self.universal, str):
            out |= dict.fromkeys(COALITION_CONCEPTS, self.universal)
        return out | {key: part for key, part in self._done.items() if isinstance(part, str)}

    @cached_property
    def _done(self) -> dict[str, Part]:
        return {}

    def to_dict(self) -> Facts:
        """As plain data, in the documented shape. Raises ConflictError above `MOST_TOLD` states."""
        if self.conflict.states > MOST_TOLD:
            raise ConflictError(
                f"{self.conflict.states:,} states are too many to write out one by one, at most"
                f" {MOST_TOLD:,} are; leave --json out"
            )
        conflict, opened = self.conflict, self.opened
        options = [
            {
                "id": option.id,
                "name": option.name or option.id,
                "by": conflict.dms[option.owner],
                "direction": option.direction,
            }
            for option in conflict.options
        ]
        found = {key: self.part(key) for key in PARTS}
        parts = {key: None if isinstance(part, str) else part for key, part in found.items()}
        quo = conflict.status_quo
        return {
            "title": conflict.title,
            "at_modes": opened.at_modes,
            "dms": list(conflict.dms),
            "names": dict(zip(conflict.dms, opened.names, strict=True)),
            "options": options,
            "states": self._states(),
            "status_quo": None if quo is None else self.ids.one(quo),
            "concept": self.concept,
            "reading": self.main_reading,
            "stable": self._stable(),
            "equilibria": {
                c: self.ids.of(self.equilibria[c]) if c in self.equilibria else None
                for c in ALL_CONCEPTS
            },
            "left_out": self.left_out,
            "no_move": self.by_dm(self.solution.stuck),
            **parts,
        }

    def export(self, form: str, path: str) -> None:
        """Write the model to a file: `csv`, `graphml`, `nfg`, or `json` as published cases are.

        Raises ConflictError for what the form cannot hold, and OSError.
        """
        from foedus.lenses.stability.interchange import graphml, nfg, published, tables

        if form == "csv":
            tables.write(path, self.conflict, self.solution)
        elif form == "graphml":
            graphml.write(path, self.conflict, self.solution)
        elif form == "nfg":
            nfg.write(path, self.conflict)
        else:
            published.write(path, self.conflict)

    def picture(self) -> Picture:
        """The states and the moves between them, from the status quo if there is one."""
        from foedus.lenses.stability.pictures.graph_picture import graph_picture

        return graph_picture(
            self.conflict, self.solution, concept=self.concept, start=self.conflict.status_quo,
            names=self.opened.names, labels=self.opened.labels,
        )  # fmt: skip

    def by_dm(self, table: Bools) -> dict[str, list[int | str]]:
        """Truth values `(N, S)` as the ids of states by decision maker."""
        return {dm: self.ids.of(row) for dm, row in zip(self.conflict.dms, table, strict=True)}

    def sets(self, stable: Mapping[str, Bools]) -> Facts:
        """Stable states by concept and decision maker, and the equilibria by concept."""
        return {
            "stable": {concept: self.by_dm(table) for concept, table in stable.items()},
            "equilibria": {c: self.ids.of(everybody(table)) for c, table in stable.items()},
        }

    def _states(self) -> list[Facts]:
        conflict, labels = self.conflict, self.opened.labels
        codes = [None] * conflict.states if conflict.codes is None else conflict.codes.tolist()
        return [
            {
                "id": self.ids.one(s),
                "code": code,
                "pattern": conflict.pattern(s) or None,
                "says": labels.get(s),
            }
            for s, code in enumerate(codes)
        ]

    def _stable(self) -> Facts:
        out: Facts = {}
        for concept in CONCEPTS:
            table = self.solution.stable.get(concept)
            out[concept] = None if table is None else self.by_dm(table)
        found = self.universal
        for concept in COALITION_CONCEPTS:
            out[concept] = None
            if not isinstance(found, str):
                out[concept] = {
                    coalition_name(self.conflict.dms, members): self.ids.of(states)
                    for members, states in found.stable[concept].items()
                }
        return out


def everybody(table: Bools) -> Bools:
    """`(N, S)` to `(S,)`: true for all decision makers."""
    found: Bools = np.all(table, axis=0)
    return found


def _part(account: Account, key: str) -> Part:
    from foedus.lenses.stability.account import beyond, closer, outlook

    made: dict[str, Callable[[Account], Part]] = {
        "reached": outlook.reached,
        "jumps": outlook.jumps,
        "structure": outlook.structure,
        "readings": beyond.readings,
        "strong": beyond.strong,
        "weak": beyond.weak,
        "limited": beyond.limited,
        "non_myopic": beyond.non_myopic,
        "misperception": beyond.misperception,
        "attitudes": beyond.attitudes,
        "witnesses": closer.witnesses,
        "inverse": closer.inverse,
    }
    return made[key](account)


UNKNOWN = "not defined where some preferences are unknown"


def attempted(work: Callable[[], Any]) -> Any:
    """What it gives, or in words why it cannot be had; faults of the program are not hidden."""
    try:
        return work()
    except (ConflictError, ValueError) as error:
        if not getattr(error, "bad_input", False):
            raise
        return str(error)
