"""What the argument lens says of its draws."""

from __future__ import annotations

from typing import Any

from foedus.lenses.argument.cautions import warnings
from foedus.lenses.argument.matrix import Matrix
from foedus.lenses.argument.sentences import headline, reasons
from foedus.lenses.argument.telling import told
from foedus.lenses.lens import Draws, Finding, Floats, Interval, Outcome

QUESTION = "Which hypothesis does the evidence favour, and which items decide?"


def find(draws: Draws, outcome: Outcome) -> Finding:
    """The argument finding.

    `holds` is the chance that the pact holds by the lens's own prior, for when it speaks alone;
    `log_ratio` and `log_ratio_unused` among the columns are what the evidence brings to a prior
    that others have, all of it and what no number of theirs rests on.
    """
    matrix: Matrix = outcome.shared["matrix"]
    arrays = outcome.arrays
    data: dict[str, Any] = told(matrix, arrays, draws.weights)
    holds = Interval.over(arrays["holds"], draws.weights) if matrix.sided else None
    return Finding(
        "argument",
        QUESTION,
        headline(data),
        holds=holds,
        reasons=reasons(data),
        warnings=warnings(data),
        data=data,
        columns=_columns(matrix, outcome),
        weights=draws.weights,
    )


def _columns(matrix: Matrix, outcome: Outcome) -> dict[str, Floats]:
    """What is a number in every draw, to be joined with other lenses' columns."""
    keys = ("holds", "log_ratio", "log_ratio_unused") if matrix.sided else ()
    columns = {key: outcome.arrays[key] for key in keys}
    for h, name in enumerate(matrix.hypotheses):
        columns[f"hypothesis.{name}"] = outcome.arrays["posterior"][:, h]
    return columns
