"""What a model said that was not believed, and why."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foedus.reading.model import Item

SHOWN = 300
"""Characters of an answer that a refusal shows at most."""
REASONS: Mapping[str, str] = {
    # of one item
    "not-found": "the words quoted do not stand in the paragraph",
    "ambiguous": "the words quoted stand there more than once",
    "cut": "the quotation begins or ends inside a word or a number",
    "too-short": "a quotation of one word says nothing",
    "too-long": "the quotation runs over more than one sentence",
    "unknown-actor": "an actor that neither the case nor the text knows",
    "absent-actor": "an actor that the sentence does not name",
    "swapped-roles": "the sentence says it the other way round",
    "wrong-label": "a label that is none of those given",
    "flipped-negation": "affirmed what the sentence denies, or denied what it affirms",
    "nobody": "nobody is said to have done it",
    "duplicate": "said twice",
    "schema": "not in the form that was asked for",
    # of a whole answer
    "broken-json": "no JSON",
    "too-many": "more items than a paragraph holds",
    "leak": "holds actors of the examples",
    "instruction": "the paragraph speaks to a machine",
    "declined": "the model would not answer",
    "cut-off": "the answer broke off",
    "oversize": "the answer is larger than any that is right",
    "garbage": "no answer of the protocol",
    # of a question
    "timeout": "no answer in time",
    "out-of-time": "the time for all questions was over",
    "http": "the server refused",
    "unreachable": "nobody answered at that address",
    "not-asked": "not asked",
    "unrecorded": "no answer to this question is in the record",
}
"""Every reason there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Item):
    """An answer, or a part of one, that is not used; from start to end of what was asked about."""

    kind = "refused"
    of: str
    """The kind of item it would have been, `reply` for a whole answer, `piece` if there is none."""
    paragraph: int
    reason: str
    """One of `REASONS`."""
    detail: str
    """The same in a few words, with the words or label in question."""
    said: str | None = None
    """What the model said, its beginning; no control characters."""


class Refusal(Exception):  # noqa: N818 (it is no error: refusing is what the check is for)
    """Raised by a check: why an item is refused."""

    def __init__(self, reason: str, detail: str) -> None:
        assert reason in REASONS, reason
        self.reason, self.detail = reason, detail
        super().__init__(f"{reason}: {detail}")


def shown(said: Any, most: int = SHOWN) -> str:
    """Anything a model said as one safe line: no control, bidirectional or broken characters."""
    told = said if isinstance(said, str) else json.dumps(said, ensure_ascii=False, default=str)
    cut = told[: most + 1]
    safe = "".join(_safe(c) for c in cut[:most])
    return safe + "…" if len(cut) > most else safe


def _safe(character: str) -> str:
    if character == " " or unicodedata.category(character)[0] not in "CZ":
        return character
    return f"\\u{ord(character):04x}"
