"""What all wordings of blame share: whom it is laid at, and what it is about."""

from __future__ import annotations

from foedus.reading.statements.builds import Found
from foedus.reading.statements.lexicon import Hit
from foedus.reading.statements.phrases import Group, mentions_from, phrase_to
from foedus.reading.statements.scene import View
from foedus.reading.statements.spans import clause_end, rest
from foedus.reading.statements.words import DETERMINER, person, words

AT_REACH = 9
"""Words between a verb of blame and whom it blames."""
RECIPROCAL = (("each", "other"), ("one", "another"))
ASIDE: tuple[tuple[str, ...], ...] = ((), (",",))
"""What stands before a participle that opens an aside: nothing, or a comma."""
ONTO = words("on at with onto to upon")
ANSWERABLE = words("responsible accountable liable")


def further(view: View, end: int, preposition: str) -> Group | None:
    """A second target behind a dash or comma: `with his stubbornness - and with her silence`."""
    for word in range(end, min(end + 3, len(view.low) - 1)):
        if view.low[word] == "and" and view.low[word + 1] == preposition:
            return mentions_from(view, word + 2)
    return None


def whom(view: View, start: int, stop: int | None = None) -> Group | None:
    """Whom it is laid at: the first actor behind the verb, before what it is for."""
    reach = AT_REACH if stop is None else max(stop - start, 1)
    found = mentions_from(view, start, reach)
    if found is not None:
        return found
    last = stop if stop is not None else start
    while stop is None and last < len(view.low) and last < start + 4:
        if view.low[last] in DETERMINER or not person(view.low[last]):
            last += 1
            continue
        last += 1
        break
    return phrase_to(view, last - 1) if last > start else None


def about_of(view: View, stop: int | None, at: Group | None) -> tuple[int, int] | None:
    """From the word after `for` to the end of the clause; else what follows the owner's name."""
    if stop is not None:
        return stop + 1, clause_end(view, stop + 1)
    if at is None or not view.low[at.last].endswith(("'s", "s'")):
        return None
    return at.first, clause_end(view, at.last + 1)


def charge(
    view: View, who: Group | None, at: Group | None, about: tuple[int, int] | None, hit: Hit
) -> Found | None:
    """A charge of somebody against somebody; None if one of them is not found."""
    if who is None or at is None:
        return None
    if (
        about
        and view.low[hit.start].endswith("ing")
        and view.low[hit.start - 1 : hit.start] in ASIDE
    ):
        comma = next((w for w in range(*about) if view.low[w] == ","), about[1])
        about = (about[0], comma)
    span = rest(view, *about) if about else None
    return Found(who.names, span, min(who.first, hit.start), at.names)
