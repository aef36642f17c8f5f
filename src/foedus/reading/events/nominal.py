"""Events that stand in nouns: `Iran's attack on`, `rebel defeats of`, `talks between`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from foedus.reading.events.clause import Verb
from foedus.reading.events.doers import BEFORE, doer, engaged, lightly, near, owner
from foedus.reading.events.group import Group, Words
from foedus.reading.events.lexicon import Frame, Lexicon
from foedus.reading.events.targets import groups_after
from foedus.reading.events.words import CONJUNCTIONS

IN_WITH = frozenset(
    {"support", "coordination", "cooperation", "co-operation", "solidarity", "partnership",
     "collaboration", "alliance", "defense", "defence"}
)  # fmt: skip
"""Nouns after `in` that tell what the clause's subject does."""
NEAR = 6
"""Words after a noun within which `between` stands."""
CONSULTING = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
BANDS = frozenset({"coalition", "coalitions", "alliance", "bloc", "partners"})
"""Nouns that are mostly somebody, and an event only with others after them."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for an event and who takes part in it."""

    at: int
    frame: Frame
    source: Group | None
    target: Group | None
    mutual: bool = False


def nouns(words: Words, every: list[Verb], taken: set[int], lexicon: Lexicon) -> list[Noun]:
    """The nouns for events in a sentence of which both sides are told."""
    out = []
    busy = {verb.at for verb in every} | taken
    for i, word in enumerate(words.w):
        entry = lexicon.words.get(word)
        if (
            entry is None
            or not entry.noun
            or i in busy
            or (words.at[i] >= 0 and not words.groups[words.at[i]].sector)
        ):
            continue
        phrase = _frame(words, i, entry.noun_phrases)
        frames = [phrase] if phrase else entry.noun_frames
        band = words.at[i] >= 0 and word in BANDS
        if band and {"with", "between"}.isdisjoint(words.w[i + 1 : i + 3]):
            continue
        if not frames or (words.at[i] >= 0 and words.groups[words.at[i]].end != i + 1):
            continue
        found = next(filter(None, (_sides(words, i, frame, every) for frame in frames)), None)
        if found is not None:
            out.append(found)
    return out


def _frame(words: Words, i: int, phrases: list[tuple[tuple[str, ...], Frame]]) -> Frame | None:
    for before, frame in phrases:
        if tuple(words.w[max(0, i - len(before)) : i]) == before:
            return frame
    return None


def _sides(words: Words, i: int, frame: Frame, every: list[Verb]) -> Noun | None:
    left = _left(words, i)
    if left is not None and left.joined and not all(g.adjective for g in left.joined[:-1]):
        left = replace(left, joined=[])
    right = groups_after(words, i + 1, every)
    close = [g for g in right if g.prep is not None]
    between = _between(words, i)
    if between is not None:
        return Noun(i, frame, between, between, mutual=True)
    by = next((g for g in close if g.prep == "by"), None)
    of = next((g for g in close if g.prep == "of" and _of(words, i, g)), None)
    towards = _towards(words, frame, close, i)
    source = left or by
    if source is None and towards is not None and of is not None and towards is not of:
        source = of
    target = towards if towards is not source else None
    if target is None and source is not None and of is not source and "of" in frame.args:
        target = of
    if source is None and target is not None:
        source = _unsaid(words, i, frame, target, every)
    if left is not None and len(left.all) > 1 and "between" in frame.args and target is None:
        return Noun(i, frame, left, left, mutual=True)
    if source is None or target is None or source is target:
        return None
    return Noun(i, frame, source, target)


def _unsaid(words: Words, i: int, frame: Frame, target: Group, every: list[Verb]) -> Group | None:
    """Who does it, where neither a possessor nor `by` nor `of` says so."""
    own = owner(words, i)
    if own is not None:
        return own
    if words.w[i - 1] == "in" and words.w[i] in IN_WITH:
        return doer(every, i)
    if frame.type == "ASSAULT" and target.prep == "against":
        return near(words, i) or engaged(every, i)
    if frame.type == "CONSULT" and target.prep == "with":
        amid = not {"for", "in", "during"}.isdisjoint(words.w[max(0, i - 3) : i])
        return engaged(every, i, CONSULTING) if amid else lightly(words, i, every)
    return lightly(words, i, every)


def _between(words: Words, i: int) -> Group | None:
    """Those that a noun is between, maybe after its verb: `fighting broke out between`."""
    for group in words.groups:
        if group.prep == "between" and len(group.all) > 1 and 0 < group.prep_at - i < NEAR:
            return None if "," in words.w[i : group.prep_at] else group
    return None


def _left(words: Words, i: int) -> Group | None:
    """The name or people right before the noun: `Iran's`, `U.S.`, `rebel`."""
    k = i - 1
    while (
        k >= 0
        and i - k <= BEFORE
        and words.at[k] < 0
        and words.w[k].isalpha()
        and words.w[k] not in CONJUNCTIONS
    ):
        if words.w[k] in {
            "the",
            "a",
            "of",
            "in",
            "on",
            "by",
            "to",
            "for",
            "with",
            "against",
            "that",
            "and",
        }:
            return None
        k -= 1
    if k < 0 or words.at[k] < 0 or i - k > BEFORE:
        return None
    group = words.groups[words.at[k]]
    if (
        not group.named
        and words.w[group.end - 1] in {"terrorist", "suicide", "police"}
        and not group.possessive
    ):
        return None
    if group.possessive or group.adjective or (group.named and k == i - 1 and not group.pronoun):
        return group
    return group if group.sector and k == i - 1 else None


def _towards(words: Words, frame: Frame, close: list[Group], i: int) -> Group | None:
    """The group that the noun's act goes towards."""
    for arg in frame.args:
        for group in close:
            if group.prep == arg and not (arg == "in" and group.place) and _of(words, i, group):
                return group
    return None


def _of(words: Words, i: int, group: Group) -> bool:
    """Whether a group after a preposition belongs to the noun, and to no other noun between."""
    if group.prep_at - i >= BEFORE + 4:
        return False
    entries = map(words.lexicon.words.get, words.w[i + 1 : group.prep_at])
    return not any(entry.noun for entry in entries if entry)
