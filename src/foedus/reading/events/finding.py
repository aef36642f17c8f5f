"""Events of a text: who did what to whom, when, where, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from foedus.reading.events.acts import Act
from foedus.reading.events.clause import Verb
from foedus.reading.events.clauses import verbs
from foedus.reading.events.details import Details
from foedus.reading.events.engaging import engaged
from foedus.reading.events.extent import phrase_end
from foedus.reading.events.frames import read
from foedus.reading.events.group import Group, Words
from foedus.reading.events.groups import groups
from foedus.reading.events.lexicon import Frame, lexicon
from foedus.reading.events.modality import modality
from foedus.reading.events.nominal import Noun, nouns
from foedus.reading.events.operating import acts
from foedus.reading.events.resolving import resolve
from foedus.reading.model import Claim, Cue, Date, Event, Mention
from foedus.reading.text import Sentence, Span, Text

ONE_SIDED = frozenset(
    {
        "RETREAT",
        "PROTEST",
        "MOBILIZE",
        "CONCEDE",
        "THREATEN",
        "REJECT",
        "AGREE",
        "COERCE",
        "SANCTION",
    }
)
"""Types of which an event may be told without its target."""
FIRST = frozenset({"we", "i", "us", "me", "our", "my"})
MOST_WORDS = 400
"""Longer sentences are no sentences; they are read in pieces of this many words."""


def events(
    text: Text,
    mentions: Sequence[Mention],
    claims: Sequence[Claim] = (),
    cues: Sequence[Cue] = (),
    dates: Sequence[Date] = (),
) -> tuple[Event, ...]:
    """The events of a text in PLOVER's types, in its order.

    Sources and targets are actors' ids, else the names as they stand. Holders are those of the
    smallest claim around the event; what stands in that claim's condition is conditional.
    """
    details = Details.of(text, mentions, claims, cues, dates)
    out: list[Event] = []
    for sentence in text.sentences:
        for piece in _pieces(sentence):
            found = details.mentions_in(piece)
            if found or len(piece.words) > 2:
                out += _in_sentence(piece, text.text, found, details)
    return tuple(out)


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    n = len(sentence.words)
    if n <= MOST_WORDS:
        yield sentence
        return
    for k in range(0, n, MOST_WORDS):
        words, starts = sentence.words[k : k + MOST_WORDS], sentence.starts[k : k + MOST_WORDS]
        yield Sentence(starts[0], starts[-1] + len(words[-1]), sentence.paragraph, words, starts)


def _in_sentence(
    sentence: Sentence, text: str, found: Sequence[Mention], details: Details
) -> Iterator[Event]:
    known = lexicon()
    if not _worth(sentence, known.words):
        return
    words = groups(sentence, text, found, known)
    if not words.groups:
        return
    every = verbs(words, known)
    read(words, every, known)
    _first_person(words, details)
    resolve(words, every)
    done, used = acts(words, every)
    taken = {verb.pair_at for verb in every if verb.pair_at >= 0} | used
    named = nouns(words, every, taken, known)
    told = [_of_verb(words, act, every, details) for act in done]
    told += [_of_noun(words, noun, every, details) for noun in named]
    yield from sorted((event for event in told if event), key=lambda event: event.start)


def _first_person(words: Words, details: Details) -> None:
    """Give `we` and `I` the one who says so, where a claim tells who that is."""
    for group in words.groups:
        if group.pronoun and group.actor is None and words.w[group.start] in FIRST:
            holder = details.holder_at(words.sentence.starts[group.start])
            if holder:
                group.actor, group.name = holder, holder
                group.code = details.code_of(holder)


def _worth(sentence: Sentence, known: Mapping[str, object]) -> bool:
    """Whether a sentence has any word of the lexicon at all."""
    return any(word.lower() in known for word in sentence.words)


def _of_verb(words: Words, act: Act, every: list[Verb], details: Details) -> Event | None:
    verb = act.verb
    before = [v for v in every if v.at < verb.at]
    mood = modality(words.w, verb, before[-3:])
    if act.modality and mood in {"actual", "ongoing"}:
        mood = act.modality
    end = max(verb.end, verb.pair_at + 1)
    return _event(
        words,
        engaged(words, act),
        act.source,
        act.target,
        (verb.at, end),
        mood,
        act.negated,
        details,
        every,
    )


def _of_noun(words: Words, noun: Noun, every: list[Verb], details: Details) -> Event | None:
    lasting = noun.frame.type == "COOPERATE"
    around = next((v for v in reversed(every) if v.at < noun.at), None)
    mood = "habitual" if lasting else "actual"
    if (
        around is not None
        and around.helpers
        and modality(words.w, around, []) in {"future", "conditional"}
    ):
        mood = modality(words.w, around, [])
    return _event(
        words,
        noun.frame,
        noun.source,
        noun.target,
        (noun.at, noun.at + 1),
        mood,
        False,
        details,
        every,
    )


def _event(
    words: Words, frame: Frame, source: Group | None, target: Group | None, at: tuple[int, int],
    mood: str, negated: bool, details: Details, every: list[Verb], passive: bool = False,
) -> Event | None:  # fmt: skip
    """The event, or None if nobody is told who takes part."""
    sources, targets = _people(source), _people(target)
    sources = [g for g in sources if not g.place or g.actor]
    if sources != targets:
        targets = _others(sources, targets)
    places = [g for g in targets if g.place and not _acts_as(g, frame)]
    targets = [g for g in targets if g not in places]
    if not _told_enough(frame, sources, targets or places, passive):
        return None
    sentence = words.sentence
    span = Span(sentence.starts[at[0]], sentence.at(at[1] - 1).end)
    parts = [*sources, *targets]
    start = min([span.start, *(sentence.starts[g.start] for g in parts)])
    last = max([at[1], *(g.end for g in parts)])
    end = sentence.at(phrase_end(words, last) - 1).end
    event = Event(
        start=start, end=end, type=frame.type, mode=frame.mode,
        source=tuple(g.who for g in sources), target=tuple(g.who for g in targets),
        source_codes=tuple(g.code or "" for g in sources),
        target_codes=tuple(g.code or "" for g in targets),
        polarity="denied" if negated else "affirmed", modality=mood, trigger=span,
    )  # fmt: skip
    return details.added(event, words, at, parts, every)


def _others(sources: list[Group], targets: list[Group]) -> list[Group]:
    """Targets that are not the sources; a state's parliament or people goes by its own name."""
    out = []
    for group in targets:
        if all(group.who != source.who for source in sources):
            out.append(group)
        elif group.sector not in {None, "GOV", "MIL", "ARM", "COP"} and group.actor:
            out.append(replace(group, actor=None, joined=[]))
    return out


def _acts_as(group: Group, frame: Frame) -> bool:
    """Whether a place that is also an actor is meant as one: `visit Mauritania`."""
    if group.actor is None:
        return False
    return group.prep not in {"in", "near", "inside", "across"} or frame.type == "SUPPORT"


def _told_enough(frame: Frame, sources: list[Group], targets: list[Group], passive: bool) -> bool:
    """Both sides; the source alone of some acts; the target alone of what was done to it."""
    if sources and targets:
        return True
    return (bool(sources) and frame.type in ONE_SIDED) or (
        bool(targets) and (passive or frame.type == "ASSAULT")
    )


def _people(group: Group | None) -> list[Group]:
    """A group and those with it, each once; pronouns that stand for nobody known are left out."""
    out: list[Group] = []
    for one in group.all if group else []:
        if one.pronoun and one.actor is None:
            continue
        if all(one.who != other.who for other in out):
            out.append(one)
    return out
