"""Dates in words as EDTF: absolute, partial and relative to the text's own date."""

from foedus.reading.dates.finding import dates

__all__ = ["dates"]
