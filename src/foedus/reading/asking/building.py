"""From an answer in form to items: every word found, every actor there, no role turned round."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.reading.asking import forms, roles
from foedus.reading.asking.denial import Denial
from foedus.reading.asking.people import Named, People
from foedus.reading.asking.refused import Refusal, shown
from foedus.reading.asking.spans import once
from foedus.reading.claims.chains import AUTHOR, Chains
from foedus.reading.events.types import TYPES
from foedus.reading.model import Blame, Claim, Commitment, Event, Item, Stake, Thesis
from foedus.reading.text import Sentence, Span, Text


@dataclass(frozen=True)
class Ground:
    """What an answer is held against: the text and what the rules read in it."""

    text: Text
    people: People
    denial: Denial
    chains: Chains
    rules: Sequence[Item]
    """Events and blame that the rules read."""

    def sentence(self, span: Span) -> Sentence:
        """The sentence a quotation stands in. Raises ``Refusal`` if it runs over more."""
        first, last = self.text.sentence_at(span.start), self.text.sentence_at(span.end - 1)
        if first is None or first != last:
            raise Refusal("too-long", "the quotation runs over more than one sentence")
        return self.text.sentences[first]

    def holders(self, span: Span, cited: Iterable[str] = ()) -> tuple[str, ...]:
        """Whoever's text a span is, then who is cited there."""
        out = list(self.chains.at(span.start) or (AUTHOR,))
        for who in cited:
            if who != AUTHOR and who != out[-1]:
                out.append(who)
        return tuple(out)


@dataclass(frozen=True)
class Place:
    """Where an answer says it stands: its quotation, the sentence, whoever is named there."""

    ground: Ground
    quote: Span
    sentence: Sentence
    named: Sequence[Named]

    @staticmethod
    def of(ground: Ground, quote: Span) -> Place:
        """The place of a quotation. Raises ``Refusal`` for one word, and for several sentences."""
        sentence = ground.sentence(quote)
        if not any(c.isspace() for c in ground.text.text[quote.start : quote.end].strip()):
            raise Refusal("too-short", "one word is no quotation")
        return Place(
            ground, quote, sentence, list(ground.people.within(sentence.start, sentence.end))
        )

    def find(self, words: str | None) -> Span | None:
        """Where words of the quotation stand in it; None for none."""
        if words is None:
            return None
        return once(self.ground.text.text, words, self.quote.start, self.quote.end)

    def trigger(self, words: str) -> Span:
        """The words for an act."""
        return once(self.ground.text.text, words, self.quote.start, self.quote.end)

    def actors(self, who: Sequence[str], speaking: bool = False) -> tuple[str, ...]:
        """Each once. Raises ``Refusal`` for one that nobody knows, or that is not named here."""
        there = {one.who for one in self.named if speaking or not one.speaks}
        for one in who:
            if not self.ground.people.known(one) and one not in there:
                raise Refusal("unknown-actor", f"nobody is called {shown(one, 60)}")
            if one not in there:
                raise Refusal("absent-actor", f"the sentence does not name {shown(one, 60)}")
        return tuple(dict.fromkeys(who))

    def roles(self, trigger: Span, first: Sequence[str], second: Sequence[str]) -> None:
        """Raises ``Refusal`` where the sentence says it the other way round."""
        around = self.sentence
        rules = [r for r in self.ground.rules if r.start < around.end and r.end > around.start]
        roles.check(self.ground.text.text, trigger, first, second, self.named, rules)


def built(kind: str, form: Any, ground: Ground, quote: Span) -> Item:
    """The item that an answer in form stands for. Raises ``Refusal``."""
    return BUILD[kind](form, Place.of(ground, quote))


def _claim(form: forms.ClaimForm, at: Place) -> Item:
    _label(form.polarity, forms.POLARITIES)
    cited = at.actors([who for who in form.cited if who != AUTHOR], speaking=True)
    content = at.find(form.content)
    at.ground.denial.claim(form.polarity, at.quote, content or at.quote, at.sentence)
    return Claim(
        start=at.quote.start, end=at.quote.end, holders=at.ground.holders(at.quote, cited),
        polarity=form.polarity, content=None if content == at.quote else content,
    )  # fmt: skip


def _event(form: forms.EventForm, at: Place) -> Item:
    _label(form.type, TYPES)
    _label(form.polarity, forms.POLARITIES)
    _label(form.modality, forms.MODALITIES)
    source, target = at.actors(form.source), at.actors(form.target)
    if not source and not target:
        raise Refusal("nobody", "an event without source and target")
    trigger = at.trigger(form.trigger)
    at.ground.denial.act(form.polarity, trigger, at.sentence)
    at.roles(trigger, source, target)
    code = at.ground.people.code
    return Event(
        start=at.quote.start, end=at.quote.end, type=form.type, source=source, target=target,
        source_codes=tuple(code(who) for who in source),
        target_codes=tuple(code(who) for who in target),
        polarity=form.polarity, modality=form.modality,
        holders=at.ground.holders(at.quote), trigger=trigger,
    )  # fmt: skip


def _commitment(form: forms.CommitmentForm, at: Place) -> Item:
    _label(form.type, forms.COMMITMENTS)
    by = _somebody(at.actors(form.by, speaking=True))
    trigger = at.trigger(form.trigger)
    if form.type == "pledge":
        at.ground.denial.cut_off(trigger)
    return Commitment(
        start=at.quote.start, end=at.quote.end, type=form.type, by=by, about=at.find(form.about),
        holders=at.ground.holders(at.quote),
    )  # fmt: skip


def _blame(form: forms.BlameForm, at: Place) -> Item:
    by, whom = at.actors(form.by, speaking=True), _somebody(at.actors(form.at))
    trigger = at.trigger(form.trigger)
    at.ground.denial.cut_off(trigger)
    at.roles(trigger, by, whom)
    return Blame(
        start=at.quote.start, end=at.quote.end, by=by, at=whom, about=at.find(form.about),
        holders=at.ground.holders(at.quote),
    )  # fmt: skip


def _thesis(form: forms.ThesisForm, at: Place) -> Item:
    at.ground.denial.cut_off(at.quote)
    return Thesis(
        start=at.quote.start, end=at.quote.end, antecedent=at.find(form.antecedent),
        consequent=at.trigger(form.consequent), proviso=at.find(form.proviso),
        holders=at.ground.holders(at.quote),
    )  # fmt: skip


def _stake(form: forms.StakeForm, at: Place) -> Item:
    _label(form.type, forms.STAKES)
    (actor,) = at.actors([form.actor])
    at.ground.denial.cut_off(at.quote)
    return Stake(
        start=at.quote.start, end=at.quote.end, type=form.type, actor=actor,
        about=at.find(form.about), holders=at.ground.holders(at.quote),
    )  # fmt: skip


def _label(word: str, words: Sequence[str]) -> None:
    if word not in words:
        raise Refusal("wrong-label", f"{shown(word, 60)} is none of {', '.join(words)}")


def _somebody(who: tuple[str, ...]) -> tuple[str, ...]:
    if not who:
        raise Refusal("nobody", "it does not say who")
    return who


BUILD: Mapping[str, Callable[[Any, Place], Item]] = {
    "claim": _claim, "event": _event, "commitment": _commitment, "blame": _blame,
    "thesis": _thesis, "stake": _stake,
}  # fmt: skip
