"""A picture in a file of its own."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path

from foedus.case import write_atomically
from foedus.lenses.lens import Picture
from foedus.report.svg import draw
from foedus.report.text import visible
from foedus.report.theme import FONT

KINDS = (".svg", ".png", ".html")
"""Endings of the files that can be written."""
SHARP = 2.0
"""Pixels of a PNG for each of the picture."""


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
    """The picture as a whole SVG file, on white."""
    inside = draw(picture.spec, picture.name, picture.title, picture.caption)
    opening, rest = inside.split(">", 1)
    space = 'xmlns="http://www.w3.org/2000/svg" '
    opening = opening.replace("<svg ", f"<svg {space}", 1) + f' font-family="{FONT}">'
    head, sign, body = rest.partition("</desc>")
    paper = '<rect width="100%" height="100%" fill="white" />'
    return f"{opening}{head}{sign}{paper}{body}\n"


def _as_png(picture: Picture) -> bytes:
    import vl_convert

    return bytes(vl_convert.svg_to_png(as_svg(picture), scale=SHARP))


def _as_html(picture: Picture) -> str:
    title, caption = escape(visible(picture.title)), escape(visible(picture.caption))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<body style="font-family: sans-serif; max-width: 60rem; margin: 2rem auto">\n'
        f"<h1>{title}</h1>\n{as_svg(picture)}<p>{caption}</p>\n</body>\n</html>\n"
    )
