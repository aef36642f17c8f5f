"""Web annotations: as the W3C recommendation has them, and back to the same reading."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from made_reading import READING, TEXT

from foedus.reading.annotation import CONTEXT, from_annotations, iri, to_annotations
from foedus.reading.model import CONTEXT as AROUND
from foedus.reading.model import Source
from foedus.reading.telling import TellingError


def made() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(to_annotations(READING)))
    return data


def test_the_collection_is_as_the_recommendation_says() -> None:
    data = made()
    assert data["@context"] == CONTEXT == "http://www.w3.org/ns/anno.jsonld"
    assert data["type"] == "AnnotationCollection"
    assert data["total"] == len(data["first"]["items"]) == len(READING.items)
    assert data["first"]["type"] == "AnnotationPage"
    ids = [one["id"] for one in data["first"]["items"]] + [data["id"], data["first"]["id"]]
    assert len(set(ids)) == len(ids)
    assert all(id_.startswith("urn:uuid:") for id_ in ids)


def test_each_target_is_selected_by_position_and_by_quotation() -> None:
    for one, item in zip(made()["first"]["items"], READING.items, strict=True):
        assert one["type"] == "Annotation"
        assert one["body"][0]["value"] == item.kind
        assert one["target"]["source"] == "https://example.org/a"
        place, quote = one["target"]["selector"]
        assert place == {"type": "TextPositionSelector", "start": item.start, "end": item.end}
        assert quote["type"] == "TextQuoteSelector"
        assert quote["exact"] == TEXT[item.start : item.end]
        assert quote["prefix"] == TEXT[max(0, item.start - AROUND) : item.start]
        assert TEXT[item.start :].startswith(quote["exact"] + quote["suffix"])


def test_it_comes_back_the_same() -> None:
    assert from_annotations(made(), TEXT, READING.source) == READING
    assert from_annotations(made()["first"]["items"], TEXT).items == READING.items


def test_a_text_without_an_address_is_named_by_its_fingerprint() -> None:
    bare = replace(READING, source=Source(sha256="cd" * 32))
    assert iri(bare) == f"urn:sha256:{'cd' * 32}"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda one: one["target"].pop("selector"), "TextPositionSelector"),
        (lambda one: one["target"]["selector"].pop(0), "TextPositionSelector"),
        (lambda one: one["target"]["selector"][1].update(exact="other words"), "does not stand"),
        (lambda one: one["target"]["selector"][1].update(prefix="before"), "does not stand"),
        (lambda one: one["target"]["selector"][0].update(start=2), "do not agree"),
        (lambda one: one["body"][1].update(value="{"), "tells an item"),
        (lambda one: one.pop("body"), "tells an item"),
    ],
)
def test_what_does_not_fit_is_refused(change: Any, says: str) -> None:
    data = made()
    change(data["first"]["items"][2])
    with pytest.raises(TellingError, match=f"line 3: .*{says}"):
        from_annotations(data, TEXT)


@pytest.mark.parametrize("data", [None, 3, {}, {"first": "page"}, ["words"]])
def test_what_is_no_collection_is_refused(data: object) -> None:
    with pytest.raises(TellingError, match="should be an annotation"):
        from_annotations(data, TEXT)


def test_another_text_is_refused() -> None:
    with pytest.raises(TellingError, match="does not stand at its place"):
        from_annotations(made(), TEXT.replace("fleet", "fleets"))
