"""What the head of a text says of it: its title, its author, its date."""

from __future__ import annotations

from collections.abc import Iterable

from foedus.reading.model import Source
from foedus.reading.opening.dateline import edtf

LOOKED_AT = 10_000


def source_of(text: str) -> Source:
    """Title, author and date as the first lines give them; None for each that they do not."""
    from foedus.reading.text import Text
    from foedus.reading.voices.layout import heads, layout

    lines = layout(Text.of(text[:LOOKED_AT]))
    head = next(iter(heads(lines)), None)
    if head is None or any(line.kind == "prose" for line in lines[: head.first]):
        return Source(date=_dated(line.text for line in lines[:2] if line.kind == "date"))
    own = lines[head.first : head.last + 1]
    title = next((line.text for line in own if line.kind in ("short", "headline")), None)
    dated = [line for line in lines[: head.last + 2] if line.kind in ("date", "byline")]
    return Source(title=title, author=head.author, date=_dated(line.text for line in dated))


def _dated(lines: Iterable[str]) -> str | None:
    return next((found for found in map(edtf, lines) if found), None)
