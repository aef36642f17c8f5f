"""Whether a word that may be a verb is one, and whether what it says is so."""

from __future__ import annotations

from foedus.reading.statements.clauses import clause_start
from foedus.reading.statements.lexicon import Hit
from foedus.reading.statements.phrases import phrase_to
from foedus.reading.statements.scene import View
from foedus.reading.statements.words import BE, DETERMINER, LEANING, NEGATION, PREPOSITION, words

NOUNS = words(
    "pledge pledges promise promises vow vows guarantee guarantees refuse object objects fault "
    "faults charge charges blame complaint aim aims hope hopes plan plans desire desires wish "
    "wishes attempt attempts demand demands push press worry worries fear fears want wants "
    "doubt doubts question questions concern concerns decline need needs"
)
"""Verbs that are also nouns."""
ADJECTIVES = words("promising promised guaranteed pledged committed sworn wanted")
BARE = words("to will would can could shall should may might must not n't")


def nominal(view: View, hit: Hit, begin: int) -> bool:
    """Whether the word is a noun here: behind an article, an owner, an adjective, a preposition."""
    low, word = view.low, view.low[hit.start]
    if word not in NOUNS or (begin < hit.start and low[hit.start - 1] in BARE):
        return False
    if begin == 0:
        return True
    before = low[begin - 1]
    if before in DETERMINER or (before in PREPOSITION and before != "to"):
        return before not in ("all", "both", "many", "some", "these", "those", "that")
    if before.endswith(("'s", "s'")):
        return True
    who = phrase_to(view, begin - 1)
    return who is None


def adjectival(view: View, hit: Hit) -> bool:
    """Whether the word only describes a noun: a promising start, the promised aid."""
    low, word = view.low, view.low[hit.start]
    if word not in ADJECTIVES or hit.end - hit.start > 1:
        return False
    before = low[hit.start - 1] if hit.start else ""
    after = low[hit.end] if hit.end < len(low) else ""
    if before in DETERMINER or before.endswith("'s"):
        return True
    leads = after in DETERMINER or after in ("to", "that", "not") or hit.end in view.starting
    return word == "promising" and not leads


def negated(view: View, begin: int, hit: Hit) -> bool:
    """Whether the verb is denied: `has not ruled out`, `never promised`."""
    return any(word in NEGATION for word in view.low[begin : hit.start])


def leaning(view: View, begin: int, hit: Hit) -> bool:
    """Whether it is only possible or asked for: `should be guaranteed`, `might refuse`."""
    group = view.low[begin : hit.start]
    opens = clause_start(view, begin)
    opener = view.low[opens - 1] if opens else ""
    return any(word in LEANING for word in group) or opener in ("if", "unless", "whether")


def passive(view: View, begin: int, hit: Hit) -> bool:
    """Whether the subject is whom it is done to: `is blamed`, `was promised`."""
    word = view.low[hit.start]
    if not word.endswith(("ed", "en", "own", "orn")) and word not in ("held", "sought", "cast"):
        return False
    return any(w in BE for w in view.low[begin : hit.start])
