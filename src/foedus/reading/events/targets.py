"""To whom: the groups after a verb or noun, and which of them its frame takes."""

from __future__ import annotations

from foedus.reading.events.clause import FINITE, INFINITIVE, Verb
from foedus.reading.events.group import Group, Words
from foedus.reading.events.lexicon import Frame
from foedus.reading.events.tables import listed
from foedus.reading.events.words import RELATIVES, STOPS

LOOSE = ("of", "from", "to", "for")
"""Prepositions under which a target may stand inside the object, when the frame's own find none."""
HARD = listed("hard")
FAR = 30
"""Words after a verb that are looked through."""


def groups_after(
    words: Words, start: int, every: list[Verb], through_that: bool = False
) -> list[Group]:
    """The groups from a word to the end of its clause, in order.

    A group that the next finite verb has as its subject is not among them.
    """
    out: list[Group] = []
    verbs_at = {verb.at: verb for verb in every}
    k, end = start, min(len(words.w), start + FAR)
    while k < end:
        if words.at[k] >= 0:
            group = words.groups[words.at[k]]
            if group.prep != "(of)" and group not in out:
                out.append(group)
            k = max(k + 1, group.end)
            continue
        verb = verbs_at.get(k)
        if _ends(words, k, out, through_that):
            break
        if verb is not None and verb.form == FINITE:
            out = _without_subject(out, verb.subject)
            if not (through_that and not out and verb.subject is not None):
                break
        elif verb is not None and not through_that and (verb.frame or verb.operator):
            break
        k += 1
    return out


def _ends(words: Words, k: int, out: list[Group], through_that: bool) -> bool:
    """Whether a clause ends at a word."""
    word = words.w[k]
    if word == ",":
        return not _goes_on(words, k, out)
    if word in HARD:
        return not through_that
    if word in RELATIVES:
        return not (through_that and word == "that")
    return word in STOPS and word not in {"`", "("}


def _without_subject(out: list[Group], subject: Group | None) -> list[Group]:
    """The groups without that of which the next verb tells."""
    if subject is None or subject.prep is not None or subject not in out:
        return out
    return [group for group in out if group is not subject and group not in subject.joined]


def _goes_on(words: Words, k: int, out: list[Group]) -> bool:
    """Whether a comma stands inside a list."""
    n = words.at[k + 1] if k + 1 < len(words.at) else -1
    for step in (1, 2, 3):
        if k + step < len(words.at) and words.at[k + step] >= 0:
            n = words.at[k + step]
            break
    return n >= 0 and bool(out) and any(g is out[-1] for g in words.groups[n].joined)


def pick(frame: Frame, found: list[Group]) -> Group | None:
    """The group that a frame takes as its target."""
    for arg in frame.args:
        if arg == "o":
            group = next((g for g in found if g.prep is None and _whole(g)), None)
        elif arg == "that":
            group = found[0] if found else None
        elif arg in {"=", "-"} or arg.endswith("<"):
            continue
        else:
            close = [g for g in found if g.prep == arg and not (arg in {"in", "at"} and g.place)]
            group = close[0] if close else None
        if group is not None:
            return group
    return None


def _whole(group: Group) -> bool:
    """Whether a group is somebody: it does not qualify a thing, and is no arms nor `its`."""
    if group.pronoun and group.possessive:
        return False
    if group.sector == "ARM" and not group.code:
        return False
    return group.named or not group.adjective


def loosely(frame: Frame, found: list[Group]) -> Group | None:
    """Any group inside the object, where the frame's own prepositions find none."""
    if "-" in frame.args or frame.type == "MOBILIZE":
        return None
    about_acts = frame.type in {"SUPPORT", "ACCUSE", "REJECT"}
    doer = next((g for g in found if g.prep == "by"), None) if about_acts else None
    return doer or next((g for g in found if g.prep in LOOSE and not g.place), None)


def where(frame: Frame, found: list[Group]) -> Group | None:
    """The place that a frame with `in` or `at` is about."""
    args = {arg for arg in frame.args if arg in {"in", "at"}}
    return next((g for g in found if g.prep in args and g.place), None)


def by(found: list[Group]) -> Group | None:
    """The agent of a passive."""
    return next((g for g in found if g.prep == "by"), None)


def complement(every: list[Verb], verb: Verb, w: list[str]) -> Verb | None:
    """The verb of the act that an operator is about: `to` do, `that` it will do, doing."""
    for later in every:
        if later.at <= verb.at:
            continue
        if later.form == INFINITIVE and later.first - verb.end < 14:
            return later
        if later.form == "gerund" and later.first - verb.end < 3:
            return later
        if (
            later.form == FINITE
            and "that" in w[verb.end : later.at]
            and later.first - verb.end < 12
        ):
            return later
        return None
    return None
