"""The nearest known word to a misspelled one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 128
CUT = 80
FEW = 8
CANDIDATES = 200


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Which known word was probably meant; ``None`` if none is near.

    Words of a very different length are never meant, and only so many are compared, so that a
    hostile file with thousands of ids costs no more than an honest one.
    """
    if len(word) > LONGEST:
        return None
    slack = max(2, len(word) // 3)
    close = [k for k in known if abs(len(k) - len(word)) <= slack][:CANDIDATES]
    found = get_close_matches(word, close, n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str], what: str = "there are") -> str:
    """Finish a sentence about an unknown word: the nearest one, or the few there are."""
    names = list(known)
    near = nearest(word, names)
    if near is not None:
        return f", did you mean '{near}'?"
    if not names:
        return ""
    more = ", …" if len(names) > FEW else ""
    return f"; {what}: {', '.join(names[:FEW])}{more}"


def quoted(value: str) -> str:
    """Quote a text in a message, cut short if it is long."""
    return f"'{value}'" if len(value) <= CUT else f"'{value[: CUT - 1]}…'"
