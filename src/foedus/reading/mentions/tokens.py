"""The words of a sentence as names are looked up in it: cut at hyphens, without a possessive s."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.reading.text import Sentence

_LONG = 64
"""Letters from which on a word is no name and is left whole."""
_HYPHENS = frozenset("-–—‑")

Piece = tuple[str, str, int, int, bool, bool]


@dataclass(slots=True)
class Tokens:
    """The pieces of a sentence's words, side by side."""

    text: str
    """The whole text that the places are in."""
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    """Where the piece ends; a possessive s stands after it."""
    owns: list[bool]
    """Has it a possessive s?"""
    tied: list[bool]
    """Does a hyphen tie it to the next?"""

    def __len__(self) -> int:
        return len(self.words)

    def spelled(self, first: int, end: int) -> str:
        """The text from the word first up to, not including, the word end."""
        return " ".join(self.text[self.starts[first] : self.ends[end - 1]].split())


def tokens(text: str, sentence: Sentence, seen: dict[str, list[Piece]]) -> Tokens:
    """Cut a sentence's words; `seen` keeps how words were cut before."""
    out = Tokens(text, [], [], [], [], [], [])
    words, lower, starts, ends = out.words, out.lower, out.starts, out.ends
    owns, tied = out.owns, out.tied
    for word, start in zip(sentence.words, sentence.starts, strict=True):
        if len(word) == 1 and word in "'’" and words and words[-1][-1] == "s" and ends[-1] == start:
            owns[-1] = True
            continue
        pieces = seen.get(word)
        if pieces is None:
            pieces = seen[word] = _pieces(word)
        for text, low, first, last, own, tie in pieces:
            words.append(text)
            lower.append(low)
            starts.append(start + first)
            ends.append(start + last)
            owns.append(own)
            tied.append(tie)
    return out


def _pieces(word: str) -> list[Piece]:
    if word.isalpha() or len(word) > _LONG or len(word) == 1:
        return [(word, word.lower(), 0, len(word), False, False)]
    plain = word.replace("’", "'").replace("‘", "'")
    end = len(word)
    own = plain.endswith(("'s", "'S")) and end > 2
    if own:
        end -= 2
    elif plain.endswith("'") and end > 1:
        own, end = True, end - 1
    out: list[Piece] = []
    first = 0
    for at in range(end + 1):
        if at < end and plain[at] not in _HYPHENS:
            continue
        if at > first:
            text = plain[first:at]
            out.append((text, text.lower(), first, at, own and at == end, at < end))
        first = at + 1
    return out or [(word, word.lower(), 0, len(word), False, False)]
