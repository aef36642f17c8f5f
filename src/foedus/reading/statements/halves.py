"""A sentence with a condition, cut in two: the condition and the conclusion."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.statements.builds import SAYING
from foedus.reading.statements.lexicon import Hit
from foedus.reading.statements.scene import REACH, View
from foedus.reading.statements.spans import in_list
from foedus.reading.statements.words import (
    AUXILIARY,
    CLOSING,
    CONJUNCTION,
    NEGATION,
    OPENING,
    adverbial,
    words,
)

OPENERS = words("then so surely and but yet thus therefore indeed moreover , however")
HARD = words("; : — – …. …")
ENDS = words(". ! ?")
ATTRIBUTION = 12
"""Words after a comma in which `…, the minister said` ends."""
TOLD = words("said says argues writes wrote added warned told")
THEN = frozenset(["then"])


@dataclass(frozen=True, slots=True)
class Halves:
    """The words of the condition and of the conclusion: from the first up to the second."""

    condition: tuple[int, int]
    conclusion: tuple[int, int] | None


def after_comma(view: View, hit: Hit) -> Halves | None:
    """`As long as A, B.`: the condition ends at the comma that a verb stands before."""
    low = view.low
    last = _ending(view, hit.end)
    comma = _then(low, hit.end, last) or _comma(view, hit.end, last)
    if comma is None:
        return None
    first = comma + 1
    while first < last and (low[first] in OPENERS or low[first] in CLOSING):
        first += 1
    if first < last and low[first] in AUXILIARY and hit.start > 0:
        first = 0
    if low[first : first + 2] == ("according", "to"):
        after = next((w for w in range(first, last) if low[w] == ","), None)
        first = first if after is None else after + 1
    return Halves((hit.end, comma), (first, last)) if first < last else None


def main_clause(view: View, hit: Hit) -> Halves | None:
    """`B as long as A.`: the conclusion stands before, from the start of its clause."""
    low = view.low
    last = _ending(view, hit.end)
    end = _condition_end(view, hit.end, last)
    before = hit.start
    while before > 0 and (low[before - 1] == "," or low[before - 1] in ("but", "and")):
        before -= 1
    first = _conclusion_start(view, before)
    while first < before and (low[first] in OPENERS or low[first] in OPENING):
        first += 1
    return Halves((hit.end, end), (first, before)) if first < before else None


def quoted_alone(view: View, hit: Hit) -> bool:
    """Whether only the condition is quoted: the text speaks of it and draws no conclusion."""
    low = view.low
    if hit.start == 0 or low[hit.start - 1] not in OPENING:
        return False
    last = min(hit.end + REACH, len(low))
    closed = next((w for w in range(hit.end, last) if low[w] in CLOSING), None)
    return closed is not None and "," not in low[hit.end : closed]


def _ending(view: View, at: int) -> int:
    low, last = view.low, min(at + REACH, len(view.low))
    for word in range(at, last):
        if low[word] in ENDS or low[word] == ";" or (low[word] in ("”", "»") and word > at):
            return word
    return last


def _then(low: tuple[str, ...], at: int, last: int) -> int | None:
    for word in range(at, last):
        if low[word] in THEN and word > at and low[word - 1] == ",":
            return word - 1
    for word in range(at + 2, last):
        if low[word] in THEN and low[word - 1] not in ("until", "by", "since"):
            return word
    return None


def _comma(view: View, at: int, last: int) -> int | None:
    """The comma that ends a condition: the first behind a verb that goes on with a new subject."""
    low, first = view.low, None
    for word in range(at, last):
        if low[word] != ",":
            continue
        first = word if first is None else first
        verb = any(w in AUXILIARY or w in NEGATION for w in low[at:word])
        if word + 1 < last and low[word + 1] in CONJUNCTION:
            continue
        listed = word + 2 < last and low[word + 2] in (",", "and") and word + 1 in view.starting
        if (verb or _verbal(low[at:word])) and not listed:
            return word
    return first


def _verbal(words: tuple[str, ...]) -> bool:
    return any(len(w) > 3 and w.endswith(("s", "ed")) and "'" not in w for w in words[1:])


def _condition_end(view: View, at: int, last: int) -> int:
    low = view.low
    for word in range(at, last):
        if low[word] in HARD:
            return word
        if low[word] == "," and word + 1 < last:
            after = low[word + 1]
            if after in ("but", "while", "although", "which", "because", "so", "since", "said"):
                return word
            more = after in ("and", "or") and word + 2 < last and word + 2 in view.starting
            if more and not in_list(view, word - 1):
                return word
            told = any(w in TOLD for w in low[word + 1 : min(word + ATTRIBUTION, last)])
            if told:
                return word
        if low[word] in ("while", "whereas"):
            return word
    return last


def _conclusion_start(view: View, before: int) -> int:
    low = view.low
    for word in range(before - 1, max(before - REACH, 0) - 1, -1):
        if low[word] in HARD or low[word] in ("“", "«"):
            return word + 1
        if low[word] == "that" and word > 0 and low[word - 1] in SAYING:
            return word + 1
        if low[word] == "," and word + 1 < before and low[word + 1] in ("and", "but", "so", "then"):
            return word + 1
    first = max(before - REACH, 0)
    while first < before and adverbial(low[first]):
        first += 1
    if low[first : first + 2] == ("according", "to"):
        comma = next((w for w in range(first, before) if low[w] == ","), None)
        return first if comma is None else comma + 1
    return first
