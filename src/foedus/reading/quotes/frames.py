"""Attributions in a view: who says, thinks, names or blames, and which words that covers."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from foedus.reading.cues.lexicon import wordset
from foedus.reading.quotes import subjects
from foedus.reading.quotes.aside import Frame, aside
from foedus.reading.quotes.complements import Complement, complement
from foedus.reading.quotes.memory import Who
from foedus.reading.quotes.people import People
from foedus.reading.quotes.phrases import phrase_frame
from foedus.reading.quotes.subjects import Subject
from foedus.reading.quotes.verbs import DENY, FEELINGS, MAKE, NOUNS, REFUSE, VERBS, Verb
from foedus.reading.quotes.view import View
from foedus.reading.quotes.words import FINITE, PREPOSITION
from foedus.reading.text import Span

WEAK = wordset("say tell state read warn claim note report argue add write insist conclude")
"""Verbs of saying whose subject may be anything: `the letter said that`."""
NOMINAL = wordset("the a an this that these those his her its their our my no any of 's such")
REACH = 40
"""Words looked back through for a clause."""
ALIAS = wordset("call dub term style label")
OPENERS = frozenset(("according", "in", "as", "made", "makes", "make"))


def frames(view: View, people: People) -> list[Frame]:
    """The attributions of a view, in order."""
    out: list[Frame] = []
    free = 0
    for place in [at for at, word in enumerate(view.low) if word in TRIGGERS]:
        if place < free:
            continue
        found = _frame(view, place, people, out)
        if found is not None:
            out.append(found)
            people.memory.spoke(found.who)
            free = place + 1
    return out


def _frame(view: View, place: int, people: People, earlier: list[Frame]) -> Frame | None:
    word = view.low[place]
    if word in OPENERS or (word in NOUNS and _nominal(view, place)):
        told = phrase_frame(view, place, people)
        if told is None:
            return None
        who, first, last, content, link, at = told
        span = Span(view.starts[at], view.ends[at])
        behind = link == "view" and bool(content) and content is not None and content[0] < first
        return Frame(who, span, place, first, last, content, link, aside=behind)
    form = VERBS.get(word)
    if form is not None and view.words[place].islower():
        return _verb_frame(view, place, form, people, earlier)
    if word in FEELINGS and view.low[place + 1 : place + 2] == ["that"]:
        return _feeling(view, place, people, earlier)
    return None


def _nominal(view: View, place: int) -> bool:
    """Whether a word that may be noun or verb is a noun here."""
    if view.low[place] not in VERBS:
        return True
    before = view.low[place - 1] if place else ""
    near = view.low[max(0, place - 3) : place]
    if before in PREPOSITION or any(word in REFUSE or word in MAKE for word in near):
        return True
    return before in NOMINAL or before.endswith(("'s", "’s", "s’", "s'"))


def _verb_frame(
    view: View, place: int, form: Verb, people: People, earlier: list[Frame]
) -> Frame | None:
    comp = complement(view, place, form)
    subject = _subject(view, place, form, people, earlier[-1].who if earlier else None, comp)
    if subject is None:
        return None
    if form.past and not comp.link and form.lemma in ALIAS and _aliased(view, place):
        return None
    told = comp.link not in ("", "quote", "colon")
    if subject.negated and form.lemma not in DENY:
        return None
    if not subject.who.sure and not (form.lemma in WEAK and (told or comp.link)):
        return None
    if told and not form.says and comp.link in ("wh", "to"):
        return None
    last = comp.first - 1 if comp.first is not None else place
    if subject.who.span.start > view.starts[place]:
        last = max(last, bisect_left(view.ends, subject.who.span.end))
    frame = Frame(
        who=subject.who,
        verb=Span(view.starts[place], view.ends[place]),
        at=place,
        first=min(subject.first, place),
        last=max(last, place),
        content=(comp.first, comp.last) if comp.first is not None and told else None,
        link=comp.link,
        says=form.says,
        calls=comp.link == "as" or (form.calls and not form.says),
        past=form.past,
        relative=subject.relative,
    )
    return aside(view, frame, form) if not comp.link else frame


def _subject(
    view: View, place: int, form: Verb, people: People, earlier: Who | None, comp: Complement
) -> Subject | None:
    low = view.low
    before = place - 1
    if before >= 0 and low[before] == ",":
        before -= 1
    after_quote = before >= 0 and view.is_blank(before)
    inverted = form.says and not form.participle and (after_quote or place == 0)
    parted = form.says and place > 0 and low[place - 1] == "," and low[place] != form.lemma
    if (inverted or (parted and not form.participle)) and form.lemma != "tell":
        found = subjects.behind(view, place, people) if comp.link != "that" else None
        if found and (inverted or found.who.named or _told_before(view, place)):
            return found
    if form.calls and low[place + 1 : place + 2] == ["by"]:
        found = subjects.behind(view, place + 1, people)
        return replace(found, first=place) if found else None
    return subjects.before(view, place, form, people, earlier)


def _told_before(view: View, verb: int) -> bool:
    """Whether a whole clause stands before `, said an official`."""
    return any(word in FINITE for word in view.low[max(0, verb - REACH) : verb - 1])


def _feeling(view: View, place: int, people: People, earlier: list[Frame]) -> Frame | None:
    form = VERBS["say"]
    at = place
    if view.low[place] == "clear" and "made" not in view.low[max(0, place - 3) : place]:
        return None
    subject = subjects.before(view, at, form, people, earlier[-1].who if earlier else None)
    if subject is None or subject.negated or not subject.who.sure:
        return None
    comp = complement(view, place, form)
    if comp.first is None:
        return None
    span = Span(view.starts[place], view.ends[place])
    content = (comp.first, comp.last)
    return Frame(
        subject.who, span, place, subject.first, place + 1, content, "that", False, past=False
    )


def _aliased(view: View, verb: int) -> bool:
    """`the base, also called “Q”`: a second name, not one that somebody gives it."""
    before = verb - 1
    while before > 0 and view.low[before] in {"also", "often", "sometimes", "commonly", "so"}:
        before -= 1
    return view.low[before] in {",", "("}


TRIGGERS = frozenset(VERBS) | NOUNS | FEELINGS | OPENERS
