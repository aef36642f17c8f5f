"""Short names for new items, made of the words they are about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from foedus.reading.statements.content import EMPTY

LONGEST = 40
MOST_WORDS = 4
PARTS = re.compile(r"[a-z0-9]+")


def slug(words: str, used: Collection[str], fallback: str = "item") -> str:
    """A name of small letters and hyphens that is not in use: `iran-red-line`, `iran-red-line-2`.

    Accents are dropped; words that carry no meaning are left out.
    """
    plain = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    parts = [one for one in PARTS.findall(plain.replace("'", "")) if one not in EMPTY]
    name = "-".join(parts[:MOST_WORDS])[:LONGEST].strip("-")
    if not name or not name[0].isalpha():
        name = f"{fallback}-{name}".strip("-")
    if name not in used:
        return name
    number = 2
    while f"{name}-{number}" in used:
        number += 1
    return f"{name}-{number}"
