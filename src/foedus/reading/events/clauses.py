"""Verbs of a sentence, and how each stands: finite or not, active or passive, negated or not."""

from __future__ import annotations

from foedus.reading.events.clause import FINITE, GERUND, INFINITIVE, PARTICIPLE, Verb
from foedus.reading.events.group import Words
from foedus.reading.events.lexicon import Lexicon, Word
from foedus.reading.events.subjects import find_subject
from foedus.reading.events.tables import listed
from foedus.reading.events.verbhood import helps, is_verb, looks_past
from foedus.reading.events.words import (
    ADVERBS,
    AUXILIARIES,
    BE,
    NEGATIONS,
)  # fmt: skip

STATIVE = listed("stative")
"""Participles that, before `to` or `with`, tell of the subject: `is opposed to`."""


def verbs(words: Words, lexicon: Lexicon) -> list[Verb]:
    """The verbs of a sentence with their subjects, in order."""
    out: list[Verb] = []
    for i, word in enumerate(words.w):
        if words.at[i] >= 0 or not word[0].isalpha():
            continue
        entry = lexicon.words.get(word)
        if word in AUXILIARIES and word not in BE and helps(words, i, lexicon):
            continue
        if entry is None or not (entry.verb or entry.operator):
            if not looks_past(words, i):
                if word in BE and not helps(words, i, lexicon):
                    out.append(Verb(i, i, i + 1, None, FINITE))
                    find_subject(words, out[-1], out[:-1])
                continue
            entry = None
        elif (entry.verb and not is_verb(words, i, entry)) or (
            not entry.verb and words.w[i - 1] not in BE | ADVERBS
        ):
            continue
        verb = _formed(words, i, entry)
        find_subject(words, verb, out)
        out.append(verb)
    return out


def _formed(words: Words, i: int, entry: Word | None) -> Verb:
    """The verb with its auxiliaries: finite or not, active or passive, negated or not."""
    w, k = words.w, i - 1
    helpers: list[str] = []
    negated = False
    while k >= 0 and words.at[k] < 0:
        word = w[k]
        if word in NEGATIONS:
            negated = True
        if word in AUXILIARIES:
            helpers.append(word)
        elif word not in NEGATIONS and word not in ADVERBS and not word.endswith("ly"):
            break
        k -= 1
    kinds = entry.verb if entry else "dn"
    before = w[k] if k >= 0 else ""
    after = w[i + 1] if i + 1 < len(w) else "."
    nearest = helpers[0] if helpers else ""
    passive = bool(nearest in BE and "n" in kinds)
    if not helpers and "n" in kinds and after == "by":
        passive = True
    if passive and entry is not None and entry.lemma in STATIVE and after in {"to", "with"}:
        passive = False
    form = FINITE
    if before == "to" and "b" in kinds and "g" not in kinds:
        form, k = INFINITIVE, k - 1
        if k >= 0 and w[k] in {"not", "never"}:
            negated, k = True, k - 1
    elif before == "to" and helpers:
        form, k = INFINITIVE, k - 1
    elif "g" in kinds and not helpers:
        form = GERUND
    elif (passive and not helpers) or _reduced(words, i, kinds, helpers):
        form, passive = PARTICIPLE, True
    first = k + 1
    return Verb(i, first, i + 1, entry, form, passive, negated, tuple(reversed(helpers)))


def _reduced(words: Words, i: int, kinds: str, helpers: list[str]) -> bool:
    """Whether a participle qualifies a group after a preposition: `to people ordered out`."""
    if helpers or "n" not in kinds or i == 0 or words.at[i - 1] < 0:
        return False
    return words.groups[words.at[i - 1]].prep in {"to", "against", "into"}
