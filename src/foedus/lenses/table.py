"""The lenses there are."""

from __future__ import annotations

from foedus.case import Section
from foedus.lenses.endurance.lens import EnduranceLens
from foedus.lenses.lens import Lens

LENSES: dict[str, Lens] = {lens.name: lens for lens in (EnduranceLens(),)}
SECTIONS: dict[str, type[Section]] = {name: lens.Section for name, lens in LENSES.items()}
