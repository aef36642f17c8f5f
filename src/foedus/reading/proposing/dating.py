"""When it happened, as far as a case file can say it."""

from __future__ import annotations

from foedus.case.fields import partial_date
from foedus.reading.model import Event
from foedus.reading.proposing.index import Index
from foedus.reading.proposing.units import Unit


def happened(unit: Unit, index: Index) -> str | None:
    """The day, month or year of what it tells: of its event, else a date in its words.

    Intervals and open dates are left out; a case file holds YYYY, YYYY-MM or YYYY-MM-DD only.
    """
    for item in unit.items:
        if isinstance(item, Event) and item.date and (day := _plain(item.date)):
            return day
    for date in index.dates(unit.span):
        if day := _plain(date.edtf):
            return day
    return None


def _plain(edtf: str) -> str | None:
    day = edtf.rstrip("~?%")
    return day if partial_date(day) is not None else None
