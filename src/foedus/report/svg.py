"""From a Vega-Lite specification to SVG that can stand inside a page.

The drawing is made here, without a browser or the network. What comes out is read as XML and only
known elements and attributes are kept, so that nothing in a picture can run, load or be clicked;
ids get the picture's own prefix, because several pictures share one page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from foedus.report.text import visible
from foedus.report.theme import config

KEPT = frozenset({
    "svg", "g", "path", "text", "tspan", "rect", "line", "circle", "ellipse", "polygon",
    "polyline", "defs", "clipPath", "linearGradient", "stop",
})  # fmt: skip
DROPPED = frozenset({
    "class", "role", "font-family", "style", "href", "tabindex", "pointer-events", "version",
})  # fmt: skip
NUMERIC = frozenset({"d", "transform", "x1", "x2", "y1", "y2"})
LONG = re.compile(r"-?\d+\.\d{3,}")
LOCAL = re.compile(r"url\(#([^)]*)\)")


def draw(spec: Mapping[str, Any], ident: str, title: str, caption: str) -> str:
    """An `<svg>` element with the picture. `ident` is its id in the page, `[a-z0-9-]+`."""
    import vl_convert

    raw = vl_convert.vegalite_to_svg(
        vl_spec=_visible(spec), config=config(), allowed_base_urls=["https://invalid.invalid/"]
    )
    root = ElementTree.fromstring(raw)
    width, height = root.get("width", "0"), root.get("height", "0")
    box = root.get("viewBox", f"0 0 {width} {height}")
    _tidy(root, ident, {})
    root.attrib |= {
        "id": ident,
        "viewBox": box,
        "width": f"{float(width):.0f}",
        "height": f"{float(height):.0f}",
        "role": "img",
        "aria-labelledby": f"{ident}--title {ident}--desc",
    }
    for place, (tag, text) in enumerate((("title", title), ("desc", caption))):
        told = ElementTree.Element(tag, {"id": f"{ident}--{tag}"})
        told.text = visible(text)
        root.insert(place, told)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)


def _visible(value: Any) -> Any:
    """A specification without characters that XML cannot hold or that turn text around."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {key: _visible(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_visible(item) for item in value]
    return value


def _tidy(element: ElementTree.Element, ident: str, known: dict[str, str]) -> None:
    """Keep what is known to be harmless, and number ids anew: the drawer counts on for ever."""

    def own(name: str) -> str:
        return known.setdefault(name, f"{ident}--{len(known)}")

    tag = element.tag.rpartition("}")[2]
    element.tag = "g" if tag == "a" else tag
    for name in list(element.attrib):
        value = element.attrib.pop(name)
        if _unwanted(name):
            continue
        if name == "id":
            value = own(value)
        elif name in NUMERIC:
            value = LONG.sub(lambda match: f"{float(match[0]):.2f}", value)
        element.set(name, LOCAL.sub(lambda match: f"url(#{own(match[1])})", value))
    for child in list(element):
        _tidy(child, ident, known)
        if child.tag not in KEPT or _blank(child):
            element.remove(child)


def _unwanted(name: str) -> bool:
    return name in DROPPED or name.startswith(("on", "aria-", "{")) or ":" in name


def _blank(element: ElementTree.Element) -> bool:
    """Whether nothing of it can be seen: an empty group, or a path without a paint."""
    if element.tag == "path":
        return not {"fill", "stroke"} & element.attrib.keys()
    return element.tag == "g" and len(element) == 0
