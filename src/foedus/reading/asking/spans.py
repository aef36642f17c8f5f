"""Finding the words that a model quotes: exactly there, or not at all.

Nothing here is fuzzy: no likeness makes up for a changed word, a lost negation, another number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from foedus.reading.asking.edges import splits, splits_number
from foedus.reading.asking.normal import Normal, normal
from foedus.reading.asking.refused import Refusal, shown
from foedus.reading.text import Span

LONGEST = 2_000
"""Characters of a quotation that is looked for."""


def everywhere(text: str, quote: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Every place between two offsets where a quotation stands, word for word.

    Raises ``Refusal``: `not-found`, or `cut` where it stands only as part of words or numbers.
    """
    wanted = normal(quote).text.strip() if len(quote) <= LONGEST else ""
    found = list(_places(text, wanted, start, end)) if wanted else []
    whole = [s for s in found if not (splits(text, s.start) or splits(text, s.end))]
    whole = [s for s in whole if not splits_number(text, s.start, s.end)]
    if not found:
        raise Refusal("not-found", f"these words do not stand there: {shown(quote, 120)}")
    if not whole:
        raise Refusal("cut", f"begins or ends inside a word or number: {shown(quote, 120)}")
    return whole


def once(text: str, quote: str, start: int = 0, end: int | None = None) -> Span:
    """The one place where a quotation stands.

    Raises ``Refusal``, also `ambiguous` if there are several.
    """
    found = everywhere(text, quote, start, end)
    if len(found) > 1:
        raise Refusal("ambiguous", f"stands there {len(found)} times: {shown(quote, 120)}")
    return found[0]


def in_order(found: Sequence[Sequence[Span]]) -> list[Span | None]:
    """Which of its places each of several quotations means, by the order they were given in.

    A quotation with one place is where it is. One with more is meant between its neighbours: where
    just one place is left there; or, repeated as often as there are places, each in its turn. None
    where that does not settle it, or where the neighbours are not in the text's order themselves.
    """
    out: list[Span | None] = [f[0] if len(f) == 1 else None for f in found]
    fixed = [span.start for span in out if span is not None]
    if fixed != sorted(fixed):
        return out
    for repeated, group in groupby(range(len(found)), lambda i: out[i] is None):
        if repeated:
            _settle(found, list(group), out)
    return out


def _settle(found: Sequence[Sequence[Span]], open_: list[int], out: list[Span | None]) -> None:
    before = out[open_[0] - 1] if open_[0] else None
    after = out[open_[-1] + 1] if open_[-1] + 1 < len(out) else None
    low = before.start if before is not None else -1
    high = after.start if after is not None else None
    left = {
        i: tuple(s for s in found[i] if s.start >= low and (high is None or s.start <= high))
        for i in open_
    }
    for i in open_:
        if len(left[i]) == 1:
            out[i] = left[i][0]
    for places, group in groupby((i for i in open_ if out[i] is None), lambda i: left[i]):
        same = list(group)
        if len(same) == len(places):
            for i, place in zip(same, places, strict=True):
                out[i] = place


def _places(text: str, wanted: str, start: int, end: int | None) -> Iterator[Span]:
    there = _normal(text[start:end])
    at = there.text.find(wanted)
    while at >= 0:
        last = at + len(wanted)
        begins = at == 0 or there.starts[at - 1] != there.starts[at]
        ends = last == len(there.text) or there.starts[last] != there.starts[last - 1]
        if begins and ends:
            yield Span(start + there.starts[at], start + there.ends[last - 1])
        at = there.text.find(wanted, at + 1)


@lru_cache(maxsize=16)
def _normal(piece: str) -> Normal:
    """The same paragraph is searched for every item that quotes it."""
    return normal(piece)
