"""A graph model from a file of any form, or from a case, ready to be asked."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from foedus.case import Case, CaseError, Problem, packaged, quantities
from foedus.case.tree import Place, dotted
from foedus.lenses.stability.conflict import Bools, Conflict, ConflictError, Ints
from foedus.lenses.stability.model import Stability, StabilityError

if TYPE_CHECKING:
    from foedus.lenses.stability.account.account import Account

FOREIGN = (".json", ".jsonl", ".gmcr")
OWN = (".yaml", ".yml", "")
A_CASE = re.compile(rb"^\"?'?foedus\"?'?[ \t]*:", re.MULTILINE)
STANCES = {"positive": 1, "neutral": 0, "negative": -1}


@dataclass(frozen=True, eq=False)
class Opened:
    """A conflict with what its file says beside it."""

    conflict: Conflict
    """Without the moves that a decision maker does not perceive."""
    names: tuple[str, ...]
    """What people call the decision makers."""
    labels: Mapping[int, str] = field(default_factory=dict)
    """What people call a state, for those that have words of their own."""
    at_modes: bool = False
    """Some numbers are uncertain, and each counts at its most likely value."""
    concept: str = "seq"
    """The concept the file asks for where one answer is needed."""
    blind: Bools | None = None
    """`(N, S)`: the states a decision maker does not perceive; None if all perceive all."""
    stance: Ints | None = None
    """`(N, N)`: attitudes, if the file speaks of them."""
    blocks: tuple[tuple[int, ...], ...] = ()
    """The decision makers that the file lets act as one."""

    def account(
        self,
        *,
        concept: str | None = None,
        reading: str | None = None,
        horizon: int | None = None,
        state: str | None = None,
        inverse: str | None = None,
        dm: str | None = None,
        coalitions: tuple[str, ...] = (),
        limit: int | None = None,
    ) -> Account:
        """What can be said of it; states, decision makers and coalitions by name.

        Raises ConflictError for a name there is not, with the one that was probably meant.
        """
        from foedus.lenses.stability.account.account import Account
        from foedus.lenses.stability.account.naming import blocks_named, dm_named, state_named

        if reading is not None and self.conflict.unknown is None:
            raise ConflictError("every preference is known; a reading is of unknown ones")
        return Account(
            self,
            concept=concept or self.concept,
            reading=reading,
            horizon=horizon,
            state=None if state is None else state_named(self, state),
            inverse=None if inverse is None else state_named(self, inverse),
            dm=None if dm is None else dm_named(self, dm),
            blocks=blocks_named(self, coalitions) if coalitions else self.blocks,
            limit=limit,
        )


def of_file(path: str | os.PathLike[str], limit: int | None = None) -> Opened | None:
    """The model in a file; None if it is no such file but a case, or the id of one.

    `limit` is in bytes, for states that have to be written out. Raises ConflictError and CaseError
    with the place in the file, and `feasible.TooLargeError`.
    """
    file, ending = Path(path), Path(path).suffix.lower()
    if str(path) in packaged() or not file.is_file():
        return None
    if ending == ".gmcr":
        return _gmcr(file)
    if ending in FOREIGN:
        from foedus.lenses.stability.interchange import read

        found = read(file)
        return Opened(found, found.dms)
    from foedus.case.reading import file_bytes

    if A_CASE.search(file_bytes(file)):
        return None
    if ending not in OWN:
        raise ConflictError(
            f"{file}: is of no form that is understood; that would be a model or a case (.yaml), a"
            " published case (.json), one random model (.jsonl) or a file of GMCR+ (.gmcr)"
        )
    return _bare(file, limit)


def of_case(case: Case, limit: int | None = None) -> Opened:
    """The model of a case. Raises ConflictError if it has none, and CaseError."""
    section = case.sections.get("stability")
    if not isinstance(section, Stability):
        raise ConflictError(f"{case.file}: the case has no section stability, so no graph model")
    lacking = section.lacking()
    if lacking:
        raise ConflictError(f"{case.file}: still needs {', '.join(lacking)}")
    try:
        names = {actor: known.name for actor, known in case.actors.items()}
        return _of_section(section, names, case.title, limit)
    except StabilityError as error:
        place: Place = ("stability", *error.place)
        said = Problem(case.file, case.line(place), dotted(place), error.message)
        raise CaseError([said]) from None


def _bare(file: Path, limit: int | None) -> Opened:
    from foedus.lenses.stability.coding.files import read_model

    model = read_model(file)
    try:
        return _of_section(model.section, model.names, model.title, limit)
    except StabilityError as error:
        raise model.blamed(error) from None


def _of_section(
    section: Stability, names: Mapping[str, str], title: str, limit: int | None
) -> Opened:
    from foedus.lenses.stability.coding.building import conflict, form, utilities
    from foedus.lenses.stability.coding.feasible import DEFAULT_LIMIT

    built = form(section, names, limit or DEFAULT_LIMIT)
    found = conflict(section, built, utilities(section, built)[0], title=title)
    blind = None
    if section.blind:
        blind = np.zeros((len(built.dms), built.states), np.bool_)
        for dm, said in section.blind.items():
            place: Place = ("blind", dm, "when")
            blind[built.dms.index(dm)] = built.truth(built.statement(said.when, place), place)
    uncertain = any(not q.fixed for _, q in quantities(section, "stability"))
    return Opened(
        found, built.names, built.labels, uncertain, section.concept, blind,
        _stance(section, built.dms),
    )  # fmt: skip


def _stance(section: Stability, dms: tuple[str, ...]) -> Ints | None:
    if not section.attitudes:
        return None
    stance = np.eye(len(dms), dtype=np.int64)
    for dm, others in section.attitudes.items():
        for other, word in others.items():
            stance[dms.index(dm), dms.index(other)] = STANCES[word]
    return stance


def _gmcr(file: Path) -> Opened:
    from foedus.lenses.stability.interchange.gmcrplus import load

    found = load(file)
    blocks = tuple(tuple(sorted(b)) for b in found.coalitions if len(b) > 1)
    blind = found.blind if found.blind.any() else None
    seen = found.conflict if blind is None else _as_perceived(found.conflict, found.blind)
    return Opened(seen, seen.dms, blind=blind, blocks=blocks)


def _as_perceived(conflict: Conflict, blind: Bools) -> Conflict:
    """Without moves from or to states that the mover does not perceive."""
    arcs = conflict.arcs
    keep = np.ones(arcs.to.size, np.bool_)
    for i, unseen in enumerate(blind):
        begin, end = int(arcs.first[i, 0]), int(arcs.first[i, -1])
        source = np.repeat(np.arange(conflict.states), np.diff(arcs.first[i]))
        keep[begin:end] = ~(unseen[source] | unseen[arcs.to[begin:end]])
    return replace(conflict, moves=arcs.without(keep))
