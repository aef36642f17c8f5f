"""Whether a date stands in the clause of the words that tell an event."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.reading.events.tables import listed
from foedus.reading.events.words import RELATIVES, SUBORDINATORS

COMPLEMENT = listed("complement")
"""Words that open what an act is about or comes after: `blames it *for* the loss in May`."""
EDGES = (RELATIVES | SUBORDINATORS | {";", ":", "while", "whereas"}) - COMPLEMENT
LEAST = 1
"""Words between such a word and a date that make the date part of what it opens."""


def own_date(w: Sequence[str], verbs: Sequence[int], at: tuple[int, int], date: int) -> bool:
    """Whether the date at a word is that of the event told by the words of `at`.

    `verbs` are the other verbs of the sentence. A date belongs to the verb next to it, and to none
    across `which`, `because` and the like, or inside what `for`, `after` or `since` opens.
    """
    if date >= at[1]:
        stretch = range(at[1], date)
        between = [v for v in verbs if v in stretch and w[v - 1] not in ("and", "or")]
    else:
        stretch = range(0, date)
        between = [v for v in verbs if v < at[0]]
        edge = any(w[k] in EDGES for k in range(date + 1, at[0]))
        if edge:
            return False
    if between or any(w[k] in EDGES for k in stretch):
        return False
    return not any(w[k] in COMPLEMENT and date - k > LEAST for k in stretch)
