"""Who is about to be quoted: the name in a sentence that ends with a colon."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.reading.text import Sentence
from foedus.reading.voices.subject import in_name, named_at, subject
from foedus.reading.voices.verbs import GIVEN, GIVING, PRONOUNS, SAYING, WRITING

OF_TEXT = re.compile(
    r"(?:article|essay|piece|analysis|assessment|report|paper|study|post|column|op-ed|book|memoirs?|"
    r"interview|speech|letter|statement|review|commentary|dispatch|summary|thread|briefing|excerpt|"
    r"extract|passage|text|transcript|translation|remarks|address)s?$",
    re.I,
)
FOLLOWS = re.compile(
    r"\b(?:(?:the )?following|what follows|below|here)\b[^.]{0,40}\b(?:excerpt|extract|passage|"
    r"text|transcript|translation|statement|letter|piece|article|essay|analysis)\b|"
    r"\b(?:is|are) (?:an? )?(?:excerpt|extract|adaptation|passage)s?\b|\b(?:excerpted|adapted|"
    r"reprinted|republished|reproduced|translated) (?:below|here|from|by)\b|"
    r"\b(?:excerpts?|extracts?|highlights)\b[^.]{0,80}:$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who is about to speak, and how: `writing` if a text follows, not words spoken."""

    speaker: str | None
    writing: bool
    known: bool = True
    """Whether there is a subject that speaks; False for a colon before a list, say."""


def introduction(sentence: Sentence, *, asked: bool = False) -> Introduction | None:
    """Who a sentence says is about to speak; None if it introduces nothing.

    It does if it ends with a colon or says that a text follows, or if it is `asked` because a
    marked quotation stands beneath it.

    The name is that of the first verb of writing or saying whose subject has a name; else the words
    for a person or an office ("senior official"); else nobody (a pronoun, a passive).
    """
    words = sentence.words
    told = " ".join(words).replace(" :", ":")
    follows = FOLLOWS.search(told) is not None
    if words[-1] != ":" and not follows and not asked:
        return None
    gives = any(word.lower() in GIVEN for word in words)
    best: Introduction | None = None
    for at, word in enumerate(words):
        low = word.lower()
        writing = low in WRITING or (low in ("goes", "went") and "on" in words[at + 1 : at + 2])
        if not writing and low not in SAYING and not (gives and low in GIVING):
            continue
        if at and words[at - 1].lower() in ("by", "to", "of"):
            continue
        name = subject(words, at)
        if name is not None and name.lower() not in PRONOUNS and _is_named(name):
            return Introduction(name, writing or follows or words[0] == "Writing")
        if name is not None and best is None:
            best = Introduction(None if name.lower() in PRONOUNS else name, writing or follows)
    named = _owner(words)
    if named is not None:
        return Introduction(named, True)
    if asked and words[-1] != ":" and (best is None or best.speaker is None):
        return None
    return best or Introduction(None, follows, known=follows)


def _is_named(name: str) -> bool:
    return any(word[0].isupper() for word in name.split())


def opening_name(sentence: Sentence) -> str | None:
    """The name, or the words for an office, that a sentence begins with."""
    words = sentence.words
    for last in range(min(len(words), 9) - 1, -1, -1):
        if not words[last][0].isalpha():
            continue
        name = named_at(words, last)
        if name is not None and words[last + 1 : last + 2] != ("’s",):
            begin = last - len(name.split()) + 1
            if begin <= 2 and name.lower() not in PRONOUNS:
                return name
    return None


def _owner(words: tuple[str, ...]) -> str | None:
    """The name in "from X's article:", "an essay by X:", "the words of X:", "according to X:"."""
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if OF_TEXT.match(word):
            for back in range(at - 1, max(at - 5, -1), -1):
                if words[back].endswith(("’s", "'s", "s’")) and words[back][0].isupper():
                    name = named_at(words, back)
                    return name and re.sub(r"(?:[’']s|(?<=s)[’'])$", "", name)
        if word.lower() in ("by", "of", "to", "from") and at + 1 < len(words) and _leads(words, at):
            return _from(words, at + 1)
    return None


def _begins(word: str) -> bool:
    return word[0].isupper() and not word.endswith(("’s", "'s"))


def _leads(words: tuple[str, ...], at: int) -> bool:
    before = words[at - 1].lower() if at else ""
    if words[at] == "to":
        return before == "according"
    if words[at].lower() == "by":
        return True
    return before == "words" or (words[at] == "from" and OF_TEXT.match(before) is not None)


def _from(words: tuple[str, ...], first: int) -> str | None:
    while first < len(words) - 1 and not _begins(words[first]) and words[first] not in ":,":
        first += 1
    last = first
    while last < len(words) and last - first < 7 and in_name(words, last, len(words)):
        last += 1
    while last > first and not words[last - 1][0].isupper():
        last -= 1
    return named_at(words, last - 1) if last > first else None
