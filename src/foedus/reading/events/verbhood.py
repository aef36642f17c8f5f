"""Whether a word that can be a verb, a noun or both is a verb where it stands."""

from __future__ import annotations

from foedus.reading.events.group import Group, Words
from foedus.reading.events.lexicon import Lexicon, Word
from foedus.reading.events.tables import listed
from foedus.reading.events.words import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    RELATIVES,
    STOPS,
)  # fmt: skip

SPEAKING = listed("speaking")
MANY = listed("many")
GOES_ON = listed("goes on")


def helps(words: Words, i: int, lexicon: Lexicon) -> bool:
    """Whether a form of be stands before a participle or an operator such as `ready`."""
    for k in range(i + 1, min(i + 4, len(words.w))):
        word = words.w[k]
        if words.at[k] >= 0:
            return False
        if word in ADVERBS or word in NEGATIONS or word.endswith("ly") or word in BE:
            continue
        entry = lexicon.words.get(word)
        return bool(entry and (entry.operator or set(entry.verb) & set("ng"))) or word.endswith(
            "ed"
        )
    return False


def looks_past(words: Words, i: int) -> bool:
    """Whether a word nobody knows looks like a past tense."""
    word, before = words.w[i], words.w[i - 1] if i else ""
    if (
        len(word) < 5
        or not word.endswith("ed")
        or "-" in word
        or not words.sentence.words[i].islower()
    ):
        return False
    if before in DETERMINERS or before in PREPOSITIONS or before in CONJUNCTIONS:
        return False
    return not (i and words.at[i - 1] >= 0 and words.groups[words.at[i - 1]].adjective)


def is_verb(words: Words, i: int, entry: Word) -> bool:
    """Whether a word that can be a verb is one here."""
    w, kinds = words.w, set(entry.verb)
    before = w[i - 1] if i else ""
    if before == "to":
        return not kinds.isdisjoint("bg")
    if (
        before in MODALS
        or before in DO
        or (before in NEGATIONS and before not in {"no", "without"})
    ):
        return True
    group = words.groups[words.at[i - 1]] if i and words.at[i - 1] >= 0 else None
    if before == "that":
        return bool(kinds & {"d", "z"}) or ("b" in kinds and not entry.noun)
    if before in DETERMINERS or (group is not None and group.possessive):
        return False
    if "g" in kinds:
        return w[i] not in PREPOSITIONS and _gerund(words, i, entry, before, group)
    if not words.sentence.words[i].islower() and i:
        return False
    if kinds & {"d", "n"} and "b" not in kinds:
        if _qualifies(words, i, group):
            return False
        return before not in PREPOSITIONS and not (group is not None and group.adjective)
    return _told_by_neighbours(words, i, entry, before, group)


def _qualifies(words: Words, i: int, group: Group | None) -> bool:
    """Whether a participle stands between a verb and its object: `returned captured weapons`."""
    before = entry_of(words, i - 1) if group is None else None
    after = words.w[i + 1] if i + 1 < len(words.w) else "."
    led = before is not None and "d" in before.verb and words.w[i - 1] not in AUXILIARIES
    return (
        led and after[0].isalpha() and after not in PREPOSITIONS and not _object_follows(words, i)
    )


def _object_follows(words: Words, i: int) -> bool:
    """Whether a determiner, a name or a figure comes next."""
    k = i + 1
    if k >= len(words.w):
        return False
    return words.at[k] >= 0 or words.w[k] in DETERMINERS or words.w[k][0].isdigit()


def _gerund(words: Words, i: int, entry: Word, before: str, group: Group | None) -> bool:
    """Whether a form in -ing is a verb: not after `the`, before `of`, or qualifying a noun."""
    after = words.w[i + 1] if i + 1 < len(words.w) else "."
    if before in BE or before in GOES_ON:
        return True
    alone = entry.noun and before not in {",", "by", "while"} and not _object_follows(words, i)
    if alone and group is None and after not in {"to", "that", "with", "against"}:
        return False
    if after in {"of", "by"} or (group is not None and group.adjective):
        return False
    if before in PREPOSITIONS and before not in {"by", "after", "before", "while", "without"}:
        return _object_follows(words, i)
    following = entry_of(words, i + 1)
    noun = following is not None and (following.noun or after in words.lexicon.singulars)
    return not (noun and group is None and before != ",")


def entry_of(words: Words, i: int) -> Word | None:
    """What the lexicon knows of a word."""
    return words.lexicon.words.get(words.w[i]) if 0 <= i < len(words.w) else None


def _only_verb(words: Words, i: int) -> bool:
    """Whether nothing else in the rest of the sentence can be its verb."""
    for word in words.w[i + 1 :]:
        entry = words.lexicon.words.get(word)
        if word in AUXILIARIES or (entry is not None and "d" in entry.verb):
            return False
        if word in STOPS:
            break
    return words.w[i] != words.w[i].rstrip("s")


def _is_object(words: Words, group: Group) -> bool:
    """Whether a verb that is not of saying stands before a group: `struck Iran's *positions*`."""
    entry = entry_of(words, group.start - 1)
    if entry is None or not entry.verb or entry.lemma in SPEAKING:
        return False
    lead = words.w[group.start - 2] if group.start > 1 else ""
    return bool(entry.verb.strip("b")) or lead == "to" or lead in MODALS


def _agrees(words: Words, i: int, entry: Word, group: Group) -> bool:
    """Whether a plain form stands after several, a form in -s after one: `rebels advance`."""
    last = words.w[group.end - 1].rstrip("’'")
    many = (
        (last.endswith("s") and not group.named)
        or bool(group.joined)
        or last in MANY
        or group.nation
    )
    if entry.verb == "b" and group.named:
        return many or not entry.noun or _object_follows(words, i)
    if entry.verb == "b":
        return many
    return not (entry.verb == "z" and many and entry.noun)


def _told_by_neighbours(
    words: Words, i: int, entry: Word, before: str, group: Group | None
) -> bool:
    """For a form that may be a noun: whether what stands before and after makes it a verb."""
    after = words.w[i + 1] if i + 1 < len(words.w) else "."
    follows = _object_follows(words, i) or after in {"that", "to", "it", "him", "them"}
    if group is not None:
        if group.adjective:
            return False
        if group.pronoun:
            return True
        if not _agrees(words, i, entry, group) or _is_object(words, group):
            return False
        if entry.noun or not group.named:
            return follows or (group.named and group.prep is None and _only_verb(words, i))
        return group.prep is None or follows
    k = i - 1
    while k >= 0 and words.at[k] < 0 and (words.w[k] in ADVERBS or words.w[k].endswith("ly")):
        k -= 1
    word = words.w[k] if k >= 0 else ""
    if word in RELATIVES or word in MODALS or word in DO or (word in HAVE and "n" in entry.verb):
        return True
    if k < i - 1 and k >= 0 and words.at[k] >= 0:
        return follows or not entry.noun
    if word in BE and "n" in entry.verb:
        return True
    if word == "to" and k < i - 1:
        return "b" in entry.verb
    if word in CONJUNCTIONS or word == ",":
        return follows and not (entry.noun and word == ",")
    return (
        follows and not entry.noun and word != "" and word[0].isalpha() and word not in PREPOSITIONS
    )
