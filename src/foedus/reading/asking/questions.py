"""A question as it is sent, and its fingerprint: what a record knows it by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foedus.reading.asking.config import Config
from foedus.reading.asking.forms import schema
from foedus.reading.asking.pieces import Piece
from foedus.reading.asking.prompt import messages


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a piece of a text."""

    piece: Piece
    body: Mapping[str, Any] = field(repr=False)
    """What is sent; neither key nor address."""
    parts: Mapping[str, str]
    """Fingerprints of what it is made of: model, prompt, actors, text."""

    @property
    def request(self) -> str:
        """A hash of all that is sent."""
        return _hash(self.body)


def question(
    piece: Piece, paragraph: str, actors: Mapping[str, str], kinds: Sequence[str], config: Config
) -> Question:
    """The question about one piece."""
    form = schema(kinds, list(actors))
    told = messages(kinds, actors, paragraph)
    body = {
        "model": config.model,
        "messages": told,
        "temperature": 0,
        "seed": config.seed,
        "max_tokens": config.reply_tokens,
        "stream": False,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "marked_paragraph", "strict": True, "schema": form},
        },
    }
    parts = {
        "model": config.model,
        "prompt": _short([told[:-1], list(kinds), config.seed, config.reply_tokens]),
        "actors": _short(actors),
        "text": _short(paragraph),
    }
    return Question(piece, body, parts)


def _hash(data: Any) -> str:
    told = json.dumps(data, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _short(data: Any) -> str:
    return _hash(data)[:16]
