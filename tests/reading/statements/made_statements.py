"""Made mentions and claims for the tests of statements: names in a text become items."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from foedus.reading.model import Claim, Mention
from foedus.reading.text import Text

NAMES = {
    "Arland": ("arland", "state"),
    "Borduria": ("borduria", "state"),
    "Costaguana": ("costaguana", "state"),
    "Drusk": ("drusk", "state"),
    "Arlandish": ("arland", "nationality"),
    "Bordurian": ("borduria", "nationality"),
    "Arlanders": ("arland", "nationality"),
    "Marshal Orlo": ("orlo", "person"),
    "Orlo": ("orlo", "person"),
    "Western diplomats": ("western-diplomats", "movement"),
}
PATTERN = re.compile(rf"\b(?:{'|'.join(sorted(NAMES, key=len, reverse=True))})\b")


def mentions(text: str) -> tuple[Mention, ...]:
    """The made names that stand in a text."""
    return tuple(
        Mention(
            start=match.start(),
            end=match.end(),
            actor=NAMES[match.group()][0],
            name=match.group(),
            type=NAMES[match.group()][1],
            code=None,
        )
        for match in PATTERN.finditer(text)
    )


def found(
    finder: Callable[..., tuple[Any, ...]], text: str, claims: tuple[Claim, ...] = ()
) -> tuple[Any, ...]:
    """What a finder finds."""
    return finder(Text.of(text), mentions(text), claims, ())


def said(text: str, span: Any) -> str | None:
    """The words of a span."""
    return None if span is None else text[span.start : span.end]
