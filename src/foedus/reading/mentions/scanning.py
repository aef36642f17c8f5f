"""One pass over a sentence: names, people, organisations, groups and pronouns."""

from __future__ import annotations

from itertools import pairwise

from foedus.reading.mentions.capitals import capitalised
from foedus.reading.mentions.found import Found
from foedus.reading.mentions.groups import grouped
from foedus.reading.mentions.hits import looked_up
from foedus.reading.mentions.memory import Memory
from foedus.reading.mentions.names import Names
from foedus.reading.mentions.persons import titled
from foedus.reading.mentions.referring import both, pronoun
from foedus.reading.mentions.tokens import Tokens
from foedus.reading.mentions.words import (
    BOTH,
    FACES,
    GROUPS,
    NOT_NAMES,
    PRONOUNS,
    TITLE_WORDS,
    TOLD,
)


def scanned(cut: Tokens, names: Names, memory: Memory) -> list[Found]:
    """Whom a sentence names, in its order."""
    out: list[Found] = []
    lower, words, tree = cut.lower, cut.words, names.tree
    at, last = 0, len(cut)
    while at < last:
        low = lower[at]
        if low in tree or low in TOLD or (words[at][0].isupper() and low not in NOT_NAMES):
            at = max(_step(cut, names, memory, out, at), at + 1)
        else:
            at += 1
    for one, other in pairwise(out):
        memory.couple(one, other, cut)
    return out


def _step(cut: Tokens, names: Names, memory: Memory, out: list[Found], at: int) -> int:
    low, word = cut.lower[at], cut.words[at]
    hit = names.at(cut.lower, cut.words, at)
    size, entry = hit if hit is not None else (0, None)
    if low in TITLE_WORDS and (end := _title(cut, names, memory, out, at, size)) > at:
        return end
    if word[0].isupper() and low not in NOT_NAMES:
        end = capitalised(cut, names, memory, out, at, size, entry)
        if end > at:
            return end
    if entry is not None:
        return looked_up(cut, names, memory, out, at, size, entry)
    if low in GROUPS and (end := grouped(cut, names, memory, out, at)) > at:
        return end
    if low in PRONOUNS:
        return pronoun(cut, memory, out, at)
    if low in BOTH:
        return both(cut, memory, out, at)
    if low in FACES and word[0].isupper():
        form = "people" if low.endswith("s") else "face"
        out.append(Found(at, at, None, word, "nationality", None, form, "shape",
                         plural=form == "people"))  # fmt: skip
        return at + 1
    return at


def _title(cut: Tokens, names: Names, memory: Memory, out: list[Found], at: int, size: int) -> int:
    """A title from a word on, unless a longer name begins there."""
    kept, before = len(out), out[-1] if out else None
    end = titled(cut, names, memory, out, at)
    if end > at + size or (size == 0 and end > at):
        return end
    del out[kept:]
    if before is not None and (len(out) < kept):
        out.append(before)
    return at
