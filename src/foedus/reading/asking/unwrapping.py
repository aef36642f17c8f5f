"""From what a model wrote to items one by one; whatever is not in the form is listed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.reading.asking.forms import FORMS, LISTS, MOST, Form
from foedus.reading.asking.refused import Refusal, shown

FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(?P<inside>.*?)\n?\s*```\s*\Z", re.DOTALL)
THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
"""What some models write before they answer; it is not read."""


@dataclass(frozen=True, slots=True)
class Told:
    """One item as the model told it: as it stands, and in form, or why not."""

    kind: str
    """A kind of item, or `reply`."""
    raw: Any
    form: Form | None = None
    refusal: Refusal | None = None


def unwrapped(content: str, kinds: Sequence[str]) -> list[Told]:
    """The items of an answer in the order of its lists.

    Raises ``Refusal`` for an answer that is no JSON object, with `broken-json` or `schema`.
    """
    lists = _object(content)
    names = {LISTS[kind]: kind for kind in kinds}
    out = [
        Told(
            "reply", key, refusal=Refusal("schema", f"no such list was asked for: {shown(key, 60)}")
        )
        for key in lists
        if key not in names
    ]
    for name, kind in names.items():
        if name not in lists:
            out.append(Told("reply", None, refusal=Refusal("schema", f"there is no list {name!r}")))
        elif not isinstance(lists[name], list):
            out.append(Told(kind, lists[name], refusal=Refusal("schema", f"{name!r} is no list")))
        else:
            out += _items(kind, lists[name])
    return out


def _items(kind: str, given: list[Any]) -> Iterator[Told]:
    from pydantic import ValidationError

    for raw in given[:MOST]:
        try:
            yield Told(kind, raw, FORMS[kind].model_validate(raw))
        except ValidationError as wrong:
            first = wrong.errors(include_url=False, include_context=False, include_input=False)[0]
            where = ".".join(shown(str(part), 40) for part in first["loc"]) or "the item"
            yield Told(kind, raw, refusal=Refusal("schema", f"{where}: {first['msg']}"))
    if len(given) > MOST:
        more = f"{len(given) - MOST} items of kind {kind} after the first {MOST}"
        yield Told(kind, given[MOST:], refusal=Refusal("too-many", more))


def _object(content: str) -> dict[str, Any]:
    bare = THOUGHT.sub("", content)
    fenced = FENCE.match(bare)
    try:
        found = json.loads(
            fenced["inside"] if fenced else bare, object_pairs_hook=_once, parse_constant=_constant
        )
    except (ValueError, RecursionError) as wrong:
        raise Refusal("broken-json", f"no JSON: {shown(str(wrong), 120)}") from None
    if not isinstance(found, dict):
        raise Refusal("schema", "the answer is no JSON object")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) != len(pairs):
        raise ValueError("a key stands twice in an object")
    return out


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
