"""The frame lexicon, read once: every form of every verb and noun, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from foedus.reading.events.inflecting import plural, verb_forms
from foedus.reading.events.tables import listed, rows
from foedus.reading.events.words import COMMON

ADJECTIVES = listed("adjectives")
"""Operators that stand after a form of be: `ready to`."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb or noun tells: the event, and where its target stands."""

    type: str
    mode: str | None
    args: tuple[str, ...]
    """`o` object, a preposition, `=` each other, `-` none needed, `<` after a preposition: the
    other way round."""


@dataclass(slots=True)
class Word:
    """All that a form can be."""

    lemma: str
    verb: str = ""
    """What forms of the verb it is, of b z d n g; empty if it is none."""
    noun: bool = False
    frame: Frame | None = None
    """As a verb."""
    noun_frames: list[Frame] = field(default_factory=list)
    phrases: list[tuple[tuple[str, ...], Frame]] = field(default_factory=list)
    """As a verb with the words after it, the longest first."""
    noun_phrases: list[tuple[tuple[str, ...], Frame]] = field(default_factory=list)
    operator: str | None = None
    operator_phrases: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    pairs: dict[str, Frame] = field(default_factory=dict)
    """As a verb with a noun (its singular) a few words on."""
    pair_phrases: list[tuple[tuple[str, ...], dict[str, Frame]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by their lower-case form, and people by the singular's or plural's form."""

    words: dict[str, Word]
    agents: dict[str, str]
    singulars: dict[str, str]
    """Of nouns that stand in pairs: the singular of each form."""


@cache
def lexicon() -> Lexicon:
    """The lexicon, built on first use."""
    words: dict[str, Word] = {}
    for name in COMMON:
        _verb(words, name)
    _verbs(words)
    _operators(words)
    singulars = _pairs(words)
    _nouns(words)
    return Lexicon(words, _agents(), singulars)


def _entry(words: dict[str, Word], form: str, lemma: str) -> Word:
    found = words.get(form)
    if found is None:
        found = words[form] = Word(lemma)
    return found


def _verb(words: dict[str, Word], lemma: str) -> Iterator[Word] | list[Word]:
    """The entries of a verb's forms."""
    out = []
    for form, kinds in verb_forms(lemma).items():
        word = _entry(words, form, lemma)
        word.verb = "".join(sorted({*word.verb, *kinds}))
        out.append(word)
    return out


def _frame(kind: str, mode: str, args: str) -> Frame:
    return Frame(kind, None if mode == "-" else mode, tuple(args.split(",")))


def _verbs(words: dict[str, Word]) -> None:
    for kind, mode, args, lemmas in rows("verbs.tsv"):
        frame = _frame(kind, mode, args)
        for lemma in lemmas.split(";"):
            first, *rest = lemma.split()
            for word in _verb(words, first):
                if rest:
                    word.phrases.append((tuple(rest), frame))
                    word.phrases.sort(key=lambda item: -len(item[0]))
                elif word.frame is None:
                    word.frame = frame


def _operators(words: dict[str, Word]) -> None:
    for kind, lemmas in rows("operators.tsv"):
        for lemma in lemmas.split(";"):
            first, *rest = lemma.split()
            if first in ADJECTIVES:
                _entry(words, first, first).operator = kind
                continue
            for word in _verb(words, first):
                if rest:
                    word.operator_phrases.append((tuple(rest), kind))
                elif word.operator is None:
                    word.operator = kind


def _pairs(words: dict[str, Word]) -> dict[str, str]:
    singulars: dict[str, str] = {}
    for kind, mode, args, verbs, nouns in rows("pairs.tsv"):
        frame = _frame(kind, mode, args)
        table = dict.fromkeys(nouns.split(";"), frame)
        for noun in table:
            for form in (noun, plural(noun)):
                singulars.setdefault(form.split()[-1], noun.split()[-1])
        table = {_key(noun): frame for noun in table}
        for lemma in verbs.split(";"):
            first, *rest = lemma.split()
            for word in _verb(words, first):
                if rest:
                    word.pair_phrases.append((tuple(rest), table))
                else:
                    word.pairs = {**table, **word.pairs}
    return singulars


def _key(noun: str) -> str:
    """A noun of a pair by its last word; kinds of strike by both."""
    return noun if noun.endswith(" strike") else noun.split()[-1]


def _nouns(words: dict[str, Word]) -> None:
    for kind, mode, args, nouns in rows("nouns.tsv"):
        frame = _frame(kind, mode, args)
        for noun in nouns.split(";"):
            for form in (noun, plural(noun)):
                *before, last = form.split()
                word = _entry(words, last, noun.split()[-1])
                word.noun = True
                if before:
                    word.noun_phrases.append((tuple(before), frame))
                else:
                    word.noun_frames.append(frame)


def _agents() -> dict[str, str]:
    out: dict[str, str] = {}
    for sector, nouns in rows("agents.tsv"):
        for noun in nouns.split(";"):
            for form in (noun, plural(noun)):
                out.setdefault(form, sector)
    return out
