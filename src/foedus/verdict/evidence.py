"""Which piece of evidence carries the answer: what it would be without it, or with less trust."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np

from foedus.case import Case, Quantity
from foedus.case.resting import parts
from foedus.ensemble.draws import SCRAMBLINGS, Floats
from foedus.ensemble.pert import pert
from foedus.ensemble.reweighting import reweighted
from foedus.ensemble.sampling import error_of_mean
from foedus.lenses.lens import Draws, Interval
from foedus.verdict.setting_aside import one_step_worse, without

BUDGET = 2.0
"""Draws computed anew for all pieces together, as a multiple of the analysis's own."""
LEAST, ENOUGH = 2 * SCRAMBLINGS, 64
"""Draws that each question is computed anew on at the least: sixteen tell a sampling error, of a
change that few draws carry too small a one; 64 where the analysis has 512 or more."""
CARRY = 8.0
"""Draws that must carry a change in effect for its interval to be told."""
FAR = 2.365
"""Standard errors to either end of a 95 % interval: Student's t of eight scramblings."""

Evaluate = Callable[[Draws, Mapping[str, Draws]], Mapping[str, tuple[Floats, Floats]]]
"""Given some draws and the same with other numbers, computes the probability of those anew: by
name, probabilities and weights `(draws,)`."""


@dataclass(frozen=True)
class Effect:
    """How the answer moves when some numbers are judged anew.

    `change` is the move of the mean probability, with its 95 % interval of sampling (not a number
    where too few draws carry it to tell); `holds` is the answer afterwards. `method` is
    `reweighted` (the draws there are, by importance weights) or `computed anew`, on `draws` draws
    of which the share `effective` counts.
    """

    holds: float
    change: Interval
    method: str
    draws: int
    effective: float


@dataclass(frozen=True)
class Weighed:
    """One piece of evidence, or a whole source, and what hangs on it.

    `kind` is `evidence` or `source`; `paths` are the quantities it bears on that are uncertain or
    have a prior. `aside` is the answer with it set aside, `worse` with its credibility one step
    worse (None for a source, and where there is no such step or the answer does not depend on it).
    `settings` are parts of the case besides quantities that rest on it and bear on the answer, such
    as an anchor's rate: what becomes of them without it is not said.
    """

    id: str
    kind: str
    says: str
    rating: str
    paths: tuple[str, ...]
    settings: tuple[str, ...]
    aside: Effect | None
    worse: Effect | None

    @property
    def surely(self) -> float:
        """How far the answer moves at least, by the end of its interval nearer to none."""
        if self.aside is None or not isfinite(self.aside.change.low):
            return 0.0
        low, high = self.aside.change.low, self.aside.change.high
        return max(low, -high, 0.0)


def weigh(
    case: Case,
    draws: Draws,
    uniforms: Floats,
    holds: Floats,
    weights: Floats,
    bears: Callable[[str], bool],
    evaluate: Evaluate,
) -> tuple[Weighed, ...]:
    """Every piece of evidence and every source, those on which most hangs for sure first.

    `draws` are the analysis's, `uniforms` `(draws, quantities)` the uniform numbers behind them in
    the same order of columns, `holds` and `weights` `(draws,)` its answer by draw. `bears` says of
    a path whether it bears on the answer. What cannot be told by reweighting is computed anew, all
    pieces together on about twice as many draws as there are, but on no fewer than a few each.
    """
    asked = dict(_asked(case, bears))
    done: dict[str, Effect] = {}
    rest: dict[str, Mapping[str, Quantity]] = {}
    was = case.quantities()
    for name, now in asked.items():
        if not now:
            continue
        made = reweighted(draws, weights, was, now)
        if made.sound:
            done[name] = _by_weights(holds, weights, made.weights, made.effective, made.outside)
        else:
            rest[name] = now
    done |= _computed(rest, draws, uniforms, holds, weights, evaluate)
    out = []
    for item, piece in case.evidence.items():
        source = case.sources.get(piece.source)
        rating = f"{source.reliability if source else 'F'}{piece.credibility}"
        out.append(_told(case, item, "evidence", piece.says, rating, bears, asked, done))
    for name, source in case.sources.items():
        told = (source.title, source.reliability)
        out.append(_told(case, name, "source", *told, bears, asked, done))
    return tuple(sorted(out, key=_rank))


def _rank(one: Weighed) -> tuple[float, float, str]:
    """What surely carries most first, then what may; by name where nothing is known."""
    change = one.aside.change.value if one.aside else 0.0
    return -one.surely, -abs(change) if isfinite(change) else 0.0, one.id


def _asked(
    case: Case, bears: Callable[[str], bool]
) -> Iterator[tuple[str, Mapping[str, Quantity]]]:
    """Every question: what is judged anew under it, of what bears on the answer."""

    def kept(judged: Mapping[str, Quantity]) -> dict[str, Quantity]:
        return {path: quantity for path, quantity in judged.items() if bears(path)}

    for item in case.evidence:
        yield f"aside evidence {item}", kept(without(case, [item]))
        worse = one_step_worse(case, item)
        if worse is not None:
            yield f"worse evidence {item}", kept(worse)
    for name in case.sources:
        of_it = [item for item, piece in case.evidence.items() if piece.source == name]
        yield f"aside source {name}", kept(without(case, of_it))


def _told(
    case: Case,
    name: str,
    kind: str,
    says: str,
    rating: str,
    bears: Callable[[str], bool],
    asked: Mapping[str, Mapping[str, Quantity]],
    done: Mapping[str, Effect],
) -> Weighed:
    aside, worse = f"aside {kind} {name}", f"worse {kind} {name}"
    paths = tuple(asked.get(aside, {}))
    settings = tuple(
        path
        for section, part in case.sections.items()
        for path, found in parts(part, section)
        if bears(path)
        and any(
            item == name if kind == "evidence" else case.evidence[item].source == name
            for item in found.because  # type: ignore[attr-defined]
        )
    )
    return Weighed(name, kind, says, rating, paths, settings, done.get(aside), done.get(worse))


def _by_weights(
    holds: Floats, weights: Floats, made: Floats, effective: float, outside: float
) -> Effect:
    """The answer under importance weights, its interval widened by what they cannot reach."""
    kept = np.where(weights > 0.0, holds, 0.0)
    own = weights / weights.sum()
    before, after = float(kept @ own), float(kept @ made)
    # each draw's share in the self-normalised difference (the delta method)
    influence = made / own.clip(min=1e-300) * (kept - after) - (kept - before)
    error = error_of_mean(influence, weights)
    half = FAR * error + outside
    change = after - before
    return Effect(
        after, Interval(change, change - half, change + half), "reweighted", holds.size, effective
    )


def _computed(
    rest: Mapping[str, Mapping[str, Quantity]],
    draws: Draws,
    uniforms: Floats,
    holds: Floats,
    weights: Floats,
    evaluate: Evaluate,
) -> dict[str, Effect]:
    """The answer computed anew on the first few draws, each beside what it was on the same draw."""
    if not rest:
        return {}
    few = _few(len(rest), draws.size)
    places = {path: place for place, path in enumerate(draws.paths)}
    others = {}
    for name, judged in rest.items():
        table = draws.table[:few].copy()
        for path, quantity in judged.items():
            table[:, places[path]] = pert(quantity, uniforms[:few, places[path]])
        others[name] = Draws(draws.paths, table, draws.index[:few], np.full(few, 1.0 / few))
    out = {}
    whole = float(np.average(holds[weights > 0], weights=weights[weights > 0]))
    first = draws.part(0, few)
    for name, (again, counted) in evaluate(first, others).items():
        both = np.minimum(counted, weights[:few] * draws.size / few)
        gap = np.where(both > 0.0, again - holds[:few], 0.0)
        change = float(np.average(gap, weights=both)) if both.any() else float("nan")
        carrying = np.abs(gap).sum() ** 2 / max(float((gap**2).sum()), 1e-300)
        half = FAR * error_of_mean(gap, both) if carrying >= CARRY else float("nan")
        span = Interval(change, change - half, change + half)
        after = float(np.clip(whole + change, 0.0, 1.0))
        out[name] = Effect(after, span, "computed anew", few, 1.0)
    return out


def _few(questions: int, draws: int) -> int:
    """On how many draws each question is computed anew, in whole rounds of the scramblings."""
    each = max(BUDGET * draws / questions, min(ENOUGH, draws / 8), LEAST)
    return min(int(each) // SCRAMBLINGS * SCRAMBLINGS, draws)
