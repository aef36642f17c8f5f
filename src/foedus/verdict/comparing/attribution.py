"""Which piece of evidence accounts for the move between two cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.case import Case
from foedus.ensemble.draws import Floats
from foedus.verdict.comparing.changes import Changes
from foedus.verdict.comparing.decomposition import mean_and_error

ANEW = "judged anew on the same evidence"
BARE = "no evidence is named"


@dataclass(frozen=True)
class EvidencePart:
    """A piece of evidence, what became of it, and its part in the move.

    `how` is `new` (not in the old case), `now cited`, `rated anew`, `retracted`, `reworded` or
    `dropped`. Where `evidence` is None no evidence accounts for the change: the number was judged
    anew on the same evidence, or none is named. `paths` are the quantities it moved, `part_error`
    one standard error.
    """

    evidence: str | None
    how: str
    says: str | None
    part: float
    part_error: float
    paths: tuple[str, ...]


Reason = tuple[str | None, str]
"""A piece of evidence, or None, and what became of it."""


def rests_on(path: str, changes: Changes, named: Sequence[str]) -> tuple[str, ...]:
    """The evidence of a changed quantity today: `named` where it names none itself."""
    now = changes[path][1]
    return () if now is None else now.because or tuple(named)


def reasons(
    path: str, changes: Changes, named: Sequence[str], old: Case, new: Case
) -> tuple[Reason, ...]:
    """What accounts for a change: the evidence that came, went or is told otherwise.

    A quantity that names no evidence any more was set without any; what it rested on before is then
    not taken for dropped.
    """
    was, now = changes[path]
    before = was.because if was is not None else ()
    after = rests_on(path, changes, named)
    if not after:
        return ((None, BARE),)
    found = []
    for item in after:
        how = fate(item, old, new)
        if how is None and item not in before:
            how = "now cited"
        if how is not None:
            found.append((item, how))
    if now is not None and now.because:
        found += [(item, "dropped") for item in before if item not in after]
    return tuple(found) or ((None, ANEW),)


def fate(item: str, old: Case, new: Case) -> str | None:
    """What became of a piece of evidence of the new case; None if it is as it was."""
    was, now = old.evidence.get(item), new.evidence[item]
    if was is None:
        return "new"
    if was.retracted != now.retracted:
        return "retracted" if now.retracted else "no longer retracted"
    if _rating(item, old) != _rating(item, new):
        return "rated anew"
    return "reworded" if was != now else None


def _rating(item: str, case: Case) -> tuple[str, int]:
    """Its reliability and credibility in the Admiralty code."""
    said = case.evidence[item]
    return case.sources[said.source].reliability, said.credibility


def by_evidence(
    by_draw: Mapping[str, Floats],
    weights: Floats,
    changes: Changes,
    named: Sequence[str],
    old: Case,
    new: Case,
) -> tuple[EvidencePart, ...]:
    """Credit evidence with the parts of quantities: the largest first.

    `by_draw` gives each changed quantity's contribution by draw. What accounts for a quantity's
    change (`reasons`) shares its part equally, so that the sums over evidence and over quantities
    are the same.
    """
    credited: dict[Reason, list[tuple[str, Floats]]] = {}
    for path, column in by_draw.items():
        accounts = reasons(path, changes, named, old, new)
        for reason in accounts:
            credited.setdefault(reason, []).append((path, column / len(accounts)))
    out = []
    for (item, how), shares in credited.items():
        total = np.sum([column for _, column in shares], axis=0)
        says = None if item is None else (new if item in new.evidence else old).evidence[item].says
        part, error = mean_and_error(total, weights)
        paths = tuple(path for path, _ in shares)
        out.append(EvidencePart(item, how, says, part, error, paths))
    return tuple(sorted(out, key=lambda one: (-abs(one.part), one.evidence or "", one.how)))


def moves_nothing(
    paths: Sequence[str], changes: Changes, named: Sequence[str], old: Case, new: Case
) -> tuple[str, ...]:
    """Evidence that is new or told otherwise and on which none of these quantities rests."""
    used = {item for path in paths for item in rests_on(path, changes, named)}
    return tuple(i for i in new.evidence if i not in used and fate(i, old, new) is not None)
