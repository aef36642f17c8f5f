"""What moved between two cases, by which quantities and by which evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from foedus import __version__
from foedus.case import Case
from foedus.ensemble.engine import engine_of
from foedus.ensemble.run import Progress
from foedus.lenses.lens import Interval, Lens
from foedus.lenses.table import LENSES
from foedus.verdict.able import bears, check_able, speaker, usable
from foedus.verdict.comparing.attribution import EvidencePart, by_evidence, moves_nothing, rests_on
from foedus.verdict.comparing.changes import (
    Changes,
    changed_quantities,
    grouped,
    other_changes,
    span,
)
from foedus.verdict.comparing.decomposition import Decomposition, decompose
from foedus.verdict.drawn import FEW
from foedus.verdict.show import plain
from foedus.verdict.views import HEADLINE
from foedus.verdict.words import words


@dataclass(frozen=True)
class Part:
    """A group of changed quantities and its part in the move: its Shapley value.

    `alone` is how the probability moves when only this group is changed, `last` when it is changed
    after all others; None where no draw tells. `error` is one standard error of `part`.
    """

    name: str
    label: str
    paths: tuple[str, ...]
    part: float
    error: float
    alone: float | None
    last: float | None


@dataclass(frozen=True)
class Moved:
    """One quantity that differs, and its part in the move, as of `Part`.

    None for a quantity that only one of the cases has (it counts under settings and structure), for
    one that is credited together with others, and for one that does not bear on the probability
    (`bears`). `because` is its evidence today.
    """

    path: str
    label: str
    before: str
    after: str
    because: tuple[str, ...]
    alone: float | None
    last: float | None
    bears: bool = True
    part: float | None = None
    part_error: float | None = None


@dataclass(frozen=True)
class Comparison:
    """Two answers on the same draws and one calibration, and what lies between them.

    `change` is the mean difference, draw by draw, `change_error` its sampling error. It is the sum
    of `parts` (groups of changed quantities, put together `by` quantity, actor or section, in the
    old case's settings), `structure` (the new settings, and quantities that only one case has, once
    all numbers are the new ones) and `together`, which is 0 but for rounding unless draws did not
    settle on the way. `by_evidence` credits the same parts to evidence; `moves_nothing` is evidence
    that is new and on which no changed quantity rests. `other` names what else differs. `shares`
    are the shares, before and after, of lenses that report one and no probability.
    """

    before: Interval
    after: Interval
    names: tuple[str, str]
    change: float
    change_error: float
    moved: tuple[Moved, ...]
    together: float | None
    other: tuple[str, ...]
    draws: int
    seed: int
    shares: Mapping[str, tuple[Interval, Interval]] = field(default_factory=dict)
    by: str = "quantity"
    method: str | None = None
    parts: tuple[Part, ...] = ()
    structure: float = 0.0
    structure_error: float = 0.0
    by_evidence: tuple[EvidencePart, ...] = ()
    moves_nothing: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data, in the documented shape of `foedus compare --json`."""
        data = asdict(self)
        data["words"] = [words(self.before.value), words(self.after.value)]
        data["version"] = __version__
        return plain(data)  # type: ignore[no-any-return]


def compare(
    before: Case,
    after: Case,
    *,
    names: tuple[str, str] | None = None,
    draws: int = FEW,
    seed: int = 1,
    by: str = "quantity",
    because: Sequence[str] = (),
    workers: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """What moved from one case to another, by which quantities and by which evidence.

    Both are drawn from one table of uniform numbers and anchored as the first is, so that the move
    is neither sampling noise nor calibration. `by` says what changed quantities are put together by
    (`quantity`, `actor` or `section`), `because` is the evidence of changed quantities that name
    none (a scenario's). `workers` and `cluster` say where it is computed, as for `analyze`. Raises
    what `analyze` raises, and ValueError for another `by`.
    """
    old, new = before.without_outcome(), after.without_outcome()
    lenses = _able(old, new, names or (old.id, new.id))
    changes = changed_quantities(old, new)
    other = other_changes(old, new)
    bearing = [path for path in changes if bears(path, HEADLINE, new)]
    common = [path for path in bearing if None not in changes[path]]
    groups = grouped(common, by, new)
    structural = bool(other) or len(common) < len(bearing)
    with engine_of(workers, cluster).open() as session:
        found = decompose(old, new, lenses, groups, structural, draws, seed, session, progress)
    parts = tuple(
        Part(group.name, group.label, group.paths, *found.told(place))
        for place, group in enumerate(groups)
    )
    columns = {
        path: found.shapley.by_draw[:, place] / len(group.paths)
        for place, group in enumerate(groups)
        for path in group.paths
    }
    first, second = speaker(found.before).holds, speaker(found.after).holds
    assert first is not None
    assert second is not None
    change, structure = found.change[0], found.structure[0]
    return Comparison(
        before=first,
        after=second,
        names=names or (old.id, new.id),
        change=change,
        change_error=found.change[1],
        moved=_moved(changes, bearing, parts, because, old, new),
        together=change - structure - sum(part.part for part in parts) if bearing else None,
        other=other,
        draws=found.weights.size,
        seed=seed,
        shares=_shares(found),
        by=by,
        method=found.method,
        parts=tuple(sorted(parts, key=lambda part: -abs(part.part))),
        structure=structure,
        structure_error=found.structure[1],
        by_evidence=by_evidence(columns, found.weights, changes, because, old, new),
        moves_nothing=moves_nothing(bearing, changes, because, old, new),
    )


def _moved(
    changes: Changes,
    bearing: Sequence[str],
    parts: Sequence[Part],
    because: Sequence[str],
    old: Case,
    new: Case,
) -> tuple[Moved, ...]:
    """Every changed quantity, the strongest first."""
    single = {part.paths[0]: part for part in parts if len(part.paths) == 1}
    out = []
    for path, (was, now) in changes.items():
        label = (new if now is not None else old).label(path)
        told = single.get(path)
        known = (told.alone, told.last) if told else (None, None)
        said = (span(was), span(now), rests_on(path, changes, because), *known, path in bearing)
        share = (told.part, told.error) if told else (None, None)
        out.append(Moved(path, label, *said, *share))
    return tuple(sorted(out, key=lambda moved: -abs(moved.part or 0.0)))


def _shares(found: Decomposition) -> dict[str, tuple[Interval, Interval]]:
    """What lenses report that give a share and no probability."""
    pairs = {
        name: (said.share_holding, found.after[name].share_holding)
        for name, said in found.before.items()
    }
    return {name: (was, now) for name, (was, now) in pairs.items() if was and now}


def _able(old: Case, new: Case, names: tuple[str, str]) -> tuple[Lens, ...]:
    """The lenses that can look at both cases. Raises NoLensError if the headline's cannot."""
    both = usable(old, new)
    headline = LENSES[HEADLINE]
    if headline not in both and (not both or headline in (*usable(old), *usable(new))):
        for case, name in zip((old, new), names, strict=True):
            check_able(case, (headline,), name)
    return both
