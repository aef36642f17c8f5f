"""Acts: what a verb with a frame tells, who does it to whom, and what the future makes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from foedus.reading.events.clause import INFINITIVE, PARTICIPLE, Verb
from foedus.reading.events.group import Group, Words
from foedus.reading.events.lexicon import Frame
from foedus.reading.events.targets import by, groups_after, loosely, pick, where
from foedus.reading.events.types import SIGNS
from foedus.reading.events.words import FUTURE

THREATS = {
    "ASSAULT": "violence", "COERCE": "restrict", "SANCTION": "relations", "RETREAT": "relations",
    "PROTEST": "relations", "MOBILIZE": "violence", "REJECT": "relations",
}  # fmt: skip
"""Modes of a threat, by what is threatened."""


@dataclass(frozen=True, slots=True)
class Act:
    """A verb that tells an event, and between whom."""

    verb: Verb
    frame: Frame
    source: Group | None
    target: Group | None
    negated: bool = False
    modality: str | None = None


def plain(words: Words, verb: Verb, every: list[Verb]) -> Act | None:
    """A verb's own event."""
    frame = verb.frame
    if frame is None:
        return None
    later = [v for v in every if v.at > verb.at]
    found = groups_after(words, verb.end, later, "that" in frame.args or frame.type == "REQUEST")
    if verb.pair_at >= 0 and not verb.passive:
        found = [*(g for g in words.groups if verb.at < g.start < verb.pair_at), *found]
    if verb.passive:
        return _passive(words, verb, frame, found)
    source = verb.subject
    others = [g for g in found if source is None or g not in source.all]
    target = pick(frame, others)
    if target is None and "=" in frame.args and source is not None and len(source.all) > 1:
        target = source
    target = (
        target
        or _inside(words, verb)
        or loosely(frame, others)
        or _destination(words, verb, every, source)
    )
    target = target or where(frame, others)
    if target is not None and target.prep == "between" and len(target.all) > 1:
        mediated = frame.type == "CONSULT" and source is not None
        return Act(verb, frame, source if mediated else target, target, verb.negated)
    if any(arg.endswith("<") for arg in frame.args):
        return Act(verb, frame, by(found) or target, source, verb.negated)
    return Act(verb, frame, source, target, _negated(words, verb))


def _inside(words: Words, verb: Verb) -> Group | None:
    """Of `gave Israel an ultimatum`: who stands between the verb and its noun."""
    if verb.pair_at < 0:
        return None
    between = (g for g in words.groups if verb.at < g.start and g.end < verb.pair_at)
    return next((g for g in between if g.prep is None and g.named and not g.adjective), None)


def _negated(words: Words, verb: Verb) -> bool:
    """Whether it is not done: `did not`, or `nothing` done."""
    return verb.negated or "nothing" in words.w[verb.end : verb.end + 2]


def _passive(words: Words, verb: Verb, frame: Frame, found: list[Group]) -> Act:
    """`Sanctions against Iran were lifted by`, `was attacked by`."""
    agent = by(found)
    if verb.pair_at < 0:
        return Act(verb, frame, agent, verb.subject, verb.negated)
    inside = [g for g in words.groups if verb.pair_at < g.start < verb.at]
    rest = [g for g in found if g is not agent]
    return Act(verb, frame, agent, pick(frame, inside) or pick(frame, rest), verb.negated)


def _destination(words: Words, verb: Verb, every: list[Verb], source: Group | None) -> Group | None:
    """Of `sent men to Bosnia to investigate`: where the verb before leads."""
    if verb.form != INFINITIVE or verb.frame is None or "-" in verb.frame.args:
        return None
    before = [v for v in every if v.at < verb.at]
    if not before:
        return None
    since = range(before[-1].at + 1, verb.at)
    between = [g for g in words.groups if g.start in since and g.prep in {"to", "in"}]
    return next((g for g in between if source is None or g not in source.all), None)


def tense(words: Words, act: Act) -> Act:
    """What is to come is an intent: AGREE to cooperate, THREATEN conflict, or REJECT."""
    verb, kind = act.verb, act.frame.type
    ahead = not FUTURE.isdisjoint(verb.helpers)
    if not ahead or verb.passive or verb.form == PARTICIPLE or act.frame.mode == "resign":
        return act
    if kind in {"AGREE", "REJECT", "THREATEN"} and not act.negated:
        return act
    made: str | None = None
    if act.negated:
        made = "REJECT" if SIGNS[kind] > 0 else None
    elif SIGNS[kind] > 0:
        unless = kind == "RETREAT" and "unless" in words.w[verb.end :]
        made = "THREATEN" if unless else "AGREE"
    elif kind in THREATS:
        made = "THREATEN"
    if made is None:
        return act
    mode = THREATS.get(kind) if made == "THREATEN" else None
    return replace(act, frame=Frame(made, mode, act.frame.args), negated=False, modality="future")


def unless(words: Words, act: Act) -> Act:
    """A threat's target may be who must act lest it come true: `unless Israel rescinded`."""
    if act.frame.type != "THREATEN" or act.target is not None:
        return act
    w = words.w
    for word in ("unless", "if"):
        if word in w[act.verb.end :]:
            k = w.index(word, act.verb.end)
            group = next((g for g in words.groups if g.start > k and g.start - k < 5), None)
            return replace(act, target=group)
    return act
