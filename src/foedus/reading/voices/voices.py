"""Whose text is which stretch: headlines, bylines, captions, and between them who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from foedus.reading.model import Source, Voice
from foedus.reading.opening.opened import Mark
from foedus.reading.text import Text
from foedus.reading.voices.excerpts import Given, excerpts
from foedus.reading.voices.layout import Head, Line, heads, layout
from foedus.reading.voices.turns import of_turn, turns

NOBODY = frozenset({"tail", "rule"})
BIO = (" is ", " was ", " has been ", " covers ", " teaches ", " writes ", " works ", " reports ")
BIO_WORDS = 80
SUBHEAD_WORDS = 12
Said = tuple[str, str | None] | None
"""A role and a speaker; None for what is nobody's text."""


def voices(text: Text, source: Source, hints: Sequence[Mark] = ()) -> tuple[Voice, ...]:
    """Whose text is which stretch, in order and without overlap.

    An article begins at a headline with a byline; from there on the voice is its author's. What
    stands before a second article, and what introduces a long excerpt, is the editor's. A stretch
    without a voice is nobody's: links onward, tags, rules.
    """
    lines = layout(text, hints)
    begun = heads(lines)
    said: list[Said] = [None] * len(lines)
    articles = list(_articles(begun, len(lines)))
    for n, (head, end) in enumerate(articles):
        followed = any(later.author is not None for later, _ in articles[n + 1 :])
        _article(text, lines, said, head, end, _author(head, n, begun, source), followed)
    return tuple(_stretches(lines, said))


def _articles(begun: Sequence[Head], end: int) -> Iterator[tuple[Head, int]]:
    """Each article's head, and the line it ends before."""
    if not begun or begun[0].first > 0:
        first = begun[0].first if begun else end
        yield Head(0, -1, None), first
    for n, head in enumerate(begun):
        yield head, begun[n + 1].first if n + 1 < len(begun) else end


def _author(head: Head, n: int, begun: Sequence[Head], source: Source) -> str | None:
    if head.author is not None or n > 0:
        return head.author
    others = {other.author for other in begun}
    return None if source.author in others else source.author


def _article(
    text: Text, lines: Sequence[Line], said: list[Said], head: Head, end: int, author: str | None,
    followed: bool,
) -> None:  # fmt: skip
    for i in range(head.first, head.last + 1):
        said[i] = _in_head(lines[i], author)
    body = range(head.last + 1, end)
    given = excerpts(text, lines, body)
    spoken = turns([lines[i].text for i in body]) if not given else None
    edits = followed or (author is None and _mostly(lines, body, given))
    role = "editor" if edits else "author"
    speaker: Said = (role, author)
    within = False
    for n, i in enumerate(body):
        if spoken is not None and n in spoken:
            speaker = of_turn(spoken[n], author)
        within = within or (spoken is not None and n in spoken)
        subhead = not within and _is_subhead(lines, i, end)
        said[i] = _of_line(lines[i], given.get(i), speaker, author, subhead)
    _biography(lines, said, body, author)


def _mostly(lines: Sequence[Line], body: range, given: dict[int, Given]) -> bool:
    """Whether most of what follows is another's: then who introduces it edits."""
    others = sum(lines[i].end - lines[i].start for i in given)
    return others * 2 > sum(lines[i].end - lines[i].start for i in body)


def _in_head(line: Line, author: str | None) -> Said:
    if line.kind == "rule" or line.kind == "tail":
        return None
    if line.kind == "caption":
        return ("caption", None)
    if line.kind in ("byline", "date") or (
        author is not None and author.split(" and ")[0] in line.text
    ):
        return ("byline", author)
    return ("headline", author)


def _is_subhead(lines: Sequence[Line], i: int, end: int) -> bool:
    """A short line between paragraphs; of several in a row, as in a list, none is."""
    line = lines[i]
    if line.kind in ("heading", "headline"):
        return True
    if line.kind != "short" or i + 1 >= end or len(line.text.split()) > SUBHEAD_WORDS:
        return False
    after = lines[i + 1]
    return (
        after.kind in ("prose", "quote")
        and not after.text[0].islower()
        and (i == 0 or lines[i - 1].kind != "short")
    )


def _of_line(
    line: Line, given: Given | None, speaker: Said, author: str | None, subhead: bool
) -> Said:
    if given is not None:
        return ("excerpt", given.speaker)
    if line.kind in NOBODY:
        return None
    if line.kind == "caption":
        return ("caption", None)
    if line.kind == "note":
        return ("editor", None)
    if subhead:
        return ("headline", author)
    if line.kind in ("byline", "credits", "date", "credit"):
        return ("byline", line.names[0] if line.names else None)
    return speaker


def _biography(lines: Sequence[Line], said: list[Said], body: range, author: str | None) -> None:
    """The last paragraphs that say who the author is are the editor's."""
    if author is None:
        return
    for i in reversed(body):
        line = lines[i]
        if said[i] is None:
            continue
        plain = line.text.lstrip("*_([ ").casefold()
        names = author.casefold().split(" and ")
        about = any(plain.startswith(name + word) for name in names for word in BIO)
        if not about or len(line.text.split(None, BIO_WORDS)) > BIO_WORDS:
            return
        said[i] = ("editor", None)


def _stretches(lines: Sequence[Line], said: Sequence[Said]) -> Iterator[Voice]:
    """Neighbours of one role and speaker become one stretch."""
    start, last = 0, None
    for i, (line, now) in enumerate(zip(lines, said, strict=True)):
        if now != last or now is None:
            if last is not None:
                yield Voice(start=start, end=lines[i - 1].end, role=last[0], speaker=last[1])
            start, last = line.start, now
    if last is not None:
        yield Voice(start=start, end=lines[-1].end, role=last[0], speaker=last[1])
