"""A reading as Web Annotations (W3C, 2017) in JSON-LD, and back.

Each item is an annotation: its target is the text, selected by position and by quotation; its first
body is a tag with the item's kind, its second the item's data. Positions count characters (Unicode
code points) from 0, as the recommendation says (Web Annotation Data Model, 4.2.4 and 4.2.5).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from foedus.reading.model import Anchor, Item, Reading, Source
from foedus.reading.telling import TellingError, facts, item_of

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
DATA = "application/json"


def to_annotations(reading: Reading) -> dict[str, Any]:
    """All items of a reading as one collection of annotations."""
    about = iri(reading)
    made = [annotation(item, reading.text, about) for item in reading.items]
    return {
        "@context": CONTEXT,
        "id": _urn(about, "collection"),
        "type": "AnnotationCollection",
        "label": reading.source.title or "A reading",
        "total": len(made),
        "first": {
            "id": _urn(about, "page"),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": made,
        },
    }


def annotation(item: Item, text: str, about: str) -> dict[str, Any]:
    """One item as an annotation of the text that `about` names."""
    own = facts(item, text)
    anchor = Anchor.of(text, item.start, item.end)
    data = {key: value for key, value in own.items() if key not in ("exact", "id")}
    return {
        "id": _urn(about, own["id"]),
        "type": "Annotation",
        "motivation": "tagging",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": item.kind},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": DATA,
                "value": json.dumps(data, ensure_ascii=False),
            },
        ],
        "target": {"source": about, "selector": selectors(anchor)},
    }


def selectors(anchor: Anchor) -> list[dict[str, Any]]:
    """An anchor as the two selectors of a target."""
    return [
        {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end},
        {
            "type": "TextQuoteSelector",
            "exact": anchor.exact,
            "prefix": anchor.prefix,
            "suffix": anchor.suffix,
        },
    ]


def iri(reading: Reading) -> str:
    """What names the text that was read: its address, else the fingerprint of its bytes."""
    source = reading.source
    return source.url or f"urn:sha256:{source.sha256 or '0' * 64}"


def from_annotations(data: object, text: str, source: Source | None = None) -> Reading:
    """The reading that annotations made here tell of a text.

    Raises `TellingError`, counting annotations from 1, for what is no annotation of ours and for an
    annotation whose quotation does not stand at its position.
    """
    found: list[Item] = []
    for number, one in enumerate(_annotations(data), 1):
        item = item_of(_body(one, number), number)
        anchor = anchor_of(one, number)
        if (anchor.start, anchor.end) != (item.start, item.end):
            raise TellingError(number, "its position and its data do not agree")
        if Anchor.of(text, anchor.start, anchor.end) != anchor:
            raise TellingError(number, "its quotation does not stand at its place in this text")
        found.append(item)
    return Reading(source or Source(), text, tuple(found))


def anchor_of(one: Mapping[str, Any], number: int = 1) -> Anchor:
    """Where an annotation stands. Raises `TellingError` if it does not say so by both selectors."""
    target = one.get("target")
    listed = target.get("selector") if isinstance(target, dict) else None
    by_type = {s.get("type"): s for s in listed or () if isinstance(s, dict)}
    place = by_type.get("TextPositionSelector", {})
    quote = by_type.get("TextQuoteSelector", {})
    start, end = place.get("start"), place.get("end")
    words = [quote.get("exact"), quote.get("prefix", ""), quote.get("suffix", "")]
    if type(start) is int and type(end) is int and all(isinstance(word, str) for word in words):
        return Anchor(start, end, *map(str, words))
    message = "its target should have a TextPositionSelector and a TextQuoteSelector"
    raise TellingError(number, message)


def _annotations(data: object) -> Iterator[dict[str, Any]]:
    listed = data
    if isinstance(data, dict):
        first = data.get("first", data)
        listed = first.get("items") if isinstance(first, dict) else None
    if not isinstance(listed, list):
        raise TellingError(1, "should be an annotation collection or a list of annotations")
    for number, one in enumerate(listed, 1):
        if not isinstance(one, dict):
            raise TellingError(number, "should be an annotation")
        yield one


def _body(one: Mapping[str, Any], number: int) -> dict[str, Any]:
    bodies = one.get("body")
    for body in bodies if isinstance(bodies, list) else [bodies]:
        if isinstance(body, dict) and body.get("format") == DATA:
            try:
                data = json.loads(str(body.get("value")))
            except (ValueError, RecursionError):
                data = None
            if isinstance(data, dict):
                return data
    raise TellingError(number, f"has no body of format {DATA} that tells an item")


def _urn(about: str, name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{about}#{name}')}"
