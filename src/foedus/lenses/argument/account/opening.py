"""A matrix from a file, or from a case, ready to be weighed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from foedus.case import Case, Quantity, Range, packaged
from foedus.lenses.argument.account.table import read_matrix
from foedus.lenses.argument.kernel.bayes import Floats
from foedus.lenses.argument.matrix import ArgumentError, Matrix, lacking
from foedus.lenses.argument.matrix import of_case as matrix_of_case

if TYPE_CHECKING:
    from foedus.lenses.argument.account.account import MatrixAccount

CASES = (".yaml", ".yml", "")
ASKED = "argument.prior"


@dataclass(frozen=True, eq=False)
class OpenedMatrix:
    """A matrix with what its file says beside it."""

    matrix: Matrix
    form: str
    """`table` or `case`."""

    @property
    def quantities(self) -> Mapping[str, Quantity]:
        """The numbers it is weighed with, by path: what to draw for `account`."""
        return self.matrix.quantities

    def asking(
        self,
        *,
        without: Iterable[str] = (),
        prior: str | float | None = None,
        shared: float | None = None,
    ) -> OpenedMatrix:
        """The same with items set aside, another prior or another dependence of groups.

        `prior` is `flat` or the chance that the pact holds; `shared` from 0 (items of a group or
        source are independent) to 1 (they count once). Raises ArgumentError for what does not fit.
        """
        matrix = self.matrix.without(without)
        numbers = dict(matrix.quantities)
        if shared is not None:
            numbers["argument.shared_source"] = _fixed(shared, "shared", 0.0, 1.0)
            every = dict.fromkeys(matrix.shared, "argument.shared_source")
            matrix = replace(matrix, shared=every)
        if prior == "flat":
            flat = np.full(len(matrix.hypotheses), 1.0 / len(matrix.hypotheses))
            matrix = replace(matrix, prior=None, prior_from="flat", weights=flat)
        elif prior is not None:
            if not matrix.sided:
                raise ArgumentError(
                    "a prior of the pact's holding needs hypotheses under which it holds and such"
                    " under which it does not (a column `holds`)"
                )
            numbers[ASKED] = _fixed(float(prior), "prior", 1e-6, 1.0 - 1e-6)
            matrix = replace(matrix, prior=ASKED, prior_from="asked")
        return replace(self, matrix=replace(matrix, quantities=numbers))

    def account(
        self, values: Mapping[str, Floats] | None = None, weights: Floats | None = None
    ) -> MatrixAccount:
        """What is to be said of it.

        `values` are draws of `quantities`, by path `(P,)`, `weights` how much each counts; without
        them every number is at its most likely value.
        """
        from foedus.lenses.argument.account.account import MatrixAccount

        found = self.matrix.modes() if values is None else dict(values)
        draws = len(next(iter(found.values())))
        counts = np.full(draws, 1.0 / draws) if weights is None else weights
        return MatrixAccount(self, found, counts)


def of_file(path: str | os.PathLike[str]) -> OpenedMatrix | None:
    """The matrix in a table; None if it is no table but a case, or the id of one.

    Raises TableError with the place in the file.
    """
    if str(path) in packaged() or Path(path).suffix.lower() in CASES:
        return None
    return OpenedMatrix(read_matrix(path), "table")


def of_case(case: Case) -> OpenedMatrix:
    """The matrix of a case. Raises ArgumentError for a case that still needs something."""
    if "argument" not in case.sections:
        raise ArgumentError(f"{case.file}: the case has no section argument, so no matrix")
    if lacks := lacking(case):
        raise ArgumentError(f"{case.file}: still needs {', '.join(lacks)}")
    return OpenedMatrix(matrix_of_case(case), "case")


def _fixed(value: float, name: str, low: float, high: float) -> Quantity:
    if not low <= value <= high:
        raise ArgumentError(f"{name} should be from {low:.10g} to {high:.10g}, not {value:.10g}")
    return Range(0, 1).on(Quantity(mode=value, low=value, high=value))
