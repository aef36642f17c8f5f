"""The headline computed anew on draws of one's own, many sets of them in one go."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus.case import Case
from foedus.ensemble.engine import Outcomes, Session
from foedus.ensemble.run import Progress, run_draws
from foedus.lenses.lens import Draws, Floats, Lens
from foedus.verdict.able import behind

OTHER = "judged-anew"
"""What the case is called with draws of one's own."""


def again(
    case: Case,
    others: Mapping[str, Draws],
    spoken: str,
    lenses: tuple[Lens, ...],
    modes: Outcomes,
    session: Session,
    progress: Progress | None = None,
) -> dict[str, tuple[Floats, Floats]]:
    """Probability and weight of every draw, `(draws,)` each, by the name of its set.

    The sets are put one after the other, so that many small ones keep all workers busy. Only the
    lens that has the word, `spoken`, and those it needs are run. A draw that is lost has weight 0.
    """
    few = [lens for lens in lenses if lens.name in behind(spoken, case)]
    # a case beside the one that lent its calibration is looked at in the headline's view alone
    other = case.with_values({"id": OTHER})
    sizes = [draws.size for draws in others.values()]
    total = sum(sizes)
    whole = Draws(
        next(iter(others.values())).paths,
        np.concatenate([draws.table for draws in others.values()]),
        np.arange(total),
        np.full(total, 1.0 / total),
    )
    made = run_draws(other, whole, few, modes, session, progress)
    by_name = {lens.name: lens for lens in few}
    finding = by_name[spoken].find(other, made.draws, made.outcomes[spoken])
    holds, weights = np.full(total, np.nan), np.zeros(total)
    holds[made.draws.index] = finding.columns["holds"]
    weights[made.draws.index] = finding.weights
    ends = np.cumsum(sizes)[:-1]
    parts = zip(np.split(holds, ends), np.split(weights, ends), strict=True)
    return dict(zip(others, parts, strict=True))
