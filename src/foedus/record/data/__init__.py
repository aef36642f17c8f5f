"""The public data behind the record: what there is, how it is got, the panels it makes."""

from __future__ import annotations

from foedus.record.data.cache import Cache
from foedus.record.data.errors import DataError
from foedus.record.data.fetching import Fetched, fetch
from foedus.record.data.making import PANELS, Made, Recipe, make
from foedus.record.data.sources import SOURCES, Source

__all__ = [
    "PANELS",
    "SOURCES",
    "Cache",
    "DataError",
    "Fetched",
    "Made",
    "Recipe",
    "Source",
    "fetch",
    "make",
]
