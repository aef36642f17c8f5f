"""The lenses there are."""

from __future__ import annotations

import os

from foedus import case
from foedus.case import Case, Section
from foedus.lenses.endurance.lens import EnduranceLens
from foedus.lenses.lens import Lens

LENSES: dict[str, Lens] = {lens.name: lens for lens in (EnduranceLens(),)}
SECTIONS: dict[str, type[Section]] = {name: lens.Section for name, lens in LENSES.items()}


def load(name: str | os.PathLike[str]) -> Case:
    """Read a case: a path to its file, or the id of a packaged one.

    Raises CaseError with every problem of the file, by line.
    """
    return case.load(name, SECTIONS)
