"""What is to be said of one matrix, as plain data, files and a picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from foedus.case import write_atomically
from foedus.lenses.argument.account.opening import OpenedMatrix
from foedus.lenses.argument.account.writing import table
from foedus.lenses.argument.cautions import warnings
from foedus.lenses.argument.kernel.bayes import Floats
from foedus.lenses.argument.sentences import disagreement, headline, reasons
from foedus.lenses.argument.telling import ordered, told
from foedus.lenses.argument.weighing import solved
from foedus.lenses.argument.words import STEPS, Names, called, points, times_span
from foedus.lenses.lens import Picture

Facts = dict[str, Any]


@dataclass(frozen=True, eq=False)
class MatrixAccount:
    """Everything asked about one matrix, over draws of its numbers."""

    opened: OpenedMatrix
    values: Mapping[str, Floats]
    weights: Floats

    @cached_property
    def data(self) -> Facts:
        """All that is told, in the shape of the lens's finding."""
        return told(self.opened.matrix, solved(self.opened.matrix, self.values), self.weights)

    @property
    def headline(self) -> str:
        """Which hypothesis leads, by the evidence or from a prior."""
        return headline(self.data)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What it rests on, in sentences."""
        return reasons(self.data)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What nobody should overlook."""
        return warnings(self.data)

    @cached_property
    def names(self) -> Names:
        """What to call hypotheses and items."""
        return called(self.data)

    @cached_property
    def telling(self) -> list[str]:
        """Items, those first that set hypotheses apart most."""
        return ordered(self.data)

    def letters(self, hypothesis: str, item: str) -> str:
        """A cell in the letters of ACH; a dot where nothing is placed."""
        cells = self.data["cells"][hypothesis]
        return STEPS[cells[item]] if item in cells else "·"

    @property
    def disagreement(self) -> str | None:
        """Why what leads is not what least speaks against: the `prior`, or the `evidence`."""
        return disagreement(self.data)

    def brings(self, log: Mapping[str, float]) -> str:
        """A ratio with its interval, of their logarithms."""
        return times_span(log, 2)

    def points(self, share: float) -> str:
        """A change of a chance in points."""
        return points(share)

    def to_dict(self) -> Facts:
        """As plain data, in the documented shape."""
        return {
            "title": self.opened.matrix.title,
            "form": self.opened.form,
            "draws": int(self.weights.size),
            "headline": self.headline,
            "reasons": list(self.reasons),
            "warnings": list(self.warnings),
            **self.data,
        }

    def table(self) -> Iterator[Sequence[str | float]]:
        """Scores and matrix, with all that it takes to read the same matrix again."""
        return table(self.opened.matrix, self.data)

    def write_table(self, path: str) -> None:
        """Write `table` as CSV. Raises OSError."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.table())
        write_atomically(path, out.getvalue())

    def picture(self) -> Picture:
        """The matrix as a picture."""
        from foedus.lenses.argument.pictures.lens import table_picture

        return table_picture(self.data, self.opened.matrix.title)
