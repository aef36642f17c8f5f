"""Pictures and the HTML report."""

from foedus.report.html import render, write

__all__ = ["render", "write"]
