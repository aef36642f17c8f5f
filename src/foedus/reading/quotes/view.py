"""A sentence seen without the quotations in it, or a quotation's words seen by themselves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from foedus.reading.cues.lexicon import wordset
from foedus.reading.quotes.marks import Pair
from foedus.reading.quotes.words import BLANK
from foedus.reading.text import Sentence, Text

SHORTENED = wordset(
    "Mr Mrs Ms Dr Prof Gen Lt Col Maj Capt Sgt Cmdr Adm Brig Gov Sen Rep Rev Amb Hon Jr Sr Gens"
)


@dataclass(slots=True)
class View:
    """Words of one sentence that stand on one level; a quotation among them is one blank."""

    sentence: int
    within: int
    """The number of the quotation it stands in; −1 for none."""
    words: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    blanks: dict[int, int] = field(default_factory=dict)
    """Place of a blank → the number of its quotation."""

    def add(self, word: str, start: int, end: int) -> None:
        """One more word."""
        self.words.append(word)
        self.low.append(word.lower())
        self.starts.append(start)
        self.ends.append(end)

    def is_blank(self, place: int) -> bool:
        """Whether a quotation stands at a place."""
        return place in self.blanks


def whole(number: int, sentence: Sentence) -> View:
    """A sentence without quotations."""
    words, starts = list(sentence.words), list(sentence.starts)
    if "." in words[:-1]:
        kept = [at for at in range(len(words)) if not _abbreviates(words, starts, at)]
        words, starts = [words[at] for at in kept], [starts[at] for at in kept]
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    low = [word.lower() for word in words]
    return View(number, -1, words, low, starts, ends)


def _abbreviates(words: Sequence[str], starts: Sequence[int], at: int) -> bool:
    """Whether a full stop belongs to the word before it: `Lt.`, `Stephen J.`"""
    if words[at] != "." or at in (0, len(words) - 1):
        return False
    before = words[at - 1]
    short = before in SHORTENED or (len(before) == 1 and before.isupper())
    return short and starts[at] == starts[at - 1] + len(before)


def views(text: Text, direct: Sequence[Pair], inline: Sequence[Pair]) -> list[View]:
    """All views of a text, sentence by sentence, outer ones first.

    `direct` quotations become blanks and views of their own; the marks of `inline` ones are left
    out and their words belong to the sentence around them.
    """
    skipped = {mark for pair in inline for mark in (pair.start, pair.end - 1)}
    in_order = sorted(skipped)
    out: list[View] = []
    open_now: list[int] = []
    coming = 0
    for number, sentence in enumerate(text.sentences):
        starts_later = coming == len(direct) or direct[coming].start >= sentence.end
        place = bisect_left(in_order, sentence.start)
        marked = place < len(in_order) and in_order[place] < sentence.end
        if not open_now and starts_later and not marked:
            out.append(whole(number, sentence))
            continue
        coming = _cut(number, sentence, direct, skipped, open_now, coming, out)
    return out


def _cut(
    number: int,
    sentence: Sentence,
    direct: Sequence[Pair],
    skipped: set[int],
    open_now: list[int],
    coming: int,
    out: list[View],
) -> int:
    levels: dict[int, View] = {}

    def level(pair: int) -> View:
        if pair not in levels:
            levels[pair] = View(number, pair)
        return levels[pair]

    def blank(pair: int, outer: int) -> None:
        view = level(outer)
        view.blanks[len(view.words)] = pair
        view.add(BLANK, direct[pair].start, direct[pair].end)

    for outer, pair in zip([-1, *open_now], open_now, strict=False):
        if direct[pair].end > sentence.start:
            blank(pair, outer)
    for at, (start, word) in enumerate(zip(sentence.starts, sentence.words, strict=True)):
        while open_now and direct[open_now[-1]].end <= start:
            open_now.pop()
        while coming < len(direct) and direct[coming].start <= start:
            blank(coming, open_now[-1] if open_now else -1)
            open_now.append(coming)
            coming += 1
        if start in skipped or _abbreviates(sentence.words, sentence.starts, at):
            continue
        if open_now and _is_mark(direct[open_now[-1]], start, word):
            continue
        level(open_now[-1] if open_now else -1).add(word, start, start + len(word))
    while open_now and direct[open_now[-1]].end <= sentence.end:
        open_now.pop()
    out += [levels[pair] for pair in sorted(levels)]
    return coming


def _is_mark(pair: Pair, start: int, word: str) -> bool:
    return start == pair.start or (start + len(word) == pair.end and not word[-1].isalnum())
