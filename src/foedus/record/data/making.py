"""Making a panel from raw files, and writing it whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.case import write_atomically
from foedus.record.data import forms
from foedus.record.data.cache import Cache
from foedus.record.data.errors import DataError
from foedus.record.data.forms import Form
from foedus.record.data.sources import SOURCES


def _sponsor_exit(*tables: Any) -> Any:
    from foedus.record.data.panels.sponsors import sponsor_exit

    return sponsor_exit(*tables)


def _alliance_end(*tables: Any) -> Any:
    from foedus.record.data.panels.alliances import alliance_end

    return alliance_end(*tables)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a panel is made: for which task, from which tables, by what; and what it cannot know."""

    name: str
    task: str
    title: str
    tables: tuple[Form, ...]
    make: Callable[..., Any]
    empty: Mapping[str, str]
    """Columns that stay null, and the data they would need."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources it is made from, by name, each once."""
        return tuple(dict.fromkeys(form.source for form in self.tables))

    @property
    def file(self) -> str:
        """Its name in the cache."""
        return f"{self.name}.parquet"


_ALL = (
    Recipe(
        "panel-sponsor-exit", "sponsor-exit", "states' support of warring parties, a row a year",
        (forms.SUPPORT, forms.DEATHS), _sponsor_exit, {},
    ),
    Recipe(
        "panel-alliance-end", "alliance-end", "treaty alliances, a row a year",
        (forms.ALLIANCES, forms.MEMBERS, forms.CAPABILITIES, forms.DISPUTES, forms.WARS),
        _alliance_end,
        {
            "dem_min": "UDS", "dem_rng": "UDS", "regchg": "Polity", "thr": "S-scores",
            "shared_rival": "rivalries", "rivals_inside": "rivalries",
        },
    ),
)  # fmt: skip
PANELS = {recipe.name: recipe for recipe in _ALL}
"""Every panel, by name."""


@dataclass(frozen=True, slots=True)
class Made:
    """A panel that was made: where, how many rows, which years."""

    recipe: Recipe
    path: Path
    rows: int
    first: int
    last: int


def make(recipe: Recipe, cache: Cache, path: Path | None = None) -> Made:
    """Make a panel from the raw files in the cache and write it, to the cache if nowhere else.

    Raises DataError if a raw file is not there or not as it should be, and then nothing is
    written.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import parquet

    for name in recipe.sources:
        if not cache.path(SOURCES[name]).is_file():
            raise DataError(f"{name} is not in {cache.folder}; first: foedus data get {name}")
    tables = [forms.read(form, cache.path(SOURCES[form.source])) for form in recipe.tables]
    panel = recipe.make(*tables)
    sink = pa.BufferOutputStream()
    parquet.write_table(panel, sink)
    target = path or cache.folder / recipe.file
    write_atomically(target, sink.getvalue().to_pybytes())
    years = pc.min_max(panel["year"]).as_py()
    return Made(recipe, target, panel.num_rows, years["min"], years["max"])
