"""What `agree to`, `threaten to`, `refuse to`, `urge to` and `allow to` make of an act."""

from __future__ import annotations

from dataclasses import replace

from foedus.reading.events.acts import THREATS, Act, plain, tense, unless
from foedus.reading.events.clause import FINITE, GERUND, INFINITIVE, Verb
from foedus.reading.events.group import Words
from foedus.reading.events.lexicon import Frame
from foedus.reading.events.tables import listed
from foedus.reading.events.targets import by, complement, groups_after, loosely, pick
from foedus.reading.events.types import SIGNS

BINDING = listed("binding")
"""Verbs that are an event of their own without knowing what is agreed."""
NEAR = 6
"""Words after `denied` within which the verb of what is denied stands."""
ALONE = frozenset({"AGREE", "REJECT", "THREATEN", "SUPPORT", "ACCUSE", "CONCEDE"})
"""Types of operators that tell something without an act after them."""


def acts(words: Words, every: list[Verb]) -> tuple[list[Act], set[int]]:
    """The acts of a sentence, and the words that belong to an act already."""
    out: list[Act] = []
    used: set[int] = set()
    for verb in every:
        if verb.at in used:
            continue
        act = None
        if verb.operator and (verb.pair_at < 0 or verb.operator in {"request", "threaten"}):
            act = _operated(words, verb, every, used)
        if verb.operator == "continue" and verb.pair_at < 0 and _leads_on(words, verb, every):
            continue
        alone = verb.operator not in {"commit", "refuse"} or verb.pair_at >= 0
        if act is None and verb.frame is not None and (alone or verb.frame.type in ALONE):
            found = plain(words, verb, every)
            act = tense(words, found) if found else None
            clause = complement(every, verb, words.w) if _that(words, verb) else None
            if act is not None and clause is not None:
                act = replace(act, target=clause.subject)
            used.update(_spoken_of(words, verb, every))
        if act is not None and (act.source or act.target):
            out.append(unless(words, act))
    return out, used


def _spoken_of(words: Words, verb: Verb, every: list[Verb]) -> set[int]:
    """Verbs after one that are no events of their own: what is alleged, allowed or threatened."""
    if verb.frame is not None and verb.frame.type == "ACCUSE" and not _that(words, verb):
        return _alleged(words, verb, every)
    act = complement(every, verb, words.w)
    told = verb.operator in {"allow", "threaten"} or (
        verb.frame is not None and verb.frame.type in {"THREATEN", "REQUEST", "REJECT"}
    )
    clause = act is not None and (act.form == INFINITIVE if told else _that(words, verb))
    return {act.at} if act is not None and clause else set()


def _that(words: Words, verb: Verb) -> bool:
    """Whether an accusation is told in a clause: `charged that`."""
    accuses = verb.frame is not None and verb.frame.type == "ACCUSE"
    return accuses and words.w[verb.end : verb.end + 1] == ["that"]


def _leads_on(words: Words, verb: Verb, every: list[Verb]) -> bool:
    """Whether a verb such as `seek` or `deny` is only about the act after it."""
    after = words.w[verb.end : verb.end + 1]
    act = complement(every, verb, words.w)
    clause = next((v for v in every if verb.at < v.at < verb.at + NEAR and v.form == FINITE), None)
    doing = act is not None and act.form == GERUND
    return after in (["to"], ["that"]) or doing or clause is not None


def _alleged(words: Words, verb: Verb, every: list[Verb]) -> set[int]:
    """What somebody is accused `of doing` or criticised `for doing` is no event that is told."""
    rest = [v for v in every if verb.at < v.at < verb.at + 12 and v.form == GERUND]
    blamed = [v for v in rest if not {"of", "for"}.isdisjoint(words.w[verb.end : v.at])]
    if not blamed:
        return set()
    return {v.at for v in every if blamed[0].at <= v.at and v.form == GERUND}


def _operated(words: Words, verb: Verb, every: list[Verb], used: set[int]) -> Act | None:
    """What an operator makes of the act after it."""
    act = complement(every, verb, words.w)
    if verb.operator == "continue":
        return None
    if verb.operator == "request":
        return _request(words, verb, act, every, used)
    if act is None:
        return None
    if act.operator == "continue" and act.frame is None:
        act = complement(every, act, words.w) or act
    if act.operator in {"allow", "request", "refuse"} and act.frame is None:
        return None
    lemma = verb.entry.lemma if verb.entry else ""
    if verb.operator == "commit" and act.form == FINITE and lemma not in BINDING:
        return None
    made = _made(verb, act)
    if made is None:
        return None
    inner = plain(words, act, every) if act.frame else None
    found = groups_after(words, verb.end, [v for v in every if v.at > verb.at])
    target = inner.target if inner else None
    if verb.operator == "allow":
        target = pick(verb.frame or made, found) or target
    elif target is None and verb.frame is not None:
        target = pick(verb.frame, found) or loosely(verb.frame, found)
    if target is None and inner is None:
        rest = groups_after(words, act.end, [v for v in every if v.at > act.at])
        target = next((g for g in rest if not g.place), None)
    used.update({act.at, *([act.pair_at] if act.pair_at >= 0 else [])})
    source = verb.subject if not verb.passive else by(found)
    future = "future" if made.type in {"AGREE", "THREATEN"} and inner else None
    told = Act(verb, made, source, target, verb.negated and made.type != "REJECT", future)
    return tense(words, told) if verb.operator == "allow" else told


def _made(verb: Verb, act: Verb) -> Frame | None:
    """The event that an operator and the act's type make; None if it makes nothing of it."""
    kind = act.frame.type if act.frame else None
    lemma = verb.entry.lemma if verb.entry else ""
    if verb.operator == "allow":
        return verb.frame
    if lemma == "fail" and (kind is None or SIGNS[kind] <= 0):
        return None
    if verb.operator == "refuse" or (
        verb.negated and verb.operator == "commit" and lemma in BINDING
    ):
        return Frame("REJECT", None, ("o", "to", "with", "of"))
    if verb.operator == "threaten":
        return Frame("THREATEN", THREATS.get(kind or "", None), ("o", "against", "to", "with"))
    if kind is None:
        bound = lemma in BINDING and lemma != "vow"
        return Frame("AGREE", None, ("with", "to", "o")) if bound else None
    if SIGNS[kind] > 0:
        bound = act.form != GERUND or lemma in BINDING
        return Frame("AGREE", None, ("with", "to", "o")) if bound else None
    if kind in THREATS and kind != "REJECT" and (act.form != GERUND or lemma in BINDING):
        return Frame("THREATEN", THREATS[kind], ("o", "against", "to"))
    return None


def _request(
    words: Words, verb: Verb, act: Verb | None, every: list[Verb], used: set[int]
) -> Act | None:
    """Whom a request goes to: its object, or who is to do what is asked."""
    frame = (
        verb.frame if verb.frame and verb.frame.type in {"REQUEST", "ACCUSE", "SUPPORT"} else None
    )
    if frame is None:
        return None
    if act is not None:
        used.update({act.at, *([act.pair_at] if act.pair_at >= 0 else [])})
    base = plain(words, replace(verb), every)
    if base is None:
        return None
    target = base.target
    after = act or next((v for v in every if verb.at < v.at < verb.at + 9), None)
    doer = after.subject if after is not None else None
    clause = act is not None and act.form == FINITE
    if (target is None or clause) and doer is not None and doer is not verb.subject:
        target = doer
    return replace(base, verb=verb, target=target)
