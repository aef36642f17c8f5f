"""How far a group goes to its left and right, and which preposition governs it."""

from __future__ import annotations

from foedus.reading.events.group import OWN, Group, Words
from foedus.reading.events.lexicon import Lexicon
from foedus.reading.events.merging import spelled
from foedus.reading.events.qualifying import CLOSED, GAP, is_open
from foedus.reading.events.words import DETERMINERS, NEGATIONS, PREPOSITIONS
from foedus.reading.text import Sentence

LONGEST_PHRASE = 6
"""Words that a phrase goes on at most."""
BREAKS = NEGATIONS | frozenset({"that", "this", "these", "those", "there"})


def widen(w: list[str], group: Group, floor: int, lexicon: Lexicon) -> None:
    """Take in what qualifies it, to its left, down to its determiner or the group before."""
    k = group.start
    if group.pronoun:
        return
    while (
        k > 0
        and group.start - k < GAP + 3
        and (is_open(w, k - 1, lexicon) or w[k - 1] in DETERMINERS or _in_figure(w, k - 1))
        and w[k - 1] != "that"
    ):
        k -= 1
        if w[k].isdigit() and not (k > 0 and (w[k - 1] in DETERMINERS or w[k - 1] == ",")):
            break
        if w[k] in DETERMINERS:
            group.own = w[k] in OWN
            if not (k > 0 and w[k - 1] in DETERMINERS):
                break
    k = max(k, floor)
    group.start = min(k, group.start)


def _in_figure(w: list[str], k: int) -> bool:
    """Whether a comma stands inside figures: 3,000."""
    return w[k] == "," and 0 < k < len(w) - 1 and w[k - 1].isdigit() and w[k + 1][:3].isdigit()


def lengthen(sentence: Sentence, w: list[str], group: Group, limit: int, lexicon: Lexicon) -> None:
    """Take in the name after a title and a bracket's end; before a thing it only qualifies that."""
    if group.pronoun or group.possessive:
        return
    k = group.end
    while k < limit and sentence.words[k][0].isupper() and w[k] not in CLOSED and group.sector:
        k += 1
    if k < len(w) and w[k] == ")" and "(" in w[group.start : k]:
        k += 1
    if (
        k == group.end
        and not group.named
        and k < limit
        and w[k] not in CLOSED
        and w[k][0].isalpha()
    ):
        entry = lexicon.words.get(w[k])
        if (entry and entry.noun_frames and not w[k - 1].endswith("s")) or (
            entry is None and is_open(w, k, lexicon) and not w[k].endswith("ly")
        ):
            group.adjective = True
    if k > group.end and group.name and (not group.named or group.actor is None):
        group.name = spelled(sentence, Group(group.start, k))
    group.end = k


def phrase_end(words: Words, last: int) -> int:
    """The word after the noun phrase that stands around the word before `last`, or starts there."""
    w, k = words.w, last
    while k < len(w) and k - last < LONGEST_PHRASE:
        word = w[k]
        inside = word[0].isalnum() and (word not in CLOSED or word in DETERMINERS)
        if not inside or word in BREAKS or (word in DETERMINERS and k > last):
            break
        k += 1
    return k


def govern(words: Words, group: Group, lexicon: Lexicon) -> None:
    """The preposition that governs it, and whether a word such as `south` stands between."""
    w, k = words.w, group.start - 1
    steps = GAP if group.pronoun else 0
    while (
        k >= 0
        and steps < GAP
        and words.at[k] < 0
        and (is_open(w, k, lexicon) or w[k] in {"both", "as", "the"})
    ):
        k -= 1
        steps += 1
    if k >= 0 and words.at[k] < 0 and w[k] in PREPOSITIONS:
        if (w[k], w[k - 1] if k else "") in {
            ("to", "up"),
            ("as", "many"),
            ("than", "more"),
            ("than", "fewer"),
        } or (w[k] == "at" and w[k + 1] == "least"):
            return
        group.prep, group.prep_at = w[k], k
