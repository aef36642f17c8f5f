"""What moved between two cases, and by which quantities."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from foedus import __version__
from foedus.case import Case, Quantity
from foedus.ensemble.draws import Table
from foedus.ensemble.run import Progress, at_modes, run
from foedus.lenses.lens import Finding, Interval, Lens
from foedus.lenses.table import LENSES
from foedus.verdict.analysis import (
    FEW,
    HEADLINE,
    bears,
    check_able,
    find,
    sampling_error,
    speaker,
    usable,
)
from foedus.verdict.show import plain
from foedus.verdict.words import words

MANY = 16
"""Changed quantities whose parts are told apart at most: each costs two more runs."""


@dataclass(frozen=True)
class Moved:
    """One quantity that differs, and its part in the move.

    `alone` is how the probability moves when only this one is changed, `last` when it is changed
    after all the others; `part` is their mean. None when there are too many to tell apart, and when
    the quantity does not bear on the probability (`bears`).
    """

    path: str
    label: str
    before: str
    after: str
    because: tuple[str, ...]
    alone: float | None
    last: float | None
    bears: bool = True

    @property
    def part(self) -> float | None:
        """Its part in the move: the mean of changing it first and changing it last."""
        return None if self.alone is None or self.last is None else (self.alone + self.last) / 2


@dataclass(frozen=True)
class Comparison:
    """Two answers on the same draws and one calibration, and what lies between them.

    `change` is the mean difference, draw by draw, `change_error` its sampling error; `together` is
    what the quantities' parts leave over: it comes of changing several at once. `other` names what
    else differs between the cases. `shares` are the shares, before and after, of lenses that report
    one and no probability.
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

    def to_dict(self) -> dict[str, Any]:
        """As plain data, in the documented shape of `foedus compare --json`."""
        data = asdict(self)
        data["moved"] = [{**asdict(m), "part": m.part} for m in self.moved]
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
    workers: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """What moved from one case to another, and by which quantities.

    Both are drawn from one table of uniform numbers and anchored as the first is, so that the move
    is neither sampling noise nor calibration. Raises what `analyze` raises.
    """
    old, new = before.without_outcome(), after.without_outcome()
    lenses = _able(old, new, names or (old.id, new.id))
    changes = changed_quantities(old, new)
    bearing = [path for path in changes if bears(path, HEADLINE, lenses, new)]
    cases = {"before": old, "after": new}
    if 1 < len(bearing) <= MANY:
        for path in bearing:
            was, now = changes[path]
            if was is not None and now is not None:
                cases[f"alone {path}"] = old.with_values({path: as_value(now)})
                cases[f"last {path}"] = new.with_values({path: as_value(was)})
    table = Table.over(list(cases.values()), seed)
    runs = run(
        cases, lenses, table, table.uniforms(draws), at_modes(old, lenses), draws,
        workers or os.cpu_count() or 1, None, progress,
    )  # fmt: skip
    found = {name: find(each, lenses) for name, each in runs.items()}
    spoken = {name: speaker(findings) for name, findings in found.items()}

    def step(start: str, end: str) -> float:
        both = np.minimum(spoken[start].weights, spoken[end].weights)
        difference = spoken[end].columns["holds"] - spoken[start].columns["holds"]
        return float(np.average(difference, weights=both))

    moved = []
    for path, (was, now) in changes.items():
        alone = last = None
        if bearing == [path]:
            alone = last = step("before", "after")
        elif f"alone {path}" in runs:
            alone, last = step("before", f"alone {path}"), step(f"last {path}", "after")
        case = new if now is not None else old
        because = now.because if now is not None else ()
        label = case.label(path)
        told = (span(was), span(now), because, alone, last, path in bearing)
        moved.append(Moved(path, label, *told))
    change = step("before", "after")
    parts = [m.part for m in moved if m.bears]
    known = [part for part in parts if part is not None]
    difference = spoken["after"].columns["holds"] - spoken["before"].columns["holds"]
    first, second = spoken["before"].holds, spoken["after"].holds
    assert first is not None
    assert second is not None
    return Comparison(
        first,
        second,
        names or (old.id, new.id),
        change,
        sampling_error(difference, spoken["before"].weights).value,
        tuple(sorted(moved, key=lambda m: -abs(m.part or 0.0))),
        change - sum(known) if parts and len(known) == len(parts) else None,
        other_changes(old, new),
        draws,
        seed,
        _shares(found["before"], found["after"]),
    )


def _shares(
    before: Mapping[str, Finding], after: Mapping[str, Finding]
) -> dict[str, tuple[Interval, Interval]]:
    """What lenses report that give a share and no probability."""
    pairs = {name: (said.share_holding, after[name].share_holding) for name, said in before.items()}
    return {name: (was, now) for name, (was, now) in pairs.items() if was and now}


def _able(old: Case, new: Case, names: tuple[str, str]) -> tuple[Lens, ...]:
    """The lenses that can look at both cases. Raises NoLensError if the headline's cannot."""
    both = usable(old, new)
    headline = LENSES[HEADLINE]
    if headline not in both and (not both or headline in (*usable(old), *usable(new))):
        for case, name in zip((old, new), names, strict=True):
            check_able(case, (headline,), name)
    return both


def changed_quantities(old: Case, new: Case) -> dict[str, tuple[Quantity | None, Quantity | None]]:
    """Quantities whose numbers differ, or that only one of the cases has, by path."""
    before, after = old.quantities(), new.quantities()
    out = {}
    for path in sorted({*before, *after}):
        was, now = before.get(path), after.get(path)
        if was is None or now is None or numbers(was) != numbers(now):
            out[path] = (was, now)
    return out


def settings(case: Case, section: str) -> dict[str, object]:
    """What a section says besides quantities: dotted path to value."""
    if section not in case.sections:
        return {}
    skip = {path.removeprefix(f"{section}.") for path in case.quantities()}
    return dict(_leaves(case.sections[section].model_dump(mode="json"), "", skip))


def _leaves(value: object, path: str, skip: set[str]) -> Iterator[tuple[str, object]]:
    if path in skip:
        return
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}" if path else str(key), skip)
    elif value is not None and value != {}:
        yield path, value


def numbers(quantity: Quantity) -> tuple[float, float, float]:
    """Mode, low and high."""
    return quantity.mode, quantity.low, quantity.high


def as_value(quantity: Quantity) -> Mapping[str, float]:
    """A quantity's numbers as a case file says them."""
    return {"mode": quantity.mode, "low": quantity.low, "high": quantity.high}


def span(quantity: Quantity | None) -> str:
    """A quantity's numbers for people."""
    if quantity is None:
        return "not there"
    if quantity.fixed:
        return f"{quantity.mode:g}"
    return f"{quantity.mode:g} ({quantity.low:g} to {quantity.high:g})"


def other_changes(old: Case, new: Case) -> tuple[str, ...]:
    """What else differs between two cases, in words."""
    out = []
    for key in ("question", "as_of", "horizon"):
        was, now = getattr(old, key), getattr(new, key)
        if was != now:
            out.append(f"{key}: {was} → {now}")
    if old.pact != new.pact:
        out.append("the pact: its members, holds_while or opponents")
    for section in sorted({*old.sections, *new.sections}):
        was, now = settings(old, section), settings(new, section)
        for key in sorted({*was, *now}):
            if was.get(key) != now.get(key):
                out.append(f"{section}.{key}: {was.get(key)} → {now.get(key)}")
    for key in ("evidence", "sources", "assumptions", "hypotheses", "indicators", "scenarios"):
        was, now = getattr(old, key), getattr(new, key)
        added, gone = [i for i in now if i not in was], [i for i in was if i not in now]
        differ = [i for i in now if i in was and now[i] != was[i]]
        for what, ids in (("added", added), ("taken away", gone), ("changed", differ)):
            if ids:
                out.append(f"{key} {what}: {', '.join(ids)}")
    return tuple(out)
