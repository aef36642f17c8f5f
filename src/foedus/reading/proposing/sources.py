"""Which source of the case a stretch of text is from, or what a new source would be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from foedus.case.fields import partial_date
from foedus.case.models import Source as Entry
from foedus.reading.model import Reading, Source, Voice
from foedus.reading.proposing.folk import Folk
from foedus.reading.proposing.ids import slug
from foedus.reading.proposing.meaning import meaning
from foedus.reading.proposing.proposal import NewSource

CREDITED = ("author", "editor", "excerpt")
SAME_TITLE = 0.7
"""The part of the shorter title's words that the longer one has."""
PRINTS = 0.4
"""The part of a voice's stretches that a source's evidence has to match to be that source."""
RECORDED = 0.5
"""The part of a source's evidence that a voice has to say again to be that source."""
LEAST_PRINTS = 4
"""Items of its evidence that have to be said again."""

Matches = Callable[[str, str], tuple[int, int, int, int]]
"""Of a voice (by its key) and a source: how many of its stretches say evidence of the source, how
many it has, how many items of the evidence they say, and how many there are."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch comes from."""

    source: str
    new: NewSource | None
    speaker: str | None
    """The actor's id or the name of whoever speaks."""
    container: str | None
    """The source in which it is excerpted, if it is another's."""


def voice_at(voices: Iterable[Voice], start: int) -> Voice | None:
    """The innermost voice that speaks at an offset."""
    here = [v for v in voices if v.start <= start < v.end and v.role in CREDITED]
    return min(here, key=lambda v: v.end - v.start, default=None)


def key_of(voice: Voice | None, source: Source) -> str:
    """Which voice it is: by its speaker, else by its role."""
    if voice is None:
        return source.author or "author"
    if voice.speaker is None and voice.role == "author":
        return source.author or "author"
    return voice.speaker or voice.role


def origins(
    reading: Reading, folk: Folk, voices: tuple[Voice, ...], matches: Matches
) -> Mapping[str, Origin]:
    """The origin of each voice, by its key.

    A source is recognised by its address, its author, its title, or publisher and day; a voice
    nobody names, by saying most of a source's evidence in the same paragraphs, unless the text
    names a title or publisher that differs. What matches none is new.
    """
    roles: dict[str, str] = {}
    for voice in voices:
        if voice.role in CREDITED:
            roles.setdefault(key_of(voice, reading.source), voice.role)
    if not roles:
        roles[key_of(None, reading.source)] = "author"
    entries, taken = folk.case.sources, dict[str, str]()
    for key in roles:
        found = _named(reading, folk, key, entries)
        if found is not None:
            taken[key] = found
    for key in roles:
        if key not in taken:
            free = {k: e for k, e in entries.items() if k not in taken.values()}
            unlike = {k: e for k, e in free.items() if not _other(key, reading, e, entries)}
            found = _alike(reading.source, free) or _printed(key, unlike, matches)
            if found is not None:
                taken[key] = found
    outer = _outer(roles)
    news = {key: _new(reading, folk, key, outer == key) for key in roles if key not in taken}
    ids = {key: taken.get(key) or news[key].id for key in roles}
    return {
        key: Origin(
            ids[key],
            news.get(key),
            None if key in CREDITED else key,
            ids[outer] if outer is not None and ids[outer] != ids[key] else None,
        )
        for key in roles
    }


def _outer(roles: Mapping[str, str]) -> str | None:
    """Whose text holds the others': the editor's, else the author's around an excerpt."""
    if len(roles) < 2:
        return None
    for wanted in ("editor", "author"):
        for key, role in roles.items():
            if role == wanted:
                return key
    return None


def _named(reading: Reading, folk: Folk, key: str, entries: Mapping[str, Entry]) -> str | None:
    source = reading.source
    for id_, entry in entries.items():
        if source.url and entry.url == source.url and key in (source.author, "author"):
            return id_
    if key in CREDITED:
        return None
    same = [id_ for id_, e in entries.items() if e.author and _one(folk, e.author, key)]
    titled = [
        i for i in same if _title(entries[i].title, source.title or "") or _in(reading, entries[i])
    ]
    dated = [i for i in same if source.date and entries[i].date == source.date]
    return next(iter(titled or dated or same), None)


def _one(folk: Folk, name: str, other: str) -> bool:
    mine, theirs = folk.id(name), folk.id(other)
    if mine is not None or theirs is not None:
        return mine == theirs
    return name.casefold().split()[-1:] == other.casefold().split()[-1:]


def _in(reading: Reading, entry: Entry) -> bool:
    """Whether the title stands in the text, as a headline."""
    return entry.title.replace("’", "'") in reading.text.replace("’", "'")


def _alike(source: Source, entries: Mapping[str, Entry]) -> str | None:
    for id_, entry in entries.items():
        if source.title and _title(entry.title, source.title):
            return id_
    for id_, entry in entries.items():
        same_day = source.date is not None and entry.date == source.date
        if same_day and _title(entry.publisher or "", source.publisher or ""):
            return id_
    return None


def _title(one: str, other: str) -> bool:
    mine, theirs = meaning(one).stems, meaning(other).stems
    least = min(len(mine), len(theirs))
    return least > 0 and len(mine & theirs) / least >= SAME_TITLE


def _other(key: str, reading: Reading, entry: Entry, entries: Mapping[str, Entry]) -> bool:
    """Whether an author, title or publisher the text names differs from the entry's own.

    A title the case has for another source is that of what is excerpted, and says nothing.
    """
    source = reading.source
    if key not in CREDITED and entry.author:
        return True
    if source.publisher and entry.publisher and not _title(entry.publisher, source.publisher):
        return True
    if not source.title or _title(entry.title, source.title):
        return False
    return not any(_title(e.title, source.title) for e in entries.values())


def _printed(key: str, entries: Mapping[str, Entry], matches: Matches) -> str | None:
    """The source most of whose evidence the voice says again, which says little else."""
    scores = {id_: matches(key, id_) for id_ in entries}
    best = max(scores, key=lambda id_: scores[id_][2], default=None)
    if best is None:
        return None
    hits, whole, said, recorded = scores[best]
    enough = said >= max(LEAST_PRINTS, RECORDED * recorded)
    return best if enough and hits >= PRINTS * whole else None


def _new(reading: Reading, folk: Folk, key: str, outer: bool) -> NewSource:
    source = reading.source
    person = folk.id(key)
    author = None if key in CREDITED else folk.case.actors[person].name if person else key
    title = source.title or (f"Text by {author}" if author else "Untitled text")
    if outer and source.author and author is None:
        author = source.author
    day = source.date if source.date and partial_date(source.date) else None
    used = set(folk.case.sources) | set(folk.case.actors)
    name = slug(author.split()[-1] if author else source.publisher or title, used)
    return NewSource(name, title[:200], author, source.publisher, day, source.url)
