"""Uncertain numbers in a cell: `0.6`, or `0.6 (0.3 to 0.85)`."""

from __future__ import annotations

import re

from foedus.case import Quantity, Range
from foedus.case.nearest import quoted
from foedus.lenses.argument.model import DEGREES, LARGEST, SMALLEST
from foedus.lenses.argument.words import STEPS
from foedus.lenses.cells import NUMBER, Cell, plain_number

SCALES = {f"@{STEPS[step]}": f"argument.scale.{degree}" for degree, step in DEGREES.items()}
NUMBERS = {**SCALES, "@shared_source": "argument.shared_source", "@prior": "argument.prior"}
"""Rows of a single number: the ratios of the steps, how dependent items of one source are, and the
chance that the pact holds; with their paths."""
RATIO, SHARE = Range(SMALLEST, LARGEST), Range(0, 1)
"""Legal ratios, and shares."""
SPAN = re.compile(rf"({NUMBER.pattern})(?: ?\(({NUMBER.pattern}) to ({NUMBER.pattern})\))?")


def written(number: Quantity) -> str:
    """A number as `read` reads it."""
    between = "" if number.fixed else f" ({number.low!r} to {number.high!r})"
    return f"{number.mode!r}{between}"


def read(cell: Cell, text: str, legal: Range) -> Quantity:
    """The number in the text of a cell. Raises TableError for none, or one that is not legal."""
    found = SPAN.fullmatch(text)
    if found is None:
        raise cell.fault(
            f"should be a number such as 0.6, or 0.6 (0.3 to 0.85), not {quoted(text)}"
        )
    mode, low, high = (
        plain_number(part) for part in (found[1], found[2] or found[1], found[3] or found[1])
    )
    try:
        if mode is None or low is None or high is None or not low <= mode <= high:
            raise ValueError(
                f"{quoted(text)} is out of order; the most likely value lies between its ends"
            )
        return legal.on(Quantity(mode=mode, low=low, high=high))
    except ValueError as error:
        raise cell.fault(str(error)) from None
