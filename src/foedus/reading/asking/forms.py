"""The form of an answer: asked for as a JSON schema, and checked here whatever the server did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from foedus.reading.events.types import TYPES

KINDS = ("claim", "event", "commitment", "blame")
"""What is asked for unless one says otherwise; `thesis` and `stake` can be."""
POLARITIES = ("affirmed", "denied")
MODALITIES = ("actual", "ongoing", "habitual", "future", "conditional", "desired", "denied")
COMMITMENTS = ("red line", "pledge", "refusal")
STAKES = ("stake", "aim")
MOST = 40
"""Items of one kind that a paragraph holds at most."""


def _label(words: str) -> Any:
    return Field(json_schema_extra={"vocabulary": words})


Words = Annotated[str, Field(min_length=1, max_length=2_000)]
"""Words copied from the paragraph."""
Label = Annotated[str, Field(max_length=200)]
Who = Annotated[Label, _label("actors")]


class Form(BaseModel):
    """One item as a model tells it: words copied from the paragraph, and labels."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    quote: Words


class ClaimForm(Form):
    """What somebody holds."""

    cited: list[Who]
    polarity: Annotated[Label, _label("polarities")]
    content: Words | None = None


class EventForm(Form):
    """Who did what to whom."""

    trigger: Words
    type: Annotated[Label, _label("types")]
    source: list[Who]
    target: list[Who]
    polarity: Annotated[Label, _label("polarities")]
    modality: Annotated[Label, _label("modalities")]


class CommitmentForm(Form):
    """A red line, a pledge or a refusal."""

    trigger: Words
    type: Annotated[Label, _label("commitments")]
    by: list[Who]
    about: Words | None = None


class BlameForm(Form):
    """Who blames whom."""

    trigger: Words
    by: list[Who]
    at: list[Who]
    about: Words | None = None


class ThesisForm(Form):
    """A conclusion, what it follows from, and on which condition."""

    antecedent: Words | None = None
    consequent: Words
    proviso: Words | None = None


class StakeForm(Form):
    """What an actor has to lose, or wants."""

    type: Annotated[Label, _label("stakes")]
    actor: Who
    about: Words | None = None


FORMS: Mapping[str, type[Form]] = {
    "claim": ClaimForm, "event": EventForm, "commitment": CommitmentForm, "blame": BlameForm,
    "thesis": ThesisForm, "stake": StakeForm,
}  # fmt: skip
LISTS: Mapping[str, str] = {
    "claim": "claims", "event": "events", "commitment": "commitments", "blame": "blame",
    "thesis": "theses", "stake": "stakes",
}  # fmt: skip
"""The names of the lists that an answer holds."""
KEEP = frozenset(("type", "properties", "items", "anyOf", "enum"))
"""What every server with schemas understands."""


def schema(kinds: Sequence[str], actors: Sequence[str]) -> dict[str, Any]:
    """The JSON schema of an answer: closed vocabularies, every field required, nothing else."""
    words = {
        "actors": list(actors), "polarities": list(POLARITIES), "types": list(TYPES),
        "modalities": list(MODALITIES), "commitments": list(COMMITMENTS), "stakes": list(STAKES),
    }  # fmt: skip
    lists = {
        LISTS[kind]: {"type": "array", "items": _closed(FORMS[kind].model_json_schema(), words)}
        for kind in kinds
    }
    return {
        "type": "object",
        "properties": lists,
        "required": list(lists),
        "additionalProperties": False,
    }


def _closed(node: Mapping[str, Any], words: Mapping[str, list[str]]) -> dict[str, Any]:
    out = {key: value for key, value in node.items() if key in KEEP}
    if "vocabulary" in node:
        out["enum"] = words[node["vocabulary"]]
    if "properties" in out:
        out["properties"] = {k: _closed(v, words) for k, v in node["properties"].items()}
        out |= {"required": list(out["properties"]), "additionalProperties": False}
    if "items" in out:
        out["items"] = _closed(node["items"], words)
    if "anyOf" in out:
        out["anyOf"] = [_closed(each, words) for each in node["anyOf"]]
    return out
