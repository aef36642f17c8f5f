"""Where the noun phrase begins that ends at a word, and what the subject of a clause is."""

from __future__ import annotations

from foedus.reading.cues.lexicon import wordset
from foedus.reading.quotes.memory import Who
from foedus.reading.quotes.people import People
from foedus.reading.quotes.verbs import VERBS
from foedus.reading.quotes.view import View
from foedus.reading.quotes.words import (
    BREAK,
    DETERMINER,
    FINITE,
    PREPOSITION,
    PUNCTUATION,
    ROLES,
    TIME,
)  # fmt: skip

REACH = 40
"""Words that are looked through for a subject."""
RELATIVE = wordset("who which whose")
PAST = wordset("""
    met left went came took gave saw held spoke made got sent brought fought won lost began kept
    flew stood sat rose fell broke led built paid cut hit put set let shook drew threw struck
""")


def phrase(view: View, last: int, people: People) -> tuple[Who | None, int]:
    """The noun phrase that ends at a word, and where it begins."""
    first = _left(view, last)
    if first > last:
        return None, last
    low = view.low
    if adverbial(view, first, people):
        first = _last_phrase(view, first, last)
    while first < last and low[first] in {"and", "but", "yet", "so", "however", "meanwhile"}:
        first += 1
    return people.named(view, first, last), first


def adverbial(view: View, first: int, people: People) -> bool:
    """`On Friday`, `Speaking in Ankara`, `Asked about it`: no subject yet."""
    word = view.low[first]
    if word in PREPOSITION:
        return True
    if not word.endswith(("ing", "ed")) or len(word) < 5:
        return False
    return not people.within(view.starts[first], view.ends[first])


def _left(view: View, last: int) -> int:
    """Where the clause begins that a noun phrase ends."""
    low, place = view.low, last
    joined = False
    while place >= 0 and last - place < REACH:
        word = low[place]
        if word in PUNCTUATION or word in BREAK or word in {",", "but"} or view.is_blank(place):
            break
        if word in FINITE or (word in VERBS and VERBS[word].past and view.words[place].islower()):
            if joined:
                return _after_join(low, place, last)
            break
        joined |= word in {"and", "or"}
        place -= 1
    return place + 1


def _after_join(low: list[str], place: int, last: int) -> int:
    for at in range(last, place, -1):
        if low[at] in {"and", "or"}:
            return at + 1
    return place + 1


def _last_phrase(view: View, first: int, last: int) -> int:
    """`On Friday Lavrov`, `In Moscow the minister`: where the last noun phrase begins."""
    low, words = view.low, view.words
    for place in range(last, first, -1):
        if low[place] in {"the", "a", "an"}:
            return place
        before = low[place - 1]
        if before in PREPOSITION or before in TIME or before.isdigit():
            return place
        if words[place][0].isupper() and words[place - 1].islower() and before not in ROLES:
            return place
    return first + 1


def clause_first(view: View, last: int, people: People) -> tuple[Who | None, int]:
    """The subject of the clause that runs up to a word."""
    low = view.low
    first = last
    while first > 0 and last - first < 2 * REACH:
        if low[first - 1] in {";", ":"} or view.is_blank(first - 1):
            break
        first -= 1
    if adverbial(view, first, people) or low[first] in BREAK:
        comma = next((at for at in range(first, last) if low[at] == ","), first - 1)
        first = comma + 1
    end = first + 1
    while end < last and not _predicate(view, first, end):
        end += 1
    who = people.named(view, first, end - 1) if end > first else None
    if who and who.sure:
        return who, first
    return people.first(view, first, last) or who, first


def _predicate(view: View, first: int, place: int) -> bool:
    word = view.low[place]
    if word in FINITE or word in PAST or word == "," or word in VERBS or word in RELATIVE:
        return view.words[place].islower() or word == ","
    if place == first or not view.words[place].islower() or word in ROLES:
        return False
    return word.endswith("ed") or (word.endswith("s") and _verb_like(view, place))


def _verb_like(view: View, place: int) -> bool:
    """Whether a word in -s is a verb: something that only follows a verb comes next."""
    following = view.low[place + 1] if place + 1 < len(view.low) else ""
    return following in DETERMINER or following in PREPOSITION or following in {"to", "that", "as"}
