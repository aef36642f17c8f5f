"""The reading sheet: a page on which what was found stands beside its sentence."""

from foedus.reading.sheet.sheet import render

__all__ = ["render"]
