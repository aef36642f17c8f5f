"""The JSON Schema of a case file, for editors, from the same models that check it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from foedus.case.section import Head, Section

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(sections: Mapping[str, type[Section]]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a whole case file with these lenses' sections."""
    kinds: list[type[Head] | type[Section]] = [Head, *sections.values()]
    references, definitions = models_json_schema(
        [(kind, "validation") for kind in dict.fromkeys(kinds)]
    )
    head_name = references[(Head, "validation")]["$ref"].rsplit("/", 1)[-1]
    known: dict[str, Any] = definitions["$defs"]
    head = known.pop(head_name)
    for name, kind in sections.items():
        head["properties"][name] = {"anyOf": [references[(kind, "validation")], {"type": "null"}]}
    about = {"title": "A foedus case", "description": "Everything known about one pact."}
    whole = {"$schema": DIALECT, **head, **about, "$defs": known}
    _only_ids(whole)
    return whole


def _only_ids(node: object) -> None:
    """Refuse keys that are no ids, where the generated schema would let them pass unseen."""
    if isinstance(node, dict):
        if "patternProperties" in node:
            node.setdefault("additionalProperties", False)
        for inner in node.values():
            _only_ids(inner)
    elif isinstance(node, list):
        for inner in node:
            _only_ids(inner)
