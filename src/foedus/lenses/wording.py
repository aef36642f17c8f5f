"""Words for people that every lens puts together alike."""

from __future__ import annotations

from collections.abc import Sequence


def listed(words: Sequence[str]) -> str:
    """`A`, `A and B` or `A, B and C`; nothing for no words."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def sentence(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]
