"""Which characters a text keeps.

The rule: line ends of any kind become a newline, spaces of any kind (and tabs) a space. Taken out
are control characters, marks that turn the direction of writing or have no width, tag characters,
and what is no character at all. A letter and the accents after it become one letter.
Everything else stays as it is. What was taken out is counted in a note, since a person who looks at
the file cannot see it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
UNSEEN = re.compile(
    f"[{DIRECTION}\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f]")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
ACCENT = re.compile("[\u0300-\u036f]")
HARMLESS = re.compile("[\xad\u200b-\u200f\ufeff]")
"""What well-meant pages are full of: soft hyphens, joiners, marks of direction."""
ACCENTED = re.compile("[^\\W\\d_][\u0300-\u036f]{1,4}")
"""At most four, so that a letter with a million accents takes no longer than others."""


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with the characters it keeps, and notes on what was taken out."""
    plain = text.isascii()
    if plain and text.isprintable():
        return text, ()
    text = SPACE.sub(" ", LINE_END.sub("\n", text))
    text, notes = _seen(text, CONTROL if plain else UNSEEN)
    if not plain and ACCENT.search(text):
        text = ACCENTED.sub(lambda m: unicodedata.normalize("NFC", m.group()), text)
    return text, notes


def _seen(text: str, unseen: re.Pattern[str]) -> tuple[str, tuple[str, ...]]:
    found = Counter(unseen.findall(text))
    if not found:
        return text, ()
    odd = sum(times for sign, times in found.items() if HARMLESS.match(sign) is None)
    turning = sum(times for sign, times in found.items() if TURNING.match(sign) is not None)
    told = f", {turning} of them turning the direction of writing" if turning else ""
    note = f"{odd} characters that cannot be seen were taken out{told}"
    return unseen.sub("", text), (note,) if odd else ()


def one_line(text: str) -> str:
    """A piece of text as one line: white space of any length becomes one space."""
    return " ".join(clean(text)[0].split())
