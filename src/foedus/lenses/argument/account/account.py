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
from foedus.lenses.argument.account.table import SCORES
from foedus.lenses.argument.cautions import warnings
from foedus.lenses.argument.kernel.bayes import Floats
from foedus.lenses.argument.sentences import STEPS, called, headline, reasons
from foedus.lenses.argument.telling import group_of, ordered, told
from foedus.lenses.argument.weighing import solved
from foedus.lenses.lens import Picture

Facts = dict[str, Any]

SAID = {True: "true", False: "false", None: ""}


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
        """Which hypothesis the evidence favours."""
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
    def names(self) -> dict[str, str]:
        """What to call hypotheses and items, by id."""
        return called(self.data)

    @cached_property
    def telling(self) -> list[str]:
        """Items, those first that set hypotheses apart most."""
        return ordered(self.data)

    def letters(self, hypothesis: str, item: str) -> str:
        """A cell in the letters of ACH; a dot where nothing is placed."""
        cells = self.data["cells"][hypothesis]
        return STEPS[cells[item]] if item in cells else "·"

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
        """Scores and matrix, to be read again: a head, hypotheses, and rows about items."""
        items, rows = self.opened.matrix.items, self.data["hypotheses"]
        yield "hypothesis", "holds", "prior", *SCORES, *(item.id for item in items)
        for name, row in rows.items():
            cells, after = self.data["cells"][name], row["posterior"]
            yield (
                name, SAID[row["holds"]], row["prior"]["value"],
                after["value"], after["low"], after["high"],
                row["inconsistency"], row["weighted_inconsistency"],
                *(STEPS[cells[item.id]] if item.id in cells else "" for item in items),
            )  # fmt: skip
        blank = ("",) * (2 + len(SCORES))
        yield "@credibility", *blank, *(item.rating for item in items)
        yield "@group", *blank, *(group_of(item) or "" for item in items)

    def write_table(self, path: str) -> None:
        """Write `table` as CSV. Raises OSError."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(self.table())
        write_atomically(path, out.getvalue())

    def picture(self) -> Picture:
        """The matrix as a picture."""
        from foedus.lenses.argument.pictures.lens import table_picture

        return table_picture(self.data, self.opened.matrix.title)
