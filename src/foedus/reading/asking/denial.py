"""Whether a sentence denies what a model says it affirms, or the other way round.

Two plain questions, asked of the words alone. Where they cannot tell, the model's word stands: the
check is there to refuse what the sentence contradicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from foedus.reading.asking.refused import Refusal
from foedus.reading.claims.polarity import negated
from foedus.reading.cues.lexicon import wordset
from foedus.reading.cues.scope import Scopes
from foedus.reading.model import Cue
from foedus.reading.text import Sentence, Span, Text

BREAKS = wordset(
    "that which who whom whose because when while although though since whether despite where "
    "before after until"
)
"""Words that what stands before them does not negate: `has not said whether`."""
DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ials?)|reject\w*|refus\w*|dismiss\w*|declin\w*|fail\w*|lack\w*|"
    r"without|far from|unable|unwilling|never|no|not|nor|neither|none|nobody|nothing|hardly|"
    r"scarcely|barely|cannot|refut\w*|disput\w*|rul(?:e|es|ed|ing) out|stop\w* short|doubt\w*|"
    r"unlikely|untrue|unfounded|impossible|inconceivable|false|\w+n['’]t)\b",
    re.IGNORECASE,
)
"""Words without one of which no sentence denies anything."""
CLAUSE = re.compile(r"[;:]\s|,?\s(?:but|while|whereas|although)\s|,\s(?:and|so)\s", re.IGNORECASE)
"""What another statement begins after."""
DISOWNING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut\w+|reject\w*|dismiss\w*)\b", re.IGNORECASE
)
NOBODY = re.compile(r"\W*(?:\w+\W+)?(?:no|nothing|nobody|none|neither|no one)\b", re.IGNORECASE)
"""Right after an act, its object: `conceded nothing`."""


class Denial:
    """The negations of a text, to hold a polarity against."""

    def __init__(self, text: Text, cues: Iterable[Cue]) -> None:
        self._text = text
        self._scopes = Scopes(text, [cue for cue in cues if cue.type == "negation"])

    def act(self, polarity: str, trigger: Span, sentence: Sentence) -> None:
        """Refuse an event whose polarity its sentence contradicts."""
        if polarity == "affirmed" and self.denied(trigger, sentence):
            raise Refusal("flipped-negation", "affirmed, but the sentence denies it")
        if polarity == "denied" and not (
            self.denied(trigger, sentence) or self._any(sentence.start, trigger.start, trigger.end)
        ):
            raise Refusal("flipped-negation", "denied, but nothing in the sentence denies")

    def claim(self, polarity: str, quote: Span, content: Span, sentence: Sentence) -> None:
        """Refuse a claim whose polarity its words, or a negation before them, contradict."""
        words = [
            word
            for word, at in zip(sentence.words, sentence.starts, strict=True)
            if content.start <= at < content.end
        ]
        outside = self._text.text[sentence.start : content.start]
        told = negated(words) or bool(self._before(content))
        if polarity == "affirmed" and told and not DISOWNING.search(outside):
            raise Refusal("flipped-negation", "affirmed, but its words deny it")
        if (
            polarity == "denied"
            and not told
            and not self._any(sentence.start, quote.start, quote.end)
        ):
            raise Refusal("flipped-negation", "denied, but nothing in its words denies")

    def cut_off(self, span: Span) -> None:
        """Refuse words right under a negation that was left out of them."""
        if self._before(span):
            raise Refusal("flipped-negation", "the words before it deny it")

    def denied(self, trigger: Span, sentence: Sentence) -> bool:
        """Whether an act stands under a negation."""
        after = self._text.text[trigger.end : min(sentence.end, trigger.end + 40)]
        return bool(self._before(trigger)) or NOBODY.match(after) is not None

    def _before(self, span: Span) -> list[Cue]:
        text = self._text.text
        return [
            cue
            for cue in self._scopes.over(span.start, min(span.start + 1, span.end))
            if cue.end <= span.start
            and BREAKS.isdisjoint(text[cue.end : span.start].lower().split())
        ]

    def _any(self, first: int, start: int, end: int) -> bool:
        """Whether a word denies in a span or before it in its clause."""
        clause = max(
            (m.end() for m in CLAUSE.finditer(self._text.text, first, start)), default=first
        )
        return DENYING.search(self._text.text, clause, end) is not None
