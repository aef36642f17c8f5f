"""Noun groups that stand for someone: names, people by what they are, and both together."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.reading.events.extent import govern, lengthen, widen
from foedus.reading.events.group import Words
from foedus.reading.events.heads import heads_of
from foedus.reading.events.joining import complement_all, coordinate
from foedus.reading.events.lexicon import Lexicon
from foedus.reading.events.merging import merged, plainly
from foedus.reading.events.tables import listed
from foedus.reading.model import Mention
from foedus.reading.text import Sentence

GROUND = listed("ground")
"""Nouns after a nationality that make it a place: `the Iraqi *city* of`."""


def groups(sentence: Sentence, text: str, found: Sequence[Mention], lexicon: Lexicon) -> Words:
    """The noun groups of a sentence, with their prepositions and coordination."""
    w = [word.lower() for word in sentence.words]
    every = merged(sentence, w, heads_of(sentence, w, found, lexicon), lexicon)
    for n, group in enumerate(every):
        widen(w, group, every[n - 1].end if n else 0, lexicon)
        limit = every[n + 1].start if n + 1 < len(every) else len(w)
        lengthen(sentence, w, group, limit, lexicon)
        if group.actor is None and group.sector and not (group.pronoun or group.person):
            group.name = plainly(sentence, w, group)
    at = [-1] * len(w)
    for n, group in enumerate(every):
        for k in range(group.start, group.end):
            at[k] = n
    out = Words(sentence, text, w, every, at, lexicon)
    for group in every:
        govern(out, group, lexicon)
        if group.adjective and group.named and group.end < len(w) and w[group.end] in GROUND:
            group.place = True
    complement_all(out, lexicon)
    coordinate(out)
    return out
