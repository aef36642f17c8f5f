"""Read a text: every room in turn, each on what the rooms before it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foedus.reading.model import Item, Reading, Source
from foedus.reading.text import Text

if TYPE_CHECKING:
    from foedus.reading.mentions import Names
    from foedus.reading.opening import Mark


MOST = 2_000_000
"""Characters that are read as one text: more is no article, and would take minutes."""


class ReadingError(ValueError):
    """A text that cannot be read as one; the message says what would be right."""

    bad_input = True


def read(
    text: str, source: Source, names: Names, hints: Sequence[Mark] = (), *, events: bool = True
) -> Reading:
    """All that the rules find in a text, in the order of the text.

    `source` says who published it and when, as far as that is known, `names` whom it may speak of,
    and `hints` which lines are headlines, quotations and the like. Without `events` the events are
    left out, which saves half the time. Raises ReadingError for a text of over `MOST` characters.
    """
    if len(text) > MOST:
        raise ReadingError(
            f"the text has {len(text):,} characters; {MOST:,} at most are read as one: cut it into"
            " articles"
        )
    from foedus.reading.claims import claims
    from foedus.reading.cues import cues
    from foedus.reading.dates import dates
    from foedus.reading.events import events as acts
    from foedus.reading.mentions import mentions
    from foedus.reading.quotes import quotes
    from foedus.reading.statements import blame, commitments, stakes, theses
    from foedus.reading.voices import voices

    cut = Text.of(text)
    spoken = voices(cut, source, hints)
    named = mentions(cut, names)
    sure = cues(cut)
    quoted = quotes(cut, spoken, named)
    held = claims(cut, spoken, named, quoted, sure)
    dated = dates(cut, source.date)
    found: list[Item] = [*spoken, *named, *sure, *quoted, *held, *dated]
    for room in (commitments, blame, theses, stakes):
        found += room(cut, named, held, sure)
    if events:
        found += acts(cut, named, held, sure, dated)
    found.sort(key=lambda item: (item.start, -item.end, item.kind))
    return Reading(source, text, tuple(found))
