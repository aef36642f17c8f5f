"""Paragraphs and calm tables that keep to the width of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.markup import escape
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

LEAST = 8
"""The least width of a column that is cut."""


def number(value: float | None) -> str:
    """A number, to four digits; a dash where there is none."""
    return "–" if value is None else f"{value:.4g}"


def say(out: Console, text: str, style: str = "") -> None:
    """A paragraph, without blanks at the ends of its lines."""
    for line in Text(text, style=style).wrap(out, out.width):
        line.rstrip()
        out.print(line)


def print_columns(
    out: Console, header: Sequence[str], rows: Sequence[Sequence[str]], words: int
) -> None:
    """A table whose first columns are words, the others numbers; the widest words are cut."""
    widths = [max(cell_len(row[k]) for row in (header, *rows)) for k in range(len(header))]
    beyond = sum(widths) + 2 * (len(widths) - 1) - out.width
    while beyond > 0 and max(widths[:words]) > LEAST:
        widest = max(range(words), key=lambda k: widths[k])
        widths[widest] -= 1
        beyond -= 1
    made = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for k, (name, width) in enumerate(zip(header, widths, strict=True)):
        side = "left" if k < words else "right"
        made.add_column(name, width=width, no_wrap=True, overflow="ellipsis", justify=side)  # type: ignore[arg-type]
    for row in rows:
        made.add_row(*(escape(cell) for cell in row))
    with out.capture() as held:
        out.print(made)
    for line in held.get().splitlines():
        out.print(Text.from_ansi(line.rstrip()))
