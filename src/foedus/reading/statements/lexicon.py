"""Phrases written one a line, and where they stand in a sentence.

A phrase is words with blanks between: ``a|b`` either word, ``a?`` a word that may be left out,
``blame*`` the verb in all its forms, ``CAPITALS`` a class of its own below. Adverbs may stand
between the words of a phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from foedus.reading.statements.words import adverbial

IRREGULAR: Mapping[str, str] = {
    "swear": "swear swears swore sworn swearing",
    "seek": "seek seeks sought seeking",
    "hold": "hold holds held holding",
    "cast": "cast casts casting",
    "give": "give gives gave given giving",
    "take": "take takes took taken taking",
    "say": "say says said saying",
    "see": "see sees saw seen seeing",
    "set": "set sets setting",
    "put": "put puts putting",
    "lay": "lay lays laid laying",
    "draw": "draw draws drew drawn drawing",
    "strive": "strive strives strove striven strived striving",
    "undertake": "undertake undertakes undertook undertaken undertaking",
    "find": "find finds found finding",
    "bear": "bear bears bore borne bearing",
    "commit": "commit commits committed committing",
    "rest": "rest rests rested resting",
    "refer": "refer refers referred referring",
    "plan": "plan plans planned planning",
    "prefer": "prefer prefers preferred preferring",
    "think": "think thinks thought thinking",
    "stand": "stand stands stood standing",
    "try": "try tries tried trying",
    "rely": "rely relies relied relying",
    "worry": "worry worries worried worrying",
    "deny": "deny denies denied denying",
    "turn": "turn turns turned turning",
    "vow": "vow vows vowed vowing",
    "pin": "pin pins pinned pinning",
    "slam": "slam slams slammed slamming",
    "spurn": "spurn spurns spurned spurning",
    "regard": "regard regards regarded regarding",
    "view": "view views viewed viewing",
    "have": "have has had having",
    "make": "make makes made making",
    "mean": "mean means meant meaning",
    "hit": "hit hits hitting",
}
CLASSES: Mapping[str, tuple[str, ...]] = {
    "WONT": (
        "will|would|can|could|shall|must|should|does|do|did not|never",
        "won't|wouldn't|can't|cannot|couldn't|shan't|mustn't|doesn't|don't|didn't",
    ),
    "NEVER": ("will|would|shall not|never", "won't|wouldn't|shan't"),
    "SELF": ("itself|himself|herself|themselves|ourselves|myself",),
    "BE": ("is|are|was|were|be|been|being|remain|remains|remained|seem|seems|seemed|it's|'s",),
    "SEE": ("view*", "regard*", "see*", "consider*", "treat*", "describe*", "think*", "call*",
            "portray*", "frame*", "deem*", "refer* to"),
}  # fmt: skip

ADVERBS = 3
"""At most so many adverbs between two words of a phrase."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say something, and what it says."""

    words: tuple[frozenset[str], ...]
    tag: str

    def end(self, low: tuple[str, ...], at: int) -> int:
        """Where the phrase that begins at a word ends; 0 if it does not stand there."""
        here, last = at, len(low)
        for number, choice in enumerate(self.words):
            until = min(here + ADVERBS, last) if number else here
            while here < until and low[here] not in choice and adverbial(low[here]):
                here += 1
            if here >= last or low[here] not in choice:
                return 0
            here += 1
        return here


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a phrase stands in a sentence: from the word start up to the word end."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first word, the longest first."""

    first: Mapping[str, tuple[Phrase, ...]]
    second: Mapping[str, frozenset[str]]
    """The words that go on where no phrase is one word long; a quick way to say no."""

    @staticmethod
    def of(entries: Iterable[tuple[str, str]]) -> Lexicon:
        """From tags and the lines of phrases that carry them."""
        table: dict[str, list[Phrase]] = {}
        for tag, lines in entries:
            for line in filter(None, (one.strip() for one in lines.splitlines())):
                for words in _spelled_out(line.split()):
                    for word in words[0]:
                        table.setdefault(word, []).append(Phrase(words, tag))
        long = {w: tuple(sorted(p, key=lambda one: -len(one.words))) for w, p in table.items()}
        second = {
            first: frozenset[str]().union(*(phrase.words[1] for phrase in phrases))
            for first, phrases in long.items()
            if all(len(phrase.words) > 1 for phrase in phrases)
        }
        return Lexicon(long, second)

    def hits(self, low: tuple[str, ...]) -> Iterator[Hit]:
        """The phrases in a sentence, left to right; each word belongs to at most one."""
        first, second, free, last = self.first, self.second, 0, len(low) - 1
        for at, word in enumerate(low):
            if word in first and at >= free:
                if word in second and (at == last or not _goes_on(second[word], low[at + 1])):
                    continue
                for phrase in first[word]:
                    if end := phrase.end(low, at):
                        yield Hit(at, end, phrase.tag)
                        free = end
                        break


def _goes_on(second: frozenset[str], word: str) -> bool:
    return word in second or adverbial(word)


def forms(verb: str) -> frozenset[str]:
    """All forms of a verb."""
    if verb in IRREGULAR:
        return frozenset(IRREGULAR[verb].split())
    if verb.endswith("e"):
        return frozenset([verb, verb + "s", verb + "d", verb[:-1] + "ing"])
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return frozenset([verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"])
    plural = "es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return frozenset([verb, verb + plural, verb + "ed", verb + "ing"])


def _spelled_out(parts: list[str]) -> Iterator[tuple[frozenset[str], ...]]:
    choices: list[list[tuple[frozenset[str], ...]]] = []
    for part in parts:
        if part in CLASSES:
            variants = [line.split() for line in CLASSES[part]]
            choices.append([way for line in variants for way in _spelled_out(line)])
        elif part.endswith("?"):
            choices.append([(_choice(part[:-1]),), ()])
        else:
            choices.append([(_choice(part),)])
    for way in product(*choices):
        yield tuple(word for group in way for word in group)


def _choice(part: str) -> frozenset[str]:
    found: set[str] = set()
    for word in part.split("|"):
        found |= forms(word[:-1]) if word.endswith("*") else {word}
    return frozenset(found)
