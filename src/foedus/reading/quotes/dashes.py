"""Speech that a dash opens at the start of a paragraph: `— We stay, said the minister.`"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from foedus.reading.quotes.marks import Pair
from foedus.reading.text import Text

DASH = "—―–"
SAID = (
    r"(?:said|says|asked|asks|replied|replies|answered|added|adds|cried|shouted|whispered|insisted|"
    r"warned|explained|told|wrote)\b"
)
TAIL = re.compile(
    rf"[,.!?…]\s*[{DASH}]?\s*"
    rf"(?:{SAID}|(?:he|she|they|the \w+|[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?) {SAID})"
)
"""The stop that ends the speech, before who said it."""


def dashed(text: Text, found: Sequence[Pair]) -> list[Pair]:
    """Speeches opened by a dash, in paragraphs without other marks; a list of points is none."""
    starts = [paragraph.start for paragraph in text.paragraphs]
    marked = {bisect_right(starts, pair.start) for pair in found}
    out = []
    for number, paragraph in enumerate(text.paragraphs, 1):
        if text.text[paragraph.start] not in DASH or number in marked:
            continue
        tail = TAIL.search(text.text, paragraph.start, paragraph.end)
        if tail:
            out.append(Pair(paragraph.start, tail.start() + 1, 0))
    return out
