"""Where a quotation may begin and end: not inside a word, and not inside a number.

`likely` stands in `unlikely`, `Russia can` in `Russia can't`, `Assad` in `anti-Assad`, `5` in
`5 million`: each is there letter by letter, and says something else.
"""

from __future__ import annotations

import re
from unicodedata import combining

from foedus.reading.asking.normal import invisible

JOINERS = frozenset("'’ʼ‘`´-‐‑‒–_.&/@·")
"""Signs that make one word of two, if there is no space."""
IN_NUMBERS = frozenset(",:")
SIGNS = frozenset("-−–+±#")
BEFORE = frozenset("$€£¥₽₺")
AFTER = frozenset("%‰°€$£¥")
SCALE = re.compile(
    r"[\s\u00a0-]*(?:hundred|thousand|million|billion|trillion|dozen|percent|per[\s\u00a0]cent|"
    r"percentage|%|bn|mn|km|metric)\b|[\s\u00a0]*[%‰°]",
    re.IGNORECASE,
)
SMALLER = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|several|few))[\s\u00a0-]*$"
)
LOOK = 40


def splits(text: str, at: int) -> bool:
    """Whether a cut at an offset goes through a word or a number."""
    left, right = _neighbour(text, at - 1, -1), _neighbour(text, at, 1)
    a, b = _char(text, left), _char(text, right)
    if not a or not b or (a.isspace() and b.isspace()):
        return False
    if a.isalnum() and b.isalnum():
        return True
    if _joins(text, right, a, _char(text, _neighbour(text, right + 1, 1))):
        return True
    if _joins(text, left, _char(text, _neighbour(text, left - 1, -1)), b):
        return True
    if b.isnumeric() and (a in BEFORE or (a in SIGNS and not _word_before(text, left))):
        return True
    return a.isnumeric() and b in AFTER


def splits_number(text: str, start: int, end: int) -> bool:
    """Whether a span leaves out how many the number at its edge stands for."""
    before = text[max(0, start - LOOK) : start]
    if SCALE.match(text[start : start + LOOK]) and SMALLER.search(before):
        return True
    after = text[end : end + LOOK]
    return bool(SCALE.match(after)) and bool(SMALLER.search(text[max(0, end - LOOK) : end]))


def _joins(text: str, place: int, a: str, b: str) -> bool:
    sign = _char(text, place)
    if sign in JOINERS:
        return (a.isalnum() or a == ".") and b.isalnum()
    return sign in IN_NUMBERS and a.isnumeric() and b.isnumeric()


def _word_before(text: str, place: int) -> bool:
    return _char(text, _neighbour(text, place - 1, -1)).isalnum()


def _neighbour(text: str, at: int, step: int) -> int:
    """The next visible character, marks on a letter passed over."""
    while 0 <= at < len(text) and (invisible(text[at]) or (step < 0 and combining(text[at]))):
        at += step
    return at


def _char(text: str, at: int) -> str:
    return text[at] if 0 <= at < len(text) else ""
