"""What an event has besides: its date, place, magnitude and those who tell it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from foedus.reading.events.clause import Verb
from foedus.reading.events.group import Group, Words
from foedus.reading.events.owning import own_date
from foedus.reading.events.tables import ordered
from foedus.reading.model import Claim, Cue, Date, Event, Mention
from foedus.reading.text import Sentence, Text

NUMBERS = {word: n for n, word in enumerate(ordered("numbers"), 1)} | {
    "dozens": 24, "hundred": 100, "hundreds": 200, "thousand": 1000, "thousands": 2000,
    "million": 1000000,
}  # fmt: skip
"""`dozens` and the like are put at two of them, the least they can be."""
COUNTED = frozenset({"ASSAULT", "PROTEST", "COERCE", "RETREAT", "MOBILIZE"})


@dataclass(frozen=True, slots=True)
class Details:
    """All that was read before, sorted for looking up."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    cues: tuple[Cue, ...]
    dates: tuple[Date, ...]
    mention_starts: tuple[int, ...]
    date_starts: tuple[int, ...]
    cue_starts: tuple[int, ...]
    claim_starts: tuple[int, ...]
    longest_claim: int

    @staticmethod
    def of(
        text: Text, mentions: Sequence[Mention], claims: Sequence[Claim], cues: Sequence[Cue],
        dates: Sequence[Date],
    ) -> Details:  # fmt: skip
        """Sort them."""
        sorted_mentions = tuple(sorted(mentions, key=lambda m: (m.start, -m.end)))
        sorted_dates = tuple(sorted(dates, key=lambda d: d.start))
        sorted_cues = tuple(sorted(cues, key=lambda c: c.start))
        sorted_claims = tuple(sorted(claims, key=lambda c: c.start))
        return Details(
            sorted_mentions, sorted_claims, sorted_cues, sorted_dates,
            tuple(m.start for m in sorted_mentions), tuple(d.start for d in sorted_dates),
            tuple(c.start for c in sorted_cues), tuple(c.start for c in sorted_claims),
            max((c.end - c.start for c in claims), default=0),
        )  # fmt: skip

    def mentions_in(self, sentence: Sentence) -> tuple[Mention, ...]:
        """The mentions that begin in a sentence."""
        low = bisect_left(self.mention_starts, sentence.start)
        return self.mentions[low : bisect_left(self.mention_starts, sentence.end)]

    def added(
        self, event: Event, words: Words, at: tuple[int, int], parts: list[Group],
        every: Sequence[Verb] = (),
    ) -> Event:  # fmt: skip
        """The event with its date, place, magnitude and holders."""
        claim = self._claim(event.trigger.start if event.trigger else event.start)
        mood = event.modality
        if mood == "actual" and claim is not None and claim.condition is not None:
            inside = claim.condition.start <= event.start < claim.condition.end
            mood = "conditional" if inside else mood
        return replace(
            event,
            date=self._date(words, at, every), place=_place(words, at, parts),
            magnitude=_magnitude(words, at) if event.type in COUNTED else None,
            holders=claim.holders if claim else (), modality=mood,
        )  # fmt: skip

    def holder_at(self, spot: int) -> str | None:
        """Who says what stands at an offset: the innermost holder of the claim around it."""
        claim = self._claim(spot)
        return claim.holders[-1] if claim is not None and claim.holders else None

    def code_of(self, actor: str) -> str | None:
        """The code of an actor that is mentioned in the text."""
        return next((m.code for m in self.mentions if actor in (m.actor, m.name)), None)

    def _claim(self, spot: int) -> Claim | None:
        """The smallest claim around an offset."""
        best: Claim | None = None
        k = bisect_right(self.claim_starts, spot) - 1
        while k >= 0 and self.claim_starts[k] >= spot - self.longest_claim:
            claim = self.claims[k]
            if claim.start <= spot < claim.end and (
                best is None or claim.end - claim.start < best.end - best.start
            ):
                best = claim
            k -= 1
        return best

    def _date(self, words: Words, at: tuple[int, int], every: Sequence[Verb]) -> str | None:
        """The nearest date in the clause of the words that tell the event."""
        starts = words.sentence.starts
        low = bisect_left(self.date_starts, words.sentence.start)
        high = bisect_left(self.date_starts, words.sentence.end)
        spots = [v.at for v in every if not at[0] <= v.at < at[1]]
        near = [
            (abs(at[0] - k), date.edtf)
            for date in self.dates[low:high]
            if own_date(words.w, spots, at, k := bisect_right(starts, date.start) - 1)
        ]
        return min(near, default=(0, None), key=lambda pair: pair[0])[1]


def _place(words: Words, at: tuple[int, int], parts: list[Group]) -> str | None:
    """The nearest place after the words that tell the event, else before, that is no part of it."""
    places = [g for g in words.groups if g.place and g not in parts]
    after = [g for g in places if g.start >= at[1]]
    chosen = after[0] if after else places[-1] if places else None
    return chosen.name if chosen else None


def _magnitude(words: Words, at: tuple[int, int]) -> int | None:
    """A number of people: before or right after the words that tell the event."""
    w = words.w
    spots = [*range(at[1], min(len(w), at[1] + 6)), *range(max(0, at[0] - 6), at[0])]
    for k in spots:
        number = NUMBERS.get(w[k])
        digits = w[k].replace(",", "")
        if digits.isdecimal() and len(digits) < 8:
            number = int(digits)
            if k + 2 < len(w) and w[k + 1] == "," and len(w[k + 2]) == 3 and w[k + 2].isdecimal():
                number = number * 1000 + int(w[k + 2])
            if w[k].isdecimal() and len(digits) == 4 and 1900 <= number <= 2100:
                continue
        if number is None or (
            k + 1 < len(w)
            and w[k + 1] in {"days", "years", "weeks", "months", "hours", "percent", "%", "of"}
        ):
            continue
        if any(
            words.at[j] >= 0 and words.groups[words.at[j]].sector
            for j in range(k, min(len(w), k + 4))
        ):
            return number
    return None
