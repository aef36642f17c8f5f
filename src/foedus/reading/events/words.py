"""Function words, and common verbs that are no events, which tell clauses and their subjects."""

from __future__ import annotations

from foedus.reading.events.tables import listed

DETERMINERS = listed("determiners")
PREPOSITIONS = listed("prepositions")
BE = listed("be")
HAVE = listed("have")
DO = listed("do")
MODALS = listed("modals")
FUTURE = listed("future")
MAYBE = listed("maybe")
SHOULD = listed("should")
NEGATIONS = listed("negations")
AUXILIARIES = BE | HAVE | DO | MODALS
ADVERBS = listed("adverbs")
RELATIVES = listed("relatives")
SUBORDINATORS = listed("subordinators")
CONJUNCTIONS = frozenset({"and", "or", "but", "nor"})
PRONOUNS = listed("pronouns")
ARTICLES = listed("articles")
"""Determiners that begin a new noun; figures do not."""
TIMES = listed("times")
STOPS = listed("stops")
COMMON = listed("common")
PAST: dict[str, tuple[str, str]] = {
    row.split(":")[0]: (row.split(":")[1], row.split(":")[-1]) for row in listed("past")
}
"""Past tense and participle of verbs that do not simply add -ed, or that double a letter."""
DOUBLED = listed("doubled")
