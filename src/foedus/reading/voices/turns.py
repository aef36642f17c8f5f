"""Transcripts: lines that begin with who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.reading.voices.names import is_name

TURN = re.compile(r"(?:\*\*|__)?([^\W\d_][^:\n“\"]{0,50}?)(?:\*\*|__)?:(?:\*\*|__)?(?=\s)")
FEWEST = 4
SHARE = 0.3
QUESTION = frozenset({"q", "question", "interviewer"})
ANSWER = frozenset({"a", "answer"})


def turns(paragraphs: Sequence[str]) -> dict[int, str] | None:
    """Who speaks from which paragraph on, if the paragraphs are a transcript; else None.

    There are four turns or more, of two speakers or more, one of whom speaks twice, and nearly a
    third of the paragraphs begin one.
    """
    found: dict[int, str] = {}
    for at, paragraph in enumerate(paragraphs):
        start = TURN.match(paragraph)
        if start and _is_speaker(start.group(1)):
            found[at] = start.group(1).strip()
    who = set(found.values())
    if len(found) < max(FEWEST, SHARE * len(paragraphs)) or not 2 <= len(who) <= len(found) - 1:
        return None
    return found


def of_turn(told: str, author: str | None) -> tuple[str, str | None]:
    """The role and speaker of a turn: questions are the author's, "A" is who answers, unnamed."""
    low = told.lower()
    if low in QUESTION:
        return "author", author
    return "excerpt", None if low in ANSWER else told


def _is_speaker(told: str) -> bool:
    low = told.strip().lower()
    if low in QUESTION or low in ANSWER:
        return True
    return (told.isupper() and len(told.split()) <= 4 and len(told) > 2) or is_name(told, 1)
