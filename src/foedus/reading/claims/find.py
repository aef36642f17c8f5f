"""Claims: sentences and clauses, with their holders, cues, polarity and condition."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from foedus.reading.claims.chains import UNNAMED, Chains
from foedus.reading.claims.clauses import told_in
from foedus.reading.claims.compounds import halves
from foedus.reading.claims.polarity import denies, negated
from foedus.reading.claims.segments import Segment
from foedus.reading.cues.scope import scope
from foedus.reading.model import Claim, Cue, Mention, Quote, Voice
from foedus.reading.text import Sentence, Span, Text

LEVELS = frozenset(("direct", "indirect"))


def claims(
    text: Text,
    voices: Sequence[Voice],
    mentions: Sequence[Mention],
    quotes: Sequence[Quote],
    cues: Sequence[Cue],
) -> tuple[Claim, ...]:
    """What a text claims: one claim a sentence, or a clause where the holder changes.

    `holders` begin with the author (for an excerpt: the author, then whom he excerpts) and end with
    the one whose claim it is. The words that only attribute, `Moscow has said that`, belong to the
    claim they attribute; `content` is the claim without them. `denied`: the last holder says that
    it is not so, by a negation or a verb of denying; both together affirm.
    """
    chains = Chains(voices, mentions, quotes)
    starts = [cue.start for cue in cues]
    spots = [mention.start for mention in mentions]
    out: list[Claim] = []
    for sentence, over in _with_quotes(text, quotes):
        base = chains.at(sentence.start)
        if base is None:
            continue
        here = mentions[bisect_left(spots, sentence.start) : bisect_left(spots, sentence.end)]
        for start, end, content in _parted(text, sentence, over, here):
            found = cues[bisect_left(starts, start) : bisect_left(starts, end)]
            out.append(_claim(text, sentence, base, Span(start, end), content, found))
    return tuple(out)


def _parted(
    text: Text, sentence: Sentence, over: list[Quote], mentions: Sequence[Mention]
) -> Iterator[tuple[int, int, Segment]]:
    """Start, end and content of each claim, compounds cut where one half denies."""
    for start, end, content in told_in(text.text, sentence, over):
        for part in halves(sentence, content, mentions):
            first = start if part.start == content.start else part.start
            yield first, end if part.end == content.end else part.end, part


def _with_quotes(text: Text, quotes: Sequence[Quote]) -> Iterator[tuple[Sentence, list[Quote]]]:
    """Each sentence with the quotations that make levels in it, outer ones first."""
    levels = [quote for quote in quotes if quote.form in LEVELS]
    levels.sort(key=lambda quote: (quote.start, -quote.end))
    live: list[Quote] = []
    coming = 0
    for sentence in text.sentences:
        live = [quote for quote in live if quote.end > sentence.start]
        while coming < len(levels) and levels[coming].start < sentence.end:
            if levels[coming].end > sentence.start:
                live.append(levels[coming])
            coming += 1
        yield sentence, live


def _claim(
    text: Text,
    sentence: Sentence,
    base: tuple[str, ...],
    span: Span,
    content: Segment,
    cues: Sequence[Cue],
) -> Claim:
    holders = list(base)
    for quote in content.over:
        speaker = quote.speaker or UNNAMED
        if speaker != holders[-1]:
            holders.append(speaker)
    last = content.over[-1] if content.over else None
    verb = text.text[last.verb_at.start : last.verb_at.end] if last and last.verb_at else ""
    words = _words(sentence, content.start, content.end)
    whole = content.start <= span.start and content.end >= span.end
    return Claim(
        start=span.start,
        end=span.end,
        holders=tuple(holders),
        polarity="denied" if negated(words) != denies(verb) else "affirmed",
        cues=tuple(Span(cue.start, cue.end) for cue in cues),
        condition=_condition(text, content, cues),
        content=None if whole else Span(content.start, content.end),
    )


def _words(sentence: Sentence, start: int, end: int) -> Sequence[str]:
    first = bisect_left(sentence.starts, start)
    last = bisect_right(sentence.starts, end - 1)
    return sentence.words[first:last]


def _condition(text: Text, content: Segment, cues: Sequence[Cue]) -> Span | None:
    """The first condition in a claim, to its own end or the claim's."""
    for cue in cues:
        if cue.type == "conditional" and content.start <= cue.start < content.end:
            span = scope(text, cue)
            return Span(span.start, min(span.end, content.end))
    return None
