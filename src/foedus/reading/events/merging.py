"""Heads side by side made one group: `Russian Foreign Minister Andrei Kozyrev`."""

from __future__ import annotations

from foedus.reading.events.group import STATE_LIKE, Group
from foedus.reading.events.lexicon import Lexicon
from foedus.reading.events.qualifying import GAP, is_open
from foedus.reading.events.words import DETERMINERS
from foedus.reading.text import Sentence


def merged(sentence: Sentence, w: list[str], heads: list[Group], lexicon: Lexicon) -> list[Group]:
    """Heads side by side made one: `Russian Foreign Minister Andrei Kozyrev`."""
    out: list[Group] = []
    for head in heads:
        last = out[-1] if out else None
        if last is not None and _belongs(w, last, head, lexicon):
            _take(last, head)
        else:
            out.append(head)
    for group in out:
        if not group.pronoun and (not group.named or not group.name):
            group.name = spelled(sentence, group)
    return out


def spelled(sentence: Sentence, group: Group) -> str:
    """The words of a group without a closing possessive."""
    told = " ".join(sentence.words[group.start : group.end])
    for ending in ("’s", "'s", " ’", " '"):
        told = told.removesuffix(ending)
    return told


def plainly(sentence: Sentence, w: list[str], group: Group) -> str:
    """The words of a group without its article, its number, and a closing possessive."""
    start = group.start
    while start < group.end - 1 and (w[start] in DETERMINERS or not w[start][0].isalpha()):
        start += 1
    return spelled(sentence, Group(start, group.end))


def _belongs(w: list[str], last: Group, head: Group, lexicon: Lexicon) -> bool:
    """Whether a head goes on with the group before it."""
    gap = head.start - last.end
    if gap < 0 or gap > GAP or last.pronoun or head.pronoun:
        return False
    between = range(last.end, head.start)
    if w[last.end : head.start] == ["("] and head.named and last.named:
        return True
    if gap == 1 and w[last.end] == "of" and w[last.end - 1] in {"secretary", "minister"}:
        return not head.named
    if head.person and not last.person and last.named and last.sector and not last.possessive:
        return all(is_open(w, k, lexicon) for k in between)
    if not all(is_open(w, k, lexicon) for k in between):
        return False
    if last.possessive and head.named:
        return False
    if last.named and not last.adjective and not last.possessive and head.named and not gap:
        return head.adjective is False and last.sector is None and not last.place
    return not (head.named and last.named and not last.adjective and gap and last.sector is None)


def _take(group: Group, head: Group) -> None:
    """Make a head part of a group; the last name stands for it, the first tells its country."""
    if head.named and not head.adjective and (head.actor or not group.named):
        group.name, group.actor = head.name, head.actor
        group.code = head.code or group.code
        group.place = head.place and not group.named
        group.sector = (
            head.sector if group.sector in {None, "GOV"} and head.sector else group.sector
        )
        group.named = True
    elif head.named:
        group.code = group.code or head.code
        group.actor = group.actor or head.actor
        group.named = True
    else:
        group.sector = head.sector if head.sector else group.sector
        if group.named and head.sector not in STATE_LIKE:
            group.actor = None
        group.place = False
    group.adjective = head.adjective and not head.sector
    group.possessive = head.possessive
    group.end = head.end
