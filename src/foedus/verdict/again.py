"""The headline computed anew on other numbers, many sets of them in one go."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus.case import Case
from foedus.ensemble.engine import Outcomes, Session
from foedus.ensemble.run import Progress, run_draws
from foedus.lenses.lens import Draws, Floats, Lens
from foedus.verdict.able import behind

OTHER = "judged-anew"
"""What the case is called with other numbers."""


def again(
    case: Case,
    draws: Draws,
    others: Mapping[str, Draws],
    spoken: str,
    lenses: tuple[Lens, ...],
    modes: Outcomes,
    session: Session,
    progress: Progress | None = None,
) -> dict[str, tuple[Floats, Floats]]:
    """Probability and weight of every draw, `(draws,)` each, by the name of its set.

    `draws` are the first of the case's own, and each of `others` as many with some numbers changed:
    what is found for a draw is where the search for the same draw with other numbers begins. Only
    the lens that has the word, `spoken`, and those it needs are run. A draw that is lost has
    weight 0.
    """
    few = [lens for lens in lenses if lens.name in behind(spoken, case)]
    # a case beside the one that lent its calibration is looked at in the headline's view alone
    other = case.with_values({"id": OTHER})
    made = run_draws(
        {"": case} | dict.fromkeys(others, other), {"": draws, **others}, few, modes, session,
        progress,
    )  # fmt: skip
    lens = next(lens for lens in few if lens.name == spoken)
    out = {}
    for name in others:
        run = made[name]
        finding = lens.find(other, run.draws, run.outcomes[spoken])
        holds, weights = np.full(draws.size, np.nan), np.zeros(draws.size)
        holds[run.draws.index] = finding.columns["holds"]
        weights[run.draws.index] = finding.weights
        out[name] = holds, weights
    return out
