"""From what was read in a text to evidence items proposed for a case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from foedus.case import Case
from foedus.case.fields import partial_date
from foedus.reading.claims import Suggested
from foedus.reading.model import Claim, Event, Reading, Stake
from foedus.reading.proposing.bearings import Board, bearings
from foedus.reading.proposing.chains import Chain, chain
from foedus.reading.proposing.dating import happened
from foedus.reading.proposing.drafts import draft
from foedus.reading.proposing.duplicates import Candidate, duplicates
from foedus.reading.proposing.facets import facets
from foedus.reading.proposing.folk import Folk
from foedus.reading.proposing.ids import slug
from foedus.reading.proposing.index import Index
from foedus.reading.proposing.known import Known
from foedus.reading.proposing.meaning import Meaning, alike
from foedus.reading.proposing.proposal import Proposal
from foedus.reading.proposing.rating import rated, ratings
from foedus.reading.proposing.sources import Matches, Origin, key_of, origins, voice_at
from foedus.reading.proposing.units import Unit, units
from foedus.reading.text import Span, Text

PRINT = 0.35
"""Likeness at which a stretch counts as what a source's evidence says in that paragraph."""
SHORTEST_ABOUT = 3
"""Words with meaning that what an aim is about must have to be compared by itself."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A stretch with all that is worked out before it is compared with the case."""

    unit: Unit
    paragraph: int
    key: str
    meaning: Meaning
    named: frozenset[str]


def proposals(reading: Reading, case: Case) -> tuple[Proposal, ...]:
    """Which evidence items does a reading propose for a case?

    In the order of the text. Each says who said it through whom, from which source of the case (or
    a new one), in which paragraph, what it bears on and in which direction, and which evidence of
    the case it repeats, if any. `says` is a draft in the text's own words; nothing is invented and
    no number is proposed.
    """
    text, folk = Text.of(reading.text), Folk.of(case)
    known, index = Known(case, folk), Index.of(reading)
    read = [_read(unit, text, index, known) for unit in units(reading, text, folk)]
    table = origins(reading, folk, index.voices, _prints(read, known))
    chains = [chain(one.unit, table[one.key], folk) for one in read]
    pairs = zip(read, chains, strict=True)
    repeated = duplicates([_candidate(o, table[o.key], made) for o, made in pairs], known)
    judged = ratings(reading, text)
    board, used, found = Board(known), set(case.evidence), list[Proposal]()
    for number, (one, made) in enumerate(zip(read, chains, strict=True)):
        new = _proposal(one, made, table[one.key], text, index, board, used, judged)
        key, why = repeated.get(number, (None, None))
        used.add(new.id)
        found.append(replace(new, repeats=key, because=why))
    return tuple(found)


def _candidate(one: _Read, origin: Origin, made: Chain) -> Candidate:
    whole = made.through if made.by is None else (*made.through, made.by)
    return Candidate(one.unit.span, one.meaning, origin.source, one.paragraph, whole)


def _read(unit: Unit, text: Text, index: Index, known: Known) -> _Read:
    mentions = index.mentions(unit.span)
    named = frozenset(id_ for m in mentions if m.actor and (id_ := known.folk.id(m.actor)))
    voice = voice_at(index.voices, unit.span.start)
    whole = known.meaning(text.text[unit.span.start : unit.span.end], named)
    meaning = _narrow(unit, text.text, known, whole)
    paragraph = text.paragraph_at(unit.span.start)
    return _Read(unit, paragraph, key_of(voice, index.reading.source), meaning, named)


def _narrow(unit: Unit, text: str, known: Known, whole: Meaning) -> Meaning:
    """Of several aims in one sentence each is compared by what it is about."""
    item = unit.items[0]
    if not isinstance(item, Stake) or item.type != "aim" or item.about is None:
        return whole
    about = known.meaning(text[item.about.start : item.about.end])
    if len(about.stems) < SHORTEST_ABOUT:
        return whole
    return replace(about, actors=about.actors | {known.folk.top(item.actor)})


def _prints(read: Sequence[_Read], known: Known) -> Matches:
    """How much of a voice is a source's evidence, and of that evidence the voice's."""

    def matches(key: str, source: str) -> tuple[int, int, int, int]:
        mine = [one for one in read if one.key == key]
        said = [
            {
                item
                for item in known.places.get((source, one.paragraph), ())
                if alike(one.meaning, known.evidence[item], known.weights) >= PRINT
            }
            for one in mine
        ]
        recorded = {
            item for (of, _), items in known.places.items() if of == source for item in items
        }
        return sum(map(bool, said)), len(mine), len(set().union(*said)), len(recorded)

    return matches


def _proposal(
    one: _Read,
    made: Chain,
    origin: Origin,
    text: Text,
    index: Index,
    board: Board,
    used: Collection[str],
    ratings_: dict[Claim, Suggested],
) -> Proposal:
    unit, folk = one.unit, board.known.folk
    words = text.text[unit.span.start : unit.span.end]
    sentence = text.sentences[unit.sentence]
    events = tuple(item for item in unit.items if isinstance(item, Event))
    credibility, rule = rated(unit, index.claim(_said_at(unit)), ratings_)
    places = tuple(
        (m.start - unit.span.start, m.actor) for m in index.mentions(unit.span) if m.actor
    )
    about = getattr(unit.items[0], "about", None)
    core = text.text[about.start : about.end] if about else words
    bears = bearings(facets(unit, words, core, places, folk), one.meaning, events, board)
    return Proposal(
        id=slug(_title(unit, text.text, folk), used, unit.kind),
        kinds=tuple(dict.fromkeys((unit.kind, *(item.kind for item in unit.items)))),
        start=unit.span.start,
        end=unit.span.end,
        quoted=text.text[sentence.start : sentence.end],
        source=origin.source,
        new_source=origin.new,
        where=f"paragraph {one.paragraph}",
        by=made.by,
        through=made.through,
        says=draft(unit, text.text, folk),
        date=happened(unit, index),
        reported=_reported(index.reading, origin, folk.case),
        credibility=credibility,
        rule=rule,
        bears=bears,
        unknown=made.unknown,
    )


def _said_at(unit: Unit) -> Span:
    """Where the thing itself is said: a challenge is raised in its last sentence."""
    return Span(unit.span.end - 1, unit.span.end) if unit.kind == "challenge" else unit.span


def _title(unit: Unit, text: str, folk: Folk) -> str:
    """The words an id is made of: who, and what about."""
    item = unit.items[0]
    who = getattr(item, "by", ()) or (getattr(item, "actor", ""),)
    about = getattr(item, "about", None) or unit.span
    kind = getattr(item, "type", "") if unit.kind in ("commitment", "stake") else unit.kind
    kind = "" if kind in ("claim", "event", "stake") else kind
    return f"{folk.top(who[0]) if who and who[0] else ''} {kind} {text[about.start : about.end]}"


def _reported(reading: Reading, origin: Origin, case: Case) -> str | None:
    """When it was reported, where neither the case's source nor the new one says so."""
    entry = case.sources.get(origin.source)
    if (entry is not None and entry.date) or (origin.new is not None and origin.new.date):
        return None
    day = reading.source.date
    return day if day and partial_date(day) is not None else None
