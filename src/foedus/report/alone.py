"""A picture in a file of its own."""

from __future__ import annotations

import os
import re
import textwrap
from html import escape
from pathlib import Path

from foedus.case import write_atomically
from foedus.lenses.lens import Picture
from foedus.report.svg import draw
from foedus.report.text import visible
from foedus.report.theme import FONT, INK

KINDS = (".svg", ".png", ".html")
"""Endings of the files that can be written."""
SHARP = 2.0
"""Pixels of a PNG for each of the picture."""
EDGE = 8
"""Pixels around what is written above and beneath a picture."""
BIG, SMALL = 15, 11
"""Heights of the letters of title and caption."""


def write_picture(picture: Picture, path: str | os.PathLike[str]) -> None:
    """Write a picture as SVG, PNG, or HTML with its title and caption, by the ending of the path.

    Raises ValueError for another ending, and OSError as the system does.
    """
    kind = Path(path).suffix.lower()
    if kind not in KINDS:
        raise ValueError(f"{path}: should end in {', '.join(KINDS)}")
    made: str | bytes
    if kind == ".png":
        made = _as_png(picture)
    else:
        made = as_svg(picture) if kind == ".svg" else _as_html(picture)
    write_atomically(path, made)


def as_svg(picture: Picture) -> str:
    """The picture as a whole SVG file, on white, its title above and its caption beneath.

    A file goes from hand to hand without the page it was made for, so it says what it shows.
    """
    inside = draw(picture.spec, picture.name, picture.title, picture.caption)
    opening, rest = inside.split(">", 1)
    width, height = (int(found) for found in re.findall(r' (?:width|height)="(\d+)"', opening))
    head, top = _lines(picture.title, BIG, width, 0, "bold")
    foot, bottom = _lines(picture.caption, SMALL, width, top + height, "normal")
    opening = re.sub(r' (width|height|viewBox)="[^"]*"', "", opening)
    opening = opening.replace(
        "<svg ",
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{bottom}"'
        f' viewBox="0 0 {width} {bottom}" font-family="{FONT}" ',
        1,
    )
    told, sign, drawn = rest.removesuffix("</svg>").partition("</desc>")
    paper = '<rect width="100%" height="100%" fill="white" />'
    moved = f'<g transform="translate(0,{top})">{drawn}</g>'
    return f"{opening}>{told}{sign}{paper}{head}{moved}{foot}</svg>\n"


def _lines(text: str, size: int, width: int, top: int, weight: str) -> tuple[str, int]:
    """What is written from a height on, as text elements, and the height where it ends."""
    # nobody measures letters here: on average one is a little over half as wide as it is high
    room = max(20, int((width - 2 * EDGE) / (0.52 * size)))
    written, y = [], top + EDGE
    for line in textwrap.wrap(visible(text), room):
        y += round(1.35 * size)
        written.append(
            f'<text x="{EDGE}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{INK}">'
            f"{escape(line)}</text>"
        )
    return "".join(written), y + EDGE


def _as_png(picture: Picture) -> bytes:
    import vl_convert

    return bytes(vl_convert.svg_to_png(as_svg(picture), scale=SHARP))


def _as_html(picture: Picture) -> str:
    title = escape(visible(picture.title))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<body style="max-width: 60rem; margin: 2rem auto">\n{as_svg(picture)}</body>\n</html>\n'
    )
